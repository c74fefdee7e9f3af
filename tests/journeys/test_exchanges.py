"""Journeys of tukar faktur: the task before the first reminder, the receipt, the new due date, and the way back."""

from __future__ import annotations

from datetime import date

from sop.attachment import AttachmentKind
from sop.errand import ErrandKind
from sop.hold import HoldKind
from sop.ladder import Step
from sop.terms import TermBasis
from storage import attachments, errands, exchanges, follow_ups, holds, invoices
from tests.journeys.chat import Debtor, Office, Phone

TUESDAYS = {"weekdays": [1], "month_days": []}
FRIDAYS = {"weekdays": [4], "month_days": []}


async def a_customer(office: Office, due_on: str = "2026-11-25") -> tuple[Phone, Debtor]:
    """He takes invoices in on Tuesdays and pays on Fridays."""
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina, exchange_days=TUESDAYS, pay_days=FRIDAYS)
    await office.invoice(toko, "F-001", due_on, 1_000_000)
    return rina, toko


async def due_on(office: Office, toko: Debtor) -> date:
    async with office.transaction() as db:
        (one,) = await invoices.open_of(db, toko.payer_id)
    return one.due_on


async def waits(office: Office, toko: Debtor) -> bool:
    async with office.transaction() as db:
        return any(one.kind is HoldKind.NOT_EXCHANGED for one in await holds.active(db, toko.payer_id))


async def open_errands(office: Office, toko: Debtor) -> list[ErrandKind]:
    async with office.transaction() as db:
        return [one.kind for one in await errands.open_of(db, toko.payer_id)]


async def history(office: Office, toko: Debtor) -> list[tuple[date, date]]:
    """The due dates of the only invoice, before and after; each has its receipt."""
    async with office.transaction() as db:
        papers = await attachments.of_payer(db, toko.payer_id, AttachmentKind.EXCHANGE_RECEIPT)
        (one,) = await invoices.open_of(db, toko.payer_id)
        found = [(each.previous_due_on, each.due_on) for each in await exchanges.history_of(db, one.id)]
    assert len(papers) == len(found) and all(paper.telegram_file_id for paper in papers)
    return found


async def test_the_task_comes_first_and_the_receipt_sets_the_new_due_date(office: Office) -> None:
    rina, toko = await a_customer(office, "2026-12-02")  # H-7 is Wednesday 25 November
    await office.morning()
    told = rina.with_text("Tugas lain: Tukar faktur")
    assert "F-001" in told.text and "Selasa, 24 November 2026" in told.text
    assert await waits(office, toko)
    await office.travel(to="2026-11-24 10:00")
    await rina.press("Buka tugas", on=told)
    await rina.press("Sudah tukar faktur")
    assert "Jum 27 Nov" in rina.labels and "Jum 4 Des" in rina.labels  # his pay days
    await rina.press("Jum 4 Des")
    assert "Jumat, 4 Desember 2026" in rina.text
    await rina.reply("sudah")  # a text is no receipt
    assert await due_on(office, toko) == date(2026, 12, 2)
    await rina.send_photo("TT-0117")
    assert await due_on(office, toko) == date(2026, 12, 4)
    assert not await waits(office, toko)
    assert await open_errands(office, toko) == []
    assert await history(office, toko) == [(date(2026, 12, 2), date(2026, 12, 4))]
    await rina.press("Batalkan")
    assert await due_on(office, toko) == date(2026, 12, 2)
    assert await waits(office, toko)
    assert await open_errands(office, toko) == [ErrandKind.EXCHANGE_INVOICE]


async def test_steps_of_the_old_date_come_again_only_where_they_lie_ahead(office: Office) -> None:
    rina, toko = await a_customer(office)  # due on Wednesday 25 November: H-7 is today
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    assert "tukar faktur dulu" in rina.text.lower()
    async with office.transaction() as db:
        assert set((await follow_ups.latest_steps(db, toko.payer_id)).values()) == {Step.H_MINUS_7}
    await rina.press("Lainnya")
    await rina.press("Sudah tukar faktur")
    await rina.say("27 Nov")
    await rina.send_photo()
    assert await due_on(office, toko) == date(2026, 11, 27)
    async with office.transaction() as db:
        assert await follow_ups.latest_steps(db, toko.payer_id) == {}  # H-7 comes on 20 November
    await office.travel(to="2026-11-19 12:00")
    async with office.transaction() as db:
        assert await follow_ups.latest_steps(db, toko.payer_id) == {}
    await office.travel(to="2026-11-20 12:00")
    async with office.transaction() as db:
        assert set((await follow_ups.latest_steps(db, toko.payer_id)).values()) == {Step.H_MINUS_7}


async def test_a_late_exchange_replays_nothing_and_the_day_must_be_right(office: Office) -> None:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina, term_basis=TermBasis.INVOICE_EXCHANGED, term_days=14)
    await office.invoice(toko, "F-001", "2026-11-17", 1_000_000)
    await office.invoice(toko, "F-002", "2026-11-18", 1_000_000)
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Lainnya")
    await rina.press("Sudah tukar faktur")
    assert "Rab 2 Des" in rina.labels  # 14 days from the exchange
    await rina.say("1 Nov")
    await rina.say("17 November 2026")
    await rina.press("[x] F-002")
    await rina.press("[x] F-001")  # one at least stays in
    assert {"[x] F-001", "[ ] F-002"} <= set(rina.with_text("Tukar faktur: Toko Maju").labels)
    await rina.press("Rab 2 Des")
    await rina.send_photo()
    async with office.transaction() as db:
        found = {one.number: one.due_on for one in await invoices.open_of(db, toko.payer_id)}
        steps = await follow_ups.latest_steps(db, toko.payer_id)
    assert found == {"F-001": date(2026, 12, 2), "F-002": date(2026, 11, 18)}
    assert len(steps) == 1  # of F-002; those of F-001 lie ahead now


async def test_promises_offer_his_pay_days(office: Office) -> None:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina, pay_days={"weekdays": [], "month_days": [28]})
    await office.invoice(toko, "F-001", "2026-11-17", 1_000_000)
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Janji bayar")
    assert any("28 Nov" in label for label in rina.labels)
