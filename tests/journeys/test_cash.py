"""Journeys of cash and giros: taken on the card, the customer rests and hears of it, finance counts or clears (3)."""

from __future__ import annotations

from sop.cash import CashState
from sop.hold import HoldKind
from sop.promise import PromiseState
from storage import cash, holds, invoices, outbox_screens, payments, promises
from tests.journeys.chat import Debtor, Office, Phone


async def with_card(office: Office, *due_on: str) -> tuple[Phone, Phone, Debtor]:
    """Rina with the card of a customer who owes Rp1.000.000 for each of these due dates; Dewi is finance."""
    rina, dewi = await office.collector("Rina"), await office.finance("Dewi")
    toko = await office.customer("Toko Maju", collector=rina)
    for number, on in enumerate(due_on, start=1):
        await office.invoice(toko, f"F-{number:03}", on, 1_000_000)
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    return rina, dewi, toko


async def take_cash(rina: Phone, amount: str, number: str) -> None:
    await rina.press("Lainnya")
    await rina.press("Terima tunai")
    await rina.say(amount)
    await rina.say(number)
    await rina.send_photo()


async def letters(office: Office) -> list[str]:
    async with office.transaction() as db:
        return await outbox_screens.customer_messages(db)


async def balances(office: Office, toko: Debtor) -> list[int]:
    async with office.transaction() as db:
        return [one.balance.sen // 100 for one in await invoices.open_of(db, toko.payer_id)]


async def kinds_held(office: Office, toko: Debtor) -> list[HoldKind]:
    async with office.transaction() as db:
        return [one.kind for one in await holds.active(db, toko.payer_id)]


async def test_cash_is_asked_step_by_step_and_the_photo_saves(office: Office) -> None:
    rina, dewi, toko = await with_card(office, "2026-11-17", "2026-11-18")
    dewi.seen()
    await rina.press("Lainnya")
    await rina.press("Terima tunai")
    assert "Semua" in rina.labels
    await rina.reply("5")
    assert "atau" in rina.text
    await rina.reply("9 juta")
    assert "paling banyak Rp2.000.000" in rina.text
    await rina.say("1,5 juta")
    await rina.say("tt-001")
    assert "TT-001" in rina.text
    await rina.say("fotonya nanti")
    assert "Fotonya belum ada" in rina.text
    assert await kinds_held(office, toko) == []
    await rina.send_photo()

    assert rina.with_text("Tercatat: tunai Rp1.500.000").labels == []
    await rina.send_photo()  # an album of two
    assert "Foto tambahan" in rina.text
    assert await kinds_held(office, toko) == [HoldKind.CASH_IN_HAND, HoldKind.CASH_IN_HAND]
    assert await balances(office, toko) == [1_000_000, 1_000_000]  # nothing is paid before somebody has counted
    assert await letters(office) == ["customer/T28"]
    assert dewi.news == []  # two minutes for undo


async def test_counted_it_is_posted_once_and_thanked_for(office: Office) -> None:
    rina, dewi, toko = await with_card(office, "2026-11-17", "2026-11-18")
    await take_cash(rina, "1,5 juta", "TT-001")
    dewi.seen()
    await office.travel(hours=0.1)
    (asked,) = dewi.news
    assert "Tunai di tangan Rina" in asked.text
    assert asked.file is not None
    assert asked.labels == ["Setoran diterima", "Belum diterima"]
    await rina.say("/cari Toko Maju")
    assert "Tunai di tangan kolektor: Rp1.500.000" in rina.text
    await rina.say("/tugas")
    await rina.press(next(one for one in rina.labels if one.startswith("Tunai di tangan")))
    assert "Toko Maju · Rp1.500.000" in rina.text

    await rina.press_data(asked.buttons[0].data or "")  # nobody confirms his own money
    assert await balances(office, toko) == [1_000_000, 1_000_000]
    async with office.at_once():
        await dewi.press("Setoran diterima")
        await dewi.press("Setoran diterima")

    assert "diposting" in dewi.with_text("Tunai di tangan Rina").text
    assert dewi.with_text("Tunai di tangan Rina").labels == []
    assert await balances(office, toko) == [500_000]
    assert await kinds_held(office, toko) == []
    assert await letters(office) == ["customer/T28", "customer/T11"]
    assert "sudah diterima finance" in rina.with_text("Setoran Rp1.500.000").text


async def test_cash_not_deposited_goes_to_the_managers_daily_and_never_back_to_the_customer(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, dewi, toko = await with_card(office, "2026-11-17")
    await take_cash(rina, "semua", "TT-7")
    budi.seen()
    await office.travel(to="2026-11-19 09:45")
    assert [one for one in budi.news if "di tangan Rina" in one.text] == []
    await office.travel(to="2026-11-19 10:15")
    (told,) = [one for one in budi.news if "di tangan Rina" in one.text]
    assert "Rp1.000.000" in told.text
    budi.seen()
    await office.travel(to="2026-11-20 10:15")
    assert len([one for one in budi.news if "di tangan Rina" in one.text]) == 1

    rina.seen()
    await dewi.press("Belum diterima")
    assert "Finance belum menerima" in rina.with_text("Finance belum menerima").text
    assert await kinds_held(office, toko) == [HoldKind.CASH_IN_HAND]
    await dewi.press("Catatan keliru")
    assert "pimpinan" in (dewi.toast or "")
    await budi.press("Catatan keliru")

    assert await kinds_held(office, toko) == []
    await rina.press("Buka tugas", on=rina.with_text("dinyatakan keliru"))
    assert "Catatan tunai keliru" in rina.text
    assert budi.with_text("di tangan Rina sejak").labels == []


async def test_undo_takes_cash_back_until_finance_has_it_and_a_number_counts_once(office: Office) -> None:
    rina, dewi, toko = await with_card(office, "2026-11-17", "2026-11-18")
    await take_cash(rina, "500rb", "TT-1")
    await rina.press("Batalkan")
    await office.travel(hours=0.1)
    assert await kinds_held(office, toko) == []
    assert await letters(office) == []
    assert [one for one in dewi.from_bot if "Tunai di tangan" in one.text] == []

    await take_cash(rina, "500rb", "TT-1")  # undone, so its number is free
    await office.travel(hours=0.05)
    await dewi.press("Setoran diterima")
    await rina.press("Batalkan")
    assert "sudah dijawab" in (rina.toast or "")
    assert await balances(office, toko) == [500_000, 1_000_000]
    other = await office.customer("Toko Lain", collector=rina)
    await office.invoice(other, "L-001", "2026-11-18", 500_000)
    await office.travel(to="2026-11-19 09:00")
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Lainnya")
    await rina.press("Terima tunai")
    await rina.press("Semua")
    await rina.reply("tt-1")
    assert "sudah pernah dicatat" in rina.text
    await rina.say("TT-2")
    assert "foto tanda terimanya" in rina.text


async def test_a_promise_is_not_broken_while_its_cash_is_in_our_hand(office: Office) -> None:
    rina, dewi, toko = await with_card(office, "2026-11-17")
    await rina.press("Janji bayar")
    await rina.press("Besok")
    await rina.press("Dana belum ada")
    await office.travel(to="2026-11-19 09:00")
    await rina.say("/tugas")
    await rina.press("Mulai")
    await take_cash(rina, "semua", "TT-9")

    await office.travel(to="2026-11-23 09:00")  # long past its day, the cash not deposited
    async with office.transaction() as db:
        assert [one.state for one in await promises.of_payer(db, toko.payer_id)] == [PromiseState.OPEN]
    await dewi.press("Setoran diterima")

    async with office.transaction() as db:
        assert [one.state for one in await promises.of_payer(db, toko.payer_id)] == [PromiseState.KEPT]
        (paid,) = await payments.of_payer(db, toko.payer_id)
        (receipt,) = await cash.of_outcome(db, 2)
    assert (paid.paid_on.isoformat(), paid.captured_at) == ("2026-11-19", receipt.taken_at)
    assert receipt.state is CashState.DEPOSITED
    assert "customer/T14" not in await letters(office)
    assert (await letters(office)).count("customer/T23") == 1
