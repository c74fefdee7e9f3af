"""Journeys of the managers' private view: collectors, bulk moves, who left, the report (3, 12)."""

from __future__ import annotations

from datetime import UTC

from bot.casework import invitations
from tests.journeys.chat import Office, Phone


async def team(office: Office) -> tuple[Phone, Phone, Phone, Phone]:
    """Rina with three late customers, Dewi with one, Sari with none, and their manager."""
    rina, dewi, sari = [await office.collector(name) for name in ("Rina", "Dewi", "Sari")]
    budi = await office.manager("Budi")
    for number, (name, juta, city) in enumerate(
        (("Toko Satu", 9, "Bandung"), ("Toko Dua", 4, "Bandung"), ("Toko Tiga", 1, "Bogor")), start=1
    ):
        toko = await office.customer(name, collector=rina, city=city)
        await office.invoice(toko, f"F-00{number}", "2026-11-17", juta * 1_000_000)
    toko = await office.customer("Toko Dewi", collector=dewi)
    await office.invoice(toko, "F-100", "2026-11-17", 2_000_000)
    return rina, dewi, sari, budi


async def test_a_manager_looks_at_a_collector_and_gives_one_customer_away(office: Office) -> None:
    rina, _, sari, budi = await team(office)
    await office.travel(to="08:30")

    await budi.say("/kolektor")
    assert "Rina\n0 selesai, 3 tersisa · janji Rp0 · lewat Rp14 jt" in budi.text
    await budi.press("Rina")
    assert "Pelanggan 3, saldo Rp14.000.000" in budi.text
    await budi.press("Tugas")
    await budi.press("H+1 · Toko Dua")
    assert "Kolektor: Rina" in budi.text
    await budi.press("Pindahkan")
    await budi.press("Sari")
    assert "Toko Dua sekarang pelanggan Sari" in budi.text
    assert "Toko Dua sekarang pelanggan Anda, saldo Rp4.000.000" in sari.with_text("pelanggan Anda").text
    assert "Toko Dua sekarang ditangani Sari" in rina.text
    await sari.say("/tugas")
    await sari.press("Mulai")
    await sari.press("Tidak diangkat")
    await sari.press("Sibuk")

    await budi.say("/cari Toko Dua")
    assert "kelas A" in budi.text
    await budi.press("Riwayat")
    assert "Riwayat · Toko Dua" in budi.text
    assert "Sari" in budi.text


async def test_a_manager_moves_all_of_a_collectors_customers_with_a_preview(office: Office) -> None:
    rina, dewi, sari, budi = await team(office)
    await office.travel(to="08:30")
    await rina.press("Mulai")
    card = rina.with_text("Toko Satu")

    await budi.say("/kolektor")
    await budi.press("Rina")
    await budi.press("Pindahkan semua")
    assert budi.labels[:4] == ["Semua (3)", "Kelas A (2)", "Kelas B (1)", "Bandung (2)"]
    await budi.press("Semua (3)")
    await budi.press("Bagi rata")
    assert "Dewi: 1 pelanggan, Rp9.000.000 (lewat Rp9.000.000)\n• Sari: 2 pelanggan, Rp5.000.000" in budi.text
    preview = budi.button("Benar").data
    for phone in (rina, dewi, sari):
        phone.seen()
    await budi.press("Benar")

    assert "3 pelanggan Rina sudah dipindahkan" in budi.text
    told = [one.text for one in rina.news if "sekarang ditangani" in one.text]
    assert told == ["3 pelanggan Anda sekarang ditangani Dewi, Sari. Terima kasih."]
    assert "dikerjakan Dewi" in next(one.text for one in rina.messages if one.id == card.id)
    assert len([one for one in dewi.news if "1 pelanggan dari Rina" in one.text]) == 1
    await dewi.say("/cari Toko Satu")
    assert "F-001" in dewi.text
    await rina.say("/cari Toko Satu")
    assert "F-001" not in rina.text
    await budi.press_data(preview or "")
    assert "Tidak ada lagi pelanggan" in (budi.toast or budi.text)


async def test_who_leaves_is_asked_about_and_his_work_waits_in_the_pool(office: Office) -> None:
    _, dewi, sari, budi = await team(office)
    await office.travel(to="08:30")
    async with office.transaction() as db:
        await invitations.revoke(office.app.world.desk(db, now=office.now.astimezone(UTC)), "Rina")
    await office.settle()
    told = budi.with_text("tidak bekerja di sini lagi")
    assert "3 pelanggannya (saldo Rp14.000.000" in told.text
    assert "3 tugasnya masuk pool" in told.text
    await budi.press("Pindahkan semua", on=told)
    await budi.press("Bandung (2)")
    await budi.press("Dewi")
    await budi.press("Benar")
    await dewi.say("/tugas")
    await dewi.press("Daftar")
    assert {"H+1 · Toko Satu", "H+1 · Toko Dua"} <= set(dewi.labels)
    await sari.say("/tugas")
    await sari.press("Ambil dari pool")
    await sari.press("Toko Tiga · Rp1 jt")
    assert "Toko Tiga" in sari.text


async def test_the_report_tells_managers_the_team_and_a_collector_himself_only(office: Office) -> None:
    rina, _, _, budi = await team(office)
    group = await office.group(budi)
    await office.travel(to="08:30")
    await rina.press("Mulai")
    await rina.press("Belum jelas")

    await rina.say("/laporan")
    assert "Tugas: selesai 1, tersisa 2" in rina.text
    assert "Lewat jatuh tempo: Rp14.000.000" in rina.text
    assert "Dewi" not in rina.text
    await budi.say("/laporan")
    assert "Tugas: selesai 1, tersisa 3" in budi.text
    assert "Lewat jatuh tempo: Rp16.000.000" in budi.text
    assert "Menunggu keputusan: 1" in budi.text
    await budi.press("Toko Satu · Rp9 jt · belum jelas")
    assert "Ambil alih" in budi.labels
    await budi.say("/laporan")
    await budi.press("Kolektor")
    assert "Sari" in budi.text
    await budi.say("/laporan", chat=group)
    assert "chat pribadi" in group.text
    await rina.say("/kolektor")
    assert "Toko" not in rina.text
