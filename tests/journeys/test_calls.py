"""Journeys of the outcomes that need at most one more tap, and of taking them back (section 3)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.chat import Debtor, Office, Phone


async def at_first_card(
    office: Office, *, due_on: str = "2026-11-17", cards: int = 1, **customer: Any
) -> tuple[Phone, Debtor]:
    """Rina stands before the card of Toko Maju, on Wednesday at nine; smaller cards follow."""
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina, **customer)
    await office.invoice(toko, "F-001", due_on, 1_000_000)
    for number in range(2, cards + 1):
        smaller = await office.customer(f"Toko {number}", collector=rina)
        await office.invoice(smaller, f"F-00{number}", due_on, 500_000)
    await office.travel(to="09:00")
    await rina.say("/tugas")
    await rina.press("Mulai")
    return rina, toko


async def test_a_card_says_who_how_much_and_what_to_do(office: Office) -> None:
    rina, _ = await at_first_card(office)

    assert "1/1 · Toko Maju" in rina.text
    assert "F-001 · Rp1.000.000 · 17 Nov (+1 hari)" in rina.text
    assert "+62812000" in rina.text
    assert "Naskah telepon" in rina.text
    starred = ["Janji bayar", "Sudah bayar", "Bayar sebagian", "Tidak diangkat", "Telepon lagi", "Belum jelas"]
    starred += ["Minta waktu", "Cicilan", "Sanggah", "Menolak", "Salah nomor", "Eskalasi"]
    assert [one for one in rina.labels if one in starred] == starred
    assert rina.labels[-3:] == ["Lainnya", "Riwayat", "Lewati"]


async def test_a_call_nobody_answered_comes_back_once_after_three_hours(office: Office) -> None:
    rina, _ = await at_first_card(office)

    await rina.press("Tidak diangkat")
    await rina.press("Sibuk")

    assert rina.toast == "Tercatat, kartu kembali pukul 12.00"
    assert "Kembali nanti: 1" in rina.text

    await office.travel(to="12:01")
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Tidak diangkat")
    await rina.press("Tidak aktif")

    assert rina.toast == "Tercatat"
    await office.travel(to="17:30")
    await rina.say("/tugas")
    assert "Mulai" not in rina.labels or "Toko Maju" not in rina.text


@pytest.mark.parametrize(("label", "back"), [("1 jam lagi", "10.00"), ("Sore ini", "15.00")])
async def test_call_later_returns_at_the_chosen_time(office: Office, label: str, back: str) -> None:
    rina, _ = await at_first_card(office)

    await rina.press("Telepon lagi")
    await rina.press(label)

    assert rina.toast == f"Tercatat, kartu kembali pukul {back}"


async def test_call_later_does_not_offer_an_afternoon_that_has_passed(office: Office) -> None:
    rina, _ = await at_first_card(office)
    await office.travel(to="16:30")

    await rina.press("Telepon lagi")

    assert rina.labels == ["Besok pagi", "Kembali"]


async def test_unclear_on_the_due_date_goes_to_the_managers_the_same_day(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, _ = await at_first_card(office, due_on="2026-11-18")
    budi.seen()

    await rina.press("Belum jelas")
    assert budi.news == []  # a tap's messages wait, so that it can be undone
    await office.travel(hours=0.05)

    assert "Toko Maju" in budi.news[-1].text
    assert "16.00" in budi.news[-1].text


async def test_unclear_before_the_due_date_is_only_noted(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, _ = await at_first_card(office, due_on="2026-11-21")
    budi.seen()

    await rina.press("Belum jelas")
    await office.travel(hours=1)

    assert budi.news == []


async def test_who_refuses_is_left_alone_and_the_collector_told_to_stay_calm(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, _ = await at_first_card(office)
    budi.seen()

    await rina.press("Menolak")
    await office.travel(hours=0.05)

    assert rina.toast is not None and "tenang" in rina.toast
    assert "Toko Maju" in budi.news[-1].text


async def test_an_obstacle_reaches_the_managers_in_the_collectors_words(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, _ = await at_first_card(office)

    await rina.press("Eskalasi")
    await rina.reply("Gudang menahan retur, pelanggan menunggu")
    await office.travel(hours=0.05)

    assert "Gudang menahan retur" in budi.last.text


async def test_a_note_stays_with_the_card_which_stays_open(office: Office) -> None:
    rina, _ = await at_first_card(office)

    await rina.press("Lainnya")
    await rina.press("Catatan")
    await rina.reply("Minta ditelepon setelah jam 2")

    assert rina.with_text("Catatan tersimpan").labels == []
    assert "Janji bayar" in rina.labels


async def test_a_wrong_number_is_disabled_and_a_new_one_is_asked_for(office: Office) -> None:
    rina, toko = await at_first_card(office, cards=2)

    await rina.press("Salah nomor")
    assert "Toko 2" in rina.text
    await rina.press("Sudah bayar")  # then it is there again: the number must be found

    assert "Belum ada nomor yang benar" in rina.text
    assert toko.phone not in rina.text
    assert "Catat nomor baru" in rina.labels
    await rina.press("Catat nomor baru")
    await rina.reply("bukan nomor")
    assert "tidak terbaca" in rina.text
    await rina.reply("0812 0000 7777", to=next(one for one in reversed(rina.from_bot) if one.force_reply))
    assert "+6281200007777" in rina.text


async def test_consent_is_recorded_and_stop_ends_it_for_good(office: Office) -> None:
    rina, _ = await at_first_card(office, consent=None)

    await rina.press("Lainnya")
    await rina.press("Catat persetujuan WA")
    assert rina.toast == "Tercatat"
    await rina.press("Lainnya")
    await rina.press("Minta stop WA")
    await rina.press("Lainnya")
    await rina.press("Catat persetujuan WA")

    assert rina.toast is not None and "Hanya pelanggan sendiri" in rina.toast


async def test_the_same_outcome_pressed_twice_counts_once(office: Office) -> None:
    rina, _ = await at_first_card(office)
    button = rina.button("Menolak")
    message = rina.last

    async with office.at_once():
        await rina.press_data(button.data or "", on=message)
        await rina.press_data(button.data or "", on=message)

    assert rina.toast is not None and "sudah dicatat" in rina.toast


async def test_another_collectors_card_cannot_be_pressed(office: Office) -> None:
    rina, _ = await at_first_card(office)
    dewi = await office.collector("Dewi")
    data = rina.button("Menolak").data or ""

    await dewi.say("/tugas")
    await dewi.press_data(data)

    assert dewi.toast is not None
    await rina.press("Menolak")
    assert rina.toast is not None and "tenang" in rina.toast


async def test_undo_takes_back_the_outcome_and_its_messages(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, _ = await at_first_card(office, cards=2)
    budi.seen()

    await rina.press("Menolak")
    assert "Toko 2" in rina.text
    await rina.press("Batalkan")

    assert "Toko Maju" in rina.text and "Menolak" in rina.labels
    await office.travel(hours=1)
    assert budi.news == []


async def test_undo_pressed_twice_undoes_once(office: Office) -> None:
    rina, _ = await at_first_card(office, cards=2)
    await rina.press("Menolak")
    undo, message = rina.button("Batalkan").data or "", rina.last

    async with office.at_once():
        await rina.press_data(undo, on=message)
        await rina.press_data(undo, on=message)

    assert rina.toast is not None and "sebelumnya" in rina.toast


async def test_after_ten_minutes_a_correction_is_offered_instead(office: Office) -> None:
    rina, _ = await at_first_card(office, cards=2)
    await rina.press("Menolak")
    await office.travel(hours=0.2)

    await rina.press("Batalkan")
    assert rina.labels == ["Koreksi", "Kartu berikutnya"]
    await rina.press("Koreksi")

    assert "Toko Maju" in rina.text and "Janji bayar" in rina.labels
