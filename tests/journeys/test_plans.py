"""Journeys of instalments: proposed, agreed by a manager and in writing, paid, missed, completed (002)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import pytest

from sop.escalation import EscalationReason
from sop.hold import HoldKind
from sop.plan import Plan, PlanState
from storage import escalations, holds, objections, outbox_screens, plans
from tests.journeys.chat import Debtor, Office, Phone

Open: TypeAlias = Callable[..., Awaitable[Any]]

MISSED = "agar rencana yang disepakati tetap berjalan"
POSTED = "Mutasi s.d. kemarin sudah diposting"
OVERDUE = "2026-11-17"  # on Wednesday 18 November it is at H+1


@pytest.fixture
async def office(open_office: Open) -> Office:
    """An office whose customers answer on WhatsApp."""
    opened: Office = await open_office(whatsapp="twilio")
    return opened


async def with_card(office: Office, amount: int = 3_000_000) -> tuple[Phone, Phone, Phone, Debtor]:
    """Rina has Toko Maju's card open; Budi decides, Dewi is finance."""
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    dewi = await office.finance("Dewi")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", OVERDUE, amount)
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    return rina, budi, dewi, toko


async def plan_of(office: Office, toko: Debtor) -> Plan:
    async with office.transaction() as db:
        return (await plans.of_payer(db, toko.payer_id))[-1]


async def held(office: Office, toko: Debtor) -> list[HoldKind]:
    async with office.transaction() as db:
        return [one.kind for one in await holds.active(db, toko.payer_id)]


async def letters(office: Office) -> list[str]:
    async with office.transaction() as db:
        return await outbox_screens.customer_messages(db)


async def reasons(office: Office, toko: Debtor) -> list[EscalationReason]:
    async with office.transaction() as db:
        return [one.reason for one in await escalations.of_payer(db, toko.payer_id)]


async def offered(office: Office) -> tuple[Phone, Phone, Phone, Debtor]:
    """Three weekly instalments of Rp1.000.000 from 25 November, agreed by the manager."""
    rina, budi, dewi, toko = await with_card(office)
    await rina.press("Cicilan")
    await rina.press("3x")
    await rina.press("Benar")
    await office.travel(hours=1)
    await budi.press("Setujui")
    return rina, budi, dewi, toko


async def test_three_taps_propose_and_setuju_lets_it_run(office: Office) -> None:
    rina, _, _, toko = await with_card(office)

    await rina.press("Cicilan")
    await rina.press("3x")
    assert "1. Rabu, 25 November 2026 · Rp1.000.000" in rina.text
    assert {"Mingguan", "Dua mingguan", "Bulanan", "Transfer", "Giro", "Tunai", "VA"} <= set(rina.labels)
    await rina.press("Bulanan")
    await rina.press("Giro")
    assert "2. Sabtu, 26 Desember 2026" in rina.text  # the 25th is Christmas
    await rina.press("Tanggal pertama")
    await rina.press("Lusa")
    assert "1. Jumat, 20 November 2026" in rina.text
    await rina.press("Benar")
    assert (await plan_of(office, toko)).state is PlanState.REQUESTED
    assert HoldKind.PLAN not in await held(office, toko)  # the ladder goes on


async def test_setuju_and_nothing_else_lets_it_run(office: Office) -> None:
    rina, budi, _, toko = await with_card(office)
    await rina.press("Cicilan")
    await rina.press("3x")
    await rina.press("Giro")
    await rina.press("Benar")
    await office.travel(hours=1)
    assert "1. Rab 25 Nov · Rp1.000.000" in budi.text and "Giro" in budi.text
    await budi.press("Setujui")
    assert (await plan_of(office, toko)).state is PlanState.OFFERED
    assert "customer/T19" in await letters(office)
    assert "Catat persetujuan cicilan" in rina.with_text("ditawarkan ke pelanggan").labels

    customer = office.customer_phone(toko)
    await customer.say("setuju tapi mulai bulan depan saja")  # for a person to read
    assert (await plan_of(office, toko)).state is PlanState.OFFERED
    await customer.say("SETUJU")
    agreed = await plan_of(office, toko)
    assert (agreed.state, agreed.consent_how) == (PlanState.RUNNING, "whatsapp")
    assert await held(office, toko) == [HoldKind.PLAN]
    assert "customer/T19_agreed" in await letters(office)
    await customer.say("Setuju")  # nothing is offered any more
    assert (await letters(office)).count("customer/T19_agreed") == 1


async def test_a_typed_schedule_is_changed_by_the_manager_and_agreed_on_paper(office: Office) -> None:
    rina, budi, _, toko = await with_card(office)

    await rina.press("Cicilan")
    await rina.say("cicil pelan-pelan")
    assert "belum terbaca" in rina.text
    await rina.say("1jt tgl 25/11, sisanya 9 Des")
    assert "2. Rabu, 9 Desember 2026 · Rp2.000.000" in rina.text
    await rina.press("Benar")
    await office.travel(hours=1)
    await budi.press("Ubah")
    await budi.reply("nanti saja")
    assert "belum terbaca" in budi.text
    await budi.reply("1,5jt tgl 25/11, 1,5jt 2 Des")
    assert (await plan_of(office, toko)).state is PlanState.OFFERED
    await rina.press("Catat persetujuan cicilan")
    assert "2. Rabu, 2 Desember 2026 · Rp1.500.000" in rina.text
    await rina.reply("sudah setuju kok")  # words are no proof
    assert (await plan_of(office, toko)).state is PlanState.OFFERED
    await rina.send_photo()
    agreed = await plan_of(office, toko)
    assert (agreed.state, agreed.consent_how) == (PlanState.RUNNING, "paper")


