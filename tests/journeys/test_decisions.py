"""Journeys of decisions to their end: each creates the next work, in the group and in private (section 5; 004)."""

from __future__ import annotations

from sqlalchemy import select

from sop.guard import MessageKind
from storage import outbox_screens, people
from storage.tables import outbox
from tests.journeys.chat import Debtor, Group, Office, Phone

H4 = "2026-11-13"  # at H+4 on Wednesday the 18th
H2 = "2026-11-16"


async def asked_in_group(office: Office, amount: int = 5_000_000) -> tuple[Phone, Phone, Group, Debtor]:
    """Rina's customer is at H+4; Budi is asked in the managers' group on Wednesday."""
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    group = await office.group(budi)
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", H4, amount)
    await office.morning()
    rina.seen()
    return rina, budi, group, toko


async def letters(office: Office) -> list[str]:
    async with office.transaction() as db:
        return await outbox_screens.customer_messages(db)


async def test_a_stop_says_who_and_why_and_can_be_lifted(office: Office) -> None:
    rina, budi, group, _ = await asked_in_group(office)

    await budi.press("Hentikan", chat=group)
    assert "Mohon tulis alasannya" in group.text
    assert group.labels == ["Tahan kiriman", "Libatkan sales", "Tulis alasan", "Lanjutkan penagihan"]
    await budi.press("Tulis alasan", chat=group)
    await budi.reply("Pemilik sakit, hubungi anaknya di 081200007777", chat=group)
    question = group.from_bot[0]
    assert "Keputusan Budi: Hentikan: Pemilik sakit" in question.text
    assert "0812" not in question.text

    await budi.say("/cari Toko Maju")
    assert "Penagihan dihentikan oleh Budi" in budi.text
    assert "Pemilik sakit" in budi.text
    await rina.say("/cari Toko Maju")
    assert "Penagihan dihentikan oleh Budi" in rina.text
    assert "Lanjutkan penagihan" not in rina.labels

    await budi.press("Lanjutkan penagihan")
    assert budi.toast == "Penagihan dilanjutkan"
    assert "Penagihan dilanjutkan oleh Budi" in rina.with_text("dilanjutkan").text
    assert "Penagihan sudah dilanjutkan" in group.from_bot[0].text
    await budi.press("Lanjutkan penagihan", on=budi.with_text("Penagihan dihentikan"))  # twice is once
    assert budi.toast is not None and "tidak sedang dihentikan" in budi.toast
    await office.travel(to="2026-11-19 08:30")
    await rina.press("Mulai")
    assert "Keputusan Budi (18 Nov): Hentikan" in rina.text


async def test_what_was_returned_stands_on_the_card(office: Office) -> None:
    rina, budi, group, _ = await asked_in_group(office)

    await budi.press("Kembalikan", chat=group)
    await budi.reply("Minta tanggal dari pemiliknya", chat=group)
    await rina.press("Buka tugas", on=rina.with_text("Minta tanggal"))

    assert "Arahan Budi (18 Nov): Minta tanggal dari pemiliknya" in rina.text


async def test_a_day_is_typed_or_taken_from_the_calendar_and_stands_on_the_next_card(office: Office) -> None:
    rina, budi, group, _ = await asked_in_group(office)

    await budi.press("Kunjungan", chat=group)
    await budi.press("Pilih tanggal", chat=group)
    assert {"Sen", "Min", "Kembali"} <= set(group.labels)
    await budi.press("Kembali", chat=group)
    await budi.press("Beri waktu", chat=group)
    await budi.reply("19 November", to=group.last, chat=group)

    assert "Keputusan Budi: Beri waktu, Kamis, 19 November 2026" in group.text
    assert await letters(office) == ["customer/T17"]
    await office.travel(to="2026-11-20 08:30")  # the day after is a card again
    await rina.press("Mulai")
    assert "Keputusan Budi (18 Nov): Beri waktu, Kamis, 19 November 2026" in rina.text


