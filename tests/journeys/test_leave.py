"""Journeys of leave: typed, covered, the customer's message to the cover, and all of it back again (3)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.journeys.chat import Office, Phone


async def test_leave_is_said_back_covered_and_comes_back_with_a_summary(
    open_office: Callable[..., Awaitable[Office]],
) -> None:
    office = await open_office(whatsapp="twilio")
    rina, dewi, budi = await office.collector("Rina"), await office.collector("Dewi"), await office.manager("Budi")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-19", 1_000_000)

    await _writes_down(rina)
    assert "menggantikan Rina, Kamis, 19 November 2026" in dewi.text
    assert "Rina cuti Kamis, 19 November 2026" in budi.text

    await office.travel(to="2026-11-19 08:30")
    assert "Mulai hari ini Anda menggantikan Rina" in dewi.with_text("Mulai hari ini").text
    assert not [one for one in rina.news if "Tugas Kamis" in one.text]
    await office.customer_phone(toko).say("Selamat pagi, mohon dikirim ulang fakturnya")
    assert "mohon dikirim ulang" in dewi.with_text("mohon dikirim ulang").text
    assert not [one for one in rina.messages if "dikirim ulang" in one.text]
    await _works(dewi)

    await _comes_back(rina)
    assert "Rina sudah kembali" in dewi.text
    await dewi.say("/janji")
    assert "Toko Maju" not in dewi.text
    await dewi.say("/cari Toko Maju")
    assert "F-001" not in dewi.text


async def _writes_down(rina: Phone) -> None:
    await rina.say("/cuti 19-20 Nov")
    assert "Kamis, 19 November 2026 sampai dengan Jumat, 20 November 2026" in rina.text
    assert "2 hari kerja" in rina.text
    await rina.press("Ubah")
    await rina.reply("besok sampai 20 Nov")
    await rina.press("Benar")
    assert rina.labels == ["Dewi", "Pool"]
    await rina.press("Dewi")
    assert "Digantikan Dewi" in rina.text


async def _works(dewi: Phone) -> None:
    """The cover takes a promise, and it is hers to follow."""
    await dewi.say("/tugas")
    await dewi.press("Mulai")
    assert "Toko Maju" in dewi.text
    await dewi.press("Janji bayar")
    await dewi.press("Besok")
    await dewi.press("Dana belum ada")
    await dewi.say("/janji")
    assert "Toko Maju" in dewi.text
    await dewi.say("/cari Toko Maju")
    assert "F-001" in dewi.text


async def _comes_back(rina: Phone) -> None:
    await rina.say("/cuti")
    assert "sedang berjalan" in rina.text
    await rina.press("Sudah kembali")
    assert "Rina sudah kembali" in rina.with_text("sudah kembali").text
    welcome = rina.with_text("Selamat datang kembali").text
    assert "1 janji bayar baru, Rp1.000.000" in welcome
    assert "1 pesan pelanggan" in welcome
    await rina.say("/janji")
    assert "Toko Maju" in rina.text


async def test_leave_that_cannot_be_is_refused_with_a_sentence(office: Office) -> None:
    rina, _ = await office.collector("Rina"), await office.collector("Dewi")

    await rina.say("/cuti minggu depan")
    assert "belum terbaca" in rina.text
    await rina.reply("1 Desember 2026 - 30 Juni 2027")
    assert "terlalu lama; paling lama 92 hari" in rina.text
    await rina.say("/cuti 17 Nov 2026")
    assert "belum terbaca" in rina.text  # over already: no certain date
    await rina.say("/cuti Dewi besok")
    assert "belum terbaca" in rina.text  # nobody writes down another's leave


async def test_leave_written_down_by_a_manager_binds_and_may_be_cancelled(office: Office) -> None:
    rina, dewi = await office.collector("Rina"), await office.collector("Dewi")
    budi = await office.manager("Budi")
    group = await office.group(budi)

    await budi.say("/cuti Rina 23-24 Nov")
    await budi.press("Benar")
    await budi.press("Pool")
    assert "Tugasnya masuk pool" in budi.text
    assert "Tugas Anda masuk pool" in rina.text
    await rina.say("/cuti 24-26 Nov")
    assert "Sudah ada cuti Senin, 23 November 2026" in rina.text

    await dewi.say("/cuti 24 Nov")
    await dewi.press("Benar")
    assert dewi.labels == ["Pool"]  # Rina is away herself on that day
    await budi.say("/cuti", chat=group)
    assert "chat pribadi" in group.text

    await budi.say("/cuti")
    await budi.press("Batalkan cuti Rina")
    assert "dibatalkan" in budi.text
    assert "dibatalkan" in rina.text
    await budi.press_data(f"lvend:{1}")
    assert "dibatalkan" in (budi.toast or budi.text)


async def test_a_sick_collectors_later_work_follows_the_cover_of_the_day(
    open_office: Callable[..., Awaitable[Office]],
) -> None:
    office = await open_office(whatsapp="twilio")
    rina, dewi, budi = await office.collector("Rina"), await office.collector("Dewi"), await office.manager("Budi")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-17", 1_000_000)
    await office.travel(to="10:01")

    await budi.press("Alihkan hari ini")
    await budi.press("Dewi")
    assert "menggantikan Rina: 1 tugas" in dewi.with_text("menggantikan").text
    await office.customer_phone(toko).say("Saya transfer sore ini ya")
    assert "transfer sore ini" in dewi.with_text("transfer sore ini").text
    stale = rina.with_text("Tugas Rabu")
    await rina.press("Mulai", on=stale)
    assert "Toko Maju" not in rina.text

    await office.travel(to="2026-11-19 08:05")
    assert "Selamat datang kembali" in rina.with_text("Selamat datang").text
    rina.seen()
    await office.customer_phone(toko).say("Maaf, besok")
    assert "Maaf, besok" in rina.text
