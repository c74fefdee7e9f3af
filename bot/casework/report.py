"""`/laporan` as a text for a phone: the team for managers, his own numbers for a collector (section 12)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.buttons import ListCollectors, ListEscalations, ListPool, OpenEscalation, ShowCauses
from bot.casework import dispute_causes
from bot.reply import Screen, Tap, screen, tap
from bot.turn import Turn
from sop.escalation import Escalation
from sop.money import Money
from sop.people import Role
from storage import cash, escalations, giros, objections, payers, people, pool, team

MOST_BUTTONS = 8


async def for_manager(turn: Turn) -> Screen:
    """This function will draw the team's day, the decisions that wait, disputes, money on its way, and the pool."""
    today = turn.day_in(None)
    waiting = tuple(one for one in await escalations.undecided(turn.db) if one.owner_id in (None, turn.actor.id))
    left = await pool.waiting(turn.db, [today])
    causes = await dispute_causes.of_month(turn, today)
    return screen(
        "manager/report",
        *await _decision_rows(turn, waiting[:MOST_BUTTONS]),
        (tap("all_decisions", ListEscalations()),) if len(waiting) > MOST_BUTTONS else (),
        (tap("collectors", ListCollectors()), tap("causes", ShowCauses(today.replace(day=1)))),
        on=today,
        decisions=len(waiting),
        causes=[{"cause": one.cause, "holding": one.holding, "held": one.held} for one in causes],
        pool=len(left),
        pool_amount=Money.total(one.balance for one in left),
        messages_only=await team.messages_only(turn.db, today=today),
        **await _team(turn),
        **await _money(turn),
    )


async def for_collector(turn: Turn) -> Screen:
    """This function will draw somebody's own numbers; colleagues are compared only to managers."""
    actor = turn.actor
    numbers = (await team.numbers_of(turn.db, [actor.id], today=turn.today))[actor.id]
    since = await team.since(turn.db, turn.day_start(actor.zone), owner_id=actor.id)
    in_hand = await cash.in_hand_of(turn.db, actor.id)
    waiting = await pool.count(turn.db, [turn.today]) if actor.role is Role.COLLECTOR else 0
    return screen(
        "collector/report",
        (tap("from_pool", ListPool()),) if waiting else (),
        on=turn.today,
        open=numbers.open,
        done=numbers.done,
        customers=numbers.customers,
        total=numbers.total,
        overdue=numbers.overdue,
        promised=numbers.promised,
        new_promises=since.promises,
        new_promised=since.promised,
        payments=since.payments,
        paid=since.paid,
        in_hand=Money.total(one.amount for one in in_hand),
    )


async def _team(turn: Turn) -> dict[str, Any]:
    staff = await people.of_role(turn.db, Role.COLLECTOR)
    numbers = (await team.numbers_of(turn.db, [one.id for one in staff], today=turn.day_in(None))).values()
    since = await team.since(turn.db, turn.day_start(None), owner_id=None)
    return {
        "open": sum(one.open for one in numbers),
        "done": sum(one.done for one in numbers),
        "overdue": Money.total(one.overdue for one in numbers),
        "new_promises": since.promises,
        "new_promised": since.promised,
        "payments": since.payments,
        "paid": since.paid,
    }


async def _money(turn: Turn) -> dict[str, Any]:
    """What is said to be paid and is not in the books yet."""
    claims, in_hand = await objections.waiting_claims(turn.db), await cash.waiting(turn.db)
    held = await giros.waiting(turn.db)
    return {
        "claims": len(claims),
        "cash": len(in_hand),
        "cash_amount": Money.total(one.amount for one in in_hand),
        "giros": len(held),
        "giros_amount": Money.total(one.amount for one in held),
    }


async def _decision_rows(turn: Turn, waiting: Sequence[Escalation]) -> list[tuple[Tap, ...]]:
    balances = await escalations.balances(turn.db, [one.id for one in waiting])
    names = await payers.names(turn.db, [one.payer_id for one in waiting if one.payer_id is not None])
    staff = await people.names(turn.db)

    def about(one: Escalation) -> str:
        return names[one.payer_id] if one.payer_id is not None else staff.get(one.subject_id or 0, "")

    return [
        (
            tap(
                "escalation_row",
                OpenEscalation(one.id),
                payer=about(one),
                amount=balances[one.id],
                reason=one.reason.value,
            ),
        )
        for one in waiting
    ]
