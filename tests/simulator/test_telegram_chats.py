"""Who may be written to, what a bot sees in groups, and presses."""

from __future__ import annotations

import asyncio

import pytest

from simulator.client import SimClient, SimRefusedError
from tests.simulator.callers import PNG, BotCaller, Json

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def keyboard(label: str = "Ya") -> Json:
    return {"inline_keyboard": [[{"text": label, "callback_data": f"x:{label}"}]]}


@pytest.fixture
async def group(sim: SimClient, budi: int) -> int:
    """A group with Budi and the bot."""
    chat = await sim.add_group("Manajemen", [budi])
    await sim.add_bot(chat, budi, "kode123")
    return chat


async def test_nobody_is_written_to_before_he_starts(sim: SimClient, bot: BotCaller) -> None:
    ani = await sim.add_user("Ani")
    assert (await bot.call("sendMessage", chat_id=ani, text="x")).refusal == (400, "Bad Request: chat not found")
    chat = await sim.add_group("Tim", [ani])
    await sim.add_bot(chat, ani)
    reply = await bot.call("sendMessage", chat_id=ani, text="x")
    assert reply.refusal == (403, "Forbidden: bot can't initiate conversation with a user")
    assert (await bot.call("sendMessage", text="x")).refusal == (400, "Bad Request: chat_id is empty")


async def test_block_and_unblock(sim: SimClient, bot: BotCaller, budi: int) -> None:
    await sim.block(budi)
    assert (await bot.call("sendMessage", chat_id=budi, text="x")).refusal == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    with pytest.raises(SimRefusedError, match="blocked"):
        await sim.say(budi, "halo")
    await sim.start(budi, "kembali")
    updates = (await bot.updates())[1:]
    standings = [u["my_chat_member"]["new_chat_member"]["status"] for u in updates[:2]]
    assert standings == ["kicked", "member"]
    assert updates[2]["message"]["text"] == "/start kembali"
    assert await bot.send(budi)


