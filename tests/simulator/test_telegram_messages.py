"""Sending, editing and deleting, as strict as the real Bot API."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.client import SimClient
from tests.simulator.callers import PNG, BotCaller, Json

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def keyboard(*labels: str) -> Json:
    return {"inline_keyboard": [[{"text": label, "callback_data": label.lower()}] for label in labels]}


async def test_text_in_all_three_encodings(sim: SimClient, bot: BotCaller, budi: int) -> None:
    markup = '{"inline_keyboard":[[{"text":"Ya","callback_data":"y"}]]}'
    await bot.call("sendMessage", chat_id=budi, text="satu")
    await bot.form("SENDMESSAGE", chat_id=str(budi), text="<b>dua</b>", parse_mode="HTML", reply_markup=markup)
    await bot.upload("sendDocument", "document", b"%PDF", "surat.pdf", chat_id=str(budi), caption="tiga")
    shown = [m for m in await sim.messages(budi) if m.from_bot]
    assert [m.text for m in shown] == ["satu", "dua", "tiga"]
    assert shown[1].html == "<b>dua</b>"
    assert shown[1].labels == ["Ya"]
    assert shown[2].file is not None
    assert await sim.file(shown[2].file["file_id"]) == b"%PDF"


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        (
            {"text": "<p>x</p>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        ),
        (
            {"text": "é<b>x</i>", "parse_mode": "HTML"},
            'can\'t parse entities: Unmatched end tag at byte offset 6, expected "</b>", found "</i>"',
        ),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x</b>", "parse_mode": "HTML"}, "can't parse entities: Unexpected end tag at byte offset 1"),
        ({"text": "1 < 2", "parse_mode": "HTML"}, 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ],
)
async def test_texts_refused(bot: BotCaller, budi: int, params: Json, reason: str) -> None:
    reply = await bot.call("sendMessage", chat_id=budi, **params)
    assert reply.refusal == (400, f"Bad Request: {reason}")


async def test_length_is_measured_after_entities(bot: BotCaller, budi: int) -> None:
    text = "<b>" + "&amp;" * 4096 + "</b>"
    sent = (await bot.call("sendMessage", chat_id=budi, text=text, parse_mode="HTML")).result
    assert sent["text"] == "&" * 4096
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


async def test_entities_are_counted_in_utf16_and_trimmed(bot: BotCaller, budi: int) -> None:
    link = "<a href='https://contoh.id/?a=1&amp;b=2'>x</a>"
    text = f"\n 😀 <b>tebal <i>miring</i></b> {link}\n<blockquote expandable>q</blockquote> "
    sent = (await bot.call("sendMessage", chat_id=budi, text=text, parse_mode="HTML")).result
    assert sent["text"] == "😀 tebal miring x\nq"
    assert sent["entities"] == [
        {"type": "bold", "offset": 3, "length": 12},
        {"type": "italic", "offset": 9, "length": 6},
        {"type": "text_link", "offset": 16, "length": 1, "url": "https://contoh.id/?a=1&b=2"},
        {"type": "expandable_blockquote", "offset": 18, "length": 1},
    ]


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "A", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),  # 66 bytes, 33 characters
        ({"text": "A", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        (
            {"text": "A"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "A", "url": "tel:+6281200000001"},
            "inline keyboard button URL 'tel:+6281200000001' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "A", "url": "http://localhost/x"},
            "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_buttons_refused(bot: BotCaller, budi: int, button: Json, reason: str) -> None:
    reply = await bot.call("sendMessage", chat_id=budi, text="x", reply_markup={"inline_keyboard": [[button]]})
    assert reply.refusal == (400, f"Bad Request: {reason}")


async def test_a_button_has_exactly_one_action(bot: BotCaller, budi: int) -> None:
    button = {"text": "A", "callback_data": "a", "url": "https://contoh.id"}
    reply = await bot.call("sendMessage", chat_id=budi, text="x", reply_markup={"inline_keyboard": [[button]]})
    assert reply.refusal[1].startswith("Bad Request: can't parse inline keyboard button: exactly one action")


async def test_sixty_four_bytes_of_data_pass(sim: SimClient, bot: BotCaller, budi: int) -> None:
    button = {"text": "A", "callback_data": "é" * 32}
    await bot.send(budi, reply_markup={"inline_keyboard": [[button]]})
    assert await sim.press(budi, "A")


async def test_edit_replaces_and_without_markup_removes_the_keyboard(sim: SimClient, bot: BotCaller, budi: int) -> None:
    number = await bot.send(budi, "satu", reply_markup=keyboard("Ya"))
    edit: dict[str, Any] = {"chat_id": budi, "message_id": number}
    reply = await bot.call("editMessageText", **edit, text="satu", reply_markup=keyboard("Ya"))
    assert reply.refusal == (400, NOT_MODIFIED)
    edited = (await bot.call("editMessageText", **edit, text="dua")).result
    assert edited["edit_date"] >= edited["date"]
    message = await sim.last(budi)
    assert message is not None
    assert (message.text, message.labels, message.edited) == ("dua", [], True)


async def test_markup_alone_can_be_edited(sim: SimClient, bot: BotCaller, budi: int) -> None:
    number = await bot.send(budi, "satu", reply_markup=keyboard("Ya"))
    edit: dict[str, Any] = {"chat_id": budi, "message_id": number}
    await bot.call("editMessageReplyMarkup", **edit, reply_markup=keyboard("Tidak"))
    assert await sim.labels(budi) == ["Tidak"]
    await bot.call("editMessageReplyMarkup", **edit)
    assert await sim.labels(budi) == []
    assert (await bot.call("editMessageReplyMarkup", **edit)).refusal == (400, NOT_MODIFIED)


async def test_what_cannot_be_edited(sim: SimClient, bot: BotCaller, budi: int) -> None:
    theirs = (await sim.say(budi, "punya saya"))["message_id"]
    photo = (await bot.upload("sendPhoto", "photo", PNG, "x.png", chat_id=str(budi))).result["message_id"]
    gone = await bot.send(budi)
    await bot.call("deleteMessage", chat_id=budi, message_id=gone)
    reasons = [
        (await bot.call("editMessageText", chat_id=budi, message_id=number, text="x")).refusal[1]
        for number in (theirs, photo, gone, 12345)
    ]
    assert reasons == [
        "Bad Request: message can't be edited",
        "Bad Request: there is no text in the message to edit",
        "Bad Request: message to edit not found",
        "Bad Request: message to edit not found",
    ]


async def test_deletion_until_48_hours(sim: SimClient, bot: BotCaller, budi: int) -> None:
    old = await bot.send(budi, "lama")
    await sim.advance(48 * 3600 + 1)
    new = await bot.send(budi, "baru")
    refused = await bot.call("deleteMessage", chat_id=budi, message_id=old)
    assert refused.refusal == (400, "Bad Request: message can't be deleted for everyone")
    assert (await bot.call("deleteMessage", chat_id=budi, message_id=new)).result is True
    again = await bot.call("deleteMessage", chat_id=budi, message_id=new)
    assert again.refusal == (400, "Bad Request: message to delete not found")
    assert [m.text for m in await sim.messages(budi) if m.from_bot] == ["lama"]


async def test_pictures_and_files(sim: SimClient, bot: BotCaller, budi: int) -> None:
    sent = (
        await bot.upload("sendPhoto", "photo", PNG, "x.png", chat_id=str(budi), caption="<i>c</i>", parse_mode="HTML")
    ).result
    size = sent["photo"][-1]
    assert (size["width"], size["height"], sent["caption"]) == (1, 1, "c")
    again = (await bot.call("sendPhoto", chat_id=budi, photo=size["file_id"])).result
    assert again["photo"] == sent["photo"]
    refused = await bot.upload("sendPhoto", "photo", b"no picture", "x.png", chat_id=str(budi))
    assert refused.refusal == (400, "Bad Request: IMAGE_PROCESS_FAILED")
    long = await bot.upload("sendPhoto", "photo", PNG, "x.png", chat_id=str(budi), caption="x" * 1025)
    assert long.refusal == (400, "Bad Request: message caption is too long")


async def test_a_file_is_fetched_by_its_path(sim: SimClient, bot: BotCaller, budi: int) -> None:
    await sim.document(budi, b"a;b", "piutang.csv", caption="/impor")
    [start, update] = await bot.updates()
    document = update["message"]["document"]
    assert (document["file_name"], document["mime_type"]) == ("piutang.csv", "text/csv")
    stored = (await bot.call("getFile", file_id=document["file_id"])).result
    async with bot.session.get(f"{bot.url}/file/bot{bot.token}/{stored['file_path']}") as response:
        assert await response.read() == b"a;b"
    wrong = await bot.call("getFile", file_id="NOPE")
    assert wrong.refusal == (400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    assert start["update_id"] + 1 == update["update_id"]


async def test_force_reply_and_reply(sim: SimClient, bot: BotCaller, budi: int) -> None:
    asked = await bot.send(budi, "Berapa?", reply_markup={"force_reply": True, "selective": True})
    message = await sim.last(budi)
    assert message is not None
    assert message.force_reply
    await sim.say(budi, "5 juta", reply_to=asked)
    update = (await bot.updates())[-1]
    assert update["message"]["reply_to_message"]["message_id"] == asked


async def test_unknown_method_and_tokens(bot: BotCaller) -> None:
    assert (await bot.call("sendNothing")).refusal == (404, "Not Found: method not found")
    bot.token = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"  # looks like a real one: never accepted
    assert (await bot.call("getMe")).refusal == (401, "Unauthorized")


async def test_the_bots_profile(bot: BotCaller) -> None:
    commands = [{"command": "tugas", "description": "Tugas hari ini"}]
    assert (await bot.call("setMyCommands", commands=commands, language_code="id")).result is True
    assert (await bot.call("getMyCommands", language_code="id")).result == commands
    assert (await bot.call("getMyCommands")).result == []
    bad = await bot.call("setMyCommands", commands=[{"command": "Tugas!", "description": "x"}])
    assert bad.refusal == (400, "Bad Request: BOT_COMMAND_INVALID")
    assert (await bot.call("setMyDescription", description="Santun")).result is True
    assert (await bot.call("getMyDescription")).result == {"description": "Santun"}
    assert (await bot.call("getMe")).result["username"] == "santun_sim_bot"
