"""Journeys up the ladder with a machine that sends: each step on its day, catching up, a first import (2)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from bot.casework import planning
from sop.follow_up import StepState
from sop.ladder import Step
from sop.money import Money
from storage.tables import contact_event, invoice, invoice_step
from tests.journeys.chat import Debtor, Office, Phone


@pytest.fixture
async def office(open_office: Any) -> Office:
    """An office whose machine sends, with every template approved."""
    office: Office = await open_office(whatsapp="twilio")
    return office


async def with_toko(office: Office, due_on: str, **more: Any) -> tuple[Phone, Debtor]:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina, **more)
    await office.invoice(toko, "F-001", due_on, 5_000_000)
    return rina, toko


def heard(office: Office, toko: Debtor) -> list[str]:
    return [one.body for one in office.customer_phone(toko).messages if not one.inbound]


async def steps(office: Office) -> dict[Step, StepState]:
    async with office.transaction() as db:
        return {row.step: row.state for row in await db.execute(select(invoice_step).order_by(invoice_step.c.id))}


async def test_every_step_comes_on_its_day_until_the_managers_are_asked(office: Office) -> None:
    """Due on Wednesday 25th: first reminder the 18th, second touch the 20th, then H0, H+1, H+3 (Saturday), H+4."""
    budi = await office.manager("Budi")
    _, toko = await with_toko(office, "2026-11-25")
    said = {
        "2026-11-18": "mengingatkan pembayaran",
        "2026-11-20": "Menyusuli pesan kami pada Rabu, 18 November 2026",
        "2026-11-25": "sudah sampai pada tanggal jatuh temponya",
        "2026-11-26": "belum tercatat",
        "2026-11-28": "telah lewat 3 hari",
    }
    total = 0
    for day in ("2026-11-18", "2026-11-19", "2026-11-20", "2026-11-23", "2026-11-25", "2026-11-26", "2026-11-28"):
        await office.travel(to=f"{day} 10:00")
        texts = heard(office, toko)
        if day in said:
            total += 1
            assert said[day] in texts[-1], day
        assert len(texts) == total, day
    assert not any("Toko Maju" in one.text for one in budi.news)

    await office.travel(to="2026-11-30 10:00")

    assert any("Toko Maju" in one.text for one in budi.news)
    found = await steps(office)
    assert list(found) == [
        Step.H_MINUS_7,
        Step.NO_REPLY,
        Step.H_MINUS_3,
        Step.H_0,
        Step.H_PLUS_1,
        Step.H_PLUS_2,
        Step.H_PLUS_3,
        Step.H_PLUS_4,
    ]


async def test_an_answer_makes_the_second_touch_needless(office: Office) -> None:
    _, toko = await with_toko(office, "2026-11-25")
    await office.travel(to="09:10")
    await office.customer_phone(toko).say("Baik, terima kasih")

    await office.travel(to="2026-11-20 10:00")

    assert not any("Menyusuli" in one for one in heard(office, toko))


async def test_days_missed_are_caught_up_with_the_most_advanced_step_only(office: Office) -> None:
    """Due on Thursday 19th and nobody there until Monday: H+1 and H+2 have passed, H+3 is said."""
    _, toko = await with_toko(office, "2026-11-19")
    await office.travel(to="2026-11-18 06:00")
    await office.sim.set_clock(office.now.replace(day=23, hour=9, minute=30))
    office.now = office.now.replace(day=23, hour=9, minute=30)
    await office.settle()
    await office.travel(to="09:40")

    (text,) = heard(office, toko)
    assert "telah lewat 4 hari" in text
    found = await steps(office)
    assert [found[step] for step in (Step.H_0, Step.H_PLUS_1, Step.H_PLUS_2)] == [StepState.SKIPPED] * 3


async def test_consequences_are_named_only_where_the_contract_has_them(office: Office) -> None:
    _, plain = await with_toko(office, "2026-11-14")
    strict = await office.customer("Toko Kontrak", consequence_clause="pengiriman berikutnya ditunda")
    await office.invoice(strict, "F-002", "2026-11-14", 5_000_000)

    await office.travel(to="10:00")

    assert "ketentuan kerja sama" not in heard(office, plain)[0]
    assert "sesuai ketentuan kerja sama: pengiriman berikutnya ditunda" in heard(office, strict)[0]


@pytest.mark.parametrize("debtors", [2, 8])
async def test_a_first_import_asks_once_about_all_old_debts_and_replays_nothing(office: Office, debtors: int) -> None:
    budi = await office.manager("Budi")
    rina = await office.collector("Rina")
    await office.travel(to="10:00")
    for number in range(debtors):
        toko = await office.customer(f"Toko {number}", collector=rina)
        await office.invoice(toko, f"F-{number}", "2026-09-01", 5_000_000, listed_on="2026-11-18")
    async with office.transaction() as db:
        await planning.plan_now(office.app.world.desk(db, now=await office.app.clock.now()))

    await office.settle()

    (asked,) = budi.news
    assert f"Menunggu keputusan: {debtors} pelanggan" in asked.text
    assert sum(one.startswith("Toko ") for one in asked.labels) == debtors
    async with office.transaction() as db:
        assert (await db.execute(select(contact_event))).first() is None


async def test_key_accounts_hear_nothing_from_a_machine(office: Office) -> None:
    rina, toko = await with_toko(office, "2026-11-25", segment="kunci")

    await office.travel(to="10:00")

    assert heard(office, toko) == []
    await rina.press("Mulai")
    assert "telepon" in rina.text


async def test_on_a_closed_day_nothing_is_planned_and_the_next_day_catches_it(office: Office) -> None:
    """Due on Sunday 22nd: H0 is Monday, and on Sunday itself everybody rests."""
    rina, toko = await with_toko(office, "2026-11-22")
    await office.travel(to="2026-11-22 12:00")
    before = len(heard(office, toko))
    rina.seen()
    await office.travel(to="2026-11-22 23:00")
    assert (len(heard(office, toko)), rina.news) == (before, [])

    await office.travel(to="2026-11-23 10:00")

    assert "sudah sampai pada tanggal jatuh temponya" in heard(office, toko)[-1]


async def test_who_paid_before_nine_is_not_reminded(office: Office) -> None:
    _, toko = await with_toko(office, "2026-11-18")
    await office.travel(to="08:30")
    async with office.transaction() as db:
        await db.execute(update(invoice).values(balance=Money.ZERO))

    await office.travel(to="10:00")

    assert heard(office, toko) == []