async def test_startgroup_tells_who_added_the_bot(sim: SimClient, bot: BotCaller, budi: int, group: int) -> None:
    standing, service, command = (await bot.updates())[1:]
    assert standing["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert service["message"]["new_chat_members"][0]["username"] == "santun_sim_bot"
    assert command["message"]["text"] == "/start@santun_sim_bot kode123"
    assert command["message"]["chat"] == {"id": group, "type": "group", "title": "Manajemen"}


async def test_privacy_mode(sim: SimClient, bot: BotCaller, budi: int, group: int) -> None:
    posted = await bot.send(group, "Eskalasi")
    seen = [
        (await sim.say(budi, text, chat_id=group, reply_to=reply))["update_id"] is not None
        for text, reply in (
            ("obrolan biasa", None),
            ("/laporan", None),
            ("/laporan@santun_sim_bot", None),
            ("/laporan@bot_lain", None),
            ("bukan /perintah di awal", None),
            ("baik", posted),
        )
    ]
    assert seen == [False, True, True, False, False, True]


async def test_an_administrator_sees_all(sim: SimClient, budi: int, group: int) -> None:
    await sim.call("POST", f"/sim/groups/{group}/promote", {"by": budi})
    assert (await sim.say(budi, "obrolan biasa", chat_id=group))["update_id"] is not None


async def test_a_group_becomes_a_supergroup(sim: SimClient, bot: BotCaller, budi: int, group: int) -> None:
    before = len(await bot.updates())
    new = await sim.migrate(group)
    reply = await bot.call("sendMessage", chat_id=group, text="x")
    assert reply.refusal == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert reply.body["parameters"] == {"migrate_to_chat_id": new}
    left, right = (await bot.updates())[before:]
    assert (left["message"]["chat"]["id"], left["message"]["migrate_to_chat_id"]) == (group, new)
    assert (right["message"]["chat"]["id"], right["message"]["migrate_from_chat_id"]) == (new, group)
    assert str(new).startswith("-100")
    assert (await bot.call("sendMessage", chat_id=new, text="x")).result["chat"]["type"] == "supergroup"
    assert (await sim.say(budi, "/laporan", chat_id=group))["chat_id"] == new


async def test_kicked_and_left(sim: SimClient, bot: BotCaller, budi: int, group: int) -> None:
    await sim.kick(group, budi)
    reply = await bot.call("sendMessage", chat_id=group, text="x")
    assert reply.refusal == (403, "Forbidden: bot was kicked from the group chat")
    await sim.add_bot(group, budi)
    assert (await bot.call("leaveChat", chat_id=group)).result is True
    reply = await bot.call("sendMessage", chat_id=group, text="x")
    assert reply.refusal == (403, "Forbidden: bot is not a member of the group chat")


async def test_members(sim: SimClient, bot: BotCaller, budi: int, group: int) -> None:
    ani = await sim.add_user("Ani")
    told = [
        (await bot.call("getChatMember", chat_id=group, user_id=n)).result["status"] for n in (budi, ani, 1000000000)
    ]
    assert told == ["creator", "left", "member"]
    assert (await bot.call("getChat", chat_id=group)).result["title"] == "Manajemen"


async def test_a_press_carries_the_whole_message(sim: SimClient, bot: BotCaller, budi: int) -> None:
    number = await bot.send(budi, "Lanjut?", reply_markup=keyboard())
    callback = await sim.press(budi, "Ya")
    assert callback is not None
    query = (await bot.updates())[-1]["callback_query"]
    assert (query["id"], query["data"], query["message"]["message_id"]) == (callback, "x:Ya", number)
    assert query["message"]["reply_markup"] == keyboard()
    await bot.call("answerCallbackQuery", callback_query_id=callback, text="Tercatat", show_alert=True)
    answer = await sim.callback(callback)
    assert (answer["answered"], answer["text"], answer["show_alert"]) == (True, "Tercatat", True)
    twice = await bot.call("answerCallbackQuery", callback_query_id=callback)
    assert twice.refusal == (400, TOO_OLD)


async def test_a_press_expires_after_150_seconds(sim: SimClient, bot: BotCaller, budi: int) -> None:
    await bot.send(budi, reply_markup=keyboard())
    callback = await sim.press(budi, "Ya")
    await sim.advance(151)
    reply = await bot.call("answerCallbackQuery", callback_query_id=callback)
    assert reply.refusal == (400, TOO_OLD)


async def test_the_newest_button_with_a_label_is_pressed(sim: SimClient, bot: BotCaller, budi: int) -> None:
    first = await bot.send(budi, "lama", reply_markup=keyboard())
    second = await bot.send(budi, "baru", reply_markup=keyboard())
    await sim.press(budi, "Ya")
    await sim.press(budi, "Ya", message_id=first)
    pressed = [u["callback_query"]["message"]["message_id"] for u in (await bot.updates())[1:]]
    assert pressed == [second, first]
    with pytest.raises(SimRefusedError) as refused:
        await sim.press(budi, "Tidak ada")
    assert (refused.value.status, refused.value.labels) == (404, ["Ya", "Ya"])


async def test_forged_data_and_a_deleted_message(sim: SimClient, bot: BotCaller, budi: int) -> None:
    number = await bot.send(budi)
    await bot.call("deleteMessage", chat_id=budi, message_id=number)
    await sim.press_data(budi, number, "lunas:1")
    query = (await bot.updates())[-1]["callback_query"]
    assert query["data"] == "lunas:1"
    assert query["message"]["date"] == 0
    assert set(query["message"]) == {"chat", "message_id", "date"}


async def test_the_answer_to_a_press_can_be_awaited(sim: SimClient, bot: BotCaller, budi: int) -> None:
    await bot.send(budi, reply_markup=keyboard())
    callback = await sim.press(budi, "Ya")
    assert callback is not None
    waiting = asyncio.create_task(sim.callback(callback))
    await bot.call("answerCallbackQuery", callback_query_id=callback, text="ok")
    assert (await waiting)["text"] == "ok"


async def test_a_reply_keyboard_is_pressed_as_text(sim: SimClient, bot: BotCaller, budi: int) -> None:
    await bot.send(budi, reply_markup={"keyboard": [["Menu"]], "resize_keyboard": True})
    await sim.press(budi, "Menu")
    assert (await bot.updates())[-1]["message"]["text"] == "Menu"


async def test_places_contacts_and_pictures_arrive(sim: SimClient, bot: BotCaller, budi: int) -> None:
    await sim.location(budi, -6.2, 106.8)
    await sim.photo(budi, PNG, caption="slip")
    await sim.call("POST", f"/sim/users/{budi}/contact", {"phone_number": "+6281200000009"})
    place, picture, contact = [u["message"] for u in (await bot.updates())[1:]]
    assert place["location"] == {"latitude": -6.2, "longitude": 106.8}
    assert (picture["caption"], picture["photo"][0]["width"]) == ("slip", 1)
    assert contact["contact"]["user_id"] == budi
