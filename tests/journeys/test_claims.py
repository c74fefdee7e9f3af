"""Journeys of "already paid": one tap, a part, a second claim with its slip; then finance looks first."""

from __future__ import annotations

from datetime import UTC

from sop.attachment import AttachmentKind
from sop.claim import Claim, ClaimState
from sop.hold import ActiveHold, HoldKind
from sop.money import Money
from sop.outbox import OutboxState, Way
from storage import attachments, holds, objections, outbox
from tests.journeys.chat import Debtor, Office, Phone


async def with_card(office: Office, *due_on: str, another: bool = False) -> tuple[Phone, Debtor]:
    """Rina with the card of a customer who owes Rp1.000.000 for each of these due dates."""
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    for number, on in enumerate(due_on, start=1):
        await office.invoice(toko, f"F-{number:03}", on, 1_000_000)
    if another:
        later = await office.customer("Toko Lain", collector=rina)
        await office.invoice(later, "L-001", due_on[-1], 500_000)
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    return rina, toko


async def claims_of(office: Office, toko: Debtor) -> tuple[Claim, ...]:
    async with office.transaction() as db:
        return await objections.claims_of_payer(db, toko.payer_id)


async def held(office: Office, toko: Debtor) -> tuple[ActiveHold, ...]:
    async with office.transaction() as db:
        return await holds.active(db, toko.payer_id)


async def not_found(office: Office, toko: Debtor) -> None:
    """Finance answers `Belum masuk`: the claim is over, the invoices move again."""
    (claim, *_) = await claims_of(office, toko)
    async with office.transaction() as db:
        now = office.now.astimezone(UTC)
        await objections.change_claim(db, claim.id, state=ClaimState.NOT_FOUND, closed_at=now)
        await holds.end(db, payer_id=toko.payer_id, kind=HoldKind.CLAIM, now=now)


