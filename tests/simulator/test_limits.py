"""Rates, measured on the simulated clock."""

from __future__ import annotations

from simulator.client import SimClient
from tests.simulator.callers import BotCaller, TwilioCaller


async def _burst(bot: BotCaller, chat_id: int, count: int) -> list[int]:
    return [(await bot.call("sendMessage", chat_id=chat_id, text=str(n))).status for n in range(count)]


async def test_a_private_chat_takes_a_small_burst_then_one_a_second(sim: SimClient, bot: BotCaller, budi: int) -> None:
    assert await _burst(bot, budi, 6) == [200] * 5 + [429]
    reply = await bot.call("sendMessage", chat_id=budi, text="x")
    assert reply.refusal == (429, "Too Many Requests: retry after 1")
    assert reply.body["parameters"] == {"retry_after": 1}
    assert reply.headers["Retry-After"] == "1"
    await sim.advance(1)
    assert await _burst(bot, budi, 2) == [200, 429]


async def test_a_group_takes_twenty_a_minute(sim: SimClient, bot: BotCaller, budi: int) -> None:
    group = await sim.add_group("Tim", [budi])
    await sim.add_bot(group, budi)
    assert await _burst(bot, group, 21) == [200] * 20 + [429]
    assert (await bot.call("sendMessage", chat_id=group, text="x")).body["parameters"] == {"retry_after": 60}
    await sim.advance(60)
    assert await _burst(bot, group, 1) == [200]


async def test_thirty_a_second_overall(sim: SimClient, bot: BotCaller) -> None:
    people = [await sim.add_user(f"Orang {n}") for n in range(31)]
    for person in people:
        await sim.start(person)
    statuses = [(await _burst(bot, person, 1))[0] for person in people]
    assert statuses == [200] * 30 + [429]
    await sim.advance(1)
    assert await _burst(bot, people[-1], 1) == [200]


async def test_rates_can_be_switched_off(sim: SimClient, bot: BotCaller, budi: int) -> None:
    await sim.config(strict_rates=False)
    assert await _burst(bot, budi, 40) == [200] * 40


async def test_eighty_a_second_a_sender(sim: SimClient, twilio: TwilioCaller) -> None:
    statuses = [(await twilio.send("+6281200000001", Body=str(n))).status for n in range(81)]
    assert statuses == [201] * 80 + [429]
    refused = await twilio.send("+6281200000001", Body="x")
    assert refused.body["code"] == 20429
    other = await twilio.call(
        "POST",
        f"{twilio.messages}.json",
        data={"To": "whatsapp:+6281200000001", "From": "whatsapp:+14155230000", "Body": "x"},
    )
    assert other.status == 201
    await sim.advance(1)
    assert (await twilio.send("+6281200000001", Body="x")).status == 201
