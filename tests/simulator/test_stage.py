"""What the rehearsed program and the page say to each other: agenda, orders, travel, the stream, and who may listen."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import aiohttp
import pytest

from simulator.client import SimClient, SimRefusedError
from tests.simulator.callers import BotCaller, TwilioCaller
from tests.simulator.conftest import MONDAY

ANI = "+6281200000001"
HOUR = timedelta(hours=1)


class Program:
    """A program that works off a list of due instants, and keeps its agenda."""

    def __init__(self, sim: SimClient, *due: datetime) -> None:
        self.sim, self.due = sim, sorted(due)
        self.worked_at: list[datetime] = []

    async def run(self) -> None:
        seen = 0
        while True:
            now = await self.sim.now()
            while self.due and self.due[0] <= now:
                self.due.pop(0)
                self.worked_at.append(now)
            await self.sim.tell_agenda(now, self.due[0] if self.due else None, seen=seen)
            entries = await self.sim.journal(seen, wait=5)
            seen = entries[-1]["seq"] if entries else seen


@asynccontextmanager
async def at_work(url: str, *due: datetime) -> AsyncIterator[Program]:
    async with SimClient(url) as sim:
        program = Program(sim, *due)
        task = asyncio.create_task(program.run())
        try:
            yield program
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def began(sim: SimClient) -> None:
    """The program has told its first agenda."""
    async with asyncio.timeout(5):
        while not (await sim.call("GET", "/sim/stage"))["agenda"]["running"]:  # noqa: ASYNC110
            await asyncio.sleep(0)


async def test_a_journey_stops_at_everything_due_in_order(url: str, sim: SimClient) -> None:
    due = [MONDAY + HOUR, MONDAY + 3 * HOUR, MONDAY + timedelta(days=1)]
    async with at_work(url, *due) as program:
        await began(sim)
        assert (await sim.travel(seconds=26 * 3600))["state"] == "arrived"
        assert program.worked_at == due
    assert await sim.now() == MONDAY + timedelta(hours=26)


async def test_to_the_next_event_and_no_further(url: str, sim: SimClient) -> None:
    async with at_work(url, MONDAY + HOUR, MONDAY + 2 * HOUR) as program:
        await began(sim)
        await sim.travel()
        assert (await sim.now(), program.worked_at) == (MONDAY + HOUR, [MONDAY + HOUR])


async def test_callbacks_are_stops_too(sim: SimClient, twilio: TwilioCaller) -> None:
    await sim.add_customer(ANI)
    await sim.customer_says(ANI, "halo")
    await twilio.send(ANI, Body="x")
    await sim.travel()
    assert await sim.now() == MONDAY + timedelta(minutes=1)
    assert (await sim.customer_messages(ANI))[-1].status == "read"


async def test_a_program_that_is_down_is_not_waited_for(url: str, sim: SimClient) -> None:
    await sim.tell_agenda(MONDAY, MONDAY + HOUR, seen=0)
    await sim.tell_absence()
    assert (await sim.travel(seconds=7200))["state"] == "arrived"


async def test_a_journey_ends_where_it_is_stopped(sim: SimClient) -> None:
    await sim.tell_agenda(MONDAY - HOUR, MONDAY + HOUR, seen=0)  # a program that never catches up
    await sim.call("POST", "/sim/travel", {"seconds": 7200})
    assert (await sim.call("GET", "/sim/travel"))["state"] == "travelling"
    assert (await sim.call("DELETE", "/sim/travel"))["state"] == "stopped"
    assert await sim.now() == MONDAY


async def test_the_next_event_is_what_the_plan_names_and_the_way_leads_through_all_that_is_due(sim: SimClient) -> None:
    plan = [{"at": (MONDAY + 2 * HOUR).isoformat(), "title": {"id": "Ringkasan", "en": "Digest"}}]
    await sim.tell_agenda(MONDAY + 3 * HOUR, MONDAY + HOUR, seen=0, plan=plan)
    journey = await sim.travel()
    assert (journey["state"], journey["stops"]) == ("arrived", 2)
    assert await sim.now() == MONDAY + 2 * HOUR


@pytest.mark.parametrize(
    ("wanted", "status"), [({"seconds": -1}, 400), ({"to": "next"}, 409), ({}, 400), ({"to": "noon"}, 400)]
)
async def test_no_journey_back_or_to_nowhere(sim: SimClient, wanted: dict[str, object], status: int) -> None:
    with pytest.raises(SimRefusedError) as refused:
        await sim.call("POST", "/sim/travel", wanted)
    assert refused.value.status == status


async def test_orders_reach_the_program_and_it_reports(sim: SimClient) -> None:
    await sim.tell_scenarios([{"name": "promise_broken", "title": {"id": "Janji ingkar", "en": "Promise broken"}}])
    await sim.tell_controls([{"name": "kill", "title": {"id": "Matikan", "en": "Kill"}}])
    waiting = asyncio.create_task(sim.orders(0, wait=5))
    await sim.call("POST", "/sim/scenarios/promise_broken/start")
    [order] = await waiting
    assert (order["number"], order["kind"], order["name"]) == (1, "scenario", "promise_broken")
    await sim.report(1, "done", "beres")
    await sim.call("POST", "/sim/controls/kill/press")
    stage = await sim.call("GET", "/sim/stage")
    assert [(o["name"], o["state"]) for o in stage["orders"]] == [("promise_broken", "done"), ("kill", "queued")]
    for path in ("/sim/scenarios/x/start", "/sim/controls/x/press", "/sim/orders/9"):
        with pytest.raises(SimRefusedError, match="404"):
            await sim.call("POST", path, {"state": "done"})
    with pytest.raises(SimRefusedError, match="state must be"):
        await sim.report(1, "perhaps")


async def test_a_reset_keeps_what_was_registered(sim: SimClient) -> None:
    await sim.tell_controls([{"name": "kill"}])
    await sim.spotlight(phone=ANI)
    await sim.reset()
    stage = await sim.call("GET", "/sim/stage")
    assert ([c["name"] for c in stage["controls"]], stage["spotlight"]) == (["kill"], None)


async def events(response: aiohttp.ClientResponse) -> AsyncIterator[tuple[str, str, dict[str, object]]]:
    """(event, id, data) of a stream."""
    fields: dict[str, str] = {}
    async for line in response.content:
        name, _, value = line.decode().rstrip("\n").partition(": ")
        if name:
            fields[name] = value
        elif "data" in fields:
            yield fields.get("event", "message"), fields.get("id", ""), json.loads(fields["data"])
            fields = {}


async def test_the_stream_takes_up_where_it_broke_off(url: str, sim: SimClient, bot: BotCaller, budi: int) -> None:
    headers = {"Accept": "text/event-stream"}
    async with bot.session.get(f"{url}/sim/journal?tail=1", headers=headers) as response:
        assert response.content_type == "text/event-stream"
        stream = events(response)
        kind, identity, entry = await anext(stream)
        assert (kind, entry["kind"]) == ("message", "update")
        assert [(await anext(stream))[0] for _ in range(2)] == ["faults", "stage"]
    await bot.send(budi, "selagi terputus")
    async with bot.session.get(f"{url}/sim/journal", headers={**headers, "Last-Event-ID": identity}) as response:
        stream = events(response)
        missed = (await anext(stream))[2]
        assert (missed["method"], missed["seq"]) == ("sendMessage", int(str(entry["seq"])) + 1)
        await anext(stream), await anext(stream)
        await sim.spotlight(phone=ANI)
        assert (await anext(stream))[0] == "stage"
        await sim.reset()
        assert "again" in {(await anext(stream))[0] for _ in range(2)}
    async with bot.session.get(f"{url}/sim/journal", headers={**headers, "Last-Event-ID": "other.1.4"}) as response:
        assert (await anext(events(response)))[0] == "again"


async def test_a_fault_is_written_down_when_it_strikes(sim: SimClient, bot: BotCaller, budi: int) -> None:
    order = await sim.fault("telegram", "500", method="sendMessage|editMessageText")
    assert (await bot.call("getMe")).status == 200
    assert (await bot.call("sendMessage", chat_id=budi, text="x")).status == 500
    [struck] = [e for e in await sim.journal() if e["kind"] == "fault"]
    assert (struck["number"], struck["fault"], struck["method"]) == (order["number"], "500", "sendMessage")


async def test_messages_by_hand_are_unknown_to_twilio(sim: SimClient, twilio: TwilioCaller) -> None:
    await sim.add_customer(ANI)
    await sim.write_by_hand(ANI, "Rina", "Selamat siang, Bu")
    [shown] = (await sim.call("GET", f"/sim/customers/{ANI}/messages?last=5"))["messages"]
    assert (shown["direction"], shown["from"], shown["body"]) == ("by_hand", "Rina", "Selamat siang, Bu")
    assert await twilio.listed() == []


async def test_a_role_is_shown_to_those_who_watch_and_not_told_to_the_bot(sim: SimClient, bot: BotCaller) -> None:
    rina = await sim.add_user("Rina", role="collector")
    await sim.start(rina)
    [user] = (await sim.call("GET", "/sim/users"))["users"]
    assert user["role"] == "collector"
    [update] = await bot.updates()
    assert "role" not in update["message"]["from"]
    await sim.call("POST", f"/sim/users/{rina}/role", {"role": "manager"})
    assert (await sim.call("GET", "/sim/users"))["users"][0]["role"] == "manager"


async def test_other_sites_and_other_names_are_refused(url: str, session: aiohttp.ClientSession) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}):
        async with session.post(f"{url}/sim/reset", headers=headers) as response:
            assert response.status == 403, headers
    async with session.get(f"{url}/", headers={"Origin": url}) as response:
        assert response.status == 200
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    async with session.get(f"{url}/page/%2e%2e/files.py") as response:
        assert response.status == 404


REAL = "123456789:AAE-x012345678901234567890123456789"  # the shape of a real one


async def test_a_real_token_is_refused(sim: SimClient) -> None:
    with pytest.raises(SimRefusedError, match="a real one"):
        await sim.config(bot_tokens=[REAL])
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulator", "--port", "0", "--token", REAL, stderr=asyncio.subprocess.PIPE
    )
    _, said = await program.communicate()
    assert program.returncode == 1
    assert b"refused" in said
    assert REAL.encode() not in said
