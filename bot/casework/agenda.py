"""A collector's day in the order of the procedure: why each card is there, and what does not fit (section 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.casework import plan_verdicts, verdicts
from bot.turn import Desk
from sop.follow_up import FollowUp
from sop.hold import ActiveHold, Moment, Owed, Use, holds_on
from sop.ledger import Invoice, days_past_due
from sop.money import Money
from sop.signs import Abc, Standing
from sop.worklist import Candidate, PromiseToday
from storage import agenda, invoices, promises, standing


@dataclass(frozen=True, kw_only=True, slots=True)
class _Books:
    """What is known of the payers of some cards."""

    today: date
    invoices: Mapping[int, list[Invoice]]
    holds: Mapping[int, tuple[ActiveHold, ...]]
    promised: Mapping[int, Money]
    promises: Mapping[int, PromiseToday]
    standing: Mapping[int, Standing]


async def candidates_of(desk: Desk, cards: Sequence[FollowUp], *, zone: str) -> tuple[Candidate, ...]:
    """This function will say of each card what its place in the day depends on; `zone` is the collector's."""
    payer_ids = [card.payer_id for card in cards]
    listed: dict[int, list[Invoice]] = {}
    for one in await invoices.open_of_many(desk.db, payer_ids):
        listed.setdefault(one.payer_id, []).append(one)
    today = desk.day_in(zone)
    planned = await plan_verdicts.plans_today(desk, payer_ids)
    books = _Books(
        today=today,
        invoices=listed,
        holds=await agenda.holds_of(desk.db, payer_ids),
        promised={number: asked for number, (_, asked) in planned.items()}
        | {
            one.payer_id: one.amount
            for one in await promises.of_payers(desk.db, payer_ids)
            if today in (one.promised_on, one.closed_on)
        },
        promises={number: today_of for number, (today_of, _) in planned.items()}
        | await verdicts.promises_today(desk, payer_ids),
        standing=await standing.of_payers(desk.db, payer_ids),
    )
    return tuple(_candidate(desk, card, books) for card in cards)


def _candidate(desk: Desk, card: FollowUp, books: _Books) -> Candidate:
    payer_id = card.payer_id
    his = books.invoices.get(payer_id, [])
    promise = books.promises.get(payer_id)
    moving = holds_on(
        [Owed(invoice_id=one.id, balance=one.balance) for one in his],
        books.holds.get(payer_id, ()),
        use=Use.CALL,
        at=Moment(now=desk.now, today=books.today),
    )
    amount = moving.amount
    if promise is not None and not amount:  # an open promise rests; the day is about what was promised
        amount = books.promised.get(payer_id, Money.ZERO)
    known = books.standing.get(payer_id)
    return Candidate(
        payer_id=payer_id,
        step=card.step,
        amount=amount,
        days_late=max((days_past_due(one, today=books.today) for one in his), default=0),
        abc=Abc.C if known is None else known.abc,
        score=0 if known is None else known.score.points,
        promise=promise,
    )