async def test_goods_are_fetched_only_with_consent_and_credited_by_finance(office: Office) -> None:
    dewi, joko = await office.finance("Dewi"), await office.sales("Joko")
    rina, budi, group, _ = await asked_in_group(office)

    await budi.press("Ambil barang", chat=group)
    assert "Ambil barang" in joko.text
    assert await letters(office) == []  # nothing to the customer before he agreed
    await office.travel(to="11:45")  # news do not interrupt the best hours
    assert "Tanpa persetujuan tertulis, barang tidak diambil" in rina.with_text("Tugas lain").text
    await rina.press("Buka tugas", on=rina.with_text("Tugas lain"))
    await rina.press("Selesai")
    await rina.send_photo()

    assert await letters(office) == ["customer/goods_agreed"]
    await rina.say("/tugas")
    await rina.press("Tugas lain (1)")
    await rina.press(next(one for one in rina.labels if "nota retur" in one))
    await rina.press("Selesai")
    await rina.reply("NR-77")

    assert "nota retur NR-77" in dewi.with_text("NR-77").text


async def test_a_small_claim_lists_its_papers_and_invites_the_customer_once_more(office: Office) -> None:
    rina, budi, group, _ = await asked_in_group(office)

    await budi.press("Gugatan sederhana", chat=group)

    assert "Keputusan Budi: Gugatan sederhana" in group.text
    assert await letters(office) == []
    async with office.transaction() as db:
        chased = (await db.execute(select(outbox.c.message).where(outbox.c.kind == MessageKind.CHASE))).scalars()
        assert "customer/T09" in list(chased)  # it asks for money: holds and caps apply to it
    assert "Gugatan sederhana" in rina.with_text("Keputusan Budi").text


async def test_what_is_too_large_for_a_small_claim_goes_to_legal_and_later_invoices_go_on(office: Office) -> None:
    sari = await office.manager("Sari")
    rina, budi, group, toko = await asked_in_group(office, amount=500_000_001)
    await office.invoice(toko, "F-002", "2026-11-25", 1_000_000)

    await budi.press("Gugatan sederhana", chat=group)
    assert budi.toast is not None and "Rp500.000.000" in budi.toast
    assert "Mohon keputusan" in group.text
    await budi.press("Serahkan ke legal", chat=group)

    assert "Keputusan Budi: Serahkan ke legal" in group.text
    file = sari.with_text("Siapkan berkas").text
    assert "Ada: daftar faktur" in file
    assert "SP1 sampai SP3 terkirim" in file
    await office.travel(to="2026-11-21 08:30")
    await rina.press("Mulai")  # four days before the other one is due
    assert "F-002" in rina.text and "F-001" not in rina.text


async def late_customers(office: Office) -> tuple[Phone, Phone, Phone, Debtor]:
    """Two of Joko's customers are two days late; one pays before finance has posted. Gives Joko, Rina, Budi."""
    joko, dewi = await office.sales("Joko"), await office.finance("Dewi")
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    late = await office.customer("Toko Maju", collector=rina, sales_id=joko.person_id)
    paid = await office.customer("Toko Lunas", collector=rina, sales_id=joko.person_id)
    other = await office.customer("Toko Lain", collector=rina)
    for number, toko in enumerate((late, paid, other), start=1):
        await office.invoice(toko, f"F-{number}", H2, 5_000_000)
    await office.travel(to="08:15")
    assert joko.from_bot[-1].text.startswith("Selamat datang")  # nobody knows yet who paid yesterday
    await dewi.say("/bayar F-2 lunas")
    await dewi.press("Benar")
    await dewi.press("Mutasi s.d. kemarin sudah diposting")
    await office.travel(to="08:45")
    return joko, rina, budi, late


