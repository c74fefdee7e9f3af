"""Journeys of the managers: asked once a payer, the first decides, collector and customer hear (section 5)."""

from __future__ import annotations

import pytest

from storage import holds, outbox_screens
from tests.journeys.chat import Debtor, Group, Office, Phone

H4 = "2026-11-13"  # a Friday: Sat, Mon, Tue, Wed are the open days after it


async def asked_in_group(office: Office) -> tuple[Phone, Phone, Phone, Group, Debtor]:
    """Rina's customer is at H+4; Budi and Sari are asked in their group on Wednesday at eight."""
    rina = await office.collector("Rina")
    budi, sari = await office.manager("Budi"), await office.manager("Sari")
    group = await office.group(budi, sari, rina)
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", H4, 5_000_000)
    await office.morning()
    return rina, budi, sari, group, toko


async def letters(office: Office) -> list[str]:
    """The names of the customers' messages that wait or have left."""
    async with office.transaction() as db:
        return await outbox_screens.customer_messages(db)


async def test_a_question_shows_the_case_and_nobodys_number(office: Office) -> None:
    *_, group, toko = await asked_in_group(office)

    assert "Toko Maju" in group.text
    assert "F-001 · Rp5.000.000 · 13 Nov (+5 hari)" in group.text
    assert "Mohon keputusan paling lambat" in group.text
    assert toko.phone not in group.text
    assert group.labels == [
        "Ambil alih",
        "Beri waktu",
        "Kunjungan",
        "Surat peringatan",
        "Tahan kiriman",
        "Kembalikan",
        "Libatkan sales",
        "Ambil barang",
        "Gugatan sederhana",
        "Serahkan ke legal",
        "Hentikan",
    ]


async def test_the_first_manager_decides_and_the_second_is_told_who(office: Office) -> None:
    rina, budi, sari, group, _ = await asked_in_group(office)
    rina.seen()
    asked = group.last
    stale = group.button("Hentikan").data or ""

    await budi.press("Surat peringatan", chat=group)
    await sari.press_data(stale, on=asked, chat=group)

    assert "Keputusan Budi: Surat peringatan" in group.text
    assert sari.toast is not None and "Budi" in sari.toast and "Surat peringatan" in sari.toast
    assert len(group.from_bot) == 1  # one message, edited as it lives
    assert "Surat peringatan" in rina.with_text("Keputusan Budi").text
    assert await letters(office) == ["customer/T07"]


async def test_pressed_at_the_same_instant_one_decision_counts(office: Office) -> None:
    rina, budi, sari, group, _ = await asked_in_group(office)
    rina.seen()

    async with office.at_once():
        await budi.press("Hentikan", chat=group)
        await sari.press("Surat peringatan", chat=group)

    decided = [one for one in ("Budi", "Sari") if f"Keputusan {one}" in group.text]
    assert len(decided) == 1
    assert len([one for one in rina.news if "Keputusan" in one.text]) == 1


async def test_who_takes_it_over_keeps_it_until_the_deadline(office: Office) -> None:
    _, budi, sari, group, _ = await asked_in_group(office)

    await budi.press("Ambil alih", chat=group)
    assert "Ditangani Budi" in group.text
    await sari.press("Hentikan", chat=group)

    assert sari.toast is not None and "Budi" in sari.toast
    await budi.press("Hentikan", chat=group)
    assert "Keputusan Budi: Hentikan" in group.text


async def test_time_until_a_day_lets_the_customer_rest(office: Office) -> None:
    rina, budi, _, group, toko = await asked_in_group(office)
    rina.seen()

    await budi.press("Beri waktu", chat=group)
    assert "Sampai tanggal berapa?" in group.text
    day = next(one for one in group.labels if one != "Kembali")
    await budi.press(day, chat=group)

    assert "Keputusan Budi: Beri waktu, Kamis, 19 November 2026" in group.text
    assert "Kamis, 19 November 2026" in rina.with_text("Keputusan Budi").text
    assert await letters(office) == ["customer/T17"]
    async with office.transaction() as db:
        assert [one.kind.value for one in await holds.active(db, toko.payer_id)] == ["extension"]


