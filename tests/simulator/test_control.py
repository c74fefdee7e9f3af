"""The clock, idleness, the journal, settings, and the command line."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta

import pytest

from simulator.client import ChatMessage, SimClient, SimRefusedError
from simulator.server import Simulator
from tests.simulator.callers import BotCaller, Receiver, TwilioCaller
from tests.simulator.conftest import MONDAY

ANI = "+6281200000001"


async def test_the_clock_stands_jumps_and_runs(sim: SimClient) -> None:
    assert await sim.call("GET", "/sim/clock") == {
        "now": "2026-11-23T02:00:00+00:00", "epoch": MONDAY.timestamp(), "frozen": True, "factor": 0.0,
    }  # fmt: skip
    assert await sim.advance(90) == MONDAY + timedelta(seconds=90)
    new_year = datetime(2027, 1, 1, tzinfo=UTC)
    assert await sim.set_clock(new_year) == new_year
    assert await sim.run_clock(1_000_000) >= new_year
    assert await sim.now() > new_year
    await sim.run_clock(0)
    assert await sim.now() == await sim.now()
    with pytest.raises(SimRefusedError, match="expected"):
        await sim.call("POST", "/sim/clock", {})


async def test_without_a_start_the_clock_runs_with_real_time() -> None:
    simulator = Simulator()
    async with SimClient(await simulator.start()) as sim:
        assert (await sim.call("GET", "/sim/clock"))["frozen"] is False
        first = await sim.now()
        assert timedelta(0) < await sim.now() - first < timedelta(minutes=1)
    await simulator.stop()


async def test_a_running_clock_fires_callbacks_by_itself(
    sim: SimClient, twilio: TwilioCaller, receiver: Receiver
) -> None:
    await sim.config(status_url=f"{receiver.url}/status")
    await sim.run_clock(1000)
    await twilio.send(ANI, Body="x")
    [received] = await receiver.wait_for(1)
    assert received.form["MessageStatus"] == "failed"


async def test_idle_waits_until_the_bot_has_taken_everything(sim: SimClient, bot: BotCaller, budi: int) -> None:
    assert await sim.idle() == {
        "idle": False, "pending_updates": 1, "due_callbacks": 0, "next_callback_at": None,
        "now": "2026-11-23T02:00:00+00:00",
    }  # fmt: skip
    waiting = asyncio.create_task(sim.idle(wait=5))
    [update] = await bot.updates()
    await bot.updates(offset=update["update_id"] + 1)
    assert (await waiting)["idle"]


async def test_due_callbacks_count_until_they_are_answered(
    sim: SimClient, twilio: TwilioCaller, receiver: Receiver
) -> None:
    await sim.config(status_url=f"{receiver.url}/status")
    receiver.gate.clear()
    await twilio.send(ANI, Body="x")
    await sim.advance(5)
    assert (await sim.idle())["due_callbacks"] == 1
    receiver.gate.set()
    assert (await sim.flush())["idle"]
    assert receiver.statuses() == ["failed"]


async def test_the_journal_keeps_both_sides_as_they_were(sim: SimClient, bot: BotCaller, budi: int) -> None:
    number = await bot.send(budi, "satu")
    await bot.call("editMessageText", chat_id=budi, message_id=number, text="dua")
    entries = await sim.journal()
    assert [e["seq"] for e in entries] == list(range(1, len(entries) + 1))
    [sent] = await sim.calls("sendMessage")
    assert (sent["request"]["text"], sent["response"]["result"]["text"]) == ("satu", "satu")
    assert sent["at"] == "2026-11-23T02:00:00+00:00"
    told = await sim.call("GET", f"/sim/chats/{budi}/messages?journal=1")
    assert [e["kind"] for e in told["journal"]] == ["update", "call", "call"]
    assert await sim.journal(len(entries)) == []


async def test_until_wakes_with_what_happens(sim: SimClient, bot: BotCaller, budi: int) -> None:
    async def answered() -> ChatMessage | None:
        return await sim.last(budi)

    waiting = asyncio.create_task(sim.until(answered))
    await bot.send(budi, "akhirnya")
    assert (await waiting).text == "akhirnya"


async def test_reset_forgets_but_counts_on(sim: SimClient, bot: BotCaller, budi: int) -> None:
    [before] = await bot.updates()
    await sim.reset()
    assert await sim.journal() == []
    assert await bot.updates() == []
    again = await sim.add_user("Budi")
    await sim.start(again)
    [after] = await bot.updates()
    assert after["update_id"] == before["update_id"] + 1


async def test_unknown_people_settings_and_fields(sim: SimClient) -> None:
    for path, body, status in (
        ("/sim/users/1/say", {"text": "x"}, 404),
        ("/sim/config", {"speed": 1}, 400),
        ("/sim/groups", {"title": "x"}, 400),
        ("/sim/customers/+620/say", {"text": "x"}, 404),
        ("/sim/customers", {}, 400),
    ):
        with pytest.raises(SimRefusedError) as refused:
            await sim.call("POST", path, body)
        assert refused.value.status == status, path


async def test_the_same_deeds_give_the_same_journal() -> None:
    async def run() -> list[dict[str, object]]:
        simulator = Simulator(start=MONDAY)
        async with SimClient(await simulator.start()) as sim:
            budi = await sim.add_user("Budi")
            await sim.start(budi)
            await sim.add_customer(ANI)
            await sim.customer_says(ANI, "halo")
            await sim.advance(60)
            await sim.flush()
            entries = await sim.journal()
        await simulator.stop()
        return entries

    assert await run() == await run()


async def test_the_command_line(tmp_path: object) -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulator", "--port", "0", "--start", "2026-11-23T02:00:00Z",
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert program.stdout is not None
    line = (await asyncio.wait_for(program.stdout.readline(), 20)).decode()
    async with SimClient(line.split()[2]) as sim:
        assert await sim.now() == MONDAY
    program.terminate()
    assert await asyncio.wait_for(program.wait(), 10) == 0
    await program.stdout.read()
