"""A broad journey in which every call of the program is held against what the providers say of themselves."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr

from bot.running import Program
from simulator.config import DEFAULT_SENDER
from simulator.wire import Json
from tests.journeys.chat import Group, Office, Phone
from tests.journeys.test_import import FIRST
from tests.journeys.watched import Watcher, watching
from tests.specifications import TWILIO_CONTENT, TWILIO_MESSAGES, needs_specifications, twilio_request

pytestmark = [needs_specifications, pytest.mark.slow, pytest.mark.timeout(240)]

MESSAGES = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
APPROVAL = "/v1/Content/{ContentSid}/ApprovalRequests/whatsapp"
LONG = "Toko " + "Panjang & <Jaya> " * 6
TWILIO_WRITES = {
    "messages.create": (TWILIO_MESSAGES, MESSAGES),
    "content.create": (TWILIO_CONTENT, "/v1/Content"),
    "approval.create": (TWILIO_CONTENT, APPROVAL),
}


@pytest.fixture
async def watcher() -> AsyncIterator[Watcher]:
    async with watching() as one:
        yield one


@pytest.fixture
async def office(open_office: Any, watcher: Watcher) -> Office:
    """An office whose machine sends, and whose every word to Telegram is read along."""
    office: Office = await open_office(whatsapp="twilio", TELEGRAM_API_URL=watcher.url)
    watcher.target = office.sim.url
    return office


async def _collector_does_everything(office: Office, rina: Phone) -> None:
    await office.travel(to="08:00")
    await rina.press("Daftar")
    await rina.press("Mulai")
    await rina.press("Riwayat")
    for opener in ("Janji bayar", "Telepon lagi", "Sanggah", "Cicilan", "Lainnya", "Tidak diangkat"):
        await rina.say("/tugas")
        await rina.press("Mulai")
        await rina.press(opener)
    await rina.press("Sibuk")
    await rina.press("Batalkan")
    await rina.press("Janji bayar")
    await rina.press("Pilih tanggal")
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Sudah bayar")
    await rina.send_photo("bukti <transfer> & lain")
    await rina.press("Bayar sebagian")
    await rina.reply("500rb")
    await rina.press("Benar")
    for said in ("/janji", "/cari Toko", "Panjang", "/bantuan", "/bahasa", "<b>&"):
        await rina.say(said)


async def _managers_do_everything(office: Office, budi: Phone, group: Group) -> None:
    await office.travel(to="10:30")
    await budi.press("Beri waktu", chat=group)
    await budi.say("/cari", chat=group)
    await budi.say("/bayar F-LAMA 1.000.000")
    await budi.send_document(FIRST, "piutang.csv")
    await budi.press("Impor sekarang")
    await budi.send_document(b"bukan daftar", "catatan.csv")
    await group.migrate()
    await office.travel(to="17:45")


async def _open_doors(office: Office) -> None:
    """Starting and stopping, by polling and then by webhook: the menus come too."""
    stopped = asyncio.Event()
    stopped.set()
    web = {"public_url": "https://contoh.id", "telegram_webhook_secret": SecretStr("uji"), "listen": "127.0.0.1:0"}
    for settings in (office.settings, office.settings.model_copy(update=web)):
        await Program(app=office.app, settings=settings, stopped=stopped).run()
    await office.app.telegram.me()


async def _everybody_does_everything(office: Office) -> None:
    rina, budi = await office.collector("Rina"), await office.manager("Budi & <Co>")
    await office.finance("Dewi")
    group = await office.group(budi, rina)
    toko = await office.customer(LONG, collector=rina)
    for day in range(12):
        await office.invoice(toko, f"F-{day}", f"2026-11-{day + 14}", 1_000_000)
    lama = await office.customer("Toko Lama", collector=rina, consent=False)
    await office.invoice(lama, "F-LAMA", "2026-11-02", 5_000_000)
    dua = await office.customer("Toko Dua", collector=rina)
    await office.invoice(dua, "F-DUA", "2026-11-18", 3_000_000)
    baru = await office.customer("Toko Baru", collector=rina)
    await office.invoice(baru, "F-BARU", "2026-11-25", 2_000_000)
    await _collector_does_everything(office, rina)
    await _managers_do_everything(office, budi, group)
    await office.customer_phone(baru).say("Nanti saya cek dulu ya <b> & terima kasih")
    await office.travel(to="2026-11-19 09:30")
    await rina.block()
    await office.travel(to="2026-11-20 09:30")
    await (await office.stranger("Tono")).start("bukan-tautan")


async def test_every_call_is_one_that_telegram_and_twilio_know(office: Office, watcher: Watcher) -> None:
    await _everybody_does_everything(office)
    await _open_doors(office)
    _telegram_knows(watcher)
    _twilio_knows([one for one in await office.sim.journal() if one["channel"] == "twilio" and one["kind"] == "call"])


def _telegram_knows(watcher: Watcher) -> None:
    assert not watcher.faults, json.dumps(watcher.faults, indent=1)
    wanted = {"getMe", "getUpdates", "sendMessage", "editMessageText", "answerCallbackQuery", "setMyCommands"}
    assert wanted | {"deleteWebhook", "setWebhook", "getFile"} <= set(watcher.called), watcher.called


def _twilio_knows(calls: list[Json]) -> None:
    written = [one for one in calls if one["method"] in TWILIO_WRITES]
    assert {one["method"] for one in written} == set(TWILIO_WRITES)
    faults = [(one["method"], errors) for one in written if (errors := _errors(one))]
    assert not faults, json.dumps(faults, indent=1)


def _errors(call: Json) -> list[str]:
    path, url = TWILIO_WRITES[call["method"]]
    sent = json.loads(call["request"]) if isinstance(call["request"], str) else call["request"]
    found = [f"{one.json_path}: {one.message}" for one in twilio_request(path, url, "post").iter_errors(sent)]
    return found + (_prose(sent) if call["method"] == "messages.create" else [])


def _prose(sent: Json) -> list[str]:
    """What Twilio says in words only."""
    rules = {
        "either a body or a template": ("Body" in sent) != ("ContentSid" in sent),
        "variables only with a template": "ContentVariables" not in sent or "ContentSid" in sent,
        "a sender": sent.get("From") == DEFAULT_SENDER,
        "a WhatsApp address": sent["To"].startswith("whatsapp:+62"),
        "no longer than 1600": len(sent.get("Body", "")) <= 1600,
        "no empty variable": all(json.loads(sent.get("ContentVariables", "{}")).values()),
    }
    return [rule for rule, holds in rules.items() if not holds]
