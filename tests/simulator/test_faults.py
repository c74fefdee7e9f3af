"""Faults on order: each strikes as often as told, and leaves the state it promises."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from simulator.client import SimClient, SimRefusedError
from tests.simulator.callers import BotCaller, Receiver, TwilioCaller

ANI = "+6281200000001"


async def _texts(sim: SimClient, chat_id: int) -> list[str]:
    return [m.text for m in await sim.messages(chat_id) if m.from_bot]


async def test_429_and_500_strike_before_any_effect(sim: SimClient, bot: BotCaller, budi: int) -> None:
    await sim.fault("telegram", "429", method="sendMessage", retry_after=7)
    await sim.fault("telegram", "500", method="sendMessage")
    first = await bot.call("sendMessage", chat_id=budi, text="satu")
    second = await bot.call("sendMessage", chat_id=budi, text="satu")
    assert (first.status, first.headers["Retry-After"]) == (429, "7")
    assert second.refusal == (500, "Internal Server Error")
    assert await _texts(sim, budi) == []
    assert await bot.send(budi, "satu")
    assert (await bot.call("getMe")).status == 200


async def test_refused_before_and_cut_after(sim: SimClient, bot: BotCaller, budi: int) -> None:
    await sim.fault("telegram", "refuse", method="sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=budi, text="tidak sampai")
    await sim.fault("telegram", "cut_response", method="sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=budi, text="sampai")
    assert await _texts(sim, budi) == ["sampai"]


async def test_timeout_after_accept(sim: SimClient, bot: BotCaller, twilio: TwilioCaller, budi: int) -> None:
    await sim.fault("telegram", "timeout_after_accept", method="sendMessage")
    await sim.fault("twilio", "timeout_after_accept", method="messages.create")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bot.call("sendMessage", chat_id=budi, text="sampai"), 0.3)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(twilio.send(ANI, Body="sampai"), 0.3)
    assert await _texts(sim, budi) == ["sampai"]
    assert [m["body"] for m in await twilio.listed()] == ["sampai"]


async def test_every_kth_call(sim: SimClient, bot: BotCaller, budi: int) -> None:
    await sim.config(strict_rates=False)
    await sim.fault("telegram", "500", method="sendMessage", every=3)
    statuses = [(await bot.call("sendMessage", chat_id=budi, text="x")).status for _ in range(6)]
    assert statuses == [200, 200, 500, 200, 200, 500]
    await sim.clear_faults()
    assert [(await bot.call("sendMessage", chat_id=budi, text="x")).status for _ in range(3)] == [200] * 3


async def test_twilio_slows_down_and_breaks(sim: SimClient, twilio: TwilioCaller) -> None:
    await sim.fault("twilio", "429", retry_after=3, times=1)
    await sim.fault("twilio", "500", method="messages.create", times=1)
    first, second = await twilio.send(ANI, Body="x"), await twilio.send(ANI, Body="x")
    assert (first.status, first.body["code"], first.headers["Retry-After"]) == (429, 20429, "3")
    assert (second.status, second.body["code"]) == (500, 20500)
    assert await twilio.listed() == []


async def test_an_error_code_on_order(sim: SimClient, twilio: TwilioCaller) -> None:
    await sim.add_customer(ANI)
    await sim.customer_says(ANI, "halo")
    await sim.fault("twilio", "63016")
    for _ in range(2):
        await twilio.send(ANI, Body="x")
    await sim.advance(100)
    await sim.flush()
    outbound = [(m.status, m.error_code) for m in await sim.customer_messages(ANI) if not m.inbound]
    assert outbound == [("failed", 63016), ("read", None)]


async def test_callbacks_twice_and_out_of_order(sim: SimClient, twilio: TwilioCaller, receiver: Receiver) -> None:
    await sim.config(status_url=f"{receiver.url}/status")
    await sim.add_customer(ANI, reads=False)
    await sim.customer_says(ANI, "halo")
    await sim.fault("twilio", "reorder_callbacks")
    await sim.fault("twilio", "duplicate_callback")
    await twilio.send(ANI, Body="x")
    await sim.advance(100)
    await sim.flush()
    assert receiver.statuses() == ["delivered", "delivered", "sent"]
    assert [m.status for m in await sim.customer_messages(ANI)] == ["received", "delivered"]


async def test_an_update_twice(sim: SimClient, bot: BotCaller, receiver: Receiver, budi: int) -> None:
    await sim.fault("telegram", "duplicate_callback")
    await bot.call("setWebhook", url=f"{receiver.url}/telegram", drop_pending_updates=True)
    await sim.say(budi, "halo")
    first, second = await receiver.wait_for(2)
    assert first.body == second.body


async def test_unknown_orders_are_refused(sim: SimClient) -> None:
    with pytest.raises(SimRefusedError, match="target"):
        await sim.fault("sms", "429")
    with pytest.raises(SimRefusedError, match="kind"):
        await sim.fault("telegram", "63016")
