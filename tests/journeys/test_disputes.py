"""Journeys of disputes: a cause, how much of it, and only that part pauses."""

from __future__ import annotations

from sop.dispute import Dispute, DisputeCause, DisputeState
from sop.hold import ActiveHold, HoldKind
from sop.money import Money
from sop.outbox import OutboxState, Way
from storage import disputes, holds, outbox
from tests.journeys.chat import Debtor, Office, Phone


async def with_card(office: Office, *due_on: str, another: bool = False) -> tuple[Phone, Debtor]:
    """Rina with the card of a customer who owes Rp1.000.000 for each of these due dates."""
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    for number, on in enumerate(due_on, start=1):
        await office.invoice(toko, f"F-{number:03}", on, 1_000_000)
    if another:
        later = await office.customer("Toko Lain", collector=rina)
        await office.invoice(later, "L-001", due_on[-1], 500_000)
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    return rina, toko


async def disputes_of(office: Office, toko: Debtor) -> tuple[Dispute, ...]:
    async with office.transaction() as db:
        return await disputes.of_payer(db, toko.payer_id)


async def held(office: Office, toko: Debtor) -> list[ActiveHold]:
    async with office.transaction() as db:
        return [one for one in await holds.active(db, toko.payer_id) if one.kind is HoldKind.DISPUTE]


async def test_a_whole_invoice_is_three_taps_and_the_other_goes_on(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-17", "2026-11-18")
    await rina.press("Sanggah")
    causes = {"Barang rusak", "Barang kurang", "Salah kirim", "Salah tagih", "Jasa tidak sesuai"}
    assert causes | {"Faktur belum diterima", "Sudah diretur", "Lainnya"} <= set(rina.last.labels)
    await rina.press("Barang rusak")
    assert "Semua" in rina.labels
    await rina.press("F-002 · Rp1 jt")
    (dispute,) = await disputes_of(office, toko)
    assert (dispute.cause, dispute.amount, dispute.state) == (DisputeCause.DAMAGED, None, DisputeState.OPEN)
    (hold,) = await held(office, toko)
    assert hold.invoice_id == dispute.invoice_id
    async with office.transaction() as db:
        waiting = await outbox.in_state(db, OutboxState.QUEUED, way=Way.WHATSAPP)
    (letter,) = [one for one in waiting if one.message == "customer/T15"]
    assert letter.values["subject"] == "barang rusak"
    assert letter.values["deadline_on"] == "2026-11-21"


async def test_everything_rests_every_invoice(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-17", "2026-11-18")
    await rina.press("Sanggah")
    await rina.press("Faktur belum diterima")
    await rina.press("Semua")
    assert len(await disputes_of(office, toko)) == 2
    assert len(await held(office, toko)) == 2


async def test_a_typed_part_names_its_invoice(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-17", "2026-11-18")
    await rina.press("Sanggah")
    await rina.press("Barang kurang")
    await rina.say("1,2 juta")
    assert "paling banyak Rp1.000.000" in rina.text  # a dispute is about one invoice
    await rina.say("250rb")
    assert "Rp250.000 dari faktur mana" in rina.text
    assert await disputes_of(office, toko) == ()
    await rina.press("F-001 · Rp1 jt", on=rina.last)
    (dispute,) = await disputes_of(office, toko)
    assert dispute.amount == Money.rupiah(250_000)
    assert [one.amount for one in await held(office, toko)] == [Money.rupiah(250_000)]


async def test_a_photo_and_a_note_follow(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Sanggah")
    await rina.press("Barang rusak")
    await rina.press("Semua")
    await rina.send_photo()
    assert "dilampirkan pada sanggahan" in rina.text
    await rina.say("tiga dus basah")
    assert "tiga dus basah" in rina.text
    (dispute,) = await disputes_of(office, toko)
    assert dispute.photo_id
    assert dispute.note == "tiga dus basah"


async def test_a_note_too_late_is_not_taken(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Sanggah")
    await rina.press("Barang rusak")
    await rina.press("Semua")
    await office.travel(hours=1)
    await rina.say("tiga dus basah")
    (dispute,) = await disputes_of(office, toko)
    assert dispute.note is None


async def test_two_presses_and_a_forged_invoice(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    foreign = await office.customer("Toko Asing")
    invoice_id = await office.invoice(foreign, "X-001", "2026-11-18", 9_000_000)
    await rina.press("Sanggah")
    await rina.press("Salah tagih")
    await rina.press_data(f"disp:1:wrong_billing:{invoice_id}", on=rina.last)
    assert await disputes_of(office, foreign) == ()
    await rina.press("Sanggah")
    await rina.press("Salah tagih")
    async with office.at_once():
        await rina.press("Semua")
        await rina.press("Semua")
    assert len(await disputes_of(office, toko)) == 1


async def test_undo_withdraws_the_dispute(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18", another=True)
    await rina.press("Sanggah")
    await rina.press("Salah kirim")
    await rina.press("Semua")
    await rina.press("Batalkan")
    (dispute,) = await disputes_of(office, toko)
    assert dispute.state is DisputeState.WITHDRAWN
    assert await held(office, toko) == []
