"""Journeys of disputes to their end: who finds out, a credit note or an explanation, and what goes on meanwhile."""

from __future__ import annotations

from datetime import date

from sop.dispute import Dispute, DisputeState
from sop.errand import ErrandKind
from sop.hold import HoldKind
from sop.money import Money
from sop.outbox import OutboxState, Way
from storage import disputes, errands, holds, invoices, outbox
from tests.journeys.chat import Debtor, Office, Phone


async def disputed(office: Office, rina: Phone, cause: str, *typed: str) -> Debtor:
    """Rina records a dispute about F-001 (Rp1.000.000, one day late): all of it, or the part that is typed."""
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-17", 1_000_000)
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Sanggah")
    await rina.press(cause)
    for words in typed:
        await rina.say(words)
    await rina.press("F-001 · Rp1 jt" if typed else "Semua", on=rina.last)
    return toko


async def the_dispute(office: Office, toko: Debtor) -> Dispute:
    async with office.transaction() as db:
        return (await disputes.of_payer(db, toko.payer_id))[-1]


async def held(office: Office, toko: Debtor) -> list[Money | None]:
    async with office.transaction() as db:
        return [one.amount for one in await holds.active(db, toko.payer_id) if one.kind is HoldKind.DISPUTE]


async def balance(office: Office, toko: Debtor) -> Money:
    async with office.transaction() as db:
        return Money.total(one.balance for one in await invoices.open_of(db, toko.payer_id))


async def letters(office: Office, message: str) -> list[dict[str, object]]:
    async with office.transaction() as db:
        every = [one for state in OutboxState for one in await outbox.in_state(db, state, way=Way.WHATSAPP)]
    return [dict(one.values) for one in every if one.message == message]


async def test_finance_credits_a_part_and_the_rest_is_due_again(office: Office) -> None:
    rina, sari = await office.collector("Rina"), await office.finance("Sari")
    toko = await disputed(office, rina, "Salah tagih", "400rb")
    assert await held(office, toko) == [Money.rupiah(400_000)]
    await office.travel(hours=1)
    asked = sari.with_text("Sanggahan SG-1: Salah tagih").text
    assert "Rp400.000" in asked and "Sabtu, 21 November 2026" in asked
    await sari.press("Diterima")
    await sari.say("500rb")
    assert await balance(office, toko) == Money.rupiah(1_000_000)  # more than was disputed
    await sari.say("250.000")
    assert "Rp250.000" in sari.text and "Rp150.000" in sari.text  # said back with the rest
    assert await balance(office, toko) == Money.rupiah(1_000_000)
    async with office.at_once():
        await sari.press("Benar", on=sari.last)
        await sari.press("Benar", on=sari.last)
    dispute = await the_dispute(office, toko)
    assert (dispute.state, dispute.credited) == (DisputeState.SETTLED, Money.rupiah(250_000))
    assert await balance(office, toko) == Money.rupiah(750_000)
    assert await held(office, toko) == []
    await office.travel(hours=1)
    assert any("Sanggahan selesai" in one.text and "Rp750.000" in one.text for one in rina.messages)
    (letter,) = await letters(office, "customer/T16")
    assert letter["outcome"] == "nota kredit sebesar Rp250.000 kami terbitkan"
    assert (letter["ticket"], letter["balance"]) == ("SG-1", Money.rupiah(750_000).sen)


async def test_a_rejected_part_is_due_again_without_replay_and_may_be_disputed_anew(office: Office) -> None:
    rina, sari = await office.collector("Rina"), await office.finance("Sari")
    toko = await disputed(office, rina, "Salah tagih")
    await office.travel(hours=1)
    await sari.press("Ditolak")
    await sari.reply("Bayar, kalau tidak kami laporkan ke polisi")
    assert "tidak pantas" in sari.text
    assert (await the_dispute(office, toko)).state is DisputeState.OPEN
    await sari.press("Ditolak")
    await sari.reply("Harga sudah sesuai pesanan tanggal 1 November.")
    assert (await the_dispute(office, toko)).state is DisputeState.REJECTED
    assert await held(office, toko) == []
    (letter,) = await letters(office, "customer/T16")
    assert letter["outcome"] == "Harga sudah sesuai pesanan tanggal 1 November"
    await office.travel(hours=1)
    assert "Langkah yang sudah lewat tidak diulang" in "".join(one.text for one in rina.messages)
    await rina.press("Buka tugas", on=rina.with_text("Sanggahan ditolak"))
    assert "Sanggahan sudah dijawab" in rina.text
    await rina.press("Sanggah")
    await rina.press("Barang rusak")
    await rina.press("Semua")
    assert (await the_dispute(office, toko)).state is DisputeState.OPEN


