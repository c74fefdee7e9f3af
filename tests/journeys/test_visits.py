"""Journeys of visits: ordered, announced, met or not, with photo and place, reported to the managers (9; 001, 003)."""

from __future__ import annotations

from sqlalchemy import select

from sop.contact import Channel
from sop.visit import Visit, VisitState
from storage import outbox_screens, visits
from storage.tables import contact_event
from tests.journeys.chat import Debtor, Group, Office, Phone

H4 = "2026-11-13"  # a Friday: Sat, Mon, Tue, Wed are the open days after it


async def ordered(office: Office) -> tuple[Phone, Phone, Group, Debtor]:
    """Budi has ordered a visit to Rina's customer for Thursday."""
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    group = await office.group(budi, rina)
    toko = await office.customer("Toko Maju", collector=rina, address="Jl. Pasar Baru 12", city="Surabaya")
    await office.invoice(toko, "F-001", H4, 5_000_000)
    await office.morning()
    await budi.press("Kunjungan", chat=group)
    await budi.press("Kam 19 Nov", chat=group)
    return rina, budi, group, toko


async def visit_of(office: Office, toko: Debtor) -> Visit:
    async with office.transaction() as db:
        return (await visits.of_payer(db, toko.payer_id))[-1]


async def written(office: Office) -> list[str]:
    async with office.transaction() as db:
        return [one for one in await outbox_screens.customer_messages(db) if "T20" in one]


async def test_the_customer_is_told_and_the_group_reads_no_address(office: Office) -> None:
    rina, budi, group, _ = await ordered(office)
    told = rina.with_text("Surat tugas 001/ST/FIN/XI/2026")
    assert "Kamis, 19 November 2026, sekitar pukul 10.00" in told.text and "Jl. Pasar Baru 12, Surabaya" in told.text
    assert told.labels == ["Ubah tanggal"]  # before its day nothing can be reported
    assert "Rina, Kamis, 19 November 2026" in budi.with_text("Kunjungan: Toko Maju").text
    assert await written(office) == ["customer/T20"]
    assert not [one for one in group.from_bot if "Pasar Baru" in one.text]


async def test_met_with_an_outcome_a_photo_and_a_place(office: Office) -> None:
    rina, _budi, group, toko = await ordered(office)
    await office.travel(to="2026-11-19 10:00")
    field_card = rina.with_text("Kunjungan: Toko Maju")
    assert field_card.labels == ["Bertemu", "Tidak bertemu", "Foto dan lokasi", "Ubah tanggal"]
    await rina.press("Bertemu", on=field_card)
    await rina.press("Menolak")
    visit = await visit_of(office, toko)
    assert (visit.state, visit.outcome_id is not None) == (VisitState.MET, True)
    async with office.transaction() as db:
        channels = (await db.execute(select(contact_event.c.channel).order_by(contact_event.c.id))).scalars().all()
    assert channels[-1] is Channel.VISIT

    await rina.press("Foto dan lokasi")
    await rina.send_location(-7.257472, 112.752088)
    await rina.send_photo("toko")
    assert "Foto dan lokasi sudah tersimpan" in rina.text
    visit = await visit_of(office, toko)
    assert (visit.latitude_e6, visit.longitude_e6, visit.photo_id is not None) == (-7257472, 112752088, True)

    await office.travel(to="17:30")
    report = group.with_text("Laporan kunjungan, Kamis, 19 November 2026").text
    assert "Bertemu 1, tidak bertemu 0, belum dilaporkan 0" in report
    assert "Bertemu: Menolak · foto ada, lokasi ada" in report and "Pasar Baru" not in report


async def test_nobody_met_and_another_day(office: Office) -> None:
    rina, _budi, group, toko = await ordered(office)
    await office.travel(to="2026-11-19 10:00")
    await rina.press("Tidak bertemu")
    await rina.press("Tempat tutup")
    assert "Tidak bertemu: Tempat tutup" in rina.with_text("Kunjungan: Toko Maju").text
    await rina.press("Ubah tanggal")
    await rina.press("Jum 20 Nov")

    visit = await visit_of(office, toko)
    assert (visit.state, visit.planned_on.isoformat()) == (VisitState.PLANNED, "2026-11-20")
    assert await written(office) == ["customer/T20", "customer/T20"]
    await office.travel(to="17:30")
    assert "Tidak bertemu: Tempat tutup · foto tidak ada, lokasi tidak ada" in group.with_text("Laporan kunjungan").text

    await office.travel(to="2026-11-20 17:30")  # she said nothing: asked again in the morning, and the managers read it
    assert "belum dilaporkan 1" in group.with_text("Jumat, 20 November 2026").text
    await office.travel(to="2026-11-21 08:30")
    assert "Belum dilaporkan" in rina.with_text("Kunjungan: Toko Maju").text


async def test_moved_given_to_another_and_called_off_when_paid(office: Office) -> None:
    rina, budi, _, toko = await ordered(office)
    joni, dewi = await office.collector("Joni"), await office.finance("Dewi")
    order = budi.with_text("Kunjungan: Toko Maju")
    await budi.press("Ubah tanggal", on=order)
    await budi.press("Jum 20 Nov", on=order)
    assert "Jumat, 20 November 2026" in budi.with_text("Kunjungan: Toko Maju").text
    await budi.press("Ganti petugas", on=order)
    await budi.press("Joni", on=order)

    assert "Jl. Pasar Baru 12" in joni.with_text("Kunjungan: Toko Maju").text
    stale = next(one.data for one in joni.with_text("Kunjungan: Toko Maju").buttons) or ""
    await rina.press_data(stale)
    assert rina.toast  # it is not hers any more
    assert len(await written(office)) == 3

    await dewi.say("/bayar F-001 lunas")
    await dewi.press("Benar")
    assert (await visit_of(office, toko)).state is VisitState.CANCELLED
    assert "tidak perlu berkunjung" in joni.text
    assert (await written(office))[-1] == "customer/T20_called_off"
