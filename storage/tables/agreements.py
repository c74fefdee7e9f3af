"""What managers agree to: instalment plans, relief and changed terms; and letters, visits and errands they order."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, Table, UniqueConstraint

from sop.errand import ErrandKind, ErrandState
from sop.letter import LetterKind, LetterState
from sop.plan import PlanState
from sop.relief import ReliefKind, ReliefState
from sop.visit import VisitState
from storage.tables.columns import coded, day, instant, key, link, metadata, money, text

plan = Table(
    "plan",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    coded("state", PlanState),
    money("amount"),
    text("way", optional=True),  # how he will pay, in his own words
    text("proposal", optional=True),  # what he proposed, in his own words
    link("asked_by_id", "person", optional=True),
    instant("asked_at"),
    link("approved_by_id", "person", optional=True),
    instant("approved_at", optional=True),
    text("consent_how", optional=True),  # "whatsapp", or how the collector has it in writing
    link("consent_paper_id", "attachment", optional=True),
    link("consent_by_id", "person", optional=True),  # the collector who recorded it; none: the customer himself
    instant("consent_at", optional=True),
    instant("closed_at", optional=True),
    link("outcome_id", "outcome", optional=True),
)

plan_invoice = Table(
    "plan_invoice",
    metadata,
    key(),
    link("plan_id", "plan", index=True),
    link("invoice_id", "invoice", index=True),
    money("amount"),
)

instalment = Table(
    "instalment",
    metadata,
    key(),
    link("plan_id", "plan", index=True),
    Column("number", Integer, nullable=False),
    day("due_on", index=True),
    money("amount"),
    day("reminded_on", optional=True),
    day("missed_on", optional=True),  # the day it was found missed, so that it is said once
    UniqueConstraint("plan_id", "number"),
)

relief = Table(
    "relief",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    coded("kind", ReliefKind),
    coded("state", ReliefState),
    money("amount", optional=True),
    Column("term_days", Integer, nullable=True),
    day("until_on", optional=True),  # an offer that is good until then
    text("reason", optional=True),
    link("asked_by_id", "person", optional=True),
    instant("asked_at"),
    link("decided_by_id", "person", optional=True),
    instant("decided_at", optional=True),
    link("outcome_id", "outcome", optional=True),
)

relief_invoice = Table(
    "relief_invoice",
    metadata,
    key(),
    link("relief_id", "relief", index=True),
    link("invoice_id", "invoice", index=True),
)

letter = Table(
    "letter",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    coded("kind", LetterKind),
    coded("state", LetterState),
    text("number", optional=True, unique=True),
    Column("year", Integer, nullable=True),
    Column("sequence", Integer, nullable=True),
    money("amount"),
    day("drawn_on"),
    day("deadline_on"),
    link("paper_id", "attachment", optional=True),
    text("template_version", optional=True),
    link("escalation_id", "escalation", optional=True),
    link("proposed_by_id", "person", optional=True),
    link("approved_by_id", "person", optional=True),
    instant("approved_at", optional=True),
    instant("sent_at", optional=True),
    text("sent_how", optional=True),
    text("postal_receipt", optional=True),
    day("posted_on", optional=True),
    instant("closed_at", optional=True),
    UniqueConstraint("year", "sequence"),
)

letter_invoice = Table(
    "letter_invoice",
    metadata,
    key(),
    link("letter_id", "letter", index=True),
    link("invoice_id", "invoice", index=True),
    money("balance"),
)

visit = Table(
    "visit",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    link("person_id", "person", index=True),
    day("planned_on", index=True),
    text("hour", optional=True),  # local, such as "10:00"
    text("assignment_number", optional=True),
    text("address", optional=True),
    coded("state", VisitState),
    link("escalation_id", "escalation", optional=True),
    link("outcome_id", "outcome", optional=True),
    Column("latitude_e6", Integer, nullable=True),  # millionths of a degree
    Column("longitude_e6", Integer, nullable=True),
    instant("located_at", optional=True),
    link("photo_id", "attachment", optional=True),
    text("note", optional=True),
    link("ordered_by_id", "person", optional=True),
    instant("ordered_at"),
    instant("told_at", optional=True),  # the customer was told of it
    instant("closed_at", optional=True),
)

errand = Table(
    "errand",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    coded("kind", ErrandKind),
    coded("state", ErrandState),
    Column("subject_id", BigInteger, nullable=True),  # the letter, invoice or dispute it serves
    link("owner_id", "person", optional=True, index=True),
    day("due_on"),
    day("reminded_on", optional=True),
    text("note", optional=True),
    text("result", optional=True),
    link("paper_id", "attachment", optional=True),
    link("outcome_id", "outcome", optional=True),
    instant("created_at"),
    link("done_by_id", "person", optional=True),
    instant("done_at", optional=True),
)