async def test_sales_finds_out_and_finance_posts_what_was_agreed(office: Office) -> None:
    rina, sari, joko = await office.collector("Rina"), await office.finance("Sari"), await office.sales("Joko")
    toko = await office.customer("Toko Maju", collector=rina, sales_id=joko.person_id)
    await office.invoice(toko, "F-001", "2026-11-17", 1_000_000)
    await office.morning()
    await rina.say("/tugas")
    for label in ("Mulai", "Sanggah", "Barang rusak", "Semua"):
        await rina.press(label)
    await rina.send_photo()
    await office.travel(hours=1)
    data = joko.button("Diterima").data or ""
    await rina.press_data(data, on=rina.last)  # forged: she took it down herself
    await sari.press_data(data, on=sari.last)  # finance does not find out about damage
    assert (await the_dispute(office, toko)).state is DisputeState.OPEN
    await joko.press("Diterima")
    await joko.press("Semua")
    assert (await the_dispute(office, toko)).state is DisputeState.ACCEPTED
    assert await held(office, toko) == [Money.rupiah(1_000_000)]  # until it is posted nobody chases it
    assert await letters(office, "customer/T16_settled") == []
    await office.travel(hours=1)
    await sari.press("Posting nota kredit")
    assert (await the_dispute(office, toko)).state is DisputeState.SETTLED
    assert await balance(office, toko) == Money.ZERO
    assert len(await letters(office, "customer/T16_settled")) == 1


async def test_a_missing_invoice_is_sent_again_and_a_return_is_proved(office: Office) -> None:
    rina = await office.collector("Rina")
    await office.finance("Sari")
    toko = await disputed(office, rina, "Faktur belum diterima")
    async with office.transaction() as db:
        (errand,) = await errands.open_of(db, toko.payer_id)
    assert errand.kind is ErrandKind.RESEND_INVOICE
    await rina.say("/tugas")
    await rina.press("Kirim ulang faktur · Toko Maju")
    assert "F-001" in rina.text
    await rina.press("Selesai")
    dispute = await the_dispute(office, toko)
    assert (dispute.state, dispute.credited) == (DisputeState.SETTLED, None)
    assert await held(office, toko) == []
    (letter,) = await letters(office, "customer/T16")
    assert letter["outcome"] == "salinan faktur sudah kami kirim ulang"
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Sanggah")
    await rina.press("Sudah diretur")
    await rina.press("Semua")
    assert "nota retur" in (rina.toast or "")
    await rina.send_photo()
    assert (await the_dispute(office, toko)).photo_id is not None
    async with office.transaction() as db:
        assert await errands.open_of(db, toko.payer_id) == ()  # the photo was the errand


async def test_nobody_answers_so_the_managers_hear_daily_and_see_the_causes(office: Office) -> None:
    rina, sari, budi = await office.collector("Rina"), await office.finance("Sari"), await office.manager("Budi")
    toko = await disputed(office, rina, "Salah tagih", "300rb")
    await office.travel(to="2026-11-21 08:30")
    assert len([one for one in sari.messages if "Sanggahan SG-1" in one.text]) == 2  # asked, and on the last day
    assert not any("belum dijawab" in one.text for one in budi.messages)
    await office.travel(to="2026-11-23 08:30")
    assert any("Sanggahan belum dijawab" in one.text and "lewat 2 hari" in one.text for one in budi.messages)
    await budi.say("/sanggahan")
    assert "Salah tagih: 1, tertahan Rp300.000 (1)" in budi.text
    await budi.press("Toko Maju · F-001 · Rp300 rb")
    await budi.press("Ditolak")
    await budi.reply("Sudah sesuai kontrak")
    assert (await the_dispute(office, toko)).state is DisputeState.REJECTED
    await budi.say("/sanggahan")
    assert "ditolak 1" in budi.text and "Belum selesai sekarang: 0" in budi.text
    assert date(2026, 11, 23) == office.now.date()


async def test_who_takes_a_dispute_down_does_not_answer_it_and_payment_ends_it(office: Office) -> None:
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    toko = await disputed(office, rina, "Lainnya")
    await office.travel(hours=1)
    await rina.press_data(budi.button("Ditolak").data or "", on=rina.last)
    assert (await the_dispute(office, toko)).state is DisputeState.OPEN
    await budi.say("/bayar F-001 1.000.000")
    await budi.press("Benar")
    await office.travel(hours=1)
    assert (await the_dispute(office, toko)).state is DisputeState.WITHDRAWN
    assert "tidak berlaku lagi" in budi.with_text("SG-1").text
    assert budi.with_text("SG-1").labels == []
