"""Journeys of customers who write: relayed, acknowledged, believed at once when they say stop, never guessed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC
from typing import Any

import pytest
from sqlalchemy import select

from bot.events import CustomerWrote
from sop.guard import MessageKind
from sop.outbox import OutboxState, Way
from sop.people import ConsentState
from storage import customers, outbox
from storage.outbox import NewMessage
from storage.tables import outbox as outbox_table
from tests.journeys.chat import Debtor, Office

OpenOffice = Callable[..., Awaitable[Office]]


@pytest.fixture
async def office(open_office: OpenOffice) -> Office:
    """Writing by machine: only then do customers' answers come to us."""
    return await open_office(whatsapp="twilio")


async def _letters(office: Office, debtor: Debtor) -> list[tuple[str, MessageKind, OutboxState]]:
    """What is, or was, to go out to a customer."""
    columns = (outbox_table.c.message, outbox_table.c.kind, outbox_table.c.state)
    query = select(*columns).where(outbox_table.c.payer_id == debtor.payer_id, outbox_table.c.way == Way.WHATSAPP)
    async with office.transaction() as db:
        found: Any = await db.execute(query.order_by(outbox_table.c.id))
        return [tuple(row) for row in found]


async def _reminder_waits(office: Office, debtor: Debtor) -> None:
    new = NewMessage(
        way=Way.WHATSAPP,
        kind=MessageKind.CHASE,
        message="customer/T01",
        payer_id=debtor.payer_id,
        send_after=(await office.sim.now()).replace(year=2027),
    )
    async with office.transaction() as db:
        await outbox.queue(db, new, now=office.now.astimezone(UTC))


async def test_what_a_customer_writes_reaches_his_collector(office: Office) -> None:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko <Maju>", collector=rina)
    await office.travel(to="09:00")
    await office.customer_phone(toko).say("Besok saya transfer & kabari <ya>")
    assert rina.text == "Toko <Maju> menulis:\nBesok saya transfer & kabari <ya>"
    await rina.press("Lihat data")
    assert "WA: pelanggan menulis" in rina.text
    async with office.transaction() as db:
        assert await customers.wrote_at(db, toko.payer_id) == office.now.astimezone(UTC)


async def test_a_tapped_answer_is_shown_as_one(office: Office) -> None:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    for label in ("Sudah bayar", "Minta waktu", "Ada kendala"):
        await office.customer_phone(toko).say(label)
        assert rina.text == f"Toko Maju menekan tombol: {label}"


async def test_a_reminder_is_answered_with_its_own_button(office: Office) -> None:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-25", 1_000_000)
    phone = office.customer_phone(toko)
    await office.travel(to="09:05")
    assert "F-001" in phone.last.body
    await phone.tap("Sudah bayar")
    assert rina.text == "Toko Maju menekan tombol: Sudah bayar"
    await office.travel(hours=0.1)
    assert "sudah kami terima dan kami teruskan kepada Rina" in phone.last.body


async def test_after_his_own_message_he_is_not_chased_for_a_day(office: Office) -> None:
    toko = await office.customer("Toko Maju", collector=await office.collector("Rina"))
    await office.invoice(toko, "F-001", "2026-11-25", 1_000_000)
    phone = office.customer_phone(toko)
    await office.travel(to="08:30")
    await phone.say("Barang yang kemarin bagus, terima kasih")
    await office.travel(to="16:00")
    assert ["sudah kami terima" in one.body for one in phone.messages] == [True]


async def test_the_same_message_told_twice_is_read_once(office: Office) -> None:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    phone = office.customer_phone(toko)
    await phone.say("Halo")
    again = CustomerWrote(external_id=phone.everything[-1].sid, sender=toko.phone, text="Halo")
    await office.app.dispatch.take(again)
    await office.settle()
    assert [one.text for one in rina.news] == ["Toko Maju menulis:\nHalo"]