async def test_already_paid_is_one_tap(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-17", "2026-11-18")
    await rina.press("Sudah bayar")
    assert "Finance mengecek" in (rina.toast or "")
    (claim,) = await claims_of(office, toko)
    assert (claim.state, claim.amount, claim.made_by_id) == (ClaimState.WAITING, None, rina.person_id)
    assert [one.kind for one in await held(office, toko)] == [HoldKind.CLAIM, HoldKind.CLAIM]
    async with office.transaction() as db:
        waiting = await outbox.in_state(db, OutboxState.QUEUED, way=Way.WHATSAPP)
    assert [one.message for one in waiting] == ["customer/T21"]


async def test_finance_hears_of_a_claim(office: Office) -> None:
    fitri = await office.finance("Fitri")
    rina, _ = await with_card(office, "2026-11-18")
    await rina.press("Sudah bayar")
    await office.travel(hours=1)
    assert {"Sudah masuk", "Belum masuk", "Masuk rekening lain"} <= set(fitri.with_text("Toko Maju").labels)


async def test_two_presses_make_one_claim(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    async with office.at_once():
        await rina.press("Sudah bayar")
        await rina.press("Sudah bayar")
    assert len(await claims_of(office, toko)) == 1


async def test_a_foreign_card_cannot_be_claimed(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    sari = await office.collector("Sari")
    await sari.say("/tugas")
    await sari.press_data(rina.button("Sudah bayar").data or "")
    assert await claims_of(office, toko) == ()


async def test_a_part_is_typed_confirmed_and_only_that_rests(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-17", "2026-11-18")
    await rina.press("Bayar sebagian")
    await rina.reply("5")
    assert "atau" in rina.text
    await rina.reply("3 juta")
    assert "paling banyak Rp2.000.000" in rina.text
    await rina.reply("1,5 juta")
    assert "Rp1.500.000" in rina.text
    assert "Rp500.000 tetap ditagih" in rina.text
    assert await claims_of(office, toko) == ()
    await rina.press("Benar")
    (claim,) = await claims_of(office, toko)
    assert claim.amount == Money.rupiah(1_500_000)
    # The oldest invoice rests whole, of the other one half.
    assert [one.amount for one in await held(office, toko)] == [None, Money.rupiah(500_000)]


async def test_a_forged_confirmation_asks_for_the_amount(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press_data("part:1")
    assert "Berapa yang sudah dibayar" in rina.text
    assert await claims_of(office, toko) == ()


async def test_a_second_claim_needs_its_slip(office: Office) -> None:
    dewi = await office.finance("Dewi")
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Sudah bayar")
    await not_found(office, toko)
    await office.travel(to="2026-11-19 09:00")
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Sudah bayar")
    assert "foto bukti transfer" in rina.text
    await rina.reply("sudah saya transfer kemarin")
    assert "foto bukti transfer" in rina.text
    assert len(await claims_of(office, toko)) == 1
    await rina.send_photo()
    first, second = await claims_of(office, toko)
    assert (first.state, second.state) == (ClaimState.NOT_FOUND, ClaimState.WAITING)
    assert second.slip_id
    await office.travel(hours=0.1)
    asked = dewi.with_text("dengan bukti transfer")
    assert asked.file is not None
    assert "Sudah masuk" in asked.labels


async def test_a_photo_right_after_a_claim_is_its_slip_and_goes_to_finance_with_the_question(office: Office) -> None:
    dewi = await office.finance("Dewi")
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Sudah bayar")
    await rina.send_photo()
    assert "dilampirkan pada klaim" in rina.text
    (claim,) = await claims_of(office, toko)
    assert claim.slip_id
    dewi.seen()
    await office.travel(hours=0.1)
    (asked,) = dewi.news
    assert "dengan bukti transfer" in asked.text
    assert asked.file is not None


async def test_a_slip_hours_later_reaches_finance_too(office: Office) -> None:
    dewi = await office.finance("Dewi")
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Sudah bayar")
    await office.travel(hours=3)
    dewi.seen()

    await rina.say("/cari Toko Maju")
    await rina.press("Lampirkan bukti")
    await rina.reply("ini buktinya")
    assert "foto bukti transfer" in rina.text
    await rina.send_photo()
    await rina.say("/cari Toko Maju")
    await rina.press("Lampirkan bukti")
    await rina.send_photo()  # and a second one
    await office.travel(hours=0.1)

    assert [one.file is not None for one in dewi.news] == [True, True]
    assert "dengan bukti transfer" in dewi.text
    async with office.transaction() as db:
        assert len(await attachments.of_payer(db, toko.payer_id, AttachmentKind.SLIP)) == 2


async def test_an_answered_claim_takes_no_slip_and_nobody_elses_does(office: Office) -> None:
    dewi = await office.finance("Dewi")
    rina, _ = await with_card(office, "2026-11-18")
    await rina.press("Sudah bayar")
    await office.travel(hours=0.1)
    await rina.say("/cari Toko Maju")
    kept = rina.button("Lampirkan bukti").data or ""

    await dewi.press("Sudah masuk")

    assert [one.labels for one in dewi.from_bot if "Klaim sudah bayar" in one.text] == [[]]
    await rina.press_data(kept)  # answered: it takes no slip any more
    assert "sudah dijawab" in (rina.toast or "")
    sari = await office.collector("Sari")
    await sari.press_data(kept)
    assert "foto bukti" not in sari.text


async def test_a_photo_much_later_belongs_to_nothing(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Sudah bayar")
    await office.travel(hours=1)
    await rina.send_photo()
    assert "belum tahu untuk apa" in rina.text
    (claim,) = await claims_of(office, toko)
    assert claim.slip_id is None


async def test_undo_withdraws_the_claim_and_its_holds(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18", another=True)
    await rina.press("Sudah bayar")
    await rina.press("Batalkan")
    (claim,) = await claims_of(office, toko)
    assert claim.state is ClaimState.WITHDRAWN
    assert await held(office, toko) == ()
    async with office.transaction() as db:
        assert not await outbox.in_state(db, OutboxState.QUEUED, way=Way.WHATSAPP)
