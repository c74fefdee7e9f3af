"""Journeys of the pool: what does not fit or has nobody is seen by managers and taken by a collector once (3)."""

from __future__ import annotations

from tests.journeys.chat import Office, Phone


async def test_a_card_of_the_pool_is_taken_by_the_faster_of_two(office: Office) -> None:
    rina, dewi, sari = [await office.collector(name) for name in ("Rina", "Dewi", "Sari")]
    budi = await office.manager("Budi")
    shops = {"Toko Satu": (rina, 2_000_000), "Toko Dua": (rina, 4_000_000)}
    shops |= {"Toko Dewi": (dewi, 1_000_000), "Toko Sari": (sari, 1_000_000)}
    for name, (phone, amount) in shops.items():
        await office.invoice(await office.customer(name, collector=phone), f"F-{name}", "2026-11-17", amount)
    await _sends_home(budi, "Rina")

    await office.travel(to="08:00")
    told = budi.with_text("Belum ada yang mengerjakan").text
    assert "2 pelanggan tanpa kolektor yang bertugas, saldo Rp6.000.000" in told
    assert "Toko Dua, Rp4.000.000" in told

    for phone in (dewi, sari):
        await phone.press("Daftar")
        await phone.press("Ambil dari pool")
        assert phone.labels == ["Toko Dua · Rp4 jt", "Toko Satu · Rp2 jt"]
    async with office.at_once():
        await dewi.press("Toko Dua · Rp4 jt")
        await sari.press("Toko Dua · Rp4 jt")
    won, lost = (dewi, sari) if "2/2 · Toko Dua" in dewi.text else (sari, dewi)
    assert "Menggantikan Rina" in won.text
    assert f"Sudah diambil {won.name}" in (lost.toast or lost.text)

    await won.press("Tidak diangkat")
    await won.press("Sibuk")
    await lost.say("/tugas")
    await lost.press("Daftar")
    await lost.press("Ambil dari pool")
    assert lost.labels == ["Toko Satu · Rp2 jt"]


async def _sends_home(budi: Phone, name: str) -> None:
    await budi.say(f"/cuti {name} hari ini")
    await budi.press("Benar")
    await budi.press("Pool")
    budi.seen()


async def test_beyond_his_own_cap_a_collectors_cards_go_to_the_pool(office: Office) -> None:
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    for number in range(4):
        toko = await office.customer(f"Toko {number}", collector=rina)
        await office.invoice(toko, f"F-00{number}", "2026-11-17", 5_000_000 + number)
    await budi.say("/kolektor")
    await budi.press("Rina")
    await budi.press("Batas kartu")
    await budi.reply("banyak")
    assert "angka" in budi.text
    await budi.reply("3")
    assert "3 kartu sehari" in budi.text

    await office.travel(to="08:00")

    assert "3 pelanggan" in rina.with_text("Tugas Rabu").text
    assert "1 pelanggan belum ada yang menelepon" in budi.with_text("Tidak terlayani").text
