"""Journeys of sending by hand: the machine words and guards each message, a person sends it (section 7)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from bot.casework import notices
from bot.casework.notices import Post, ToCustomer
from bot.render import content_source
from simulator.shown import Button
from sop.hold import HoldKind
from storage import holds, journal
from storage.holds import NewHold
from storage.tables import contact_event
from tests.journeys.chat import Debtor, Office, Phone
from tests.journeys.running import JAKARTA


async def at_card(office: Office, *, due_on: str = "2026-11-17", to: str = "09:00") -> tuple[Phone, Debtor]:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina, consent=None)
    await office.invoice(toko, "F-001", due_on, 1_000_000)
    await office.travel(to=to)
    await rina.press("Mulai")
    return rina, toko


def link_of(phone: Phone) -> str:
    button: Button = phone.button("Kirim WA")
    assert button.url is not None
    return button.url


async def contacts(office: Office) -> list[str]:
    async with office.transaction() as db:
        rows = await db.execute(contact_event.select().order_by(contact_event.c.id))
        return [f"{row.channel.value}:{row.result}" for row in rows]


async def test_the_button_opens_the_worded_message_to_the_right_number(office: Office) -> None:
    rina, toko = await at_card(office)

    parts = urlsplit(link_of(rina))

    assert (parts.netloc, parts.path) == ("wa.me", f"/{toko.phone.removeprefix('+')}")
    (text,) = parse_qs(parts.query)["text"]
    assert "F-001" in text
    assert "Rp1.000.000" in text
    assert "belum tercatat" in text
    assert "Jangan kirim ke grup." in rina.text


async def test_sent_is_recorded_once_and_the_call_remains(office: Office) -> None:
    rina, toko = await at_card(office)
    sent = rina.button("Sudah dikirim").data

    await rina.press("Sudah dikirim")

    assert rina.toast == "Tercatat sudah dikirim"
    assert "Kirim WA" not in rina.labels
    assert "Janji bayar" in rina.labels
    assert await contacts(office) == ["whatsapp_by_hand:chase"]
    async with office.transaction() as db:
        (proof,) = [body for _, kind, body in await journal.of_payer(db, toko.payer_id) if kind == "message_left"]
    assert json.loads(proof)["template_version"] == content_source("customer/T05", "id").version
    await rina.press_data(sent or "")
    assert "sudah tercatat" in (rina.toast or "")
    assert await contacts(office) == ["whatsapp_by_hand:chase"]


async def test_another_collectors_message_cannot_be_marked(office: Office) -> None:
    rina, _ = await at_card(office)
    sent = rina.button("Sudah dikirim").data
    dewi = await office.collector("Dewi")
    await dewi.say("/tugas")

    await dewi.press_data(sent or "")

    assert await contacts(office) == []


async def test_what_was_claimed_meanwhile_is_not_recorded_as_sent(office: Office) -> None:
    rina, toko = await at_card(office)
    async with office.transaction() as db:
        hold = NewHold(payer_id=toko.payer_id, kind=HoldKind.CLAIM)
        await holds.place(db, hold, now=office.now.astimezone(UTC))

    await rina.press("Sudah dikirim")

    assert "klaim bayar sedang dicek" in (rina.toast or "")
    assert "Kirim WA" not in rina.labels
    assert await contacts(office) == []
    async with office.transaction() as db:
        (stopped,) = [json.loads(row[2]) for row in await journal.of_payer(db, toko.payer_id) if "stopped" in row[1]]
    assert (stopped["reason"], stopped["rule"]) == ("claim", "6")


async def test_outside_of_legal_hours_there_is_no_button_but_the_reason(office: Office) -> None:
    rina, _ = await at_card(office, to="20:30")

    assert "Kirim WA" not in rina.labels
    assert "di luar jam yang diizinkan, boleh dikirim 19 Nov pukul 08.00" in rina.text


async def test_a_second_touch_asks_first_whether_there_was_a_reply(office: Office) -> None:
    rina, _ = await at_card(office, due_on="2026-11-25")
    await rina.press("Sudah dikirim")
    await office.travel(to="2026-11-20 09:00")
    rina.seen()
    await rina.press("Mulai")
    assert "Apakah pesan sebelumnya sudah dibalas?" in rina.text

    await rina.press("Belum")

    (text,) = parse_qs(urlsplit(link_of(rina)).query)["text"]
    assert "Menyusuli pesan kami pada Rabu, 18 November 2026" in text


async def test_a_reply_makes_the_second_touch_needless(office: Office) -> None:
    rina, _ = await at_card(office, due_on="2026-11-25")
    await rina.press("Sudah dikirim")
    await office.travel(to="2026-11-20 09:00")
    await rina.press("Mulai")

    await rina.press("Sudah dibalas")

    assert "Kirim WA" not in rina.labels
    assert (await contacts(office))[-1] == "whatsapp_by_hand:wrote"
    await rina.say("/tugas")
    assert "Mulai" not in rina.labels


async def test_many_are_sent_one_after_the_other(office: Office) -> None:
    rina = await office.collector("Rina")
    for number in range(3):
        toko = await office.customer(f"Toko {number}", collector=rina)
        await office.invoice(toko, f"F-{number}", "2026-11-25", 1_000_000 * (3 - number))
    await office.travel(to="08:00")

    await rina.press("Mulai")  # the digest became a card: the batch list is found again
    await rina.say("/tugas")
    await rina.press("Kirim WA (3)")

    for number in range(3):
        assert f"Kirim WA: Toko {number}" in rina.text
        assert f"Sisa {3 - number} pesan." in rina.text
        await rina.press("Sudah dikirim")
    assert "Semua pesan sudah dikirim" in rina.text
    assert len(await contacts(office)) == 3


async def test_thanks_and_confirmations_are_offered_too_on_a_card_made_for_them(office: Office) -> None:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-12-20", 1_000_000)
    await office.travel(to="09:00")
    values = {"company": "PT Sumber Rejeki", "phone": "+6281200009999"}
    async with office.transaction() as db:
        desk = office.app.world.desk(db, now=office.now.astimezone(UTC))
        letter = ToCustomer(payer_id=toko.payer_id, message="customer/T22", values=values)
        await notices.write_customer(desk, letter, Post(key="once"))
    await office.settle()
    assert await office.app.next_due_at() == datetime(2026, 11, 19, 5, tzinfo=JAKARTA)  # no card then: one is made

    await rina.say("/tugas")
    await rina.press("Mulai")
    assert "Toko Maju" in rina.text
    await rina.press("Sudah dikirim")

    assert await contacts(office) == ["whatsapp_by_hand:service"]
    await rina.say("/tugas")
    assert "Mulai" not in rina.labels


async def test_with_whatsapp_off_everything_is_a_call(open_office) -> None:  # type: ignore[no-untyped-def]
    office = await open_office(whatsapp="off")
    rina, _ = await at_card(office, due_on="2026-11-25")

    assert "Kirim WA" not in rina.labels
    assert "telepon" in rina.text
