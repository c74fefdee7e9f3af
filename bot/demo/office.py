"""Setting the stage: the simulator, the program on a fresh database, the list, the staff, the customers' phones."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot import app
from bot.casework import imports, invitations
from bot.demo.cast import Customer, tempers
from bot.demo.clockwork import Clockwork, PlayedClock
from bot.demo.diary import Diary
from bot.demo.options import DemoOptions
from bot.demo.phones import Phone
from bot.demo.scene import Scene
from bot.demo.tapping import LANGUAGE
from bot.demo_list import COLLECTORS, COMPANY, demo_list
from bot.intake import read_list
from bot.settings import Settings, settings_of
from simulator.client import SimClient
from simulator.config import DEFAULT_ACCOUNT_SID, DEFAULT_AUTH_TOKEN, DEFAULT_SENDER, DEFAULT_TOKEN
from simulator.server import Simulator
from sop.people import ConsentState, ContactState, Role
from storage import rehearsal, schema

OPENS_AT = time(7, 0)
MANAGERS = ("Ibu Hana", "Pak Bagus")
FINANCE = "Dewi"
GROUP = "Manajemen Piutang"
ZONE = "Asia/Jakarta"


@asynccontextmanager
async def opened_office(options: DemoOptions) -> AsyncIterator[Scene]:
    """A company at seven in the morning of the first day, with nothing in it yet."""
    zone = ZoneInfo(ZONE)
    start = datetime.combine(options.start, OPENS_AT, tzinfo=zone)
    simulator = Simulator(start=start)
    async with AsyncExitStack() as doors:
        folder = doors.enter_context(TemporaryDirectory(prefix="santun-demo-"))
        url = await simulator.start(options.port)
        doors.push_async_callback(simulator.stop)
        settings = settings_for(url, Path(folder), options)
        schema.upgrade(settings.database_url)
        sim = await doors.enter_async_context(SimClient(url))
        program = await doors.enter_async_context(app.opened(settings, clock=PlayedClock(simulator=simulator)))
        clockwork = Clockwork(sim=sim, app=program, start=start)
        diary = Diary(zone=zone, language=options.language)
        yield Scene(
            sim=sim,
            app=program,
            clockwork=clockwork,
            diary=diary,
            seed=options.seed,
            zone=zone,
            settings=settings,
            sent_count=lambda: len(simulator.world.ledger.messages),
        )


def settings_for(url: str, folder: Path, options: DemoOptions) -> Settings:
    """This function will give the settings of a company that sends by machine, all of it on this machine."""
    return settings_of(
        {
            "TELEGRAM_BOT_TOKEN": DEFAULT_TOKEN,
            "TELEGRAM_API_URL": url,
            "SANTUN_CLOCK_URL": f"{url}/sim/clock",
            "DATABASE_URL": f"sqlite:///{folder / 'demo.db'}",
            "WHATSAPP_MODE": "twilio",
            "WHATSAPP_ATTESTATION": MANAGERS[0],
            "TWILIO_ACCOUNT_SID": DEFAULT_ACCOUNT_SID,
            "TWILIO_AUTH_TOKEN": DEFAULT_AUTH_TOKEN,
            "TWILIO_WHATSAPP_FROM": DEFAULT_SENDER,
            "TWILIO_API_URL": url,
            "TWILIO_CONTENT_URL": url,
            "COMPANY_NAME": COMPANY,
            "COMPANY_PHONE": "+6281200009999",
            "PAYMENT_INSTRUCTIONS": f"BCA 1112223334 a.n. {COMPANY}",
            "TIMEZONE": ZONE,
            "LANGUAGE": LANGUAGE,
        }
    )


async def furnish(scene: Scene, options: DemoOptions) -> dict[str, int]:
    """This function will invite the staff, link the group and import the list; gives the import's counts."""
    for name, role in (*((one, Role.MANAGER) for one in MANAGERS), (FINANCE, Role.FINANCE)):
        await hire(scene, name, role)
    for name in COLLECTORS:
        await hire(scene, name, Role.COLLECTOR)
    await gather(scene)
    counts = await bring_list(scene, options)
    await populate(scene)
    await scene.clockwork.settle()
    return counts


async def hire(scene: Scene, name: str, role: Role) -> None:
    """This function will invite somebody, and let him open his link."""
    async with scene.app.store.transaction() as db:
        token = await invitations.create(scene.desk(db), role, name)
    user_id = await scene.sim.add_user(name)
    phone = Phone(sim=scene.sim, user_id=user_id, name=name, presses=scene.presses)
    scene.staff[name] = phone
    await scene.sim.start(user_id, token)
    await scene.clockwork.settle()


async def gather(scene: Scene) -> None:
    """This function will make the managers' group and add the program to it by its link."""
    async with scene.app.store.transaction() as db:
        token = await invitations.create(scene.desk(db), None, GROUP)
    members = [scene.staff[name].user_id for name in MANAGERS]
    scene.group_id = await scene.sim.add_group(GROUP, members)
    await scene.sim.add_bot(scene.group_id, members[0], token)
    await scene.clockwork.settle()


async def bring_list(scene: Scene, options: DemoOptions) -> dict[str, int]:
    """This function will import the demo's list the way every list comes in."""
    content = demo_list(today=options.start, seed=options.seed)
    read = read_list(content, filename="piutang.xlsx")
    async with scene.app.store.transaction() as db:
        desk = scene.desk(db)
        return await imports.put(desk, await imports.preview(desk, read), person_id=None)


async def populate(scene: Scene) -> None:
    """This function will give every payer a telephone and a character."""
    async with scene.app.store.transaction() as db:
        known = await rehearsal.reachable_payers(db)
    for one, temper in zip(known, tempers(len(known), scene.chances("cast")), strict=True):
        may_write = one.consent is ConsentState.GIVEN and one.state is not ContactState.WRONG
        customer = Customer(
            payer_id=one.payer_id,
            name=one.name,
            phone=one.address,
            on_machine=may_write,
            temper=temper,
            chances=scene.chances(f"customer:{one.payer_id}"),
        )
        scene.customers.append(customer)
        await scene.sim.add_customer(customer.phone, name=customer.name)
