"""Journeys of giros: held until the bank has answered, reminded of, asked about daily, cleared or returned (3)."""

from __future__ import annotations

from sop.hold import HoldKind
from storage import holds, invoices, outbox_screens
from tests.journeys.chat import Debtor, Office, Phone


async def with_giro(office: Office) -> tuple[Phone, Phone, Debtor]:
    """Rina has taken a giro over everything Toko Maju owes, effective on Friday 27 November."""
    rina, dewi = await office.collector("Rina"), await office.finance("Dewi")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-17", 1_000_000)
    await office.invoice(toko, "F-002", "2026-11-18", 1_000_000)
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Lainnya")
    await rina.press("Terima giro")
    await rina.press("Semua")
    await rina.say("ga 123456")
    await rina.press("BCA")
    await rina.say("1 Mei")
    assert "Tanggalnya belum pasti" in rina.text or "berlaku 70 hari" in rina.text
    await rina.say("27 Nov")
    assert "efektif Jumat, 27 November 2026" in rina.text
    await rina.send_photo()
    return rina, dewi, toko


async def letters(office: Office) -> list[str]:
    async with office.transaction() as db:
        return await outbox_screens.customer_messages(db)


async def state_of(office: Office, toko: Debtor) -> tuple[int, list[HoldKind]]:
    async with office.transaction() as db:
        owed = sum(one.balance.sen // 100 for one in await invoices.open_of(db, toko.payer_id))
        return owed, [one.kind for one in await holds.active(db, toko.payer_id)]


async def test_a_giro_rests_and_its_funds_are_reminded_of(office: Office) -> None:
    rina, dewi, toko = await with_giro(office)
    await office.travel(hours=0.1)
    told = dewi.with_text("Giro BCA GA 123456")
    assert told.file is not None
    assert told.labels == []  # the bank knows nothing yet
    assert await letters(office) == ["customer/T28_giro"]
    assert await state_of(office, toko) == (2_000_000, [HoldKind.GIRO, HoldKind.GIRO])
    await rina.say("/cari Toko Maju")
    assert "Giro BCA GA 123456" in rina.text

    rina.seen()
    await office.travel(to="2026-11-26 12:00")
    assert (await letters(office))[-1] == "customer/T28_giro_reminder"
    assert len([one for one in rina.news if "pastikan dananya tersedia" in one.text]) == 1


async def test_finance_is_asked_daily_and_a_cleared_giro_is_a_payment(office: Office) -> None:
    _, dewi, toko = await with_giro(office)
    dewi.seen()
    await office.travel(to="2026-11-28 12:00")
    assert [one for one in dewi.news if one.labels and "Giro BCA" in one.text] == []
    await office.travel(to="2026-12-01 09:00")  # two working days after, and daily: asked on Monday and on Tuesday
    asked = [one for one in dewi.news if "Giro BCA" in one.text and "Sudah cair" in one.text]
    assert [one.labels for one in asked] == [["Cair", "Tolak"]] * 2
    assert await state_of(office, toko) == (2_000_000, [HoldKind.GIRO, HoldKind.GIRO])  # held, however long it takes
    async with office.at_once():
        await dewi.press("Cair")
        await dewi.press("Cair")

    assert await state_of(office, toko) == (0, [])
    assert (await letters(office))[-1] == "customer/T10"
    assert {tuple(one.labels) for one in dewi.from_bot if "Giro BCA" in one.text} == {()}


async def test_a_returned_giro_reopens_politely_and_the_managers_hear_of_it(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, dewi, toko = await with_giro(office)
    await office.travel(to="2026-11-30 09:00")
    await rina.press_data(dewi.button("Tolak").data or "")  # nobody answers for his own
    assert (await state_of(office, toko))[1] != []
    await dewi.press("Tolak")

    assert await state_of(office, toko) == (2_000_000, [])
    assert (await letters(office))[-1] == "customer/T28_giro_returned"
    assert "Giro ditolak" in budi.text
    assert "GA 123456" in budi.text
    await rina.press("Buka tugas", on=rina.with_text("ditolak bank"))
    assert "Giro ditolak bank" in rina.text
    await rina.press("Lainnya")
    await rina.press("Terima giro")  # presented again it is taken again
    await rina.press("Semua")
    await rina.say("GA 123456")
    await rina.press("BCA")
    await rina.press("Pilih tanggal")
    await rina.press("30")
    assert "efektif Senin, 30 November 2026" in rina.text


async def test_undo_hands_a_giro_back(office: Office) -> None:
    rina, dewi, toko = await with_giro(office)
    await rina.press("Batalkan")
    await office.travel(hours=0.1)
    assert await state_of(office, toko) == (2_000_000, [])
    assert await letters(office) == []
    assert [one for one in dewi.from_bot if "Giro BCA" in one.text] == []
    assert "Terima giro" not in rina.labels
    assert "Janji bayar" in rina.labels
