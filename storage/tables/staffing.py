"""Who looks after whom: leave, cover, reassignment; what is known of a payer's standing; the check before chasing."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from sop.signs import Abc
from storage.tables.columns import Key, coded, day, instant, key, link, metadata, money, record, text

absence = Table(
    "absence",
    metadata,
    key(),
    link("person_id", "person", index=True),
    link("cover_id", "person", optional=True),
    day("from_on"),
    day("until_on"),
    link("asked_by_id", "person", optional=True),
    instant("asked_at"),
    instant("begun_at", optional=True),  # from then on the cover is asked in his place
    instant("ended_at", optional=True),  # over, or cancelled when it never began
)

assignment = Table(
    "assignment",
    metadata,
    key(),
    link("customer_id", "customer", index=True),
    link("from_id", "person", optional=True),
    link("to_id", "person", optional=True),
    link("by_id", "person", optional=True),
    instant("at"),
)

payer_standing = Table(
    "payer_standing",
    metadata,
    Column("payer_id", Key, primary_key=True, autoincrement=False),
    day("counted_on"),
    money("balance"),
    coded("abc", Abc),
    Column("score", Integer, nullable=False),
    record("reasons"),
    record("signs"),
)

chase_check = Table(
    "chase_check",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    link("follow_up_id", "follow_up", index=True),
    link("person_id", "person"),
    record("answers"),
    text("state"),
    instant("at"),
)
