"""Asking the guard and the holds about one message, at the moment it would leave (sections 6, 7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.turn import Desk
from sop.case import Case
from sop.guard import Allowed, Blocked, MessageFacts, MessageKind, check
from sop.hold import HoldKind, Use, waits_for_posting
from sop.people import ConsentState, ContactPerson, ContactState, Role, may_be_written_to
from sop.segments import policy_for
from storage import customers, marks, outbox_whatsapp, outcomes, people

BANK_POSTED = "bank_posted"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is about to be said, to whom and how; `follows_due`: H+1 and later, or about a broken promise (2.6)."""

    kind: MessageKind
    contact: ContactPerson | None
    by_machine: bool
    follows_due: bool = False
    passes: frozenset[HoldKind] = frozenset()  # what it is about, although that rests: a missed instalment, a plan
    has_clause: bool = False  # it names a consequence, and the contract does too
    is_letter_in_order: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Wait:
    """Not now: why, and when it may leave (none: when something happens)."""

    reason: str
    rule: str
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Drop:
    """Not at all; nothing is left to ask, or it must never leave."""

    reason: str
    rule: str


async def obstacle(desk: Desk, case: Case, wanted: Wanted) -> Wait | Drop | None:
    """This function will say what stands in a message's way now; none: it may leave."""
    if wanted.kind is MessageKind.CHASE:
        resting = await _rests(desk, case, wanted)
        if resting is not None:
            return resting
    if wanted.contact is None:
        return Drop(reason="wrong_number", rule="G7")
    policy = policy_for(desk.policy, case)
    verdict = check(await _facts(desk, case, wanted), now=desk.now, policy=policy, calendar=desk.calendar)
    if isinstance(verdict, Allowed):
        return None
    if isinstance(verdict, Blocked):
        return Drop(reason=verdict.reason, rule=verdict.rule)
    return Wait(reason=verdict.reason, rule=verdict.rule, until=verdict.until)


def contact_for(case: Case, *, by_machine: bool) -> ContactPerson | None:
    """This function will choose whom WhatsApp reaches: for the machine first of all who has consented."""
    writable = [one for one in case.contacts if may_be_written_to(one)]
    if by_machine:
        writable.sort(key=lambda one: one.consent is not ConsentState.GIVEN)
    return next(iter(writable), case.contact)


async def awaits_posting(desk: Desk) -> bool:
    """This function will say whether nobody knows yet who has paid until yesterday (2.6; 004)."""
    if not desk.policy.guard.finance_posting_gate:
        return False
    finance = await people.with_roles(desk.db, Role.FINANCE, reachable_only=False)
    posted = await marks.is_marked(desk.db, BANK_POSTED, desk.day_in(None))
    return waits_for_posting(is_overdue_chase=True, has_finance=bool(finance), posted_today=posted)


async def _rests(desk: Desk, case: Case, wanted: Wanted) -> Wait | Drop | None:
    asked = replace(case, holds=tuple(one for one in case.holds if one.kind not in wanted.passes))
    blocked = asked.standing(Use.MESSAGE).blocked
    if blocked is not None and blocked.kind is HoldKind.PAID:
        return Drop(reason=blocked.kind.value, rule="6")
    if blocked is not None:
        return Wait(reason=blocked.kind.value, rule="6", until=blocked.until_at)
    if wanted.follows_due and await awaits_posting(desk):
        return Wait(reason=HoldKind.FINANCE_NOT_POSTED.value, rule="2.6")
    return None


async def _facts(desk: Desk, case: Case, wanted: Wanted) -> MessageFacts:
    contact = wanted.contact
    if contact is None:
        raise ValueError("a message to nobody")
    since = desk.now - timedelta(days=desk.policy.caps.window_days + 1)
    is_wrong = contact.state is ContactState.WRONG
    return MessageFacts(
        kind=wanted.kind,
        zone=case.zone,
        by_machine=wanted.by_machine,
        payment_instructions=desk.company.payment_instructions,
        is_verified=not is_wrong,
        is_wrong_number=is_wrong,
        has_opted_out=contact.consent is ConsentState.WITHDRAWN,
        has_consent=contact.consent is ConsentState.GIVEN,
        states_consequence=wanted.has_clause,
        has_consequence_clause=wanted.has_clause,
        is_letter_in_order=wanted.is_letter_in_order,
        chase_sent_at=await outcomes.chases_since(desk.db, case.payer_id, since=since),
        customer_wrote_at=await customers.wrote_at(desk.db, case.payer_id),
        last_words_sent=await outbox_whatsapp.last_words_to(desk.db, contact.id),
    )
