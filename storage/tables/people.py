"""Who works with the program: persons, their single-use invitations, and the managers' group."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, Table

from sop.people import PersonState, Role
from storage.tables.columns import coded, instant, key, link, metadata, text

person = Table(
    "person",
    metadata,
    key(),
    text("name"),
    coded("role", Role),
    coded("state", PersonState),
    text("language"),
    text("zone"),
    Column("telegram_id", BigInteger, nullable=True, unique=True),  # a private chat has the same number
    instant("unreachable_at", optional=True),
    Column("card_cap", Integer, nullable=True),  # his own daily cap (3); none: the policy's
    instant("created_at"),
)

invite = Table(
    "invite",
    metadata,
    key(),
    text("token_digest", unique=True),  # the token itself is never stored
    coded("role", Role, optional=True),  # none: the link makes a group the managers' group
    link("person_id", "person", optional=True),
    instant("expires_at"),
    instant("used_at", optional=True),
)

chat_group = Table(
    "chat_group",
    metadata,
    key(),
    Column("chat_id", BigInteger, nullable=False, unique=True),
    text("title"),
    instant("linked_at"),
    instant("left_at", optional=True),
)
