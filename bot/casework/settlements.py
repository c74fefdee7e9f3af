"""What becomes of a settlement the managers granted: paid in time the rest is credited, else the offer lapses (002)."""

from __future__ import annotations

from bot.casework import cases, credits, notices, record, reopening
from bot.casework.credits import NewCredit
from bot.casework.notices import Post
from bot.reply import screen
from bot.turn import Desk
from sop.credit import CreditKind
from sop.hold import HoldKind, Use
from sop.money import Money
from sop.relief import Relief, ReliefKind, ReliefState, is_over, is_settled, last_day, moved
from storage import holds, invoices, people
from storage import reliefs as stored

WAITING = (ReliefState.GRANTED, ReliefState.LAPSED)


async def earn(desk: Desk, payer_id: int, *, payment_id: int | None) -> bool:
    """This function will credit the rest of what was settled in time; call it before the consequences are drawn.

    `payment_id` is the transfer that earned it: taken back, it takes the credit with it. Money that came in time and
    is posted late earns it, too. It says whether anything was credited.
    """
    earned = False
    for one in await stored.of_payer(desk.db, payer_id, *WAITING):
        if one.kind is ReliefKind.SETTLEMENT_DISCOUNT and await _is_earned(desk, one):
            await _credit(desk, one, payment_id)
            earned = True
    return earned


async def lapse_due(desk: Desk) -> int:
    """This function will end the offers that were not paid in time; the collector hears and has a card again."""
    ended = 0
    for one in await stored.in_state(desk.db, ReliefState.USED):
        if one.kind is ReliefKind.SETTLEMENT_DISCOUNT and not await stored.credited(desk.db, one):
            await stored.change(desk.db, one.id, state=moved(one, ReliefState.GRANTED).state)
    for one in await stored.in_state(desk.db, ReliefState.GRANTED):
        case = await cases.load(desk, one.payer_id)
        if is_over(one, today=case.today, calendar=desk.calendar, policy=desk.policy):
            await _lapse(desk, one)
            ended += 1
    return ended


async def _is_earned(desk: Desk, one: Relief) -> bool:
    last = last_day(one, calendar=desk.calendar, policy=desk.policy)
    about = await invoices.listed(desk.db, await stored.invoices_of(desk.db, one.id))
    came = await stored.received(desk.db, one)
    late = Money.ZERO if last is None else await stored.received(desk.db, one, after=last)
    balance = Money.total(each.balance for each in about)
    return is_settled(one, balance=balance, late=late, in_time=came - late)


async def _credit(desk: Desk, one: Relief, payment_id: int | None) -> None:
    about = await invoices.listed(desk.db, await stored.invoices_of(desk.db, one.id))
    shares = {each.id: each.balance for each in about if each.balance}
    await stored.change(desk.db, one.id, state=moved(one, ReliefState.USED).state)
    new = NewCredit(
        payer_id=one.payer_id,
        kind=CreditKind.RELIEF,
        shares=shares,
        payment_id=payment_id,
        tells_customer=False,
    )
    await credits.book(desk, new)
    await _end_rest(desk, one)
    details = {"relief": one.id, "credited": Money.total(shares.values())}
    await record.note(desk, "relief_used", payer_id=one.payer_id, **details)


async def _lapse(desk: Desk, one: Relief) -> None:
    await stored.change(desk.db, one.id, state=moved(one, ReliefState.LAPSED).state)
    await _end_rest(desk, one)
    await record.note(desk, "relief_lapsed", payer_id=one.payer_id, relief=one.id)
    case = await cases.load(desk, one.payer_id)
    told = screen("collector/settlement_lapsed", payer=case.name, until_on=one.until_on, amount=one.amount)
    for person_id in await invoices.collectors_of(desk.db, one.payer_id):
        person = await people.get(desk.db, person_id)
        await notices.tell(desk, person, told, Post(key=f"relief_lapsed:{one.id}:{person_id}"))
    if case.standing(Use.CALL).blocked is None:
        await reopening.reopen_card(desk, one.payer_id, reason="why_settlement_lapsed")


async def _end_rest(desk: Desk, one: Relief) -> None:
    ids = await stored.invoices_of(desk.db, one.id)
    await holds.end(desk.db, payer_id=one.payer_id, kind=HoldKind.EXTENSION, invoice_ids=ids, now=desk.now)