async def test_declined_the_customer_hears_politely_and_the_card_comes_back(office: Office) -> None:
    rina, budi, _, toko = await with_card(office)
    await rina.press("Cicilan")
    await rina.press("2x")
    await rina.press("Benar")
    await office.travel(hours=1)
    await budi.press("Tolak")
    assert (await plan_of(office, toko)).state is PlanState.DECLINED
    assert "customer/T18_request" in await letters(office)
    await rina.press("Buka tugas")
    assert "Permintaan belum disetujui" in rina.text


async def test_undo_takes_a_proposal_back_and_silence_ends_an_offer(office: Office) -> None:
    rina, budi, _, toko = await with_card(office)
    await rina.press("Cicilan")
    await rina.press("2x")
    await rina.press("Benar")
    await rina.press("Batalkan")
    assert (await plan_of(office, toko)).state is PlanState.WITHDRAWN

    await rina.press("Cicilan")
    await rina.press("2x")
    await rina.press("Benar")
    await office.travel(hours=1)
    await budi.press("Setujui")
    rina.seen()
    await office.travel(to="2026-11-24 10:00")  # three working days after Wednesday are over
    assert (await plan_of(office, toko)).state is PlanState.LAPSED
    assert any("belum menyetujui cicilan" in one.text for one in rina.news)
    assert any("belum menyetujui cicilan" in one.text for one in budi.messages)


async def test_paid_as_agreed_it_is_reminded_thanked_and_completed(office: Office) -> None:
    rina, _, dewi, toko = await offered(office)
    await office.customer_phone(toko).say("SETUJU")

    await office.travel(to="2026-11-24 10:00")
    assert (await letters(office)).count("customer/T25") == 1  # the open day before
    assert "customer/reminder" not in await letters(office)
    await office.travel(to="2026-11-25 09:00")
    await rina.say("/tugas")
    await rina.press("Mulai")
    assert "Angsuran 1/3: Rp1.000.000, Rabu, 25 November 2026" in rina.text
    await dewi.say("/bayar F-001 1jt")
    await dewi.press("Benar")
    assert (await letters(office))[-1] == "customer/T25_received"
    assert "customer/T11" not in await letters(office)
    await office.travel(to="2026-11-28 09:00")
    assert (await plan_of(office, toko)).state is PlanState.RUNNING
    await dewi.say("/bayar F-001 2jt")  # the rest at once
    await dewi.press("Benar")
    assert (await plan_of(office, toko)).state is PlanState.COMPLETED
    assert (await letters(office))[-1] == "customer/T25_completed"
    assert HoldKind.PLAN not in await held(office, toko)


async def test_two_missed_end_the_plan_and_the_managers_have_it(office: Office) -> None:
    rina, budi, dewi, toko = await offered(office)
    await office.customer_phone(toko).say("SETUJU")

    await office.travel(to="2026-11-27 09:00")  # Wednesday's instalment and its day of grace
    customer = office.customer_phone(toko)
    assert MISSED not in customer.last.body  # finance has not said yet who paid yesterday
    await dewi.press(POSTED)
    await office.travel(hours=0.1)
    assert MISSED in customer.last.body and "Rabu, 25 November 2026" in customer.last.body
    assert (await plan_of(office, toko)).state is PlanState.RUNNING
    await rina.say("/tugas")
    await rina.press("Mulai")
    assert "Angsuran belum dibayar" in rina.text and "1 angsuran belum dibayar" in rina.text

    await office.travel(to="2026-12-04 09:00")
    await dewi.press(POSTED)
    await office.travel(hours=0.1)
    assert (await plan_of(office, toko)).state is PlanState.BROKEN
    assert HoldKind.PLAN not in await held(office, toko)
    assert EscalationReason.PLAN_MISSED in await reasons(office, toko)
    shown = budi.with_text("Cicilan tidak dibayar").text
    assert "1. Rab 25 Nov · Rp1.000.000 (terlewat)" in shown and "Sudah dibayar Rp0" in shown
    assert "tidak dapat kami lanjutkan" in customer.last.body
    assert len([one for one in customer.messages if MISSED in one.body]) == 1


async def test_a_claim_on_an_instalment_keeps_it_from_being_missed(office: Office) -> None:
    rina, _, dewi, toko = await offered(office)
    await office.customer_phone(toko).say("SETUJU")
    await office.travel(to="2026-11-25 09:00")
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Sudah bayar")  # this instalment, not the whole invoice
    await office.travel(to="2026-11-27 09:00")
    await dewi.press(POSTED)
    await office.travel(hours=0.1)
    assert all(MISSED not in one.body for one in office.customer_phone(toko).messages)
    assert sorted(one.value for one in await held(office, toko)) == ["claim", "plan"]
    async with office.transaction() as db:
        (claim,) = await objections.claims_of_payer(db, toko.payer_id)
    assert claim.amount is not None and claim.amount.whole() == 1_000_000
