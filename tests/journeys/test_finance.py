"""Journeys of finance: claims answered, the statement posted, and nobody chased who has paid (sections 2.6, 6, 8)."""

from __future__ import annotations

from storage import outbox_screens
from tests.journeys.chat import Debtor, Office, Phone


async def claimed(office: Office) -> tuple[Phone, Phone, Debtor]:
    """Toko Maju says he has paid; Dewi of finance is asked."""
    rina, dewi = await office.collector("Rina"), await office.finance("Dewi")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-17", 1_000_000)
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Sudah bayar")
    if "Simpan" in rina.labels:
        await rina.press("Simpan")
    await office.travel(hours=0.1)
    rina.seen()
    return rina, dewi, toko


async def letters(office: Office) -> list[str]:
    async with office.transaction() as db:
        return await outbox_screens.customer_messages(db)


async def test_finance_sees_who_says_he_has_paid_what(office: Office) -> None:
    _, dewi, toko = await claimed(office)

    asked = dewi.with_text("Klaim sudah bayar")
    assert "Toko Maju · Rp1.000.000" in asked.text
    assert "F-001" in asked.text
    assert "oleh Rina" in asked.text
    assert toko.phone not in asked.text
    assert asked.labels == ["Sudah masuk", "Belum masuk", "Masuk rekening lain"]


async def test_money_that_came_is_posted_once_and_thanked_for_once(office: Office) -> None:
    rina, dewi, _ = await claimed(office)
    asked = dewi.with_text("Klaim sudah bayar")
    button = dewi.button("Sudah masuk").data or ""

    async with office.at_once():
        await dewi.press_data(button, on=asked)
        await dewi.press_data(button, on=asked)

    assert "Sudah masuk" in dewi.with_text("Klaim sudah bayar").text
    assert dewi.with_text("Klaim sudah bayar").labels == []
    assert (await letters(office)).count("customer/T10") == 1
    await office.travel(to="11:31")  # her calls are not disturbed by what is not urgent
    assert len([one for one in rina.news if "LUNAS" in one.text and "membayar" in one.text]) == 1


async def test_money_that_did_not_come_ends_the_rest_politely(office: Office) -> None:
    rina, dewi, _ = await claimed(office)

    await dewi.press("Belum masuk")

    assert "Belum masuk" in dewi.with_text("Klaim sudah bayar").text
    told = rina.with_text("belum ditemukan")
    assert (await letters(office))[-1] == "customer/T24"
    await rina.press("Buka tugas", on=told)
    assert "Klaim bayar belum ditemukan" in rina.text
    assert "Janji bayar" in rina.labels


async def test_found_after_all_it_is_still_posted(office: Office) -> None:
    _, dewi, _ = await claimed(office)

    await dewi.press("Belum masuk")
    assert dewi.with_text("Klaim sudah bayar").labels == ["Sudah masuk"]
    await dewi.press("Sudah masuk")

    assert "diposting" in dewi.with_text("Klaim sudah bayar").text
    assert (await letters(office)).count("customer/T10") == 1


async def test_another_account_is_told_the_managers_in_private_never_the_group(office: Office) -> None:
    budi = await office.manager("Budi")
    group = await office.group(budi)
    _, dewi, _ = await claimed(office)
    group.seen()

    await dewi.press("Masuk rekening lain")

    assert "Masuk rekening lain" in budi.text
    assert group.news == []
    assert dewi.with_text("Klaim sudah bayar").labels == ["Sudah masuk", "Belum masuk"]
    budi.seen()
    await office.travel(to="2026-11-20 09:00")  # the hold never ends by itself, and he hears of it daily
    assert [one.text for one in group.news if "Klaim bayar" in one.text or "rekening" in one.text] == []
    assert len([one for one in budi.news if "Masuk rekening lain" in one.text]) == 1
    await office.travel(to="2026-11-21 09:00")
    assert len([one for one in budi.news if "Masuk rekening lain" in one.text]) == 2


