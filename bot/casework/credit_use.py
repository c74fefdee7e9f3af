"""A payer's unapplied credit and his new invoices: finance is asked, nothing is applied by guess (sections 6, 8)."""

from __future__ import annotations

from typing import ClassVar

from bot.buttons import UseCredit
from bot.casework import cases, notices
from bot.casework.notices import Post
from bot.reply import Screen, screen, tap
from bot.turn import Desk, Turn
from sop.refusal import Refused
from storage import marks, payments, unplaced
from storage.outbox import URGENT

JOB = "credit_asked"
SUBJECT = "credit:"


class NoCredit(Refused):
    """Nothing is left of the payer's credit, or he owes nothing."""

    message: ClassVar[str] = "finance/refused_no_credit"


async def ask_due(desk: Desk) -> int:
    """This function will ask finance, in working hours, about payers with credit who have a new invoice."""
    if not _is_at_work(desk):
        return 0
    asked = 0
    for payer_id in await unplaced.payers_with_credit(desk.db):
        slot = await _slot(desk, payer_id)
        if slot is None or await marks.claimed(desk.db, JOB, [slot]):
            continue
        await marks.claim_run(desk.db, job=JOB, slot=slot, now=desk.now)
        drawn = await shown(desk, payer_id)
        for person in await notices.confirmers(desk):
            await notices.tell(desk, person, drawn, Post(urgency=URGENT))
        asked += 1
    return asked


async def note_kept(desk: Desk, payer_id: int) -> None:
    """This function will note that a person kept this credit as it is: only a newer invoice asks again."""
    slot = await _slot(desk, payer_id)
    if slot is not None:
        await marks.claim_run(desk.db, job=JOB, slot=slot, now=desk.now)


async def begin(turn: Turn, payer_id: int) -> int:
    """This function will open the choice of invoices for the oldest payment with something left. Raises NoCredit."""
    await payments.lock(turn.db, payer_id)
    case = await cases.load(turn, payer_id)
    left = [one for one in await unplaced.of_payer(turn.db, payer_id) if not one.is_asked]
    if not left or not case.invoices:
        raise NoCredit()
    if left[0].chosen is None:
        await unplaced.choose(turn.db, left[0].id, ())
    return left[0].id


async def shown(desk: Desk, payer_id: int) -> Screen:
    """This function will draw what credit there is and what it could pay."""
    case = await cases.load(desk, payer_id)
    credit = await unplaced.credit_of(desk.db, payer_id)
    may_use = bool(credit) and bool(case.invoices)
    row = (tap("use_credit", UseCredit(payer_id)),) if may_use else ()
    listed = case.invoices[: desk.policy.desk.invoices_on_card]
    return screen(
        "finance/credit_asked",
        row,
        subject=f"{SUBJECT}{payer_id}",
        payer=case.name,
        credit=credit,
        total=case.exposure.total,
        invoices=[{"number": one.number, "balance": one.balance, "due_on": one.due_on} for one in listed],
        others=len(case.invoices) - len(listed),
    )


def _is_at_work(desk: Desk) -> bool:
    local, hours = desk.local(None), desk.policy.hours
    return desk.calendar.is_open(local.date()) and hours.working_from <= local.time() < hours.working_until


async def _slot(desk: Desk, payer_id: int) -> str | None:
    """The newest invoice he owes: one question for each."""
    newest = max((one.id for one in (await cases.load(desk, payer_id)).invoices), default=None)
    return None if newest is None else f"{payer_id}:{newest}"
