"""How a plan stands at this moment: its instalments, and what came in for them (002)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.turn import Desk
from sop.case import Case
from sop.hold import HoldKind
from sop.money import Money
from sop.plan import Counted, Instalment, Plan, PlanState, Share, Standing, asked_now, counted, standings
from storage import plans as stored
from storage.plans import InstalmentRow

WAITING_FOR_FINANCE = frozenset({HoldKind.CLAIM, HoldKind.GIRO, HoldKind.PAYMENT_UNASSIGNED, HoldKind.CREDIT})
NOBODY_IS_ASKED = frozenset({HoldKind.MANAGER_STOP, HoldKind.DECEASED, HoldKind.INSOLVENCY})


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A plan as the money of this moment leaves it; `rows` and `found` go side by side."""

    plan: Plan
    case: Case
    rows: tuple[InstalmentRow, ...]
    money: Counted
    found: tuple[Standing, ...]
    invoice_ids: tuple[int, ...]

    @property
    def left(self) -> Money:
        return (self.plan.amount - self.money.received).positive()

    @property
    def waits(self) -> bool:
        """Whether nobody is said to have missed anything: finance still looks, or nobody may be asked.

        Any claim of the payer counts: who has other invoices, too, does not say which of them he has paid.
        """
        kinds = WAITING_FOR_FINANCE | NOBODY_IS_ASKED
        ids = (None, *self.invoice_ids)
        return any(
            one.kind is HoldKind.CLAIM or (one.kind in kinds and one.invoice_id in ids) for one in self.case.holds
        )


async def claimable(desk: Desk, case: Case, invoice_ids: Sequence[int]) -> Money | None:
    """This function will say how much "already paid" means of invoices in a plan: what the plan asks for now.

    None where it means everything, as without a plan.
    """
    for plan in await stored.of_payer(desk.db, case.payer_id, PlanState.RUNNING):
        judged = await look(desk, plan, case)
        if set(invoice_ids) <= set(judged.invoice_ids):
            asked = asked_now(plain_of(judged.rows), judged.money.received, today=case.today)
            return asked if Money.ZERO < asked < judged.left else None
    return None


async def look(desk: Desk, plan: Plan, case: Case) -> Judged:
    """This function will count what came in for a plan and say what became of each instalment."""
    rows = await stored.instalments_of(desk.db, plan.id)
    shares = await stored.shares_of(desk.db, plan)
    money = counted(
        Share(
            amount=one.amount,
            balance=one.balance,
            received=one.received,
            disputed=_disputed(case, one.invoice_id, one.balance),
        )
        for one in shares
    )
    found = standings(plain_of(rows), money, today=case.today, calendar=desk.calendar, policy=desk.policy)
    ids = tuple(one.invoice_id for one in shares)
    return Judged(plan=plan, case=case, rows=rows, money=money, found=found, invoice_ids=ids)


def plain_of(rows: Sequence[InstalmentRow]) -> tuple[Instalment, ...]:
    return tuple(Instalment(due_on=one.due_on, amount=one.amount) for one in rows)


def _disputed(case: Case, invoice_id: int, balance: Money) -> Money:
    parts = [one for one in case.holds if one.kind is HoldKind.DISPUTE and one.invoice_id in (None, invoice_id)]
    return Money.total(balance if one.amount is None else min(one.amount, balance) for one in parts)
