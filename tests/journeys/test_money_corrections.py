"""Journeys of payments taken back, credit notes, deductions and the discount for who pays early (section 8; 002)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sop.escalation import EscalationReason
from sop.hold import HoldKind
from sop.promise import PromiseState
from storage import credits, escalations, promises
from tests.journeys.chat import Office, Phone
from tests.journeys.test_payments import at_the_desk, balances, letters
from tests.journeys.test_placing import held


async def promised(office: Office, rina: Phone) -> None:
    """A promise for tomorrow on her first card, as the customer was told."""
    await rina.say("/tugas")
    for label in ("Mulai", "Janji bayar", "Besok", "Dana belum ada"):
        await rina.press(label)
    await office.travel(hours=0.1)


async def paid(dewi: Phone, typed: str) -> None:
    await dewi.say(typed)
    await dewi.press("Benar")


async def take_back(dewi: Phone, row: str, reason: str) -> None:
    for label in (row, reason, "Benar"):
        await dewi.press(label)


async def test_a_payment_taken_back_opens_everything_again(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, dewi, toko = await at_the_desk(office, 6_000_000)
    await promised(office, rina)
    await paid(dewi, "/bayar F-1 lunas")
    assert await balances(office, toko) == {}
    budi.seen()
    rina.seen()

    await dewi.say("/bayar")
    await dewi.press("Batalkan Rp6 jt · 18 Nov")
    assert "Apa alasannya?" in dewi.text
    await dewi.press("Ditolak bank")
    assert "Alasan: Ditolak bank" in dewi.text
    asked, button = dewi.last, dewi.button("Benar").data or ""
    assert await balances(office, toko) == {}  # nothing before Benar
    await dewi.press("Benar")

    assert await balances(office, toko) == {"F-1": 6_000_000}
    assert "dibatalkan: Ditolak bank" in dewi.text
    assert [one for one in budi.news if "Pembayaran dibatalkan" in one.text and "Dewi" in one.text]
    assert [one for one in rina.news if "dibatalkan finance" in one.text]
    async with office.transaction() as db:
        (promise,) = await promises.of_payer(db, toko.payer_id)
        assert promise.state is PromiseState.OPEN  # un-filled: its day has not come
    await dewi.press_data(button, on=asked)
    assert dewi.toast is not None and "sudah dibatalkan" in dewi.toast


async def test_taken_back_from_the_record_whoever_was_thanked_hears_it_and_is_called(open_office: Any) -> None:
    office: Office = await open_office(whatsapp="twilio")
    rina, dewi, toko = await at_the_desk(office, 1_000_000)
    await dewi.press("Mutasi s.d. kemarin sudah diposting")
    await paid(dewi, "/bayar F-1 lunas")
    await office.travel(hours=0.1)
    assert "tercatat lunas" in office.customer_phone(toko).messages[-1].body

    await dewi.say("Toko Maju")
    await dewi.press("Pembayaran")
    await take_back(dewi, "Batalkan Rp1 jt · 18 Nov", "Salah pelanggan")
    await office.travel(hours=0.1)

    told = office.customer_phone(toko).messages[-1].body
    assert "mohon maaf" in told and "Rp1.000.000" in told
    await rina.press("Buka tugas", on=rina.with_text("dibatalkan finance"))
    assert "Pembayaran dibatalkan finance" in rina.text and "Janji bayar" in rina.labels


async def test_overdue_money_taken_back_is_the_managers_question_again(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, dewi = await office.collector("Rina"), await office.finance("Dewi")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-1", "2026-11-13", 2_000_000)  # H+4 on Wednesday
    await office.morning()
    await paid(dewi, "/bayar F-1 lunas")
    async with office.transaction() as db:
        assert await escalations.alive_of_payers(db, [toko.payer_id], {EscalationReason.H4}) == ()
    budi.seen()

    await dewi.say("/bayar")
    await take_back(dewi, "Batalkan Rp2 jt · 18 Nov", "Uang tidak masuk")

    async with office.transaction() as db:
        assert len(await escalations.alive_of_payers(db, [toko.payer_id], {EscalationReason.H4})) == 1
    assert [one for one in budi.news if "Toko Maju" in one.text]


async def credited(dewi: Phone, typed: str) -> None:
    await dewi.say(typed)
    await dewi.press("Koreksi")
    await dewi.press("Benar")


async def test_a_credit_note_by_command_lowers_and_settles(office: Office) -> None:
    rina, dewi, toko = await at_the_desk(office, 1_000_000)
    await rina.say("/tugas")
    await rina.press("Mulai")
    card = rina.last

    await dewi.say("/kredit F-1 1.200.000")
    assert "tinggal Rp1.000.000" in dewi.text
    await dewi.say("/kredit F-1 250.000 NR-012")
    assert dewi.labels == ["Retur", "Koreksi", "Batal"] and "NR-012" in dewi.text
    await dewi.press("Retur")
    assert "Sisa faktur menjadi Rp750.000" in dewi.text
    asked, button = dewi.last, dewi.button("Benar").data or ""
    await dewi.press("Benar")
    await dewi.press_data(button, on=asked)  # twice is once

    assert await balances(office, toko) == {"F-1": 750_000}
    assert await letters(office) == ["customer/credit_noted"]
    await credited(dewi, "/kredit F-1 100.000 NR-012")
    assert dewi.toast is not None and "sudah pernah diposting" in dewi.toast
    await credited(dewi, "/kredit F-1 semua")
    assert await balances(office, toko) == {}
    assert "customer/T10" not in await letters(office)  # no thanks for money that did not come
    assert "LUNAS" in next(one for one in rina.messages if one.id == card.id).text
    await rina.say("/kredit F-1 100.000")
    assert "Benar" not in rina.labels


async def test_a_rest_that_fits_a_deduction_is_asked_for_its_document_and_not_chased(office: Office) -> None:
    rina, dewi, toko = await at_the_desk(office, 11_100_000)

    await paid(dewi, "/bayar F-1 10.900.000")

    assert await letters(office) == ["customer/deduction_asked"]  # the thanks of this transfer, and no T11
    asked = dewi.with_text("Mungkin potongan pajak")
    assert "Rp200.000" in asked.text and "PPh 23" in asked.text
    assert await held(office, toko, HoldKind.DEDUCTION)
    await office.travel(to="2026-11-19 09:00")
    await rina.say("/tugas")
    assert "Toko Maju" not in rina.text  # nobody is called for it
    await rina.say("Toko Maju")
    assert "menunggu dokumen: Rp200.000" in rina.text
    await rina.press("Bukti potong diterima")
    await rina.reply("BP-23-0007")

    assert await balances(office, toko) == {}
    assert "BP-23-0007" in rina.text
    assert dewi.with_text("Bukti potong diterima").labels == []
    async with office.transaction() as db:
        (note,) = await credits.of_payer(db, toko.payer_id)
        assert (note.kind.value, note.amount.whole()) == ("withholding", 200_000)
    assert (await letters(office))[-1] == "customer/deduction_proved"


async def test_no_deduction_after_all_is_chased_again_and_a_kept_word_stays_kept(office: Office) -> None:
    rina, dewi, toko = await at_the_desk(office, 11_100_000)
    await promised(office, rina)
    await paid(dewi, "/bayar F-1 10.900.000")

    await dewi.press("Bukan potongan", on=dewi.with_text("Mungkin potongan pajak"))

    assert not await held(office, toko, HoldKind.DEDUCTION)
    await rina.say("/tugas")
    await rina.press("Mulai")
    assert "Ternyata bukan potongan pajak" in rina.text and "Rp200.000" in rina.text
    async with office.transaction() as db:
        (promise,) = await promises.of_payer(db, toko.payer_id)
        assert promise.state is PromiseState.KEPT


async def test_the_discount_is_told_by_people_and_honoured_at_payment(open_office: Any, tmp_path: Path) -> None:
    terms = tmp_path / "sop.toml"
    terms.write_text("[segments.langganan.discount]\nbasis_points = 200\ndays_before_due = 1\n", "utf-8")
    office: Office = await open_office(SOP_POLICY=str(terms))
    rina, dewi = await office.collector("Rina"), await office.finance("Dewi")
    toko = await office.customer("Toko Maju", collector=rina, segment="langganan")
    plain = await office.customer("Toko Lain", collector=rina)
    await office.invoice(toko, "F-1", "2026-11-21", 1_000_000)  # H-3: a call
    await office.invoice(toko, "F-2", "2026-11-21", 500_000)
    await office.invoice(plain, "F-3", "2026-11-21", 1_000_000)
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    card = next(one for one in rina.messages if "F-1" in one.text and "Total" in one.text)
    assert "potongan Rp20.000 s.d. 20 Nov" in card.text and "sebut jumlah dan hari terakhirnya" in card.text

    await paid(dewi, "/bayar F-1 980.000")
    assert await balances(office, toko) == {"F-2": 500_000}
    assert await letters(office) == ["customer/T10"]
    await paid(dewi, "/bayar F-2 489.000")  # not the discount: the rest goes on
    assert await balances(office, toko) == {"F-2": 11_000}
    await paid(dewi, "/bayar F-3 980.000")  # no such offer for him; it fits a deduction, which is asked about
    assert await balances(office, plain) == {"F-3": 20_000}

    await dewi.say("Toko Maju")
    await dewi.press("Pembayaran")
    await take_back(dewi, "Batalkan Rp980 rb · 18 Nov", "Salah jumlah")
    assert await balances(office, toko) == {"F-1": 1_000_000, "F-2": 11_000}  # its discount goes with it
