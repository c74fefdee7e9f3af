"""Journeys of the five questions before chasing, and of the invoice's own paper."""

from __future__ import annotations

from typing import Any

from sop.dispute import DisputeCause
from sop.errand import ErrandKind
from sop.hold import HoldKind
from storage import chase_checks, disputes, errands, holds
from tests.journeys.chat import Debtor, Office, Phone
from tests.journeys.test_letters import doors

PDF = b"%PDF-1.4 invented"


async def at_card(office: Office, *numbers: str) -> tuple[Phone, Debtor]:
    """Rina before the card of a customer whose invoices are one day late."""
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    for number in numbers:
        await office.invoice(toko, number, "2026-11-17", 1_000_000)
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    return rina, toko


async def resting(office: Office, toko: Debtor) -> int:
    async with office.transaction() as db:
        return sum(one.kind is HoldKind.CHECKING for one in await holds.active(db, toko.payer_id))


async def kinds(office: Office, toko: Debtor) -> list[ErrandKind]:
    async with office.transaction() as db:
        return [one.kind for one in await errands.open_of(db, toko.payer_id)]


async def test_two_taps_when_all_is_well_and_the_outcomes_stay(office: Office) -> None:
    rina, toko = await at_card(office, "F-001")
    assert rina.labels[0] == "Cek faktur" and "Janji bayar" in rina.labels
    assert "Sebelum menagih" in rina.text
    await rina.press("Cek faktur")
    assert "[v] Terkirim" in rina.labels
    stale = rina.button("Semua benar").data or ""
    await rina.press("Semua benar")
    assert "Cek faktur" not in rina.labels and "Janji bayar" in rina.labels
    await rina.press_data(stale, on=rina.last)  # once
    async with office.transaction() as db:
        (check,) = await chase_checks.of_payer(db, toko.payer_id, zone="Asia/Jakarta")
    assert check.wrong == frozenset()
    assert await kinds(office, toko) == []
    await office.travel(to="2026-11-19 09:00")
    await rina.say("/tugas")
    await rina.press("Mulai")
    assert "Cek faktur" not in rina.labels  # asked once


async def test_a_no_mends_first_and_the_invoice_rests_until_it_is_done(office: Office) -> None:
    sari = await office.finance("Sari")
    rina, toko = await at_card(office, "F-001", "F-002")
    await rina.press("Cek faktur")
    await rina.press("[v] Nilai benar")
    await rina.press("[v] Terkirim")
    assert "[x] Nilai tidak benar" in rina.labels and "Semua benar" not in rina.labels
    await rina.press("[x] Belum terkirim")  # and back
    await rina.press("Simpan")
    await rina.press("F-002 · Rp1 jt")
    assert await kinds(office, toko) == [ErrandKind.CHECK_AMOUNT]
    assert await resting(office, toko) == 1
    assert "F-001" in rina.text and "F-002" not in rina.text  # only the sound one is asked for
    await sari.press("Buka tugas")
    await sari.press("Selesai")
    await sari.reply("Nilai sudah benar, ongkos kirim termasuk")
    assert await resting(office, toko) == 0
    await office.travel(to="2026-11-18 12:00")
    assert "ongkos kirim termasuk" in rina.with_text("boleh ditagih lagi").text


async def test_a_dispute_found_by_the_check_is_recorded_as_one(office: Office) -> None:
    rina, toko = await at_card(office, "F-001")
    await rina.press("Cek faktur")
    await rina.press("[v] Diterima pelanggan")
    await rina.press("[v] Tidak ada sanggahan")
    await rina.press("Simpan")
    assert await kinds(office, toko) == [ErrandKind.RESEND_INVOICE]
    assert "Barang rusak" in rina.labels
    assert await resting(office, toko) == 1
    await rina.press("Kembali")
    await rina.press("Tugas lain (1)")
    await rina.press("Kirim ulang faktur · Toko Maju")
    await rina.press("Selesai")
    assert await resting(office, toko) == 0
    async with office.transaction() as db:
        assert [one.cause for one in await disputes.of_payer(db, toko.payer_id)] == list[DisputeCause]()


async def test_the_stored_invoice_is_handed_on_and_finance_provides_what_is_missing(office: Office) -> None:
    sari = await office.finance("Sari")
    rina, toko = await at_card(office, "INV/XI/001", "INV/XI/002")
    await rina.press("Kirim faktur")
    await rina.press("INV/XI/001 · Rp1 jt")
    assert "belum tersimpan" in rina.text
    await rina.press("Minta ke finance")
    assert await kinds(office, toko) == [ErrandKind.PROVIDE_INVOICE]
    await sari.send_document(PDF, "catatan.pdf")
    assert "nomor satu faktur" in sari.text
    await sari.send_document(PDF, "inv-xi-001 Toko Maju.pdf")
    assert "INV/XI/001" in sari.text
    assert await kinds(office, toko) == []
    assert rina.with_text("Faktur INV/XI/001").file
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Kirim faktur")
    rina.seen()
    await rina.press("INV/XI/001 · Rp1 jt")
    (sent,) = rina.news
    assert sent.file and "Teruskan PDF" in sent.text
    await rina.send_document(PDF, "INV-XI-002.pdf")  # a collector stores none
    await rina.press("INV/XI/002 · Rp1 jt")
    assert "belum tersimpan" in "".join(one.text for one in rina.messages)


async def test_the_machine_brings_the_paper_to_the_customer_too(open_office: Any) -> None:
    found: dict[str, Any] = {}
    async with doors(found) as url:
        office: Office = await open_office(whatsapp="twilio", PUBLIC_URL=url, TELEGRAM_WEBHOOK_SECRET="uji")
        found["app"] = office.app
        sari = await office.finance("Sari")
        rina, toko = await at_card(office, "F-001")
        await sari.send_document(PDF, "F-001.pdf")
        async with office.at_once():
            await rina.press("Kirim faktur")
            await rina.press("Kirim faktur")
        assert "Juga dikirim ke WhatsApp pelanggan" in rina.with_text("Faktur F-001").text
        await office.travel(hours=1)
        got = [one for one in office.customer_phone(toko).messages if "salinan faktur F-001" in one.body]
        assert [one.media[0]["content_type"] for one in got] == ["application/pdf"]  # pressed twice it came once
