"""The day's work: steps reached, one card a payer a day, what was tapped, what was asked."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, UniqueConstraint

from sop.follow_up import ChannelState, FollowUpState, StepState
from sop.ladder import Step
from sop.outcomes import Outcome
from storage.tables.columns import Key, coded, day, instant, key, link, metadata, record, text

follow_up = Table(
    "follow_up",
    metadata,
    key(),
    link("payer_id", "payer"),
    day("planned_on"),
    coded("step", Step),  # the most advanced of the payer's steps
    coded("message_step", Step, optional=True),  # the most advanced that has a message: it words the reminder
    link("collector_id", "person", optional=True),
    coded("state", FollowUpState),
    coded("call", ChannelState),
    coded("message", ChannelState),
    text("message_hold", optional=True),  # why the message waits, as the name of its reason
    Column("place", Integer, nullable=True),  # order in the day's cards, 1 first
    text("reason", optional=True),  # why it is there, as the name of a reason line
    instant("return_at", optional=True),  # "not picked up": the card comes back then
    instant("pushed_at", optional=True),
    instant("finished_at", optional=True),
    Column("is_return", Boolean, nullable=False, server_default="0"),
    text("policy_version"),
    UniqueConstraint("payer_id", "planned_on"),
    Index("ix_follow_up_collector_day", "collector_id", "planned_on", "state"),
    Index("ix_follow_up_day", "planned_on", "state"),
)

invoice_step = Table(
    "invoice_step",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    link("invoice_id", "invoice"),
    link("payer_id", "payer"),
    coded("step", Step),
    day("reached_on"),
    day("planned_on"),  # with the payer: which card it stands on
    coded("state", StepState),
    text("reason", optional=True),
    instant("done_at", optional=True),
    UniqueConstraint("invoice_id", "step"),  # planned twice or by three replicas: the same rows once
    Index("ix_invoice_step_card", "planned_on", "payer_id"),
)

outcome = Table(
    "outcome",
    metadata,
    key(),
    link("follow_up_id", "follow_up", index=True),
    link("payer_id", "payer", index=True),
    coded("kind", Outcome),
    link("person_id", "person"),
    instant("at"),
    instant("undone_at", optional=True),
    record("before"),  # what the card was, so that undo can put it back
    record("details"),
)

draft = Table(
    "draft",
    metadata,
    key(),
    link("follow_up_id", "follow_up"),
    link("person_id", "person"),
    record("choices"),  # amount and invoices chosen on the way to a promise; never in the button
    instant("at"),
    UniqueConstraint("follow_up_id", "person_id"),
)

question = Table(
    "question",
    metadata,
    key(),
    link("person_id", "person", index=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=True),
    text("kind"),
    Column("subject_id", BigInteger, nullable=True),
    record("details"),
    instant("asked_at"),
    instant("closed_at", optional=True),
)

day_mark = Table(
    "day_mark",
    metadata,
    Column("kind", String(40), primary_key=True),  # such as "bank_posted" or "digest_opened"
    Column("owner_id", Key, primary_key=True),  # a person, or 0 for the company
    Column("marked_on", Date, primary_key=True),
    instant("at"),
)

job_run = Table(
    "job_run",
    metadata,
    Column("job", String(40), primary_key=True),
    Column("slot", String(60), primary_key=True),  # the planned moment: whoever inserts the row runs the job
    instant("at"),
)

lease = Table(
    "lease",
    metadata,
    Column("name", String(40), primary_key=True),
    text("holder"),
    Column("term", Integer, nullable=False),
    instant("until_at"),
)
