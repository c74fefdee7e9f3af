"""Everything the simulator says, held against the providers' machine-readable specifications.

They lie beside the repository, not in it; without them these tests are skipped.
"""

from __future__ import annotations

import json
from email.utils import parsedate_to_datetime
from typing import Any

from simulator.client import SimClient
from tests.simulator.callers import PNG, SENDER, BotCaller, Json, TwilioCaller
from tests.specifications import (
    TWILIO_CONTENT,
    TWILIO_MESSAGES,
    needs_specifications,
    telegram_specification,
    twilio_answer,
)

ANI = "+6281200000001"

pytestmark = needs_specifications


async def _people_do_everything(sim: SimClient, bot: BotCaller) -> None:
    budi, ani = (
        await sim.add_user("Budi", last_name="S", username="budi", language_code="id"),
        await sim.add_user("Ani"),
    )
    for person in (budi, ani):
        await sim.start(person, "kode")
    group = await sim.add_group("Manajemen", [budi, ani])
    await sim.add_bot(group, budi, "grup")
    await sim.call("POST", f"/sim/groups/{group}/promote", {"by": budi})
    markup = {"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}, {"text": "WA", "url": "https://wa.me/628"}]]}
    number = await bot.send(group, "<b>x</b> https://contoh.id", parse_mode="HTML", reply_markup=markup)
    await sim.say(ani, "balas /laporan", chat_id=group, reply_to=number)
    await sim.press(budi, "Ya", chat_id=group)
    await bot.call("deleteMessage", chat_id=group, message_id=number)
    await sim.press_data(ani, number, "z", chat_id=group)
    await sim.photo(budi, PNG, caption="slip /x")
    await sim.document(budi, b"a", "a.csv")
    await sim.location(budi, -6.2, 106.8)
    await sim.call("POST", f"/sim/users/{budi}/contact", {"phone_number": ANI})
    joined = await sim.add_user("Citra")
    await sim.call("POST", f"/sim/groups/{group}/join", {"by": joined})
    await sim.call("POST", f"/sim/groups/{group}/leave", {"by": joined})
    await sim.kick(await sim.migrate(group), budi)
    await sim.block(ani)
    await sim.unblock(ani)


async def _bot_calls_everything(sim: SimClient, bot: BotCaller) -> None:
    budi = await sim.add_user("Dewi")
    await sim.start(budi)
    await sim.config(strict_rates=False)
    number = await bot.send(budi, "satu", reply_parameters={"message_id": 1, "allow_sending_without_reply": True})
    edit: Json = {"chat_id": budi, "message_id": number}
    photo = (await bot.upload("sendPhoto", "photo", PNG, "x.png", chat_id=str(budi), caption="c")).result
    calls: list[tuple[str, Json]] = [
        ("getMe", {}), ("getWebhookInfo", {}), ("deleteWebhook", {}), ("getUpdates", {}),
        ("getChat", {"chat_id": budi}),
        ("editMessageText", {**edit, "text": "<i>dua</i>", "parse_mode": "HTML"}),
        ("editMessageText", {**edit, "text": "dua"}), ("editMessageReplyMarkup", {**edit, "message_id": 99}),
        ("editMessageCaption", {"chat_id": budi, "message_id": photo["message_id"], "caption": "d"}),
        ("sendDocument", {"chat_id": budi, "document": photo["photo"][0]["file_id"]}),
        ("sendLocation", {"chat_id": budi, "latitude": -6.2, "longitude": 106.8}),
        ("sendContact", {"chat_id": budi, "phone_number": ANI, "first_name": "Ani"}),
        ("sendChatAction", {"chat_id": budi, "action": "typing"}), ("sendChatAction", {"chat_id": budi, "action": "x"}),
        ("getFile", {"file_id": photo["photo"][0]["file_id"]}), ("getChatMember", {"chat_id": budi, "user_id": budi}),
        ("getChatMember", {"chat_id": budi, "user_id": 1000000000}), ("getChatMemberCount", {"chat_id": budi}),
        ("setMyCommands", {"commands": [{"command": "a", "description": "b"}]}), ("getMyCommands", {}),
        ("setMyName", {"name": "Santun"}), ("getMyName", {}), ("getMyShortDescription", {}),
        ("pinChatMessage", edit), ("unpinChatMessage", {"chat_id": budi}),
        ("deleteMessages", {**edit, "message_ids": [1]}),
        ("answerCallbackQuery", {"callback_query_id": "0"}), ("sendMessage", {"chat_id": 1, "text": "x"}),
        ("setWebhook", {"url": "https://santun.example/x", "allowed_updates": ["message"]}), ("getWebhookInfo", {}),
        ("getUpdates", {}), ("nothing", {}),
    ]  # fmt: skip
    for method, params in calls:
        await bot.call(method, **params)
    await sim.config(strict_rates=True)
    for _ in range(7):
        await bot.call("sendMessage", chat_id=budi, text="x")


async def test_telegram_speaks_its_specification(sim: SimClient, bot: BotCaller) -> None:
    spec = telegram_specification()
    await _people_do_everything(sim, bot)
    await _bot_calls_everything(sim, bot)
    updates = [e["request"] for e in await sim.journal() if e["kind"] == "update"]
    assert len(updates) >= 20
    faults: list[Any] = [(u, errors) for u in updates if (errors := spec.check_object("Update", u))]
    faults += [(m, b, errors) for m, b in bot.replies if (errors := spec.check_response(m, b))]
    assert not faults, json.dumps(faults, indent=1)
    assert {body.get("error_code") for _, body in bot.replies} == {None, 400, 404, 409, 429}


async def _business_does_everything(sim: SimClient, twilio: TwilioCaller) -> list[tuple[str, str, Json]]:
    """(URL in the specification, verb, answer) of a broad scenario."""
    await sim.add_customer(ANI)
    sid = await twilio.approved()
    await twilio.send(ANI, Body="gagal")
    await sim.customer_sends_photo(ANI, PNG)
    service = {"From": "", "MessagingServiceSid": "MG" + "ab" * 16}
    sent = await twilio.send(ANI, ContentSid=sid, ContentVariables='{"1":"Ani"}', **service)
    await sim.advance(100)
    await sim.flush()
    account = "/2010-04-01/Accounts/{AccountSid}/Messages"
    inbound = next(m.sid for m in await sim.customer_messages(ANI) if m.inbound)
    [media] = (await twilio.call("GET", f"{twilio.messages}/{inbound}/Media.json")).body["media_list"]
    gets = [
        (f"{account}.json", f"{twilio.messages}.json?PageSize=2&To={SENDER.replace('+', '%2B')}"),
        (f"{account}.json", f"{twilio.messages}.json?PageSize=1"),
        (f"{account}/{{Sid}}.json", f"{twilio.messages}/{sent.body['sid']}.json"),
        (f"{account}/{{MessageSid}}/Media.json", f"{twilio.messages}/{inbound}/Media.json"),
        (f"{account}/{{MessageSid}}/Media/{{Sid}}.json", media["uri"]),
        ("/v1/Content", "/v1/Content"),
        ("/v1/ContentAndApprovals", "/v1/ContentAndApprovals"),
        ("/v1/Content/{Sid}", f"/v1/Content/{sid}"),
        ("/v1/Content/{Sid}/ApprovalRequests", f"/v1/Content/{sid}/ApprovalRequests"),
    ]
    other = await twilio.template()
    submitted = await twilio.submit(other)
    answers = [(url, "get", (await twilio.call("GET", path)).body) for url, path in gets]
    return [
        (f"{account}.json", "post", sent.body),
        ("/v1/Content/{ContentSid}/ApprovalRequests/whatsapp", "post", submitted.body),
        *answers,
    ]


async def test_twilio_speaks_its_specification(sim: SimClient, twilio: TwilioCaller) -> None:
    answers = await _business_does_everything(sim, twilio)
    faults = []
    for url, verb, body in answers:
        path = TWILIO_CONTENT if url.startswith("/v1") else TWILIO_MESSAGES
        faults += [(url, verb, e.json_path, e.message) for e in twilio_answer(path, url, verb).iter_errors(body)]
    assert not faults, json.dumps(faults, indent=1)


async def test_twilio_dates_are_rfc_2822(sim: SimClient, twilio: TwilioCaller) -> None:
    await _business_does_everything(sim, twilio)
    for message in await twilio.listed():
        for name in ("date_created", "date_updated", "date_sent"):
            at = parsedate_to_datetime(message[name])
            assert at.utcoffset() is not None
            assert at.year == 2026
