"""What money and credit notes change: nobody who has paid is chased, and cards and questions show it at once (004)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.casework import cards, cases, escalations, kept_back, notices, plan_verdicts, promises
from bot.casework.plan_verdicts import PaidInto
from bot.screens.card import subject_of
from bot.turn import Desk
from sop.case import Case
from sop.follow_up import FollowUp, FollowUpState
from sop.hold import HoldKind, Use
from sop.promise import Promise
from storage import follow_ups, holds, outbox, payments, people, unplaced
from storage.holds import NewHold

PAID = "paid"
ASKS_NOTHING = frozenset({HoldKind.PAID, HoldKind.CREDIT, HoldKind.PAYMENT_UNASSIGNED})
"""Holds that money itself brings: a card of such a payer has nothing left to ask."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """The case as it is after money or a credit note, the promises that were kept by it, and the plans it went into."""

    after: Case
    kept: tuple[Promise, ...]
    into: tuple[PaidInto, ...] = ()


async def draw(desk: Desk, payer_id: int) -> Settled:
    """This function will draw every consequence of changed balances but the words: call it once all is booked."""
    await kept_back.drop_settled(desk, payer_id)
    kept = await promises.after_payment(desk, payer_id)
    into = await plan_verdicts.after_payment(desk, payer_id)
    await hold_credit(desk, payer_id)
    after = await cases.load(desk, payer_id)
    blocked = after.standing(Use.CALL).blocked
    rests_by_money = blocked is not None and blocked.kind in ASKS_NOTHING
    if rests_by_money:
        await outbox.cancel_chase(desk.db, payer_id, reason=PAID if blocked is None else blocked.kind.value)
    await payments.hold_steps(desk.db, payer_id, reason=PAID)
    await refresh_cards(desk, after, closes=rests_by_money)
    await escalations.cancel_settled(desk, payer_id)
    return Settled(after=after, kept=kept, into=into)


async def hold_credit(desk: Desk, payer_id: int) -> None:
    """This function will keep the hold of a payer's unapplied credit as large as the credit is (6).

    Whether it is enough is asked again each time: it holds only while it covers all that is open.
    """
    credit = await unplaced.credit_of(desk.db, payer_id)
    known = [one for one in await holds.active(desk.db, payer_id) if one.kind is HoldKind.CREDIT]
    if [one.amount for one in known] == ([credit] if credit else []):
        return
    await holds.end(desk.db, payer_id=payer_id, kind=HoldKind.CREDIT, now=desk.now)
    if credit:
        await holds.place(desk.db, NewHold(payer_id=payer_id, kind=HoldKind.CREDIT, amount=credit), now=desk.now)


async def refresh_cards(desk: Desk, case: Case, *, closes: bool = False) -> None:
    """This function will draw a payer's open cards anew; those with nothing left to ask are closed and say LUNAS."""
    open_ids = {one.id for one in case.invoices}
    for card in await follow_ups.open_of_payer(desk.db, case.payer_id):
        steps = await follow_ups.steps_of(desk.db, card)
        if closes or not open_ids or (steps and not open_ids & steps.keys()):
            await outbox.cancel_chase(desk.db, case.payer_id, reason=PAID)
            await follow_ups.change(desk.db, card.id, state=FollowUpState.CANCELLED, finished_at=desk.now)
        await _redraw_card(desk, card)


def rests(case: Case) -> bool:
    """This function will say whether nothing may be asked of a payer now, by call either."""
    return case.standing(Use.CALL).blocked is not None


async def _redraw_card(desk: Desk, card: FollowUp) -> None:
    fresh = await follow_ups.get(desk.db, card.id)
    zone = desk.company.zone
    if fresh.collector_id is not None:
        zone = (await people.get(desk.db, fresh.collector_id)).zone
    await notices.redraw(desk, subject_of(card.id), await cards.shown(desk, fresh, zone=zone))
