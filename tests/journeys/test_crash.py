"""Journeys with the program as a real process that is killed at the worst moments (kill -9).

The played providers hold it there: they have accepted a call and keep their answer back. What must hold afterwards:
no customer hears anything twice, no tap is lost or counted twice, and staff see a repeat at most once, marked.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from simulator.config import DEFAULT_TOKEN
from sop.outbox import OutboxState, Way
from storage.tables import outbox, outcome
from tests.journeys.chat import COMPANY, TWILIO, Debtor, Office, Phone

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0  # real seconds for a process to start and to notice a moved clock on a busy machine


@pytest.fixture
async def office(open_office: Any) -> Office:
    office: Office = await open_office(whatsapp="twilio")
    return office


@asynccontextmanager
async def running(office: Office, database_url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The program as a process on the office's books; killed at the end, if it still lives."""
    url = office.sim.url
    given = COMPANY | TWILIO | {"WHATSAPP_MODE": "twilio", "TWILIO_API_URL": url, "TWILIO_CONTENT_URL": url}
    given |= {
        "TELEGRAM_BOT_TOKEN": DEFAULT_TOKEN,
        "TELEGRAM_API_URL": url,
        "SANTUN_CLOCK_URL": f"{url}/sim/clock",
        "DATABASE_URL": database_url,
        "PATH": os.defpath,
    }
    command = (sys.executable, "-m", "tests.journeys.bot_process")
    bot = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=given, stdout=asyncio.subprocess.DEVNULL)
    try:
        yield bot
    finally:
        await kill(bot)


async def kill(bot: asyncio.subprocess.Process) -> None:
    if bot.returncode is None:
        bot.kill()
        await bot.wait()


async def until(check: Callable[[], Awaitable[Any]]) -> Any:
    """Asks again and again: what another process writes into the books rings no bell here."""
    async with asyncio.timeout(PATIENCE):
        while not (found := await check()):  # noqa: ASYNC110
            await asyncio.sleep(0.2)
    return found


async def has_called(office: Office, method: str, *, more_than: int = 0) -> None:
    async def check() -> bool:
        return len(await office.sim.calls(method)) > more_than

    await until(check)


async def with_toko(office: Office, due_on: str) -> tuple[Phone, Debtor]:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", due_on, 1_000_000)
    return rina, toko


async def heard(office: Office, toko: Debtor) -> list[str]:
    return [one.body for one in await office.sim.customer_messages(toko.phone) if not one.inbound]


async def digests(office: Office, rina: Phone) -> list[str]:
    return [one.text for one in await office.sim.messages(rina.chat_id) if "Tugas Rabu" in one.text]


async def state_of_message(office: Office) -> OutboxState:
    async with office.transaction() as db:
        found = await db.execute(select(outbox.c.state).where(outbox.c.way == Way.WHATSAPP))
        state: OutboxState = found.scalar_one()
    return state


async def test_killed_between_sending_and_marking_the_customer_hears_it_once(
    office: Office, journey_database: str
) -> None:
    _, toko = await with_toko(office, "2026-11-25")
    await office.travel(to="08:50")
    await office.sim.fault("twilio", "timeout_after_accept", method="messages.create")
    async with running(office, journey_database) as bot:
        await office.sim.set_clock(office.now.replace(hour=9, minute=0))
        await has_called(office, "messages.create")
        await kill(bot)
    assert await state_of_message(office) is OutboxState.SENDING
    assert len(await heard(office, toko)) == 1

    async with running(office, journey_database):
        await office.sim.set_clock(office.now.replace(hour=9, minute=5))

        async def resolved() -> bool:
            return await state_of_message(office) not in (OutboxState.SENDING, OutboxState.UNKNOWN)

        await until(resolved)

    assert await state_of_message(office) in (OutboxState.SENT, OutboxState.DELIVERED, OutboxState.READ)
    assert len(await heard(office, toko)) == 1


async def test_killed_between_commit_and_sending_the_customer_still_hears_it(
    office: Office, journey_database: str
) -> None:
    _, toko = await with_toko(office, "2026-11-25")
    async with running(office, journey_database) as bot:
        await office.sim.set_clock(office.now.replace(hour=8, minute=50))

        async def planned() -> bool:
            async with office.transaction() as db:
                return (await db.execute(select(outbox.c.id).where(outbox.c.way == Way.WHATSAPP))).first() is not None

        await until(planned)
        await kill(bot)
    assert await heard(office, toko) == []

    async with running(office, journey_database):
        await office.sim.set_clock(office.now.replace(hour=9, minute=0))

        async def arrived() -> bool:
            return bool(await heard(office, toko))

        await until(arrived)
    assert len(await heard(office, toko)) == 1


async def test_killed_after_the_commit_of_a_tap_it_counts_once_and_its_answer_comes(
    office: Office, journey_database: str
) -> None:
    rina, _ = await with_toko(office, "2026-11-17")
    await office.travel(to="08:30")
    await rina.press("Mulai")
    await rina.press("Tidak diangkat")
    await office.sim.fault("telegram", "timeout_after_accept", method="answerCallbackQuery")
    async with running(office, journey_database) as bot:
        before = len(await office.sim.calls("answerCallbackQuery"))
        await office.sim.press(rina.user_id, "Sibuk", chat_id=rina.chat_id)
        await has_called(office, "answerCallbackQuery", more_than=before)
        await kill(bot)

    async with running(office, journey_database):
        await office.sim.advance(90)
        await has_called(office, "answerCallbackQuery", more_than=before + 1)

    async with office.transaction() as db:
        assert len((await db.execute(select(outcome))).all()) == 1


async def test_a_tap_while_the_program_is_dead_is_taken_when_it_lives_again(
    office: Office, journey_database: str
) -> None:
    rina, _ = await with_toko(office, "2026-11-17")
    await office.travel(to="08:30")
    await rina.press("Mulai")
    await rina.press("Tidak diangkat")
    await office.sim.press(rina.user_id, "Sibuk", chat_id=rina.chat_id)

    async with running(office, journey_database):
        await has_called(office, "answerCallbackQuery", more_than=2)

    async with office.transaction() as db:
        assert len((await db.execute(select(outcome))).all()) == 1


async def test_a_digest_that_may_have_left_comes_once_more_and_says_so(office: Office, journey_database: str) -> None:
    rina, _ = await with_toko(office, "2026-11-18")
    await office.sim.fault("telegram", "timeout_after_accept", method="sendMessage")
    async with running(office, journey_database) as bot:
        before = len(await office.sim.calls("sendMessage"))
        await office.sim.set_clock(office.now.replace(hour=8, minute=0))
        await has_called(office, "sendMessage", more_than=before)
        await kill(bot)
    assert len(await digests(office, rina)) == 1

    async with running(office, journey_database):
        await office.sim.set_clock(office.now.replace(hour=8, minute=5))

        async def repeated() -> bool:
            return len(await digests(office, rina)) > 1

        await until(repeated)
    first, again = await digests(office, rina)
    assert again != first
    assert again.endswith(first)
