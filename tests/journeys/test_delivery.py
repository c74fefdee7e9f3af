"""Journeys of messages to customers through Twilio: at most once, guarded, resolved when unknown (7)."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.render import content_source
from sop.follow_up import ChannelState, FollowUpState
from sop.hold import HoldKind
from sop.outbox import OutboxState, Way
from sop.people import ConsentState, ContactState
from storage import holds, journal, marks
from storage.holds import NewHold
from storage.tables import contact_event, contact_person, content_template, follow_up, outbox
from tests.journeys.chat import Debtor, Office, Phone

OpenOffice = Any


@pytest.fixture
async def office(open_office: OpenOffice) -> Office:
    """An office whose machine sends, with every template approved."""
    office: Office = await open_office(whatsapp="twilio")
    return office


async def with_toko(office: Office, due_on: str = "2026-11-25", **more: Any) -> tuple[Phone, Debtor]:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina, **more)
    await office.invoice(toko, "F-001", due_on, 1_000_000)
    return rina, toko


def heard(office: Office, toko: Debtor) -> list[str]:
    return [one.body for one in office.customer_phone(toko).messages if not one.inbound]


async def message(office: Office) -> Any:
    async with office.transaction() as db:
        return (await db.execute(select(outbox).where(outbox.c.way == Way.WHATSAPP))).one()


async def card(office: Office) -> Any:
    async with office.transaction() as db:
        return (await db.execute(select(follow_up).order_by(follow_up.c.id.desc()))).first()


async def contacts(office: Office) -> int:
    async with office.transaction() as db:
        return len((await db.execute(select(contact_event))).all())


async def test_a_reminder_leaves_at_nine_once_and_completes_the_step(office: Office) -> None:
    _, toko = await with_toko(office)
    await office.travel(to="08:59")
    assert heard(office, toko) == []

    await office.travel(to="09:01")

    (text,) = heard(office, toko)
    assert "F-001" in text
    assert "Rabu, 25 November 2026" in text
    one = await message(office)
    assert one.state in (OutboxState.SENT, OutboxState.DELIVERED, OutboxState.READ)
    assert one.body == text
    assert (await card(office)).state is FollowUpState.DONE
    await office.travel(to="16:30")
    assert len(heard(office, toko)) == 1
    assert (await message(office)).state is OutboxState.READ
    assert await contacts(office) == 1


async def test_the_proof_names_the_exact_words_and_their_template(office: Office) -> None:
    _, toko = await with_toko(office)
    await office.travel(to="09:01")

    async with office.transaction() as db:
        (proof,) = [body for _, kind, body in await journal.of_payer(db, toko.payer_id) if kind == "message_left"]
    told = json.loads(proof)
    assert told["text"] == heard(office, toko)[0]
    assert told["template"] == "customer/T01"
    assert told["template_version"] == content_source("customer/T01", "id").version
    assert told["provider_id"].startswith("MM") or told["provider_id"].startswith("SM")
    assert told["policy"] and told["local_at"]


async def test_after_the_due_date_it_waits_until_finance_has_posted(office: Office) -> None:
    await office.finance("Sari")
    _, toko = await with_toko(office, "2026-11-17")
    await office.travel(to="10:00")
    assert heard(office, toko) == []
    assert (await message(office)).hold_reason == HoldKind.FINANCE_NOT_POSTED.value

    async with office.transaction() as db:
        await marks.mark_day(db, "bank_posted", office.now.date(), now=office.now.astimezone(UTC))
    await office.travel(to="10:40")

    assert len(heard(office, toko)) == 1


async def test_what_is_held_all_day_is_recorded_with_its_reason(office: Office) -> None:
    _, toko = await with_toko(office)
    await office.travel(to="08:00")
    async with office.transaction() as db:
        hold = NewHold(payer_id=toko.payer_id, kind=HoldKind.PAYMENT_UNASSIGNED)
        await holds.place(db, hold, now=office.now.astimezone(UTC))
    await office.travel(to="17:00")

    assert heard(office, toko) == []
    one = await card(office)
    assert (one.message, one.message_hold) == (ChannelState.HELD, "payment_unassigned")
    assert one.state is FollowUpState.DONE


async def test_withdrawn_consent_stops_what_was_planned_this_morning(office: Office) -> None:
    _, toko = await with_toko(office)
    await office.travel(to="08:00")
    async with office.transaction() as db:
        await db.execute(update(contact_person).values(consent=ConsentState.WITHDRAWN))

    await office.travel(to="09:30")

    assert heard(office, toko) == []
    assert (await message(office)).state is OutboxState.CANCELLED


async def test_without_consent_a_person_sends_it(office: Office) -> None:
    rina, toko = await with_toko(office, consent=None)
    await office.travel(to="09:30")

    assert heard(office, toko) == []
    assert "Kirim WA (1)" in rina.labels


async def test_without_an_approved_template_a_person_sends_it(office: Office) -> None:
    rina, toko = await with_toko(office)
    async with office.transaction() as db:
        await db.execute(update(content_template).values(approval="paused"))

    await office.travel(to="09:30")

    assert heard(office, toko) == []
    assert (await card(office)).message is ChannelState.BY_HAND
    assert "Kirim WA (1)" in rina.labels


@pytest.mark.parametrize("fault", ["timeout_after_accept", "cut_response", "500"])
async def test_an_unknown_outcome_is_asked_about_and_never_sent_twice(office: Office, fault: str) -> None:
    _, toko = await with_toko(office)
    await office.travel(to="08:30")
    await office.sim.fault("twilio", fault, method="messages.create")

    await office.travel(to="12:00")

    assert len(heard(office, toko)) == (0 if fault == "500" else 1)
    state = (await message(office)).state
    assert state is OutboxState.FAILED if fault == "500" else state in (OutboxState.DELIVERED, OutboxState.READ)
    assert await contacts(office) == 1


async def test_too_many_requests_are_tried_again_later(office: Office) -> None:
    _, toko = await with_toko(office)
    await office.travel(to="08:30")
    await office.sim.fault("twilio", "429", method="messages.create", retry_after=30)

    await office.travel(to="09:05")

    assert len(heard(office, toko)) == 1


async def test_a_number_without_whatsapp_is_called_instead(office: Office) -> None:
    _, toko = await with_toko(office)
    await office.sim.add_customer(toko.phone, on_whatsapp=False)

    await office.travel(to="09:30")

    async with office.transaction() as db:
        contact = (await db.execute(select(contact_person))).one()
    assert (contact.on_whatsapp, contact.state) == (False, ContactState.LISTED)
    one = await card(office)
    assert (one.state, one.call, one.message_hold) == (FollowUpState.OPEN, ChannelState.DUE, "not_on_whatsapp")


async def test_a_block_counts_as_opting_out(office: Office) -> None:
    _, toko = await with_toko(office)
    await office.sim.add_customer(toko.phone, blocked=True)

    await office.travel(to="09:30")

    async with office.transaction() as db:
        contact = (await db.execute(select(contact_person))).one()
    assert contact.consent is ConsentState.WITHDRAWN


async def test_a_refusing_account_rings_once(office: Office) -> None:
    ani = await office.admin("Ani")
    await with_toko(office)
    await office.sim.fault("twilio", "63112", method="messages.create")

    await office.travel(to="09:30")

    assert sum("63112" in one.text for one in ani.news) == 1


async def test_one_payer_gets_one_reminder_a_day_for_all_his_invoices(office: Office) -> None:
    _, toko = await with_toko(office)
    await office.invoice(toko, "F-002", "2026-11-18", 2_000_000)
    await office.invoice(toko, "F-003", "2026-11-18", 3_000_000)

    await office.travel(to="16:00")

    (text,) = heard(office, toko)
    assert "2 faktur" in text
    assert "Rp5.000.000" in text


async def test_on_friday_nothing_leaves_during_prayer(office: Office) -> None:
    _, toko = await with_toko(office, "2026-11-27", zone="Asia/Jakarta")
    await office.travel(to="2026-11-20 08:00")
    await office.sim.fault("twilio", "429", method="messages.create", retry_after=3 * 3600)
    await office.travel(to="2026-11-20 13:10")
    assert heard(office, toko) == []
    await office.travel(to="2026-11-20 13:20")
    assert len(heard(office, toko)) == 1


async def test_urgency_names_what_is_late_and_the_rest_is_about_to_fall_due(office: Office) -> None:
    rina, toko = await with_toko(office, "2026-11-17")
    second = await office.customer("Toko Maju Cabang", collector=rina, with_payer=toko)
    await office.invoice(toko, "F-002", "2026-11-18", 2_000_000)
    await office.invoice(second, "F-003", "2026-11-25", 3_000_000)
    await office.invoice(toko, "F-004", "2026-12-31", 9_000_000)  # has reached no step

    await office.travel(to="09:30")

    (text,) = heard(office, toko)
    assert "pembayaran faktur F-001 sebesar Rp1.000.000 yang jatuh tempo sejak Selasa, 17 November 2026" in text
    assert "2 faktur lain senilai Rp5.000.000 akan jatuh tempo, yang terdekat Rabu, 18 November 2026" in text
    assert "F-004" not in text
