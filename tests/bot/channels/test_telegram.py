"""Telegram over real HTTP: what goes on the wire, and what each refusal and each breakage becomes."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.channels.faults import (
    Ambiguous,
    ChannelFault,
    FileTooBig,
    Migrated,
    Misconfigured,
    PollingConflict,
    Rejected,
    SendFailed,
    TooFast,
    Unreachable,
)
from bot.channels.outgoing import AskTyped, Edited, Key, OutFile, OutMessage
from bot.channels.telegram import TelegramChannel
from tests.bot.channels.conftest import BREAKAGES, SHORT, never_answer

if TYPE_CHECKING:
    from tests.bot.channels.conftest import Misbehave, Script, Wire

TOKEN = "7000000001:AAinvented-invented-invented-invented"
MESSAGE = {"message_id": 77, "date": 1790000000, "chat": {"id": 5, "type": "private"}, "text": "x"}
OUT = OutMessage(chat_id=5, text="Toko <b>Makmur</b>")


@pytest.fixture
def channel(script: Script, session: aiohttp.ClientSession) -> TelegramChannel:
    return TelegramChannel(TOKEN, script.url, session, SHORT)


def ok(result: Any) -> dict[str, Any]:
    return {"ok": True, "result": result}


def no(code: int, description: str, **parameters: int) -> dict[str, Any]:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return body | ({"parameters": parameters} if parameters else {})


async def test_send_is_html_without_preview_and_with_its_buttons(channel: TelegramChannel, script: Script) -> None:
    script.will(200, ok(MESSAGE))
    rows = ((Key(label="Mulai", data="start:1"),), (Key(label="Buka", url="https://wa.me/62812000001"),))
    sent = await channel.send(OutMessage(chat_id=5, text="<b>Halo</b>", keyboard=rows, silent=True))
    assert (sent.provider_id, sent.message_id) == ("77", 77)
    [seen] = script.seen
    assert seen.path == f"/bot{TOKEN}/sendMessage"
    assert seen.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert seen.form["parse_mode"] == "HTML"
    assert seen.form["disable_notification"] == "true"
    assert json.loads(seen.form["link_preview_options"]) == {"is_disabled": True}
    assert json.loads(seen.form["reply_markup"])["inline_keyboard"] == [
        [{"text": "Mulai", "callback_data": "start:1"}],
        [{"text": "Buka", "url": "https://wa.me/62812000001"}],
    ]


async def test_a_question_opens_the_answer_field_of_the_person_replied_to(
    channel: TelegramChannel, script: Script
) -> None:
    script.will(200, ok(MESSAGE))
    await channel.send(
        OutMessage(chat_id=-5, text="Berapa?", ask=AskTyped(placeholder="Jumlah"), reply_to_message_id=9)
    )
    form = script.seen[0].form
    assert json.loads(form["reply_markup"]) == {
        "force_reply": True,
        "selective": True,
        "input_field_placeholder": "Jumlah",
    }
    assert json.loads(form["reply_parameters"]) == {"message_id": 9, "allow_sending_without_reply": True}


REFUSALS: list[tuple[int, dict[str, Any], type[ChannelFault]]] = [
    (403, no(403, "Forbidden: bot was blocked by the user"), Unreachable),
    (403, no(403, "Forbidden: user is deactivated"), Unreachable),
    (403, no(403, "Forbidden: bot was kicked from the supergroup chat"), Unreachable),
    (400, no(400, "Bad Request: chat not found"), Unreachable),
    (400, no(400, "Bad Request: CHAT NOT FOUND"), Unreachable),  # prose: case is no promise
    (400, no(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1001234567890123), Migrated),
    (429, no(429, "Too Many Requests: retry after 7", retry_after=7), TooFast),
    (429, {}, TooFast),  # a proxy's own 429, without Telegram's hints
    (400, no(400, "Bad Request: can't parse entities: unsupported start tag"), Rejected),
    (413, no(413, "Request Entity Too Large"), Rejected),
    (401, no(401, "Unauthorized"), Misconfigured),
    (404, no(404, "Not Found"), Misconfigured),
    (500, no(500, "Internal Server Error: restart"), Ambiguous),
    (502, {}, Ambiguous),
]


@pytest.mark.parametrize(("status", "body", "fault"), REFUSALS)
async def test_every_refusal_has_one_meaning(
    channel: TelegramChannel, script: Script, status: int, body: dict[str, Any], fault: type[ChannelFault]
) -> None:
    script.will(status, body)
    with pytest.raises(ChannelFault) as told:
        await channel.send(OUT)
    assert type(told.value) is fault
    assert told.value.certainly_not_sent is (fault is not Ambiguous)
    assert len(script.seen) == 1  # nothing is sent twice from here


async def test_refusals_carry_what_the_sender_needs(channel: TelegramChannel, script: Script) -> None:
    script.will(400, no(400, "upgraded", migrate_to_chat_id=-1001234567890123))
    with pytest.raises(Migrated) as migrated:
        await channel.send(OUT)
    assert migrated.value.new_chat_id == -1001234567890123
    script.will(429, no(429, "Too Many Requests", retry_after=7))
    with pytest.raises(TooFast) as too_fast:
        await channel.send(OUT)
    assert (too_fast.value.retry_after_seconds, too_fast.value.scope) == (7, "chat")
    script.will(429, no(429, "Too Many Requests", retry_after=3))
    with pytest.raises(TooFast) as everywhere:
        await channel.me()
    assert everywhere.value.scope == "global"  # a call without a chat can only mean all of us


@pytest.mark.parametrize("misbehave", BREAKAGES)
async def test_a_breakage_after_the_request_left_is_ambiguous_and_never_repeated(
    broken: Callable[[Misbehave], Awaitable[Wire]], session: aiohttp.ClientSession, misbehave: Misbehave
) -> None:
    wire = await broken(misbehave)
    with pytest.raises(Ambiguous):
        await TelegramChannel(TOKEN, wire.url, session, SHORT).send(OUT)
    assert len(wire.requests) == 1


@pytest.mark.parametrize("misbehave", BREAKAGES)
async def test_a_breakage_while_polling_is_a_passing_failure(
    broken: Callable[[Misbehave], Awaitable[Wire]], session: aiohttp.ClientSession, misbehave: Misbehave
) -> None:
    wire = await broken(misbehave)
    with pytest.raises(SendFailed) as failed:
        async with asyncio.timeout(30):
            await TelegramChannel(TOKEN, wire.url, session, SHORT).updates(1, 0)
    assert failed.value.temporary


async def test_a_refused_connection_certainly_sent_nothing(session: aiohttp.ClientSession, refused_url: str) -> None:
    with pytest.raises(SendFailed) as failed:
        await TelegramChannel(TOKEN, refused_url, session, SHORT).send(OUT)
    assert failed.value.temporary
    assert failed.value.certainly_not_sent


async def test_no_free_connection_in_time_certainly_sent_nothing(
    broken: Callable[[Misbehave], Awaitable[Wire]],
) -> None:
    wire = await broken(never_answer)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as narrow:
        slow = asyncio.create_task(
            TelegramChannel(TOKEN, wire.url, narrow).send(OUT)  # holds the only connection
        )
        await wire.arrived.wait()
        with pytest.raises(SendFailed):
            await TelegramChannel(TOKEN, wire.url, narrow, SHORT).send(OUT)
        slow.cancel()
        assert len(wire.requests) == 1
        await asyncio.gather(slow, return_exceptions=True)


async def test_no_token_reaches_an_error_or_a_log(
    broken: Callable[[Misbehave], Awaitable[Wire]],
    session: aiohttp.ClientSession,
    refused_url: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    urls = [refused_url, *[(await broken(each)).url for each in BREAKAGES], "http://[broken"]
    for url in urls:
        with pytest.raises(ChannelFault) as told:
            await TelegramChannel(TOKEN, url, session, SHORT).send(OUT)
        shown = "".join(traceback.format_exception(told.value)) + repr(told.value)
        assert TOKEN not in shown
        assert "Makmur" not in shown
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (200, ok(MESSAGE), Edited.DONE),
        (400, no(400, "Bad Request: message is not modified: specified new message content ..."), Edited.UNCHANGED),
        (400, no(400, "Bad Request: message to edit not found"), Edited.GONE),
        (400, no(400, "Bad Request: message can't be edited"), Edited.GONE),
    ],
)
async def test_what_became_of_an_edit(
    channel: TelegramChannel, script: Script, status: int, body: dict[str, Any], outcome: Edited
) -> None:
    script.will(status, body)
    assert await channel.edit(77, OUT) is outcome
    script.will(status, body)
    assert await channel.strip_keyboard(5, 77) is outcome
    assert [seen.path.rpartition("/")[2] for seen in script.seen] == ["editMessageText", "editMessageReplyMarkup"]
    assert not any("reply_markup" in seen.form for seen in script.seen)  # absent: the old buttons go


async def test_an_answer_that_comes_too_late_is_no_fault(channel: TelegramChannel, script: Script) -> None:
    late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    script.will(400, no(400, late))
    await channel.answer("4711", "Tersimpan")
    script.will(400, no(400, "Bad Request: MESSAGE_TOO_LONG"))
    with pytest.raises(Rejected):
        await channel.answer("4711", "x" * 500, alert=True)
    assert script.seen[1].form == {"callback_query_id": "4711", "text": "x" * 200, "show_alert": "true"}


async def test_updates_are_confirmed_only_by_the_offset_passed_in(channel: TelegramChannel, script: Script) -> None:
    update = {"update_id": 900, "message": MESSAGE}
    script.will(200, ok([update]))
    [raw] = await channel.updates(900, 30)
    assert (raw.update_id, raw.payload) == (900, update)
    assert script.seen[0].query["offset"] == "900"
    assert script.seen[0].query["timeout"] == "30"
    assert json.loads(script.seen[0].query["allowed_updates"]) == ["message", "callback_query", "my_chat_member"]


async def test_a_second_poller_is_told_apart(channel: TelegramChannel, script: Script) -> None:
    script.will(409, no(409, "Conflict: terminated by other getUpdates request"))
    with pytest.raises(PollingConflict):
        await channel.updates(1, 0)


async def test_a_file_goes_as_multipart_with_its_name_as_it_is(channel: TelegramChannel, script: Script) -> None:
    document = {"file_id": "BQ1", "file_unique_id": "u", "file_name": "Surat SP1.pdf"}
    script.will(200, ok(MESSAGE | {"document": document}))
    sent = await channel.send_document(
        OutFile(chat_id=5, content=b"%PDF-1.7", filename='Surat "SP1" toko.pdf', caption="<b>SP1</b>")
    )
    assert sent.file_id == "BQ1"
    [seen] = script.seen
    assert seen.headers["Content-Type"].startswith("multipart/form-data")
    upload = seen.form["document"]
    assert upload.filename == 'Surat "SP1" toko.pdf'
    assert seen.body == b"%PDF-1.7"
    assert upload.content_type == "application/pdf"
    assert seen.form["chat_id"] == "5"
    assert seen.form["parse_mode"] == "HTML"


async def test_a_file_sent_before_goes_by_its_id(channel: TelegramChannel, script: Script) -> None:
    sizes = [{"file_id": f"P{side}", "file_unique_id": str(side), "width": side, "height": side} for side in (90, 800)]
    script.will(200, ok(MESSAGE | {"photo": sizes}))
    sent = await channel.send_photo(OutFile(chat_id=5, content="P800"))
    assert sent.file_id == "P800"
    assert script.seen[0].form["photo"] == "P800"


async def test_download_stops_at_the_limit(channel: TelegramChannel, script: Script) -> None:
    told = {"file_id": "F", "file_unique_id": "u", "file_path": "photos/a b.jpg"}
    script.will(200, ok(told))
    script.will(200, b"x" * 1000)
    assert await channel.download("F", most_bytes=1000) == b"x" * 1000
    assert script.seen[1].path == f"/file/bot{TOKEN}/photos/a b.jpg"
    script.will(200, ok(told))
    script.will(200, b"x" * 1001)
    with pytest.raises(FileTooBig):
        await channel.download("F", most_bytes=1000)
    script.will(200, ok(told | {"file_size": 1001}))  # said beforehand: not even asked for
    with pytest.raises(FileTooBig):
        await channel.download("F", most_bytes=1000)
    script.will(400, no(400, "Bad Request: file is too big"))
    with pytest.raises(FileTooBig):
        await channel.download("F")
    script.will(200, ok(told))
    script.will(404, b"")
    with pytest.raises(SendFailed):
        await channel.download("F")


async def test_setting_up(channel: TelegramChannel, script: Script) -> None:
    script.will(200, ok({"id": 7000000001, "is_bot": True, "first_name": "Santun", "username": "santun_uji_bot"}))
    me = await channel.me()
    assert (me.bot_id, me.username) == (7000000001, "santun_uji_bot")
    for _ in range(3):
        script.will(200, ok(True))
    await channel.set_webhook("https://contoh.example/telegram", "rahasia-uji")
    await channel.delete_webhook()
    await channel.set_commands({"tugas": "Tugas hari ini"}, language="id", place="private")
    hook, unhook, menu = (seen.form for seen in script.seen[1:])
    assert hook["secret_token"] == "rahasia-uji"
    assert json.loads(hook["allowed_updates"]) == ["message", "callback_query", "my_chat_member"]
    assert unhook["drop_pending_updates"] == "false"
    assert json.loads(menu["commands"]) == [{"command": "tugas", "description": "Tugas hari ini"}]
    assert (json.loads(menu["scope"]), menu["language_code"]) == ({"type": "all_private_chats"}, "id")


async def test_whether_a_group_is_still_there(channel: TelegramChannel, script: Script) -> None:
    script.will(200, ok({"id": -5, "type": "group", "title": "Manajemen"}))
    assert await channel.group_exists(-5)
    script.will(400, no(400, "Bad Request: chat not found"))
    assert not await channel.group_exists(-5)


async def test_only_our_commands_in_a_group(channel: TelegramChannel, script: Script) -> None:
    script.will(200, ok({"id": 7000000001, "is_bot": True, "first_name": "Santun", "username": "santun_uji_bot"}))
    await channel.me()
    person = {"id": 8, "is_bot": False, "first_name": "Budi"}
    said = MESSAGE | {"from": person, "chat": {"id": -5, "type": "supergroup", "title": "M"}}
    ours = {"update_id": 1, "message": said | {"text": "/start@Santun_Uji_Bot abc"}}
    others = {"update_id": 2, "message": said | {"text": "/start@lain_bot abc"}}
    assert channel.event_of(ours) is not None
    assert channel.event_of(others) is None
