"""Journeys of promises: taken in three taps, echoed, narrowed, beyond authority, replaced, undone, kept and broken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date

from bot.casework import payments
from bot.casework.payments import Received
from sop.escalation import EscalationReason
from sop.hold import HoldKind
from sop.money import Money
from sop.outbox import OutboxState, Way
from sop.payment import PaymentSource
from sop.promise import Promise, PromiseState
from storage import escalations, holds, outbox, promises
from tests.journeys.chat import Debtor, Office, Phone


async def with_card(office: Office, *due_on: str, another: bool = False) -> tuple[Phone, Debtor]:
    """Rina with the card of a customer who has an invoice for each of these due dates; `another`: a second card."""
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


async def promises_of(office: Office, toko: Debtor) -> tuple[Promise, ...]:
    async with office.transaction() as db:
        return await promises.of_payer(db, toko.payer_id)


async def held(office: Office, toko: Debtor) -> list[HoldKind]:
    async with office.transaction() as db:
        return [one.kind for one in await holds.active(db, toko.payer_id)]


async def letters(office: Office, toko: Debtor, state: OutboxState = OutboxState.QUEUED) -> list[str]:
    async with office.transaction() as db:
        waiting = await outbox.in_state(db, state, way=Way.WHATSAPP)
        return [one.message for one in waiting if one.payer_id == toko.payer_id]


async def was_written(office: Office, toko: Debtor, message: str) -> int:
    """How many such messages were made, whatever became of them."""
    return sum([(await letters(office, toko, state)).count(message) for state in OutboxState])


async def test_a_promise_before_the_due_date_is_three_taps(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-21")
    await rina.press("Janji bayar")
    assert {"Hari ini", "Besok", "Lusa", "Akhir bulan", "Pilih tanggal"} <= set(rina.labels)
    await rina.press("Besok")
    assert "Kamis, 19 November 2026" in rina.text
    assert "Rp1.000.000" in rina.text
    assert {"Benar", "Sebagian", "Ubah"} <= set(rina.labels)
    assert "Pilih faktur" not in rina.labels  # there is only one
    await rina.press("Benar")
    assert rina.toast == "Tercatat"
    (promise,) = await promises_of(office, toko)
    assert (promise.promised_on, promise.amount) == (date(2026, 11, 19), Money.rupiah(1_000_000))
    assert (promise.state, promise.approved, promise.reason) == (PromiseState.OPEN, True, None)
    assert await held(office, toko) == [HoldKind.PROMISE]


async def test_from_the_due_date_on_the_reason_is_the_last_tap(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Janji bayar")
    await rina.press("Lusa")
    assert "Benar" not in rina.labels
    reasons = {"Dana belum ada", "Tunggu pembeli", "Dokumen", "Pemilik tidak ada", "Jadwal bayar"}
    assert reasons <= set(rina.labels)
    await rina.press("Tunggu pembeli")
    (promise,) = await promises_of(office, toko)
    assert (promise.promised_on, promise.reason) == (date(2026, 11, 20), "awaiting_buyer")


async def test_a_typed_day_is_said_back_and_an_uncertain_one_is_asked(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Janji bayar")
    await rina.say("Jumat depan")
    assert {"Jum 20 Nov", "Jum 27 Nov (perlu persetujuan)"} <= set(rina.labels)
    await rina.say("secepatnya")
    assert "belum tanggal yang pasti" in rina.text
    await rina.say("tgl 20")
    assert "Jumat, 20 November 2026" in rina.text
    assert await promises_of(office, toko) == ()
    await rina.press("Dokumen")
    assert [one.promised_on for one in await promises_of(office, toko)] == [date(2026, 11, 20)]


async def test_a_past_day_is_refused_and_asked_again(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Janji bayar")
    await rina.say("17/11/2026")
    assert "lewat" in rina.text
    await rina.say("31/12/2027")
    assert "terlalu jauh" in rina.text
    await rina.say("besok")
    assert "Kamis, 19 November 2026" in rina.text
    assert await promises_of(office, toko) == ()


async def test_a_closed_day_offers_the_open_days_around_it(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Janji bayar")
    await rina.press("Pilih tanggal")
    assert "November 2026" in rina.text
    await rina.press("(22)")
    assert "Minggu, 22 November 2026" in rina.text
    assert {"Sab 21 Nov", "Sen 23 Nov"} <= set(rina.labels)
    await rina.press("Sen 23 Nov")
    await rina.press("Jadwal bayar")
    assert [one.promised_on for one in await promises_of(office, toko)] == [date(2026, 11, 23)]


async def test_the_calendar_turns_its_pages(office: Office) -> None:
    rina, _ = await with_card(office, "2026-11-18")
    await rina.press("Janji bayar")
    await rina.press("Pilih tanggal")
    await rina.press("Desember 2026 »")
    assert "Desember 2026" in rina.text
    assert "(25)" in rina.labels  # Christmas
    await rina.press("« November 2026")
    await rina.press("Kembali")
    assert "Akhir bulan" in rina.labels


async def test_a_part_is_typed_and_said_back(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Janji bayar")
    await rina.press("Besok")
    await rina.press("Sebagian")
    await rina.reply("400")
    assert "Rp400.000 atau Rp400.000.000" in rina.text
    await rina.reply("2 juta")
    assert "paling banyak Rp1.000.000" in rina.text
    await rina.reply("400rb")
    assert "Rp400.000 (sebagian)" in rina.text
    await rina.press("Dana belum ada")
    (promise,) = await promises_of(office, toko)
    assert promise.amount == Money.rupiah(400_000)


async def test_an_invoice_can_be_left_out(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-17", "2026-11-18")
    await rina.press("Janji bayar")
    await rina.press("Besok")
    assert "2 faktur" in rina.text
    await rina.press("Pilih faktur")
    await rina.press("[x] F-001 · Rp1 jt")
    await rina.press("[x] F-002 · Rp1 jt")
    assert "Paling sedikit satu" in (rina.toast or "")
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Janji bayar")
    await rina.press("Besok")
    await rina.press("Pilih faktur")
    await rina.press("[x] F-001 · Rp1 jt")
    await rina.press("Simpan")
    assert "F-001" not in rina.text
    await rina.press("Dana belum ada")
    (promise,) = await promises_of(office, toko)
    assert promise.amount == Money.rupiah(1_000_000)
    assert len(promise.invoice_ids) == 1


async def test_beyond_authority_the_managers_agree_first(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Janji bayar")
    await rina.press("Akhir bulan")
    assert "Perlu persetujuan pimpinan" in rina.text
    await rina.press("Dana belum ada")
    assert "Pimpinan diminta" in (rina.toast or "")
    (promise,) = await promises_of(office, toko)
    assert not promise.approved
    assert await held(office, toko) == [HoldKind.PROMISE]  # he rests meanwhile
    assert "customer/T12" not in await letters(office, toko)  # and is told only what we agreed to
    await office.travel(hours=1)
    await budi.press("Setujui")
    (promise,) = await promises_of(office, toko)
    assert promise.approved
    assert "customer/T12" in await letters(office, toko)


async def test_a_declined_promise_ends_its_rest(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Janji bayar")
    await rina.press("Akhir bulan")
    await rina.press("Dana belum ada")
    await office.travel(hours=1)
    await budi.press("Tolak")
    (promise,) = await promises_of(office, toko)
    assert promise.state is PromiseState.WITHDRAWN
    assert await held(office, toko) == []


async def test_undo_takes_the_promise_and_its_message_back(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18", another=True)
    await rina.press("Janji bayar")
    await rina.press("Besok")
    await rina.press("Dana belum ada")
    assert await letters(office, toko) == ["customer/T12"]
    await rina.press("Batalkan")
    (promise,) = await promises_of(office, toko)
    assert promise.state is PromiseState.WITHDRAWN
    assert await held(office, toko) == []
    assert await letters(office, toko) == []
    assert "Janji bayar" in rina.labels  # the card is back


async def test_a_newer_promise_replaces_and_undo_restores(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18", another=True)
    await rina.press("Janji bayar")
    await rina.press("Besok")
    await rina.press("Dana belum ada")
    await office.travel(to="2026-11-19 09:00")
    await rina.say("/tugas")
    await rina.press("Mulai")  # the promise is due today
    await rina.press("Janji bayar")
    await rina.press("Besok")
    await rina.press("Dokumen")
    first, second = await promises_of(office, toko)
    assert (first.state, second.state) == (PromiseState.REPLACED, PromiseState.OPEN)
    assert await held(office, toko) == [HoldKind.PROMISE]
    await rina.press("Batalkan")
    first, second = await promises_of(office, toko)
    assert (first.state, second.state) == (PromiseState.OPEN, PromiseState.WITHDRAWN)
    assert await held(office, toko) == [HoldKind.PROMISE]


async def test_two_presses_record_one_promise(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Janji bayar")
    await rina.press("Besok")
    async with office.at_once():
        await rina.press("Dana belum ada")
        await rina.press("Dana belum ada")
    assert len(await promises_of(office, toko)) == 1


async def test_a_stranger_to_the_card_and_a_forged_day_change_nothing(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    sari = await office.collector("Sari")
    await rina.press("Janji bayar")
    await rina.press("Besok")
    data = rina.button("Dana belum ada").data
    assert data is not None
    await sari.say("/tugas")
    await sari.press_data(data)
    await rina.press_data(data.replace("261119", "270818"), on=rina.last)  # a day nobody was shown
    await rina.press_data(data.replace("261119", "261120"), on=rina.last)
    assert "Jumat, 20 November 2026" in rina.text  # said back first
    assert await promises_of(office, toko) == ()


async def test_what_was_paid_meanwhile_is_said_anew(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-17", "2026-11-18")
    await rina.press("Janji bayar")
    await rina.press("Besok")
    assert "Rp2.000.000" in rina.text
    data = rina.button("Dana belum ada").data or ""
    await pay(office, toko, 1_000_000)
    await rina.press_data(data, on=rina.with_text("Toko Maju"))  # the old echo's button, pressed too late
    assert "Ada yang berubah" in (rina.toast or "")
    assert "Rp1.000.000" in rina.text
    assert await promises_of(office, toko) == ()
    await rina.press("Dana belum ada")
    assert [one.amount for one in await promises_of(office, toko)] == [Money.rupiah(1_000_000)]


async def test_a_finished_card_takes_no_typed_day(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Janji bayar")
    await rina.press("Kembali")
    await rina.press("Belum jelas")
    await rina.say("besok")  # nobody waits for an answer any more: this is a search
    assert "cocok dengan besok" in rina.text
    assert await promises_of(office, toko) == ()
    await rina.say("Toko Maju")
    assert "Toko Maju" in rina.text


async def pay(office: Office, toko: Debtor, amount: int, *, paid_on: date | None = None) -> None:
    """Money that comes in, oldest invoice first, with every consequence."""
    received = Received(
        payer_id=toko.payer_id,
        amount=Money.rupiah(amount),
        paid_on=paid_on or office.now.date(),
        source=PaymentSource.COMMAND,
        oldest_first=True,
    )
    async with office.transaction() as db:
        await payments.post(office.app.world.desk(db, now=office.now.astimezone(UTC)), received)
    await office.settle()


async def promised_tomorrow(office: Office, *due_on: str) -> tuple[Phone, Debtor]:
    rina, toko = await with_card(office, *(due_on or ("2026-11-17",)))
    await rina.press("Janji bayar")
    await rina.press("Besok")
    await rina.press("Dana belum ada")
    return rina, toko


async def test_money_in_time_keeps_the_promise_at_once(office: Office) -> None:
    _, toko = await promised_tomorrow(office)
    await office.travel(to="2026-11-19 10:00")
    await pay(office, toko, 995_000)  # Rp5.000 short is still kept
    (promise,) = await promises_of(office, toko)
    assert (promise.state, promise.received) == (PromiseState.KEPT, Money.rupiah(995_000))
    assert await held(office, toko) == []


async def test_nothing_by_the_grace_day_breaks_it_on_the_day_after(office: Office) -> None:
    rina, toko = await promised_tomorrow(office)
    await office.travel(to="2026-11-20 23:00")  # promised for the 19th, one working day of grace
    assert [one.state for one in await promises_of(office, toko)] == [PromiseState.OPEN]
    await office.travel(to="2026-11-21 09:00")
    (promise,) = await promises_of(office, toko)
    assert (promise.state, promise.closed_on) == (PromiseState.BROKEN, date(2026, 11, 21))
    assert await held(office, toko) == []
    assert await was_written(office, toko, "customer/T14")
    await rina.say("/tugas")
    await rina.press("Mulai")
    assert "tidak ditepati" in rina.text


async def test_some_of_it_is_partial_and_neither_kept_nor_broken(office: Office) -> None:
    _, toko = await promised_tomorrow(office)
    await office.travel(to="2026-11-19 10:00")
    await pay(office, toko, 300_000)
    assert [one.state for one in await promises_of(office, toko)] == [PromiseState.OPEN]
    await office.travel(to="2026-11-21 09:00")
    assert [one.state for one in await promises_of(office, toko)] == [PromiseState.PARTIAL]


async def test_late_posting_of_timely_money_corrects_a_broken_promise(office: Office) -> None:
    _, toko = await promised_tomorrow(office)
    await office.travel(to="2026-11-21 09:00")
    await pay(office, toko, 1_000_000, paid_on=date(2026, 11, 20))
    assert [one.state for one in await promises_of(office, toko)] == [PromiseState.KEPT]


async def test_nobody_is_judged_while_finance_looks_for_his_payment(office: Office) -> None:
    rina, toko = await promised_tomorrow(office)
    await office.travel(to="2026-11-19 09:00")
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Sudah bayar")
    await office.travel(to="2026-11-21 09:00")
    assert [one.state for one in await promises_of(office, toko)] == [PromiseState.OPEN]


async def test_the_second_broken_promise_in_a_row_goes_to_the_managers(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, toko = await promised_tomorrow(office)
    await office.travel(to="2026-11-21 09:00")
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Janji bayar")
    await rina.press("Besok") if "Besok" in rina.labels else await rina.press("Lusa")
    await rina.press("Dana belum ada")
    budi.seen()
    await office.travel(to="2026-11-25 09:00")
    first, second = await promises_of(office, toko)
    assert (first.state, second.state) == (PromiseState.BROKEN, PromiseState.BROKEN)
    assert any("Toko Maju" in one.text for one in budi.news)


async def test_the_customer_is_reminded_once_on_the_open_day_before(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Janji bayar")
    await rina.press("Pilih tanggal")
    await rina.press("23")  # a Monday: the open day before is Saturday
    await rina.press("Dana belum ada")
    await office.travel(to="2026-11-20 12:00")
    assert not await was_written(office, toko, "customer/T13")
    await office.travel(to="2026-11-21 09:30")
    assert await was_written(office, toko, "customer/T13") == 1


async def test_the_list_of_promises_opens_the_earliest_first(office: Office) -> None:
    rina, _ = await promised_tomorrow(office)
    sari = await office.collector("Sari")
    await rina.say("/janji")
    assert "Toko Maju" in rina.text
    assert "Kam 19 Nov · Toko Maju" in rina.labels
    await sari.say("/promises")
    assert "Tidak ada janji bayar" in sari.text


async def test_english_speakers_promise_in_english(open_office: Callable[..., Awaitable[Office]]) -> None:
    office = await open_office()
    rina = await office.collector("Rina", language="en")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-18", 1_000_000)
    await office.morning()
    await rina.say("/tasks")
    await rina.press("Start")
    await rina.press("Promise to pay")
    await rina.press("Tomorrow")
    assert "Thursday, 19 November 2026" in rina.text
    await rina.press("No funds yet")
    assert len(await promises_of(office, toko)) == 1


async def test_what_came_to_h4_while_it_rested_goes_to_the_managers_when_broken(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, toko = await with_card(office, "2026-11-17")
    await rina.press("Janji bayar")
    await rina.say("23 Nov")  # H+4 is the 21st: it is held then
    await rina.press("Dana belum ada")
    await office.travel(to="2026-11-24 12:00")
    assert not [one for one in budi.news if "Toko Maju" in one.text]
    await office.travel(to="2026-11-25 12:00")
    assert [one.state for one in await promises_of(office, toko)] == [PromiseState.BROKEN]
    async with office.transaction() as db:
        (escalation,) = await escalations.of_payer(db, toko.payer_id)
    assert escalation.reason is EscalationReason.H4
    assert [one for one in budi.news if "Toko Maju" in one.text]
