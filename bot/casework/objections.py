"""What the customer holds against the bill: "already paid" and "not so". He is left alone until it is settled (6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.casework import claims, letters, notices, outcomes, papers
from bot.casework.notices import Post, ToCustomer
from bot.casework.outcomes import Work
from bot.casework.promise_letters import UNTIMELY
from bot.events import FileSent
from bot.turn import Desk, Turn
from sop.attachment import AttachmentKind
from sop.claim import HOLDING as CLAIM_HOLDING
from sop.claim import ClaimAnswered, ClaimState, needs_slip
from sop.coverage import spread, total_of
from sop.hold import HoldKind
from sop.money import Money
from sop.outcomes import Outcome
from sop.payer import Reached
from storage import holds, objections, outbox, payments, recalls
from storage import outcomes as stored_outcomes
from storage.holds import NewHold
from storage.objections import NewClaim

CLAIMED = "held_claim"
DISPUTED = "held_dispute"
_QUIET = {Outcome.PAID: CLAIMED, Outcome.PAID_PART: CLAIMED, Outcome.DISPUTED: DISPUTED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Paid:
    """What the customer says he has paid: these invoices, all of them or (`amount`) a part. `slip_id`: its photo."""

    covered: Sequence[Reached]
    amount: Money | None = None
    slip_id: int | None = None

    @property
    def invoice_ids(self) -> tuple[int, ...]:
        return tuple(one.invoice.id for one in self.covered)


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
        amount=paid.amount or _part_meant(paid),
        made_by_id=turn.actor.id,
        outcome_id=outcome_id,
        slip_id=paid.slip_id,
    )
    claim_id = await objections.add_claim(turn.db, new, now=turn.now)
    parts = [hold_of(HoldKind.CLAIM, one, shares[one.invoice.id], outcome_id) for one in claimed]
    await holds.place(turn.db, *parts, now=turn.now)
    await keep_quiet(turn, work.card.payer_id, CLAIMED)
    await claims.ask_finance(turn, claim_id)
    await write(turn, work, "customer/T21", claimed, outcome_id)
    return outcome_id


def _part_meant(paid: Paid) -> Money | None:
    """Nothing: all of it. Of an invoice that rests in part, as disputed or paid in cash, only the rest is claimed."""
    is_whole = all(one.chaseable == one.invoice.balance for one in paid.covered)
    return None if is_whole else total_of(paid.covered)


async def attach_slip(turn: Turn, outcome_id: int, sent: FileSent) -> bool:
    """This function will put a photo to the claim of an outcome; false when there is none that waits."""
    claim = await objections.claim_of_outcome(turn.db, outcome_id)
    if claim is None or claim.state not in CLAIM_HOLDING:
        return False
    slip_id = await papers.keep(turn, sent, AttachmentKind.SLIP, payer_id=claim.payer_id)
    return await claims.add_slip(turn, claim, slip_id)


async def withdraw_of_outcome(desk: Desk, outcome_id: int) -> None:
    """This function will take back what a tap claimed or disputed (undo)."""
    claim = await objections.claim_of_outcome(desk.db, outcome_id)
    if claim is not None:
        await payments.lock(desk.db, claim.payer_id)  # finance at the same moment: one of the two wins
        claim = await objections.get_claim(desk.db, claim.id, for_update=True)
    if claim is not None and claim.state is not ClaimState.WAITING:
        raise ClaimAnswered(state=claim.state.value, wanted=ClaimState.WITHDRAWN.value)
    await objections.withdraw_claims(desk.db, outcome_id, now=desk.now)
    if claim is not None:
        await claims.redraw(desk, claim.id)
    await holds.end_of_outcome(desk.db, outcome_id, now=desk.now)
    row = await stored_outcomes.get(desk.db, outcome_id)
    reason = _QUIET.get(row.kind)
    if reason is not None:
        await recalls.give_back_chase(desk.db, row.payer_id, reason=reason, now=desk.now)


def hold_of(kind: HoldKind, one: Reached, share: Money, outcome_id: int) -> NewHold:
    """This function will give a hold on an invoice, or on the part of it that is meant."""
    part = None if share == one.invoice.balance else share
    return NewHold(
        payer_id=one.invoice.payer_id, kind=kind, invoice_id=one.invoice.id, amount=part, outcome_id=outcome_id
    )


async def keep_quiet(turn: Turn, payer_id: int, reason: str) -> None:
    """This function will take back what waits: nobody who has paid is chased, by a promise's messages neither (004)."""
    await outbox.cancel_chase(turn.db, payer_id, reason=reason)
    await recalls.recall(turn.db, payer_id, UNTIMELY, reason=reason)


async def write(turn: Turn, work: Work, message: str, about: Sequence[Reached], outcome_id: int, **more: Any) -> None:
    named = [one.invoice for one in about]
    values = letters.values_for(turn, work.case, officer=turn.actor, invoices=named, **more)
    letter = ToCustomer(payer_id=work.card.payer_id, message=message, values=values)
    await notices.write_customer(turn, letter, Post(key=f"{message}:{outcome_id}", outcome_id=outcome_id))
