"""The company of the page: staff and list come in by the doors everybody uses, then the program runs by itself."""

from __future__ import annotations

import io
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot import app
from bot.demo import office
from bot.demo.clockwork import Clockwork, PlayedClock
from bot.demo.contents import push_templates
from bot.demo.diary import Diary
from bot.demo.live.replica import Bot, environment_of, free_port
from bot.demo.options import DemoOptions
from bot.demo.phones import Phone
from bot.demo.scene import Scene
from bot.demo_list import COLLECTORS, COMPANY
from bot.logs import configure_logging
from bot.settings import Settings, settings_of
from bot.turn import World
from bot.web import INBOUND_PATH
from simulator.client import SimClient
from simulator.server import Simulator
from sop.people import Role
from storage import Store, schema

ADMIN = "Rahmat"
OPENED_AT = "08:05"
ROLES = {
    Role.COLLECTOR: COLLECTORS,
    Role.MANAGER: office.MANAGERS,
    Role.FINANCE: (office.FINANCE,),
    Role.ADMIN: (ADMIN,),
}


@dataclass(kw_only=True)
class Company:
    """Everything a scenario needs: the phones, the program's process, and the books for bringing in a list."""

    url: str
    sim: SimClient
    simulator: Simulator
    bot: Bot
    books: Store
    world: World
    staff: dict[str, Phone]
    group_id: int
    customers: int = field(default=0)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(office.ZONE)

    @property
    def now(self) -> datetime:
        return self.simulator.world.clock.now()

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def at(self, on: date, clock: str) -> datetime:
        """This function will give the instant of a local time, such as "08:15"."""
        return datetime.combine(on, time.fromisoformat(clock), tzinfo=self.zone)


@asynccontextmanager
async def opened_company(options: DemoOptions) -> AsyncIterator[Company]:
    """The company on the first open day, shortly after plan and digest; raises OSError where the port is taken."""
    configure_logging(json=True, stream=io.StringIO())  # the program tells in its own file; the terminal stays quiet
    start = datetime.combine(options.start, office.OPENS_AT, tzinfo=ZoneInfo(office.ZONE))
    simulator = Simulator(start=start)
    async with AsyncExitStack() as doors:
        folder = Path(doors.enter_context(TemporaryDirectory(prefix="santun-demo-")))
        url = await simulator.start(options.port)
        doors.push_async_callback(simulator.stop)
        sim = await doors.enter_async_context(SimClient(url))
        settings = office.settings_for(url, folder, options)
        scene = await _furnished(sim, settings, options, PlayedClock(simulator=simulator))
        bot = Bot(settings=_reachable(settings), folder=folder)
        doors.push_async_callback(bot.stop)
        await sim.config(inbound_url=f"{bot.settings.public_url}{INBOUND_PATH}")
        books = Store(settings.database_url, is_guest=True)
        doors.push_async_callback(books.close)
        yield Company(
            url=url,
            sim=sim,
            simulator=simulator,
            bot=bot,
            books=books,
            world=scene.app.world,
            staff=scene.staff,
            group_id=scene.group_id or 0,
        )


async def _furnished(sim: SimClient, settings: Settings, options: DemoOptions, clock: PlayedClock) -> Scene:
    """Until the doors open the program runs in this process, on a clock that jumps as soon as it is done."""
    schema.upgrade(settings.database_url)
    zone, start = ZoneInfo(office.ZONE), await sim.now()
    async with app.opened(settings, clock=clock) as program:
        scene = Scene(
            sim=sim,
            app=program,
            clockwork=Clockwork(sim=sim, app=program, start=start),
            diary=Diary(zone=zone, language=options.language),
            seed=options.seed,
            zone=zone,
            settings=settings,
        )
        await push_templates(scene, settings)
        await office.hire(scene, ADMIN, Role.ADMIN)
        await office.furnish(scene, options)
        for role, names in ROLES.items():
            for name in names:
                body = {"role": role.value}
                await sim.call("POST", f"/sim/users/{scene.staff[name].user_id}/role", body)
        await sim.tell_company(COMPANY, office.ZONE)
        first = scene.calendar.open_on_or_after(options.start)
        await scene.clockwork.run_until(scene.at(first, OPENED_AT))
        return scene


def _reachable(settings: Settings) -> Settings:
    """The same company with webhooks, on a free port: then reports come by themselves, twice and unordered too."""
    port = free_port()
    more = {
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "LISTEN": f"127.0.0.1:{port}",
        "TELEGRAM_WEBHOOK_SECRET": secrets.token_urlsafe(16),
    }
    return settings_of({**environment_of(settings), **more})
