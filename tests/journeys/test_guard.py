"""Journeys of what holds a message back: the customer's own hours, holidays, holds; and how it is explained (6, 7)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from storage import journal
from tests.journeys.chat import Debtor, Office
from tests.journeys.running import JAKARTA

OpenOffice = Any


@pytest.fixture
async def office(open_office: OpenOffice) -> Office:
    """An office whose machine sends, with every template approved."""
    office: Office = await open_office(whatsapp="twilio")
    return office


def heard(office: Office, toko: Debtor) -> list[str]:
    return [one.body for one in office.customer_phone(toko).messages if not one.inbound]


async def proofs(office: Office, toko: Debtor, kind: str) -> list[dict[str, Any]]:
    async with office.transaction() as db:
        return [json.loads(body) for _, found, body in await journal.of_payer(db, toko.payer_id) if found == kind]


async def test_each_zone_hears_at_nine_of_its_own_and_an_unknown_one_when_all_may(office: Office) -> None:
    zones = {"Papua": "Asia/Jayapura", "Bali": "Asia/Makassar", "Jawa": "Asia/Jakarta", "Entah": None}
    shops = {}
    for name, zone in zones.items():
        shops[name] = await office.customer(f"Toko {name}", zone=zone)
        await office.invoice(shops[name], f"F-{name}", "2026-11-25", 1_000_000)
    listening = {}
    for hour in ("06:59", "07:01", "08:01", "08:59", "09:01"):
        await office.travel(to=hour)
        listening[hour] = sorted(name for name, toko in shops.items() if heard(office, toko))

    assert listening == {
        "06:59": [],
        "07:01": ["Papua"],
        "08:01": ["Bali", "Papua"],
        "08:59": ["Bali", "Papua"],
        "09:01": ["Bali", "Entah", "Jawa", "Papua"],
    }


async def test_an_unknown_zone_closes_with_the_earliest(office: Office) -> None:
    entah, jawa = await office.customer("Toko Entah", zone=None), await office.customer("Toko Jawa")
    for toko in (entah, jawa):
        await office.invoice(toko, f"F-{toko.id}", "2026-11-25", 1_000_000)
    await office.travel(to="08:00")
    await office.sim.fault("twilio", "429", method="messages.create", times=2, retry_after=6 * 3600 + 2400)
    await office.travel(to="16:00")  # 18:00 in Papua

    assert heard(office, jawa)
    assert heard(office, entah) == []


async def test_a_held_message_says_why_and_when_next_on_the_card_and_in_the_log(office: Office) -> None:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-18", 1_000_000)
    await office.customer_phone(toko).say("Stok kami sedang dihitung")
    await office.travel(to="09:10")
    await rina.say("/tugas")
    await rina.press("Mulai")

    assert "WA dikirim otomatis" not in rina.text
    assert "WA ditahan: pelanggan baru saja menulis, boleh dikirim 19 Nov pukul 09.00." in rina.text
    held = {one["reason"]: one for one in await proofs(office, toko, "message_held")}
    assert held["customer_wrote"]["rule"] == "G5-wrote"
    assert held["customer_wrote"]["until"].startswith("2026-11-19T")


async def test_on_a_holiday_nothing_can_be_sent_by_hand(open_office: OpenOffice) -> None:
    office: Office = await open_office(start=datetime(2026, 12, 23, 4, 30, tzinfo=JAKARTA))
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-12-23", 1_000_000)
    await office.travel(to="09:00")
    await rina.press("Mulai")
    sent = rina.button("Sudah dikirim").data or ""
    card = rina.last

    await office.travel(to="2026-12-25 09:00")
    await rina.press_data(sent, on=card)

    assert "Kirim WA" not in [one for each in rina.messages for one in each.labels]
    assert "libur nasional" in (rina.toast or "") + rina.text