async def test_back_from_the_choice_of_days_brings_the_question_again(office: Office) -> None:
    _, budi, _, group, _ = await asked_in_group(office)

    await budi.press("Kunjungan", chat=group)
    await budi.press("Kembali", chat=group)

    assert "Hentikan" in group.labels
    assert len(group.from_bot) == 1


async def test_a_forged_day_in_the_past_changes_nothing(office: Office) -> None:
    _, budi, _, group, _ = await asked_in_group(office)
    number = (group.button("Hentikan").data or "").split(":")[1]

    await budi.press_data(f"decon:{number}:grant_time:261101", on=group.last, chat=group)

    assert budi.toast
    assert "Mohon keputusan" in group.text


async def test_a_visit_is_announced_and_stands_on_the_card_of_its_day(office: Office) -> None:
    rina, budi, _, group, _ = await asked_in_group(office)

    await budi.press("Kunjungan", chat=group)
    await budi.press(group.labels[0], chat=group)

    assert "Kunjungan, Kamis, 19 November 2026" in group.text
    assert await letters(office) == ["customer/T20"]
    await office.travel(to="2026-11-19 09:00")
    await rina.say("/tugas")
    await rina.press("Mulai")
    assert "Toko Maju" in rina.text


async def test_returned_with_an_instruction_the_card_opens_again(office: Office) -> None:
    rina, budi, sari, group, _ = await asked_in_group(office)
    rina.seen()

    await budi.press("Kembalikan", chat=group)
    assert group.last.force_reply
    await sari.reply("bukan saya yang ditanya", chat=group)
    assert "Dikembalikan" not in group.from_bot[0].text
    await budi.reply("Hubungi pemiliknya, 0812 0000 7777, minta tanggal", chat=group)

    assert "Dikembalikan Budi: Hubungi pemiliknya" in group.from_bot[0].text
    assert "0812" not in group.from_bot[0].text  # no number in a group, whoever typed it
    told = rina.with_text("Hubungi pemiliknya")
    await rina.press("Buka tugas", on=told)
    card = rina.with_text("Dikembalikan manajemen")
    assert "Janji bayar" in card.labels


async def test_what_was_returned_and_not_done_is_asked_again(office: Office) -> None:
    _, budi, _, group, _ = await asked_in_group(office)
    await budi.press("Kembalikan", chat=group)
    await budi.reply("Minta tanggal pasti", chat=group)
    group.seen()

    await office.travel(to="2026-11-19 12:00")

    assert any("Mohon keputusan" in one.text and "Toko Maju" in one.text for one in group.news)


async def test_nobody_answers_who_could_is_named_and_then_the_next_level_hears(office: Office) -> None:
    tini = await office.admin("Tini")
    _, _, _, group, _ = await asked_in_group(office)
    group.seen()
    tini.seen()

    await office.travel(to="2026-11-19 09:00")
    reminded = [one for one in group.news if "Belum ada keputusan" in one.text]
    assert len(reminded) == 1
    assert "Budi" in reminded[0].text and "Sari" in reminded[0].text

    await office.travel(to="2026-11-20 09:00")
    assert any("tingkat 2" in one.text for one in tini.news)
    assert "tingkat 2" in group.from_bot[0].text


async def test_paid_meanwhile_the_question_is_closed_without_buttons(office: Office) -> None:
    dewi = await office.finance("Dewi")
    _, budi, _, group, _ = await asked_in_group(office)
    stale = group.button("Hentikan").data or ""

    await dewi.say("/bayar F-001 lunas")
    await dewi.press("Benar")

    assert "LUNAS" in group.text
    assert group.labels == []
    await budi.press_data(stale, on=group.last, chat=group)
    assert budi.toast is not None and "tidak perlu keputusan" in budi.toast


async def test_a_held_delivery_is_proposed_for_release_when_paid(office: Office) -> None:
    dewi, joko = await office.finance("Dewi"), await office.sales("Joko")
    _, budi, _, group, _ = await asked_in_group(office)

    await budi.press("Tahan kiriman", chat=group)
    assert "Tahan kiriman" in joko.text
    assert "Kiriman sedang ditahan" in group.text
    await dewi.say("/bayar F-001 lunas")
    await dewi.press("Benar")
    assert group.labels == ["Buka kiriman"] or "Buka kiriman" in group.labels
    await budi.press("Buka kiriman", chat=group)

    assert "Buka kiriman" in joko.text
    assert "Kiriman sedang ditahan" not in group.text


