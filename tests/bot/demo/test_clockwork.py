"""Time in a rehearsal: people go on when they said they would, one at a time, in an order that is fixed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

from bot.demo.clockwork import Acts
from bot.demo.office import opened_office
from bot.demo.options import DemoOptions


async def every(minutes: int, name: str, scene_now: list[tuple[str, datetime]], start: datetime) -> Acts:
    for turn in range(1, 4):
        at = start + timedelta(minutes=turn * minutes)
        yield at
        scene_now.append((name, at))


async def test_people_act_at_their_moments_and_in_the_order_they_came() -> None:
    async with opened_office(DemoOptions(start=date(2026, 12, 14))) as scene:
        start, done = scene.now, list[tuple[str, datetime]]()
        people: list[AsyncIterator[datetime]] = [every(7, "Sari", done, start), every(7, "Budi", done, start)]
        for one in people:
            await scene.clockwork.enter(one)
        await scene.clockwork.run_until(start + timedelta(minutes=15))
        wanted = [("Sari", 7), ("Budi", 7), ("Sari", 14), ("Budi", 14)]
        assert done == [(name, start + timedelta(minutes=minutes)) for name, minutes in wanted]
        assert scene.now == start + timedelta(minutes=15)
        assert await scene.sim.now() == scene.now
