"""Journeys of `/bayar`: echoed, posted at the press once, and everybody who need not be chased is left alone (8)."""

from __future__ import annotations

import pytest

from storage import invoices, outbox_screens, payments
from tests.journeys.chat import Debtor, Office, Phone


async def at_the_desk(office: Office, *amounts: int) -> tuple[Phone, Phone, Debtor]:
    """Rina's customer owes overdue invoices F-1, F-2, ...; Dewi is finance."""
    rina, dewi = await office.collector("Rina"), await office.finance("Dewi")
    toko = await office.customer("Toko Maju", collector=rina)
    for number, amount in enumerate(amounts or (1_000_000,), start=1):
        await office.invoice(toko, f"F-{number}", "2026-11-17", amount)
    await office.morning()
    return rina, dewi, toko


async def letters(office: Office) -> list[str]:
    async with office.transaction() as db:
        return await outbox_screens.customer_messages(db)


async def balances(office: Office, debtor: Debtor) -> dict[str, int]:
    async with office.transaction() as db:
        return {one.number: one.balance.whole() for one in await invoices.open_of(db, debtor.payer_id)}


async def test_nothing_is_posted_before_benar(office: Office) -> None:
    _, dewi, toko = await at_the_desk(office)

    await dewi.say("/bayar F-1 400.000 17/11")

    assert "Selasa, 17 November 2026" in dewi.text
    assert "Rp400.000" in dewi.text and "Sisa faktur menjadi Rp600.000" in dewi.text
    assert dewi.labels == ["Benar", "Batal"]
    assert await balances(office, toko) == {"F-1": 1_000_000}
    await dewi.press("Batal")
    assert await balances(office, toko) == {"F-1": 1_000_000}


async def test_a_part_is_posted_and_thanked_for_with_what_is_left(office: Office) -> None:
    rina, dewi, toko = await at_the_desk(office)
    rina.seen()

    await dewi.say("/bayar F-1 400rb")
    await dewi.press("Benar")

    assert await balances(office, toko) == {"F-1": 600_000}
    assert await letters(office) == ["customer/T11"]
    await office.travel(to="11:31")  # her calls are not disturbed by what is not urgent
    assert "sisa Rp600.000" in rina.with_text("membayar").text


async def test_paid_in_full_the_open_card_says_lunas(office: Office) -> None:
    rina, dewi, toko = await at_the_desk(office)
    await rina.say("/tugas")
    await rina.press("Mulai")
    stale = rina.button("Janji bayar").data or ""
    card = rina.last

    await dewi.say("/bayar f-1 lunas")
    await dewi.press("Benar")

    assert await balances(office, toko) == {}
    shown = next(one for one in rina.messages if one.id == card.id)
    assert "LUNAS" in shown.text
    assert shown.labels == []
    await rina.press_data(stale, on=shown)
    assert rina.toast
    assert await letters(office) == ["customer/T10"]


async def test_pressed_twice_it_is_posted_once(office: Office) -> None:
    _, dewi, toko = await at_the_desk(office)
    await dewi.say("/bayar F-1 400.000")
    asked, button = dewi.last, dewi.button("Benar").data or ""

    async with office.at_once():
        await dewi.press_data(button, on=asked)
        await dewi.press_data(button, on=asked)
    await dewi.press_data(button, on=asked)

    assert await balances(office, toko) == {"F-1": 600_000}
    async with office.transaction() as db:
        assert len(await payments.of_payer(db, toko.payer_id)) == 1


async def test_a_newer_command_takes_the_place_of_the_older(office: Office) -> None:
    _, dewi, toko = await at_the_desk(office)
    await dewi.say("/bayar F-1 400.000")
    asked, button = dewi.last, dewi.button("Benar").data or ""

    await dewi.say("/bayar F-1 500.000")
    await dewi.press_data(button, on=asked)

    assert dewi.toast is not None and "diganti" in dewi.toast
    await dewi.press("Benar")
    assert await balances(office, toko) == {"F-1": 500_000}


@pytest.mark.parametrize(
    ("choice", "left"),
    [("Sisa ke faktur tertua", {"F-2": 1_500_000}), ("Sisa jadi kredit", {"F-2": 2_000_000})],
)
async def test_what_the_named_invoice_does_not_take_is_asked_about(
    office: Office, choice: str, left: dict[str, int]
) -> None:
    _, dewi, toko = await at_the_desk(office, 1_000_000, 2_000_000)

    await dewi.say("/bayar F-1 1.500.000")
    assert dewi.labels == ["Sisa ke faktur tertua", "Pilih faktur", "Sisa jadi kredit", "Batal"]
    await dewi.press(choice)

    assert await balances(office, toko) == left


async def test_more_than_everything_becomes_credit(office: Office) -> None:
    _, dewi, toko = await at_the_desk(office)

    await dewi.say("/bayar F-1 1.200.000")
    assert "disimpan sebagai kredit" in dewi.text
    await dewi.press("Benar")

    assert "Kredit: Rp200.000" in dewi.text
    async with office.transaction() as db:
        assert (await payments.unapplied(db, toko.payer_id)).whole() == 200_000


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/bayar", "/bayar F-001"),
        ("/bayar F-1", "belum ada"),
        ("/bayar F-1 banyak", "tidak pasti"),
        ("/bayar F-1 1,5", "tidak pasti"),
        ("/bayar F-1 400.000 besok", "besok"),
        ("/bayar F-9 400.000", "tidak ditemukan"),
        ("/bayar F- 400.000", "Mungkin: F-1"),
    ],
)
async def test_half_typed_is_helped_and_nothing_waits(office: Office, typed: str, said: str) -> None:
    _, dewi, _ = await at_the_desk(office)

    await dewi.say(typed)

    assert said in dewi.text
    assert "Benar" not in dewi.labels


async def test_typed_instead_of_pressed_is_not_a_yes(office: Office) -> None:
    _, dewi, toko = await at_the_desk(office)
    await dewi.say("/bayar F-1 400.000")

    await dewi.say("ya")

    assert "belum diposting" in dewi.text
    assert await balances(office, toko) == {"F-1": 1_000_000}
    await dewi.press("Benar")
    assert await balances(office, toko) == {"F-1": 600_000}


async def test_a_collector_cannot_post(office: Office) -> None:
    rina, dewi, toko = await at_the_desk(office)

    await rina.say("/bayar F-1 400.000")
    assert "Benar" not in rina.labels
    await dewi.say("/bayar F-1 400.000")
    await rina.say("/tugas")
    await rina.press_data(dewi.button("Benar").data or "")

    assert rina.toast
    assert await balances(office, toko) == {"F-1": 1_000_000}


async def test_another_finance_person_cannot_press_my_echo(office: Office) -> None:
    _, dewi, toko = await at_the_desk(office)
    ani = await office.finance("Ani")
    await dewi.say("/bayar F-1 400.000")
    await ani.say("/bayar")

    await ani.press_data(dewi.button("Benar").data or "")

    assert ani.toast
    assert await balances(office, toko) == {"F-1": 1_000_000}


async def test_a_kept_promise_is_thanked_for_as_one(office: Office) -> None:
    rina, dewi, _ = await at_the_desk(office)
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Janji bayar")
    await rina.press("Besok")
    await rina.press("Dana belum ada")
    await office.travel(hours=0.1)

    await dewi.say("/bayar F-1 lunas")
    await dewi.press("Benar")

    sent = await letters(office)
    assert sent.count("customer/T23") == 1
    assert "customer/T10" not in sent
