"""What the customer holds against the bill: "already paid" and "not so". He is left alone until it is settled (6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.casework import cases, claims, letters, notices, outcomes, record
from bot.casework.notices import Post, ToCustomer
from bot.casework.outcomes import Work
from bot.casework.promise_letters import UNTIMELY
from bot.render import label_named
from bot.turn import Desk, Turn
from sop.claim import ClaimState, needs_slip
from sop.coverage import spread, total_of
from sop.dispute import DisputeCause
from sop.hold import HoldKind, Use
from sop.money import Money
from sop.outcomes import Outcome
from sop.payer import Reached
from storage import holds, objections, outbox, recalls
from storage import outcomes as stored_outcomes
from storage.holds import NewHold
from storage.objections import NewClaim, NewDispute

CLAIMED = "held_claim"
DISPUTED = "held_dispute"
_QUIET = {Outcome.PAID: CLAIMED, Outcome.PAID_PART: CLAIMED, Outcome.DISPUTED: DISPUTED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Paid:
    """What the customer says he has paid: these invoices, all of them or (`amount`) a part. `slip_file`: its photo."""

    covered: Sequence[Reached]
    amount: Money | None = None
    slip_file: str | None = None

    @property
    def invoice_ids(self) -> tuple[int, ...]:
        return tuple(one.invoice.id for one in self.covered)


@dataclass(frozen=True, kw_only=True, slots=True)
class Disputed:
    """What is disputed and why: of each invoice what moves of it (`parts`), or all of it."""

    cause: DisputeCause
    parts: Sequence[Reached]
    note: str | None = None


async def is_slip_needed(desk: Desk, payer_id: int, invoice_ids: Sequence[int]) -> bool:
    """This function will say whether a claim needs its slip: one of these invoices was claimed before, in vain (3)."""
    before = await objections.invoices_not_found_before(desk.db, payer_id)
    return needs_slip(invoice_ids, claimed_before=before, policy=desk.policy)


async def record_claim(turn: Turn, work: Work, paid: Paid) -> int:
    """This function will record "already paid", let what is claimed rest, and ask finance; gives the outcome."""
    kind = Outcome.PAID if paid.amount is None else Outcome.PAID_PART
    shares = spread(paid.covered, paid.amount or total_of(paid.covered))
    claimed = [one for one in paid.covered if shares[one.invoice.id]]
    ids = [one.invoice.id for one in claimed]
    outcome_id = await outcomes.note_outcome(turn, work, kind, amount=paid.amount, invoices=ids)
    new = NewClaim(
        payer_id=work.card.payer_id,
        invoice_ids=ids,
        amount=paid.amount,
        made_by_id=turn.actor.id,
        outcome_id=outcome_id,
        slip_file=paid.slip_file,
    )
    claim_id = await objections.add_claim(turn.db, new, now=turn.now)
    parts = [_hold(HoldKind.CLAIM, one, shares[one.invoice.id], outcome_id) for one in claimed]
    await holds.place(turn.db, *parts, now=turn.now)
    await _keep_quiet(turn, work.card.payer_id, CLAIMED)
    await claims.ask_finance(turn, claim_id)
    await _write(turn, work, "customer/T21", claimed, outcome_id)
    return outcome_id


async def attach_slip(turn: Turn, outcome_id: int, file: str) -> bool:
    """This function will put a photo to the claim of an outcome; false when there is none that waits."""
    claim = await objections.claim_of_outcome(turn.db, outcome_id)
    if claim is None or claim.state is not ClaimState.WAITING:
        return False
    await objections.change_claim(turn.db, claim.id, slip_file=file)
    await record.note(turn, "slip_attached", payer_id=claim.payer_id, claim=claim.id, file=file)
    await claims.redraw(turn, claim.id)
    return True


async def record_dispute(turn: Turn, work: Work, disputed: Disputed) -> int:
    """This function will record a dispute and let only the disputed parts rest; gives the outcome's number."""
    ids = [one.invoice.id for one in disputed.parts]
    amount = total_of(disputed.parts)
    details: dict[str, Any] = {"cause": disputed.cause, "invoices": ids, "amount": amount, "note": disputed.note}
    outcome_id = await outcomes.note_outcome(turn, work, Outcome.DISPUTED, **details)
    numbers = [await _add_dispute(turn, work, disputed, one, outcome_id) for one in disputed.parts]
    rest = [_hold(HoldKind.DISPUTE, one, one.chaseable, outcome_id) for one in disputed.parts]
    await holds.place(turn.db, *rest, now=turn.now)
    after = await cases.load(turn, work.card.payer_id)
    if after.standing(Use.MESSAGE).blocked is not None:  # otherwise the rest goes on
        await _keep_quiet(turn, work.card.payer_id, DISPUTED)
    language, days = turn.company.language, turn.policy.payments.dispute_answer_working_days
    more = {
        "subject": _subject(disputed.cause, language),
        "ticket": label_named("dispute_ticket", language, {"number": numbers[0]}),
        "deadline_on": turn.calendar.add_open_days(work.case.today, days),
    }
    await _write(turn, work, "customer/T15", disputed.parts, outcome_id, **more)
    return outcome_id


