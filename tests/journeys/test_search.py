"""Journeys of finding: by name, code and invoice; only what one may see; the record, and the history of a card."""

from __future__ import annotations

from tests.journeys.chat import Office


async def test_a_customer_is_found_by_name_code_and_invoice(office: Office) -> None:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju Jaya", collector=rina, code="C-77")
    await office.invoice(toko, "INV/2026/001", "2026-11-10", 12_500_000)
    await office.invoice(toko, "INV/2026/002", "2026-12-10", 1_000_000)
    for words in ("/cari maju", "/search JAYA", "c-77", "inv/2026/002"):
        await rina.say(words)
        assert rina.text.startswith("Toko Maju Jaya\nSaldo Rp13.500.000; lewat jatuh tempo Rp12.500.000, 8 hari")
        assert "INV/2026/001 · Rp12.500.000 · 10 Nov (+8 hari)" in rina.text
        assert toko.phone in rina.text


async def test_several_hits_are_buttons_and_the_list_stays(office: Office) -> None:
    rina = await office.collector("Rina")
    for number in range(1, 11):
        toko = await office.customer(f"Toko Maju {number:02}", collector=rina)
        await office.invoice(toko, f"F-{number}", "2026-11-17", number * 1_000_000)
    await rina.say("/cari maju")
    assert rina.labels == [f"Toko Maju {number:02} · Rp{number} jt" for number in range(1, 9)]
    assert "ketik lebih lengkap" in rina.text
    await rina.press("Toko Maju 02 · Rp2 jt")
    assert "F-2" in rina.text
    await rina.press("Toko Maju 03 · Rp3 jt")
    assert "F-3" in rina.text


async def test_search_asks_for_the_words_it_lacks(office: Office) -> None:
    rina = await office.collector("Rina")
    await office.customer("Toko Maju", collector=rina)
    await rina.say("/cari")
    assert rina.last.force_reply
    await rina.reply("maju")
    assert rina.text.startswith("Toko Maju")
    await rina.reply("maju", to=rina.with_text("Cari siapa?"))
    assert "Tidak ada pertanyaan" in rina.text


async def test_a_short_text_is_no_search(office: Office) -> None:
    rina = await office.collector("Rina")
    await rina.say("ok")
    assert "paling sedikit 3 huruf" in rina.text


async def test_signs_of_the_search_language_are_only_letters(office: Office) -> None:
    rina = await office.collector("Rina")
    await office.customer("Toko Maju", collector=rina)
    for words in ("%%%", "___", "<b>x</b>"):
        await rina.say(words)
        assert rina.text == f"Tidak ada pelanggan atau faktur Anda yang cocok dengan {words}."


async def test_a_collector_finds_only_his_own(office: Office) -> None:
    rina, budi = await office.collector("Rina"), await office.collector("Budi")
    finance = await office.finance("Fitri")
    toko = await office.customer("Toko Maju", collector=budi)
    await office.invoice(toko, "F-1", "2026-11-17", 1_000_000)
    await rina.say("maju")
    assert "Tidak ada pelanggan" in rina.text
    await rina.press_data(f"rec:{toko.payer_id}")
    assert rina.toast == "Maaf, data ini tidak ada atau bukan bagian Anda. Tidak ada yang berubah."
    await finance.say("maju")
    assert "F-1" in finance.text


async def test_of_a_shared_payer_each_collector_sees_his_own_shops(office: Office) -> None:
    rina, budi = await office.collector("Rina"), await office.collector("Budi")
    first = await office.customer("Toko Satu", collector=rina)
    second = await office.customer("Toko Dua", collector=budi, with_payer=first, phone=first.phone)
    await office.invoice(first, "F-1", "2026-11-17", 1_000_000)
    await office.invoice(second, "F-2", "2026-11-17", 2_000_000)
    await rina.say("satu")
    assert "F-1" in rina.text
    assert "F-2" not in rina.text
    assert "Saldo Rp1.000.000" in rina.text


async def test_in_the_group_nobody_reads_a_number(office: Office) -> None:
    budi = await office.manager("Budi")
    group = await office.group(budi)
    toko = await office.customer("Toko Maju")
    await office.invoice(toko, "F-1", "2026-11-17", 1_000_000)
    await budi.say("/cari maju", chat=group)
    assert "F-1" in group.text
    assert toko.phone not in group.text
    assert group.labels == []
    await budi.say("/cari", chat=group)
    await budi.reply("f-1", chat=group)
    assert group.text.startswith("Toko Maju")
    await budi.press_data(f"rec:{toko.payer_id}", on=group.last, chat=group)
    assert toko.phone not in group.text


async def test_from_the_record_to_the_card_its_history_and_back(office: Office) -> None:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-1", "2026-11-17", 1_000_000)
    await office.morning()
    await rina.say("maju")
    await rina.press("Buka tugas")
    await rina.press("Riwayat")
    assert rina.text == "Riwayat · Toko Maju\n\nBelum ada kontak yang dicatat."
    await rina.press("Kembali")
    await rina.press("Tidak diangkat")
    await rina.press("Sibuk")
    await rina.say("maju")
    assert "telepon: Tidak diangkat (Rina)" in rina.text