async def test_goods_are_held_once_and_the_question_is_still_to_be_answered(office: Office) -> None:
    joko = await office.sales("Joko")
    _, budi, _, group, _ = await asked_in_group(office)
    held = group.button("Tahan kiriman").data or ""
    joko.seen()

    await budi.press("Tahan kiriman", chat=group)
    await budi.press_data(held, on=group.last, chat=group)

    assert "Mohon keputusan paling lambat" in group.text
    assert "Kunjungan" in group.labels
    assert "Tahan kiriman" not in group.labels
    assert len(joko.news) == 1
    await budi.press("Ambil alih", chat=group)
    assert "Ditangani Budi" in group.text
    assert "Buka kiriman" in group.labels


async def test_sales_are_involved_once_however_often_it_is_pressed(office: Office) -> None:
    rina, budi, _, group, _ = await asked_in_group(office)
    await budi.press("Surat peringatan", chat=group)
    involve = group.button("Libatkan sales").data or ""
    rina.seen()

    await budi.press("Libatkan sales", chat=group)
    await budi.press_data(involve, on=group.last, chat=group)

    assert sum("Libatkan sales" in one.text for one in rina.news) == 1


async def test_legal_takes_it_and_nobody_calls_any_more(office: Office) -> None:
    rina, budi, _, group, _ = await asked_in_group(office)

    await budi.press("Serahkan ke legal", chat=group)
    await office.travel(to="2026-11-30 10:00")
    rina.seen()
    await rina.say("/tugas")

    assert "Mulai" not in rina.labels


async def test_a_collector_and_a_stranger_cannot_decide(office: Office) -> None:
    rina, _, _, group, _ = await asked_in_group(office)
    stranger = await office.stranger("Orang")

    await rina.press("Hentikan", chat=group)
    assert rina.toast
    await stranger.press_data(group.button("Hentikan").data or "", on=group.last, chat=group)

    assert stranger.toast
    assert "Mohon keputusan" in group.text


async def test_without_a_group_every_manager_is_asked_and_sees_who_decided(office: Office) -> None:
    rina = await office.collector("Rina")
    budi, sari = await office.manager("Budi"), await office.manager("Sari")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", H4, 5_000_000)
    await office.morning()

    await budi.press("Hentikan")

    assert "Keputusan Budi: Hentikan" in budi.with_text("Toko Maju").text
    assert "Keputusan Budi: Hentikan" in sari.with_text("Toko Maju").text


async def test_many_at_once_are_one_list_with_a_button_each(office: Office) -> None:
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    group = await office.group(budi)
    for number in range(7):
        toko = await office.customer(f"Toko {number}", collector=rina)
        await office.invoice(toko, f"F-{number}", "2026-10-01", 5_000_000 + number)
    await office.morning()

    assert len(group.from_bot) == 1
    assert "7 pelanggan" in group.text
    assert len(group.labels) == 7
    await budi.press(next(one for one in group.labels if "Toko 3" in one), chat=group)
    assert "Toko 3" in group.text
    assert "Hentikan" in group.labels
    await budi.press("Hentikan", chat=group)
    assert "Keputusan Budi" in group.text


async def test_small_payers_stand_only_in_the_daily_list(office: Office) -> None:
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    group = await office.group(budi)
    kecil = await office.customer("Warung Kecil", collector=rina)
    await office.invoice(kecil, "F-9", H4, 400_000)
    await office.morning()

    assert len(group.from_bot) == 1
    assert "Menunggu keputusan: 1 pelanggan" in group.text
    assert any("Warung Kecil" in one for one in group.labels)


