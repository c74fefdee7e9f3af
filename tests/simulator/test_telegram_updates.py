"""Updates by polling and by webhook: order, confirmation, expiry, conflicts."""

from __future__ import annotations

import asyncio
import json

from simulator.client import SimClient
from tests.simulator.callers import BotCaller, Receiver


async def test_ids_are_sequential_and_confirmed_by_offset(sim: SimClient, bot: BotCaller, budi: int) -> None:
    await sim.say(budi, "satu")
    await sim.say(budi, "dua")
    first = await bot.updates()
    assert [u["message"]["text"] for u in first] == ["/start", "satu", "dua"]
    numbers = [u["update_id"] for u in first]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    assert await bot.updates(offset=numbers[1]) == first[1:]
    assert await bot.updates(limit=1) == first[1:2]
    assert await bot.updates(offset=-1) == first[2:]
    assert (await sim.idle())["pending_updates"] == 1


async def test_a_long_poll_is_woken_by_what_happens(sim: SimClient, bot: BotCaller, budi: int) -> None:
    [start] = await bot.updates()
    waiting = asyncio.create_task(bot.updates(offset=start["update_id"] + 1, timeout_seconds=30))
    await sim.say(budi, "halo")
    [update] = await asyncio.wait_for(waiting, 5)
    assert update["message"]["text"] == "halo"


async def test_a_second_poller_ends_the_first(sim: SimClient, bot: BotCaller) -> None:
    first = asyncio.create_task(bot.call("getUpdates", timeout=30))
    while not first.done():  # whichever arrived first loses
        await bot.call("getUpdates", timeout=0)
    reply = await asyncio.wait_for(first, 5)
    assert reply.refusal == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


async def test_polling_and_webhook_exclude_each_other(bot: BotCaller, receiver: Receiver) -> None:
    await bot.call("setWebhook", url=f"{receiver.url}/telegram")
    reply = await bot.call("getUpdates")
    assert reply.refusal == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    assert (await bot.call("deleteWebhook")).result is True
    assert await bot.updates() == []


async def test_presses_expire_after_150_seconds_and_messages_after_a_day(
    sim: SimClient, bot: BotCaller, budi: int
) -> None:
    await bot.send(budi, reply_markup={"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}]]})
    await sim.press(budi, "Ya")
    await sim.advance(151)
    assert ["message" in u for u in await bot.updates()] == [True]
    await sim.advance(24 * 3600)
    assert await bot.updates() == []
    expired = [e["update_id"] for e in await sim.journal() if e["kind"] == "update_expired"]
    assert len(expired) == 2


async def test_allowed_updates_stay_until_changed(sim: SimClient, bot: BotCaller, budi: int) -> None:
    await bot.updates(allowed_updates=["callback_query"])
    assert (await sim.say(budi, "tidak terlihat"))["update_id"] is None
    await bot.updates(allowed_updates=[])
    assert (await sim.say(budi, "terlihat"))["update_id"] is not None


async def test_the_webhook_gets_the_secret_and_every_update_in_order(
    sim: SimClient, bot: BotCaller, receiver: Receiver, budi: int
) -> None:
    url = f"{receiver.url}/telegram"
    await bot.call("setWebhook", url=url, secret_token="rahasia-1", drop_pending_updates=True)
    for text in ("satu", "dua", "tiga"):
        await sim.say(budi, text)
    received = await receiver.wait_for(3)
    assert [json.loads(r.body)["message"]["text"] for r in received] == ["satu", "dua", "tiga"]
    assert {r.headers["X-Telegram-Bot-Api-Secret-Token"] for r in received} == {"rahasia-1"}
    assert (await sim.idle(wait=5))["idle"]


async def test_an_update_comes_again_until_it_is_taken(
    sim: SimClient, bot: BotCaller, receiver: Receiver, budi: int
) -> None:
    receiver.answers["/telegram"].extend([500, 503])
    await bot.call("setWebhook", url=f"{receiver.url}/telegram", drop_pending_updates=True)
    await sim.say(budi, "satu")
    await sim.say(budi, "dua")
    await receiver.wait_for(1)
    await sim.flush()
    told = (await bot.call("getWebhookInfo")).result
    assert (told["pending_update_count"], told["last_error_message"]) == (2, "Wrong response from the webhook: 503")
    await sim.advance(60)  # by itself, once the clock has reached the next try
    received = await receiver.wait_for(4)
    assert [json.loads(r.body)["message"]["text"] for r in received] == ["satu", "satu", "satu", "dua"]
    assert (await sim.idle(wait=5))["pending_updates"] == 0


async def test_one_chat_does_not_hold_up_another(sim: SimClient, bot: BotCaller, receiver: Receiver, budi: int) -> None:
    ani = await sim.add_user("Ani")
    receiver.answers["/telegram"].append(500)
    await bot.call("setWebhook", url=f"{receiver.url}/telegram", drop_pending_updates=True)
    await sim.say(budi, "gagal dulu")
    await receiver.wait_for(1)
    await sim.say(ani, "lancar")
    received = await receiver.wait_for(2)
    assert json.loads(received[1].body)["message"]["text"] == "lancar"
    assert (await sim.idle())["pending_updates"] == 1


async def test_webhook_urls(sim: SimClient, bot: BotCaller, receiver: Receiver, budi: int) -> None:
    plain = await bot.call("setWebhook", url="http://santun.example/telegram")
    assert plain.refusal == (400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    port = await bot.call("setWebhook", url="https://santun.example:9000/telegram")
    assert port.refusal[1].endswith("Webhook can be set up only on ports 80, 88, 443 or 8443")
    await sim.config(routes={"https://santun.example": receiver.url})
    await bot.call("setWebhook", url="https://santun.example/telegram")
    assert (await receiver.wait_for(1))[0].url == f"{receiver.url}/telegram"


async def test_nothing_leaves_this_machine(sim: SimClient, bot: BotCaller, budi: int) -> None:
    await bot.call("setWebhook", url="https://santun.example/telegram")
    await sim.flush()
    posts = [e for e in await sim.journal() if e["kind"] == "webhook"]
    assert posts
    assert posts[0]["error"] == "not on this machine and without a route: nothing was sent"
