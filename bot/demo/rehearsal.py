"""A rehearsal from its first morning to its closing table."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.demo.bulletin import Bulletin, reason_in
from bot.demo.checks import Checks
from bot.demo.collectors import Collector
from bot.demo.contents import push_templates
from bot.demo.finance import Finance
from bot.demo.managers import LOOKS, Manager
from bot.demo.office import FINANCE, MANAGERS, furnish, opened_office
from bot.demo.options import DemoOptions
from bot.demo.scene import Scene
from bot.demo.town import TOWN, Town
from bot.demo_list import COLLECTORS
from bot.logs import configure_logging
from bot.render import text_of
from bot.reply import plain
from storage import rehearsal

TOLD_AT = "20:30"
ALL_HELD, BROKEN = 0, 1

Say = Callable[[str], None]


async def rehearse(options: DemoOptions, say: Say) -> int:
    """This function will run a rehearsal and tell it; gives 0, or 1 when something that must hold was broken."""
    logs = io.StringIO()
    configure_logging(json=True, stream=logs)
    async with opened_office(options) as scene:
        checks = Checks(scene=scene, logs=logs)
        bulletin = Bulletin(scene=scene)
        pushed = await push_templates(scene, scene.settings)
        counts = await furnish(scene, options)
        await _opening(scene, options, {**counts, "templates": pushed}, say)
        collectors = staff_of(scene, COLLECTORS)
        await _enter(scene, collectors)
        await checks.begin()
        scene.clockwork.after_work(checks.at_each_moment)
        for day in range(options.days):
            on = options.start + timedelta(days=day)
            await scene.clockwork.run_until(scene.at(on, TOLD_AT))
            await checks.at_day_end()
            people = [*COLLECTORS, *MANAGERS, FINANCE, TOWN]
            told = await bulletin.of_day()
            say(scene.diary.told(on, is_open=scene.calendar.is_open(on), people=people, day=told))
        await checks.at_end()
        await _closing(scene, collectors, checks, say)
        return BROKEN if checks.broken else ALL_HELD


def staff_of(scene: Scene, names: list[str] | tuple[str, ...]) -> list[Collector]:
    """This function will give the collectors their telephones."""
    return [Collector(scene=scene, phone=scene.staff[name], chances=scene.chances(name)) for name in names]


async def _enter(scene: Scene, collectors: list[Collector]) -> None:
    first, second = (scene.staff[name] for name in MANAGERS)
    hana = Manager(scene=scene, phone=first, chances=scene.chances(first.name), looks=LOOKS[::2], other=second)
    bagus = Manager(scene=scene, phone=second, chances=scene.chances(second.name), looks=LOOKS[1::2])
    finance = Finance(scene=scene, phone=scene.staff[FINANCE], chances=scene.chances(FINANCE))
    town = Town(scene=scene, chances=scene.chances(TOWN))
    lives = [one.work() for one in collectors]
    lives += [hana.decide(), bagus.decide(), finance.post(), finance.answer(), town.pay(), town.read()]
    for life in lives:
        await scene.clockwork.enter(life)


async def _opening(scene: Scene, options: DemoOptions, counts: dict[str, int], say: Say) -> None:
    consenting = sum(one.on_machine for one in scene.customers)
    values = {
        "start": options.start,
        "days": options.days,
        "seed": options.seed,
        "payers": len(scene.customers),
        "consenting": consenting,
        "collectors": COLLECTORS,
        "managers": MANAGERS,
        "finance": FINANCE,
        "counts": counts,
    }
    say(_text(scene, "demo/opening", values))


async def _closing(scene: Scene, collectors: list[Collector], checks: Checks, say: Say) -> None:
    async with scene.app.store.transaction() as db:
        totals, money = await rehearsal.totals(db), await rehearsal.money(db)
    taps = [one for collector in collectors for one in collector.taps]
    language = scene.diary.language
    values = {
        "totals": {name: _worded(counted, language) for name, counted in totals.items()},
        "money": money,
        "presses": scene.presses.count,
        "outcomes": len(taps),
        "taps": f"{sum(taps) / len(taps):.1f}" if taps else "0",
        "most_taps": max(taps, default=0),
    }
    say(_text(scene, "demo/closing", values))
    broken = [{"rule": rule, "what": what} for rule, what in checks.broken]
    say(_text(scene, "demo/verdict", {"broken": broken}))


def _worded(counted: Any, language: str) -> list[dict[str, Any]]:
    return [{"name": name, "words": reason_in(name, language), "count": count} for name, count in counted.items()]


def _text(scene: Scene, message: str, values: dict[str, Any]) -> str:
    return text_of(message, scene.diary.language, {name: plain(value) for name, value in values.items()})
