"""Finance's answer to a claim: the money came, did not come, or came somewhere else (section 6, 8; 004)."""

from __future__ import annotations

from bot.buttons import OpenCard
from bot.casework import cases, claims, escalations, letters, notices, payments, record, reopening
from bot.casework.notices import Post, ToCustomer
from bot.casework.payments import Received
from bot.reply import screen, tap
from bot.screens.claim import subject_of
from bot.turn import Turn
from sop.claim import HOLDING, Claim, ClaimState, answered
from sop.escalation import EscalationReason
from sop.follow_up import FollowUp
from sop.hold import HoldKind
from sop.money import Money
from sop.payment import PaymentSource
from sop.people import Person
from storage import holds, invoices, objections, people
from storage.outbox import URGENT


async def answer(turn: Turn, claim_id: int, to: ClaimState) -> Claim:
    """This function will answer a claim once and draw the consequences. Raises OnlyFinance, OwnMoney, ClaimAnswered."""
    claim = await objections.get_claim(turn.db, claim_id, for_update=True)
    after = answered(claim, to, await notices.answerer(turn, reported_by_id=claim.made_by_id))
    closed_at = None if to in HOLDING else turn.now
    said = {"state": after.state, "closed_at": closed_at, "closed_by_id": turn.actor.id}
    await objections.change_claim(turn.db, claim.id, **said)
    await record.note(turn, f"claim_{to.value}", payer_id=claim.payer_id, claim=claim.id)
    if to is ClaimState.CONFIRMED:
        await _confirmed(turn, claim)
    elif to is ClaimState.NOT_FOUND:
        await _not_found(turn, claim)
    else:
        await escalations.cancel_about(turn, EscalationReason.CLAIM_WAITING, claim.id)
        await claims.tell_other_account(turn, await objections.get_claim(turn.db, claim.id))
    await claims.redraw(turn, claim.id)
    return await objections.get_claim(turn.db, claim.id)


async def _confirmed(turn: Turn, claim: Claim) -> None:
    """The money is posted to the claimed invoices; what was settled meanwhile is not posted a second time."""
    ids = await objections.claimed_invoices(turn.db, claim.id)
    await _end(turn, claim)
    still_open = [one for one in await invoices.open_of(turn.db, claim.payer_id) if one.id in ids]
    if not still_open:
        return
    owed = Money.total(one.balance for one in still_open)
    amount, named = claim.amount or owed, tuple(one.id for one in still_open)
    is_sure = amount >= owed or len(named) == 1  # a part of several invoices: finance says which (8)
    received = Received(
        payer_id=claim.payer_id,
        amount=amount,
        paid_on=claims.made_on(turn, claim),
        source=PaymentSource.CLAIM,
        reference=f"{subject_of(claim.id)}",
        posted_by_id=turn.actor.id,
        invoice_ids=named if is_sure else (),
        among=() if is_sure else named,
    )
    await payments.post(turn, received)


async def _not_found(turn: Turn, claim: Claim) -> None:
    """The only answer that ends the hold while the invoice stays open; the collector calls again today."""
    await _end(turn, claim)
    case = await cases.load(turn, claim.payer_id)
    ids = await objections.claimed_invoices(turn.db, claim.id)
    still_open = [one for one in case.invoices if one.id in ids]
    if not still_open:
        return
    card = await reopening.reopen_card(turn, claim.payer_id, reason="why_claim_not_found")
    await _tell_collectors(turn, claim, case.name, card)
    officer = await letters.officer_of(turn, case)
    amount = claim.amount or Money.total(one.balance for one in still_open)
    values = letters.values_for(turn, case, officer=officer, invoices=still_open, amount=amount)
    letter = ToCustomer(payer_id=claim.payer_id, message="customer/T24", values=values)
    await notices.write_customer(turn, letter, Post(key=f"claim_not_found:{claim.id}"))


async def _end(turn: Turn, claim: Claim) -> None:
    """Only its own holds: another claim on the same invoice goes on."""
    if claim.outcome_id is not None:
        await holds.end_of_outcome(turn.db, claim.outcome_id, now=turn.now)
    else:
        ids = await objections.claimed_invoices(turn.db, claim.id)
        await holds.end(turn.db, payer_id=claim.payer_id, kind=HoldKind.CLAIM, now=turn.now, invoice_ids=ids or None)
    await escalations.cancel_about(turn, EscalationReason.CLAIM_WAITING, claim.id)


async def _tell_collectors(turn: Turn, claim: Claim, payer: str, card: FollowUp) -> None:
    told = screen("finance/claim_not_found_told", (tap("open_card", OpenCard(card.id)),), payer=payer)
    for person in await _concerned(turn, claim):
        await notices.tell(turn, person, told, Post(urgency=URGENT))


async def _concerned(turn: Turn, claim: Claim) -> list[Person]:
    ids = dict.fromkeys(await invoices.collectors_of(turn.db, claim.payer_id))
    return [await people.get(turn.db, each) for each in ids if each != turn.actor.id]