async def add_to_dispute(turn: Turn, outcome_id: int, **values: Any) -> bool:
    """This function will add a photo or a note to what a tap disputed; false when it disputed nothing."""
    row = await stored_outcomes.get(turn.db, outcome_id)
    changed = await objections.change_disputes_of(turn.db, outcome_id, **values)
    if changed:
        await record.note(turn, "dispute_added_to", payer_id=row.payer_id, outcome=outcome_id, **values)
    return changed > 0


async def withdraw_of_outcome(desk: Desk, outcome_id: int) -> None:
    """This function will take back what a tap claimed or disputed (undo)."""
    claim = await objections.claim_of_outcome(desk.db, outcome_id)
    await objections.withdraw_claims(desk.db, outcome_id, now=desk.now)
    if claim is not None:
        await claims.redraw(desk, claim.id)
    await objections.withdraw_disputes(desk.db, outcome_id)
    await holds.end_of_outcome(desk.db, outcome_id, now=desk.now)
    row = await stored_outcomes.get(desk.db, outcome_id)
    reason = _QUIET.get(row.kind)
    if reason is not None:
        await recalls.give_back_chase(desk.db, row.payer_id, reason=reason, now=desk.now)


async def _add_dispute(turn: Turn, work: Work, disputed: Disputed, one: Reached, outcome_id: int) -> int:
    is_whole = one.chaseable == one.invoice.balance
    new = NewDispute(
        payer_id=work.card.payer_id,
        invoice_id=one.invoice.id,
        cause=disputed.cause,
        amount=None if is_whole else one.chaseable,
        note=disputed.note,
        outcome_id=outcome_id,
    )
    return await objections.add_dispute(turn.db, new, now=turn.now)


def _subject(cause: DisputeCause, language: str) -> str:
    if cause is DisputeCause.OTHER:
        return label_named("dispute_other", language, {})
    return label_named(cause.value, language, {}).lower()


def _hold(kind: HoldKind, one: Reached, share: Money, outcome_id: int) -> NewHold:
    """A hold on an invoice, or on the part of it that is meant."""
    part = None if share == one.invoice.balance else share
    return NewHold(
        payer_id=one.invoice.payer_id, kind=kind, invoice_id=one.invoice.id, amount=part, outcome_id=outcome_id
    )


async def _keep_quiet(turn: Turn, payer_id: int, reason: str) -> None:
    """Nobody who has paid is chased, not by a promise's messages either (004)."""
    await outbox.cancel_chase(turn.db, payer_id, reason=reason)
    await recalls.recall(turn.db, payer_id, UNTIMELY, reason=reason)


async def _write(turn: Turn, work: Work, message: str, about: Sequence[Reached], outcome_id: int, **more: Any) -> None:
    named = [one.invoice for one in about]
    values = letters.values_for(turn, work.case, officer=turn.actor, invoices=named, **more)
    letter = ToCustomer(payer_id=work.card.payer_id, message=message, values=values)
    await notices.write_customer(turn, letter, Post(key=f"{message}:{outcome_id}", outcome_id=outcome_id))
