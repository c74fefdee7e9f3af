"""What was agreed, claimed, disputed and decided, and the holds that follow from it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, UniqueConstraint

from sop.claim import ClaimState
from sop.dispute import DisputeCause, DisputeState
from sop.escalation import Decision, EscalationReason, EscalationState
from sop.extension import ExtensionState
from sop.hold import HoldKind
from sop.promise import PromiseState
from storage.tables.columns import coded, day, instant, key, link, metadata, money, text

hold = Table(
    "hold",
    metadata,
    key(),
    link("payer_id", "payer"),
    link("invoice_id", "invoice", optional=True, index=True),  # none: the whole payer
    coded("kind", HoldKind),
    money("amount", optional=True),  # the disputed part; none: all of it
    day("until_on", optional=True),
    instant("since_at"),
    instant("ended_at", optional=True),
    link("outcome_id", "outcome", optional=True),
    Index("ix_hold_active", "payer_id", "ended_at"),
)

promise = Table(
    "promise",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    money("amount"),
    day("promised_on"),
    coded("state", PromiseState),
    text("reason", optional=True),
    money("received"),
    link("taken_by_id", "person", optional=True),
    instant("taken_at"),
    Column("approved", Boolean, nullable=False),
    day("closed_on", optional=True),
    link("outcome_id", "outcome", optional=True),
    Index("ix_promise_due", "state", "promised_on"),
)

promise_invoice = Table(
    "promise_invoice",
    metadata,
    key(),
    link("promise_id", "promise", index=True),
    link("invoice_id", "invoice", index=True),
    money("amount"),
)

extension = Table(
    "extension",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    day("until_on"),
    text("reason", optional=True),
    coded("state", ExtensionState),
    link("asked_by_id", "person", optional=True),
    instant("asked_at"),
    link("decided_by_id", "person", optional=True),
    instant("decided_at", optional=True),
    link("outcome_id", "outcome", optional=True),
)

extension_invoice = Table(
    "extension_invoice",
    metadata,
    key(),
    link("extension_id", "extension", index=True),
    link("invoice_id", "invoice", index=True),
)

claim = Table(
    "claim",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    money("amount", optional=True),  # none: all that is open
    coded("state", ClaimState),
    link("slip_id", "attachment", optional=True),
    instant("made_at"),
    link("made_by_id", "person", optional=True),
    day("told_on", optional=True),  # the day it last went to the managers
    link("closed_by_id", "person", optional=True),
    instant("closed_at", optional=True),
    link("outcome_id", "outcome", optional=True),
)

claim_invoice = Table(
    "claim_invoice",
    metadata,
    key(),
    link("claim_id", "claim", index=True),
    link("invoice_id", "invoice", index=True),
)

dispute = Table(
    "dispute",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    link("invoice_id", "invoice", index=True),
    coded("cause", DisputeCause),
    money("amount", optional=True),
    text("note", optional=True),
    link("photo_id", "attachment", optional=True),
    coded("state", DisputeState),
    instant("opened_at"),
    link("opened_by_id", "person", optional=True),
    link("owner_id", "person", optional=True),  # who finds out; none: finance together
    day("answer_by_on", optional=True),
    day("told_on", optional=True),  # the day it last went to the managers
    money("credited", optional=True),
    text("answer", optional=True),  # what was found, as the customer hears it
    link("closed_by_id", "person", optional=True),
    instant("closed_at", optional=True),
    link("outcome_id", "outcome", optional=True),
)

escalation = Table(
    "escalation",
    metadata,
    key(),
    link("payer_id", "payer", optional=True, index=True),  # none: about a collector's day, not a customer
    coded("reason", EscalationReason),
    coded("state", EscalationState),
    text("note", optional=True),
    Column("subject_id", BigInteger, nullable=True),  # the promise, extension, plan or claim it asks about
    link("owner_id", "person", optional=True),
    Column("level", Integer, nullable=False),
    instant("opened_at"),
    instant("deadline_at"),
    instant("reminded_at", optional=True),
    coded("decision", Decision, optional=True),
    day("decided_for", optional=True),  # the day a decision names: time until then, a visit on it
    text("instruction", optional=True),
    link("decided_by_id", "person", optional=True),
    instant("decided_at", optional=True),
    day("next_call_on", optional=True),
    link("outcome_id", "outcome", optional=True),
    Index("ix_escalation_open", "state", "deadline_at"),
)

escalation_invoice = Table(
    "escalation_invoice",
    metadata,
    key(),
    link("escalation_id", "escalation", index=True),
    link("invoice_id", "invoice", index=True),
    UniqueConstraint("escalation_id", "invoice_id"),
)