async def test_only_finance_answers_where_there_is_finance(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, dewi, _ = await claimed(office)
    button = dewi.button("Sudah masuk").data or ""

    await rina.press_data(button)
    assert rina.toast
    await budi.say("/bantuan")
    await budi.press_data(button)

    assert budi.toast is not None and "finance" in budi.toast
    assert dewi.with_text("Klaim sudah bayar").labels != []


async def test_without_finance_a_manager_answers(office: Office) -> None:
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-17", 1_000_000)
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Sudah bayar")
    if "Simpan" in rina.labels:
        await rina.press("Simpan")
    await office.travel(hours=0.1)

    await budi.press("Sudah masuk")

    assert "diposting" in budi.with_text("Klaim sudah bayar").text


async def test_after_two_working_days_the_managers_hear_of_it_daily(office: Office) -> None:
    budi = await office.manager("Budi")
    await claimed(office)
    budi.seen()

    await office.travel(to="2026-11-19 17:00")
    assert [one for one in budi.news if "belum dijawab finance" in one.text] == []
    await office.travel(to="2026-11-20 09:00")
    assert len([one for one in budi.news if "Klaim bayar belum dijawab finance" in one.text]) == 1
    budi.seen()
    await office.travel(to="2026-11-21 08:45")
    assert [one for one in budi.news if "Klaim bayar belum dijawab finance" in one.text]


async def test_a_claim_answered_at_last_ends_the_managers_question(office: Office) -> None:
    budi = await office.manager("Budi")
    _, dewi, _ = await claimed(office)
    await office.travel(to="2026-11-20 09:00")

    await dewi.press("Sudah masuk")

    assert budi.with_text("Klaim bayar belum dijawab finance").labels == []


async def test_the_morning_button_is_pressed_once_a_day(office: Office) -> None:
    dewi = await office.finance("Dewi")
    await office.travel(to="08:05")
    assert dewi.labels == ["Mutasi s.d. kemarin sudah diposting"]
    asked, button = dewi.last, dewi.button("Mutasi s.d. kemarin sudah diposting").data or ""

    await dewi.press("Mutasi s.d. kemarin sudah diposting")
    assert "sudah diposting" in dewi.last.text
    assert dewi.labels == []
    await dewi.press_data(button, on=asked)
    dewi.seen()
    await office.travel(to="10:30")

    assert dewi.news == []  # nobody is reminded of what is done


async def test_not_pressed_by_ten_finance_is_reminded_once(office: Office) -> None:
    dewi = await office.finance("Dewi")
    await office.travel(to="08:05")
    dewi.seen()

    await office.travel(to="12:00")

    assert len(dewi.news) == 1
    assert "belum ditandai" in dewi.text


async def test_yesterdays_button_says_nothing_about_today(office: Office) -> None:
    dewi = await office.finance("Dewi")
    await office.travel(to="08:05")
    asked, button = dewi.last, dewi.button("Mutasi s.d. kemarin sudah diposting").data or ""

    await office.travel(to="2026-11-19 08:05")
    await dewi.press_data(button, on=asked)

    assert dewi.toast is not None and "Rabu, 18 November 2026" in dewi.toast


async def test_on_a_closed_day_nobody_is_asked(office: Office) -> None:
    dewi = await office.finance("Dewi")
    await office.travel(to="2026-11-21 17:00")  # Saturday
    dewi.seen()

    await office.travel(to="2026-11-22 17:00")

    assert dewi.news == []


async def test_from_ten_on_cards_send_the_collector_to_finance_first(office: Office) -> None:
    dewi, rina = await office.finance("Dewi"), await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-16", 1_000_000)  # H+2: a call without a message
    await office.travel(to="08:00")
    await rina.press("Mulai")
    assert "cek dulu ke finance" not in rina.text

    await office.travel(to="10:00")
    await rina.say("/tugas")
    await rina.press("Mulai")
    assert "cek dulu ke finance" in rina.text

    await dewi.press("Mutasi s.d. kemarin sudah diposting")
    await rina.say("/tugas")
    await rina.press("Mulai")
    assert "cek dulu ke finance" not in rina.text


async def test_a_claim_taken_back_loses_its_buttons_at_once(office: Office) -> None:
    dewi, rina = await office.finance("Dewi"), await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-18", 1_000_000)
    await office.travel(to="09:00")
    await rina.press("Mulai")
    await rina.press("Sudah bayar")
    await office.travel(hours=0.1)  # finance has heard of it
    assert "Belum masuk" in dewi.labels
    kept = dewi.button("Belum masuk").data or ""

    await rina.press("Batalkan")

    assert dewi.labels == []
    await dewi.press_data(kept, on=dewi.last)
    assert dewi.toast is not None