async def test_the_customer_hears_once_a_day_that_he_was_read(office: Office) -> None:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.travel(to="09:00")
    for _ in range(2):
        await office.customer_phone(toko).say("Halo")
    assert [one[0] for one in await _letters(office, toko)] == ["customer/T27"]
    await office.travel(days=1)
    await office.customer_phone(toko).say("Halo lagi")
    assert [one[:2] for one in await _letters(office, toko)] == [("customer/T27", MessageKind.SERVICE)] * 2


async def test_stop_is_believed_at_once(office: Office) -> None:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await _reminder_waits(office, toko)
    await office.travel(to="09:00")
    await office.customer_phone(toko).say("Tolong jangan WA lagi ya!!")
    assert "meminta tidak dikirimi WhatsApp lagi" in rina.text
    letters = await _letters(office, toko)
    assert letters[0] == ("customer/T01", MessageKind.CHASE, OutboxState.CANCELLED)
    assert [one[:2] for one in letters[1:]] == [("customer/T26", MessageKind.LAST_WORD)]
    await office.travel(hours=0.1)
    assert "tidak akan mengirim pengingat lewat WhatsApp lagi" in office.customer_phone(toko).last.body
    async with office.transaction() as db:
        (contact,) = await customers.contacts_of_payer(db, toko.payer_id)
    assert contact.consent is ConsentState.WITHDRAWN


async def test_stopping_twice_is_confirmed_once(office: Office) -> None:
    toko = await office.customer("Toko Maju", collector=await office.collector("Rina"))
    for text in ("STOP", "berhenti"):
        await office.customer_phone(toko).say(text)
    assert [one[0] for one in await _letters(office, toko)] == ["customer/T26"]


async def test_stop_within_a_sentence_about_goods_is_only_read(office: Office) -> None:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.customer_phone(toko).say("Stop dulu kirim barang, gudang penuh")
    assert "menulis:" in rina.text
    async with office.transaction() as db:
        (contact,) = await customers.contacts_of_payer(db, toko.payer_id)
    assert contact.consent is ConsentState.GIVEN


async def test_a_number_of_two_payers_is_never_guessed(office: Office) -> None:
    rina, sari = await office.collector("Rina"), await office.admin("Sari")
    one = await office.customer("Toko Satu", collector=rina)
    two = await office.customer("Toko Dua", collector=rina, phone=one.phone)
    await office.customer_phone(one).say("Rahasia: saya transfer besok")
    assert rina.news == []
    assert "Toko Satu, Toko Dua" in sari.text
    assert "Rahasia" not in sari.text
    assert await _letters(office, one) + await _letters(office, two) == []
    await office.customer_phone(one).say("STOP")  # covers the number, whoever it is
    async with office.transaction() as db:
        for debtor in (one, two):
            (contact,) = await customers.contacts_of_payer(db, debtor.payer_id)
            assert contact.consent is ConsentState.WITHDRAWN
    assert len(await _letters(office, one)) + len(await _letters(office, two)) == 1


async def test_an_unknown_number_is_shown_to_an_admin_once_a_day_without_its_words(office: Office) -> None:
    sari, rina = await office.admin("Sari"), await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    async with office.transaction() as db:
        await customers.mark_wrong_number(db, toko.phone)  # somebody else's number by now
    for text in ("Siapa ini?", "Halo?"):
        await office.customer_phone(toko).say(text)
    assert [toko.phone in one.text for one in sari.news] == [True]
    assert "Siapa ini" not in sari.text
    assert rina.news == []


async def test_without_a_reachable_collector_the_managers_read_it_in_private(office: Office) -> None:
    rina, dewi = await office.collector("Rina"), await office.manager("Dewi")
    group = await office.group(dewi, rina)
    toko = await office.customer("Toko Maju", collector=rina)
    await rina.block()
    dewi.seen()
    group.seen()
    await office.customer_phone(toko).say("Halo")
    assert [one.text for one in dewi.news] == ["Toko Maju menulis:\nHalo"]
    assert group.news == []


async def test_a_picture_and_an_endless_text_are_told_within_bounds(office: Office) -> None:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.customer_phone(toko).send_photo()
    assert rina.text.endswith("(1 foto atau berkas)")
    await office.customer_phone(toko).say("x" * 2000)
    assert rina.text.endswith("...")
    assert len(rina.text) < 1600