async def test_an_undone_escalation_never_reaches_the_managers(office: Office) -> None:
    budi, rina = await office.manager("Budi"), await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-17", 1_000_000)
    lain = await office.customer("Toko Lain", collector=rina)
    await office.invoice(lain, "F-002", "2026-11-17", 1_000_000)
    await office.morning()
    budi.seen()
    await rina.say("/tugas")
    await rina.press("Mulai")

    await rina.press("Menolak")
    await rina.press("Batalkan")
    await office.travel(hours=1)

    assert [one for one in budi.news if "Menolak" in one.text] == []


@pytest.mark.parametrize(("answer", "state"), [("Setujui", "Setujui"), ("Tolak", "Tolak")])
async def test_a_promise_beyond_authority_is_answered(office: Office, answer: str, state: str) -> None:
    rina, budi, _ = await a_late_promise(office)

    await budi.press(answer)

    assert f"Keputusan Budi: {state}" in budi.with_text("Permintaan").text
    assert state in rina.with_text("Keputusan Budi").text
    assert await letters(office) == (["customer/T12"] if answer == "Setujui" else ["customer/T18"])


async def test_a_promise_is_changed_to_another_day(office: Office) -> None:
    rina, budi, _ = await a_late_promise(office)

    await budi.press("Ubah")
    await budi.press(budi.labels[0])

    assert "Keputusan Budi: Ubah, Kamis, 19 November 2026" in budi.with_text("Permintaan").text
    assert "Kamis, 19 November 2026" in rina.with_text("Keputusan Budi").text


async def a_late_promise(office: Office) -> tuple[Phone, Phone, Debtor]:
    """A promise on a day beyond what Rina may grant, waiting for Budi."""
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-17", 5_000_000)
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Janji bayar")
    await rina.reply("17 Desember 2026", to=rina.last)
    await rina.press("Dana belum ada")
    await office.travel(hours=0.1)
    return rina, budi, toko


async def test_an_absent_collectors_day_goes_to_another(office: Office) -> None:
    rina, dewi, budi = await office.collector("Rina"), await office.collector("Dewi"), await office.manager("Budi")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-17", 1_000_000)
    await office.travel(to="10:01")

    await budi.press("Alihkan hari ini")
    await budi.press("Dewi")

    assert "Keputusan Budi: Alihkan hari ini" in budi.text
    assert "menggantikan Rina: 1 tugas" in dewi.with_text("menggantikan").text
    await dewi.press("Mulai", on=dewi.with_text("menggantikan"))
    assert "F-001" in dewi.with_text("1/1 · Toko Maju").text
    await office.travel(to="11:45")  # the absent one is not interrupted in the best hours
    assert "Dewi" in rina.text


async def test_many_nobody_answered_are_reminded_of_as_one_list(office: Office) -> None:
    rina, budi, tini = await office.collector("Rina"), await office.manager("Budi"), await office.admin("Tini")
    group = await office.group(budi)
    for number in range(7):
        toko = await office.customer(f"Toko {number}", collector=rina)
        await office.invoice(toko, f"F-{number}", "2026-10-01", 5_000_000)
    await office.morning()
    group.seen()
    tini.seen()

    await office.travel(to="2026-11-19 12:00")
    assert len(group.news) == 1
    assert "7 pelanggan" in group.text
    await office.travel(to="2026-11-20 12:00")

    assert len([one for one in tini.news if "7 pelanggan" in one.text]) == 1


async def test_small_requests_are_approved_together_and_large_ones_are_not(office: Office) -> None:
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    for number in range(7):
        toko = await office.customer(f"Toko {number}", collector=rina)
        await office.invoice(toko, f"F-{number}", "2026-11-17", 20_000_000 if number == 6 else 5_000_000)
    await office.morning()
    for _ in range(7):
        await rina.say("/tugas")
        await rina.press("Mulai")
        await rina.press("Janji bayar")
        await rina.reply("17 Desember 2026", to=rina.last)
        await rina.press("Dana belum ada")
    await office.travel(hours=0.1)

    label = "Setujui semua <= Rp10 jt"
    await budi.press(label)

    assert budi.toast == "6 permintaan disetujui"
    assert "1 pelanggan" in budi.with_text("Menunggu keputusan").text
    assert label not in budi.with_text("Menunggu keputusan").labels
    assert await letters(office) == ["customer/T12"] * 6
