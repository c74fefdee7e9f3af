"""The pool: cards that nobody works today, for any collector to take; and the managers' word of them (section 3)."""

from __future__ import annotations

from typing import ClassVar

from bot.buttons import ListPool, TakeFromPool
from bot.casework import notices, record
from bot.casework.notices import Post
from bot.reply import Screen, Tap, screen, tap
from bot.turn import Desk, Turn
from sop.follow_up import FollowUp
from sop.money import Money
from sop.people import Role
from sop.refusal import Refused
from sop.zones import ZONES
from storage import follow_ups, marks, people, pool
from storage.pool import PoolCard

JOB = "pool_told"
PAGE = 10
MOST_NAMED = 10


class PoolTaken(Refused):
    """Somebody was faster, or the card is over; `name` is who has it, empty when nobody has."""

    message: ClassVar[str] = "collector/refused_pool_taken"


async def row_for(turn: Turn) -> tuple[Tap, ...]:
    """This function will give `Ambil dari pool` to a collector where there is anything to take."""
    if turn.actor.role is not Role.COLLECTOR:
        return ()
    return (tap("from_pool", ListPool()),) if await pool.count(turn.db, [turn.today]) else ()


async def shown(turn: Turn, page: int) -> Screen:
    """This function will list what may be taken today, a button each."""
    waiting = await pool.waiting(turn.db, [turn.today])
    first = page * PAGE
    listed = waiting[first : first + PAGE]
    rows = [(tap("pool_row", TakeFromPool(one.follow_up_id), payer=one.payer, amount=one.balance),) for one in listed]
    earlier = (tap("earlier", ListPool(page - 1)),) if page else ()
    later = (tap("later_page", ListPool(page + 1)),) if len(waiting) > first + PAGE else ()
    total = Money.total(one.balance for one in waiting)
    return screen("collector/pool", *rows, (*earlier, *later), count=len(waiting), total=total)


async def take(turn: Turn, follow_up_id: int) -> FollowUp:
    """This function will make a card of the pool the person's own, the last of his day. Raises PoolTaken."""
    place = await follow_ups.last_place(turn.db, turn.actor.id, turn.today) + 1
    if not await pool.take(turn.db, follow_up_id, person_id=turn.actor.id, place=place):
        raise PoolTaken(name=await _taker(turn, follow_up_id))
    card = await follow_ups.get(turn.db, follow_up_id)
    await record.note(turn, "taken_from_pool", payer_id=card.payer_id, follow_up=card.id)
    return card


async def tell_due(desk: Desk) -> int:
    """This function will tell the managers once a day, at the digest's hour, whom nobody works because he is away.

    What comes into the pool later in the day stands in their report.
    """
    local = desk.local(None)
    if local.time() < desk.policy.desk.digest_at or not desk.calendar.is_open(local.date()):
        return 0
    slot = local.date().isoformat()
    if await marks.claimed(desk.db, JOB, [slot]):
        return 0
    if not await marks.claim_run(desk.db, job=JOB, slot=slot, now=desk.now):
        return 0
    left = await pool.without_worker(desk.db, sorted({desk.day_in(zone) for zone in ZONES}))
    if left:
        await notices.tell_managers(desk, _told(left), Post(key=f"{JOB}:{slot}"))
    return 1


def _told(left: tuple[PoolCard, ...]) -> Screen:
    return screen(
        "manager/pool_told",
        count=len(left),
        total=Money.total(one.balance for one in left),
        named=[{"payer": one.payer, "amount": one.balance} for one in left[:MOST_NAMED]],
        others=max(0, len(left) - MOST_NAMED),
    )


async def _taker(turn: Turn, follow_up_id: int) -> str:
    card = await follow_ups.get(turn.db, follow_up_id)
    return "" if card.collector_id is None else (await people.get(turn.db, card.collector_id)).name