async def test_sales_hear_before_the_managers_and_say_what_came_of_it(office: Office) -> None:
    lina = await office.sales("Lina")
    joko, rina, budi, late = await late_customers(office)

    assert "1 pelanggan Anda lewat jatuh tempo" in joko.text
    assert joko.labels == ["Toko Maju"]
    assert lina.from_bot[-1].text.startswith("Selamat datang")
    opens = joko.button("Toko Maju").data or ""
    await joko.press("Toko Maju")
    assert "F-1 · Rp5.000.000 (+2 hari)" in joko.text
    assert late.phone not in joko.text
    await joko.press("Sudah dibicarakan")
    await joko.reply("Uangnya Jumat, telepon 081200001234")

    for reader in (rina, budi):
        assert "Uangnya Jumat" in reader.with_text("sudah dibicarakan oleh Joko").text
    assert "Sudah dibicarakan 18 Nov" in joko.with_text("F-1").text
    await lina.press_data(opens, on=lina.last)  # not his customer
    assert lina.toast
    await office.travel(to="2026-11-20 09:00")
    assert sum("lewat jatuh tempo" in one.text for one in joko.from_bot) == 1  # said once an invoice
    question = budi.with_text("Toko Maju · Rina")
    assert "Kata sales (Joko), 18 Nov: Uangnya Jumat" in question.text
    assert "0812" not in question.text


async def test_only_the_customers_own_sales_person_is_asked_to_help(office: Office) -> None:
    joko, lina = await office.sales("Joko"), await office.sales("Lina")
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    toko = await office.customer("Toko Maju", collector=rina, sales_id=joko.person_id)
    await office.invoice(toko, "F-001", H4, 5_000_000)
    await office.morning()

    await budi.press("Libatkan sales")
    assert "Sudah dibicarakan" in joko.labels
    await budi.press("Tahan kiriman")
    assert "Tahan kiriman" in joko.text
    assert lina.from_bot[-1].text.startswith("Selamat datang")
    await joko.press("Sudah dibicarakan", on=joko.with_text("F-001"))
    await joko.reply("Barang sebagian rusak")

    assert "Kata sales (Joko), 18 Nov: Barang sebagian rusak" in budi.with_text("Keputusan Budi").text


async def test_who_took_it_and_left_holds_nothing_back(office: Office) -> None:
    rina, budi, sari = await office.collector("Rina"), await office.manager("Budi"), await office.manager("Sari")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", H4, 5_000_000)
    await office.morning()
    await sari.press("Ambil alih")
    before = sari.text
    assert "Ditangani Sari" in budi.text

    async with office.transaction() as db:
        await people.revoke(db, sari.person_id or 0)
    await office.travel(hours=0.5)
    assert "Mohon keputusan" in budi.text
    await budi.press("Hentikan")

    assert "Keputusan Budi: Hentikan" in budi.text
    assert sari.text == before  # who is gone reads nothing new


async def test_a_small_payer_is_reminded_of_in_the_list_only(office: Office) -> None:
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    kecil = await office.customer("Warung Kecil", collector=rina)
    await office.invoice(kecil, "F-9", H4, 400_000)
    await office.morning()
    budi.seen()

    await office.travel(to="2026-11-19 12:00")

    assert [one.text.splitlines()[0] for one in budi.news] == ["Menunggu keputusan: 1 pelanggan"]
    assert not any("Belum ada keputusan" in one.text for one in budi.news)
    opened = next(one for one in budi.labels if "Warung Kecil" in one)
    await budi.press(opened)
    await budi.press("Hentikan")
    await office.travel(hours=0.5)
    assert "Semua sudah diputuskan" in budi.with_text("Menunggu keputusan").text


async def test_a_group_that_puts_the_bot_out_leaves_no_question_behind(office: Office) -> None:
    _, budi, group, _ = await asked_in_group(office)
    budi.seen()

    await group.kick_bot(budi)

    assert "Menunggu keputusan: 1 pelanggan" in budi.text
    await budi.press(next(one for one in budi.labels if "Toko Maju" in one))
    await budi.press("Hentikan")
    assert "Keputusan Budi: Hentikan" in budi.text
