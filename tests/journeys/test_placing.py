"""Journeys of `Untuk faktur mana?` and of credit: money is stored at once, and nobody is chased meanwhile (6, 8)."""

from __future__ import annotations

from sop.hold import HoldKind
from sop.money import Money
from storage import holds, unplaced
from tests.journeys.chat import Debtor, Office, Phone
from tests.journeys.test_payments import at_the_desk, balances, letters


async def held(office: Office, toko: Debtor, kind: HoldKind) -> bool:
    async with office.transaction() as db:
        return any(one.kind is kind for one in await holds.active(db, toko.payer_id))


async def credit_of(office: Office, toko: Debtor) -> int:
    async with office.transaction() as db:
        return (await unplaced.credit_of(db, toko.payer_id)).whole()


async def with_code(office: Office, *amounts: int) -> tuple[Phone, Phone, Phone, Debtor]:
    """Rina's customer TK-1 owes F-1, F-2, ...; Dewi and Ani are finance."""
    rina, dewi, ani = await office.collector("Rina"), await office.finance("Dewi"), await office.finance("Ani")
    toko = await office.customer("Toko Maju", collector=rina, code="TK-1")
    for number, amount in enumerate(amounts, start=1):
        await office.invoice(toko, f"F-{number}", "2026-11-17", amount)
    await office.morning()
    return rina, dewi, ani, toko


async def test_two_alike_are_asked_about_and_any_finance_person_answers(office: Office) -> None:
    rina, dewi, ani, toko = await with_code(office, 1_000_000, 1_000_000, 3_000_000)
    await rina.say("/tugas")
    await rina.press("Mulai")
    card = rina.last

    await dewi.say("/bayar TK-1 1.000.000")
    assert "bila tidak pasti, Anda ditanya" in dewi.text
    await dewi.press("Benar")

    assert "Untuk faktur mana?" in dewi.text and "pelanggan tidak ditagih" in dewi.text
    assert await held(office, toko, HoldKind.PAYMENT_UNASSIGNED)
    assert await letters(office) == []  # thanks when we know for what
    assert next(one for one in rina.messages if one.id == card.id).labels == []  # nobody calls him now
    asked = ani.with_text("Untuk faktur mana?")
    assert asked.labels[-2:] == ["Terlama dulu", "Simpan sebagai kredit"]
    await ani.press("[ ] F-2 · Rp1 jt", on=asked)
    assert "F-2: Rp1.000.000" in dewi.text and "Benar" in dewi.labels  # redrawn for all
    stale = dewi.button("Benar").data or ""
    await ani.press("[ ] F-3 · Rp3 jt", on=ani.with_text("Untuk faktur mana?"))
    await dewi.press_data(stale, on=dewi.last)
    assert dewi.toast is not None and "diubah orang lain" in dewi.toast  # nobody signs what he has not seen
    await ani.press("[x] F-3 · Rp3 jt", on=ani.with_text("Untuk faktur mana?"))
    await ani.press("Benar", on=ani.with_text("Untuk faktur mana?"))

    assert await balances(office, toko) == {"F-1": 1_000_000, "F-3": 3_000_000}
    assert "F-2: Rp1.000.000, LUNAS" in dewi.text and dewi.labels == []
    assert not await held(office, toko, HoldKind.PAYMENT_UNASSIGNED)
    assert await letters(office) == ["customer/T10"]


async def test_an_exact_sum_needs_no_question_and_combinations_are_one_press(office: Office) -> None:
    _, dewi, _, toko = await with_code(office, 100_000, 200_000, 300_000, 450_000)

    await dewi.say("/bayar TK-1 450.000")
    await dewi.press("Benar")
    assert "F-4: Rp450.000, LUNAS" in dewi.text
    await dewi.say("/bayar TK-1 300.000")
    await dewi.press("Benar")
    assert "F-3: Rp300.000, LUNAS" in dewi.text  # one invoice of that sum, though two others add up to it

    await dewi.say("/bayar TK-1 250.000")
    await dewi.press("Benar")
    await dewi.press("Terlama dulu")
    assert await balances(office, toko) == {"F-2": 50_000}


