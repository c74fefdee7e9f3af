"""Journeys of the work beside the calls: where it is seen, how it is done, who hears when it is not."""

from __future__ import annotations

from datetime import UTC, date

from bot.casework import errands as casework
from sop.errand import ErrandKind, ErrandState
from storage import errands
from storage.errands import NewErrand
from tests.journeys.chat import Debtor, Office, Phone


async def ordered(office: Office, toko: Debtor, kind: ErrandKind, **more: object) -> int:
    """An errand as a decision or a letter orders it."""
    async with office.transaction() as db:
        desk = office.app.world.desk(db, now=office.now.astimezone(UTC))
        return await casework.order(desk, NewErrand(payer_id=toko.payer_id, kind=kind, **more))  # type: ignore[arg-type]


async def state_of(office: Office, errand_id: int) -> ErrandState:
    async with office.transaction() as db:
        return (await errands.get(db, errand_id)).state


async def a_customer(office: Office) -> tuple[Phone, Debtor]:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-17", 1_000_000)
    return rina, toko


async def test_the_result_is_typed_and_nobody_else_may_say_it(office: Office) -> None:
    rina, toko = await a_customer(office)
    toni = await office.collector("Toni")
    mine: dict[str, object] = {"subject_id": 1, "owner_id": rina.person_id, "note": "ongkos kirim?"}
    errand_id = await ordered(office, toko, ErrandKind.CHECK_AMOUNT, **mine)
    await ordered(office, toko, ErrandKind.CHECK_AMOUNT, **mine)  # ordered twice it is one
    await office.morning()
    assert "Tugas lain: 1" in rina.with_text("Tugas Rabu").text
    told = rina.with_text("Tugas lain: Periksa nilai faktur")
    assert "ongkos kirim?" in told.text and "Jumat, 20 November 2026" in told.text
    await rina.say("/tugas")
    await rina.press("Mulai")
    assert "Tugas lain: 1" in rina.text
    await rina.press("Tugas lain (1)", on=rina.last)
    await rina.press("Periksa nilai faktur · Toko Maju")
    await toni.press_data(rina.button("Selesai").data or "", on=toni.last)  # somebody else's
    await rina.press("Selesai")
    await rina.reply("sudah benar")
    assert await state_of(office, errand_id) is ErrandState.DONE
    assert "Hasil: sudah benar" in rina.text
    await rina.press("Buka tugas", on=told)
    assert "Selesai" not in [label for one in rina.messages for label in one.labels]


async def test_a_photo_is_the_result_and_a_text_is_none(office: Office) -> None:
    rina, toko = await a_customer(office)
    slip = await ordered(office, toko, ErrandKind.TAKE_BACK)
    await office.morning()
    await rina.press("Buka tugas")
    await rina.press("Selesai")
    await rina.reply("sudah")
    assert await state_of(office, slip) is ErrandState.OPEN
    await rina.send_photo()
    assert await state_of(office, slip) is ErrandState.DONE


async def test_what_is_late_is_said_daily_then_to_the_managers_and_ends_when_paid(office: Office) -> None:
    rina, toko = await a_customer(office)
    budi = await office.manager("Budi")
    letter = await ordered(office, toko, ErrandKind.HAND_LETTER, due_on=date(2026, 11, 17))
    await office.morning()
    assert "Sampaikan surat" in rina.with_text("lewat waktunya").text
    assert not any("Tugas lain yang terlambat" in one.text for one in budi.messages)  # one working day
    await office.travel(to="2026-11-19 09:00")
    assert len([one for one in rina.messages if "lewat waktunya" in one.text]) == 2  # once a day
    assert "Sampaikan surat: Toko Maju, lewat 2 hari (Rina)" in budi.with_text("Tugas lain yang terlambat").text
    await budi.say("/bayar F-001 1.000.000")
    await budi.press("Benar")
    await office.travel(hours=1)
    assert await state_of(office, letter) is ErrandState.CANCELLED
    await rina.press("Sampaikan surat · Toko Maju")
    assert any("Tidak perlu lagi" in one.text for one in rina.messages)