async def test_nobody_answers_and_it_is_asked_again_then_the_managers_hear(office: Office) -> None:
    budi = await office.manager("Budi")
    _, dewi, ani, toko = await with_code(office, 1_000_000, 1_000_000)
    await dewi.say("/bayar TK-1 1.000.000")
    await dewi.press("Benar")
    for one in (dewi, ani, budi):
        one.seen()

    await office.travel(to="2026-11-19 07:30")
    assert [one for one in ani.news if "Untuk faktur mana?" in one.text] == []
    await office.travel(to="2026-11-19 09:00")
    assert len([one for one in ani.news if "Belum dijawab" in one.text]) == 1
    assert budi.news == [] or not [one for one in budi.news if "Untuk faktur mana?" in one.text]
    await office.travel(to="2026-11-20 09:00")
    told = [one for one in budi.news if "Untuk faktur mana?" in one.text]
    assert len(told) == 1

    await budi.press("Simpan sebagai kredit", on=told[0])
    assert await credit_of(office, toko) == 1_000_000
    assert (await letters(office))[-1] == "customer/credit_kept"
    assert ani.with_text("Kredit: Rp1.000.000").labels == []


async def test_a_part_of_several_claimed_invoices_is_asked_about(office: Office) -> None:
    rina, dewi, _, toko = await with_code(office, 1_000_000, 2_000_000)
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Bayar sebagian")
    await rina.reply("1.500.000")
    await rina.press("Benar")
    await office.travel(hours=0.1)

    await dewi.press("Sudah masuk")

    assert await balances(office, toko) == {"F-1": 1_000_000, "F-2": 2_000_000}
    await dewi.press("Terlama dulu", on=dewi.with_text("Untuk faktur mana?"))
    assert await balances(office, toko) == {"F-2": 1_500_000}
    assert (await letters(office)).count("customer/T10") + (await letters(office)).count("customer/T11") == 1


async def test_chosen_after_the_echo_the_named_invoice_is_ticked_already(office: Office) -> None:
    _, dewi, toko = await at_the_desk(office, 1_000_000, 2_000_000, 500_000)

    await dewi.say("/bayar F-1 1.500.000")
    await dewi.press("Pilih faktur")
    assert "F-1: Rp1.000.000" in dewi.text and "Sisa Rp500.000 jadi kredit" in dewi.text
    await dewi.press("[ ] F-3 · Rp500 rb")
    await dewi.press("Benar")

    assert await balances(office, toko) == {"F-2": 2_000_000}


async def test_credit_that_covers_all_stops_chasing_and_is_used_only_when_told(office: Office) -> None:
    rina, dewi, _, toko = await with_code(office, 1_000_000)
    await dewi.say("/bayar F-1 1.600.000")
    await dewi.press("Benar")
    assert await credit_of(office, toko) == 600_000
    dewi.seen()

    await office.invoice(toko, "F-8", "2026-11-18", 500_000)  # less than his credit: nobody asks for it
    await office.travel(to="2026-11-19 09:00")
    await rina.say("/tugas")
    assert "Toko Maju" not in rina.text
    asked = dewi.with_text("punya kredit")
    assert "Rp600.000" in asked.text and len([one for one in dewi.news if "punya kredit" in one.text]) == 1
    assert await balances(office, toko) == {"F-8": 500_000}  # never applied by guess
    await office.invoice(toko, "F-9", "2026-11-18", 700_000)  # together more than his credit: chased again
    await office.travel(to="2026-11-20 09:00")
    await rina.say("/tugas")
    await rina.press("Mulai")
    assert "Toko Maju" in rina.text

    await dewi.press("Pakai kredit", on=dewi.with_text("F-9"))
    await dewi.press("[ ] F-8 · Rp500 rb")
    await dewi.press("Benar")

    assert await balances(office, toko) == {"F-9": 700_000}
    assert await credit_of(office, toko) == Money.rupiah(100_000).whole()
    assert (await letters(office))[-1] == "customer/credit_used"
