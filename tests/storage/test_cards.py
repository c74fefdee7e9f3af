"""From marks to one card a payer, and to the reminders that wait, on both databases (2.1, 3, 7)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from sop.follow_up import ChannelState, FollowUpState, StepState
from sop.hold import HoldKind
from sop.ladder import Step
from sop.money import Money
from sop.outbox import Way
from sop.people import ConsentState
from sop.promise import PromiseState
from storage import Database, Store, card_changes, cards, holds, outbox, promises
from storage.cards import CardRules, ReminderHours
from storage.holds import NewHold
from storage.promises import NewPromise
from storage.tables import follow_up, invoice, invoice_step
from tests.storage.ledger import NOON, WEDNESDAY, collector, debtor, mark, owes, run_of

BY_MACHINE = CardRules(by_machine=True, by_hand=True)
BY_HAND = CardRules(by_machine=False, by_hand=True)
SILENT = CardRules(by_machine=False, by_hand=False)
HOURS = ReminderHours(send_after=NOON, expires_at=datetime(2026, 11, 18, 9, 30, tzinfo=UTC))

OPEN, MACHINE = FollowUpState.OPEN, FollowUpState.MACHINE
NONE, DUE, HAND, HELD = ChannelState.NONE, ChannelState.DUE, ChannelState.BY_HAND, ChannelState.HELD


async def card_of(db: Database, payer_id: int) -> Any:
    return (await db.execute(select(follow_up).where(follow_up.c.payer_id == payer_id))).one()


@pytest.mark.parametrize(
    ("due_on", "rules", "consent", "expected"),
    [
        # the machine's reminder is all of H-7
        (date(2026, 11, 25), BY_MACHINE, ConsentState.GIVEN, (MACHINE, NONE, DUE)),
        # without consent a person sends it through the link
        (date(2026, 11, 25), BY_MACHINE, ConsentState.UNKNOWN, (OPEN, NONE, HAND)),
        (date(2026, 11, 25), BY_HAND, ConsentState.GIVEN, (OPEN, NONE, HAND)),
        # who opted out is called instead
        (date(2026, 11, 25), BY_HAND, ConsentState.WITHDRAWN, (OPEN, DUE, HELD)),
        (date(2026, 11, 25), SILENT, ConsentState.GIVEN, (OPEN, DUE, NONE)),
        # a step with a call and a message asks for both, one without a message only for the call
        (WEDNESDAY, BY_MACHINE, ConsentState.GIVEN, (OPEN, DUE, DUE)),
        (date(2026, 11, 21), BY_MACHINE, ConsentState.GIVEN, (OPEN, DUE, NONE)),
        (date(2026, 11, 16), BY_MACHINE, ConsentState.GIVEN, (OPEN, DUE, NONE)),
    ],
)
async def test_a_card_asks_for_the_channels_of_its_step(
    store: Store, due_on: date, rules: CardRules, consent: ConsentState, expected: tuple[Any, ...]
) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju", consent=consent)
        await owes(db, payer_id, due_on)
        await mark(db, run_of())
        assert await cards.make_cards(db, run_of(), rules) == 1
        card = await card_of(db, payer_id)
        assert (card.state, card.call, card.message) == expected


async def test_key_accounts_are_never_written_to_by_machine(store: Store) -> None:
    rules = CardRules(by_machine=True, by_hand=True, segments_by_hand=["kunci"])
    async with store.transaction() as db:
        payer_id = await debtor(db, "Akun kunci", segment="kunci")
        await owes(db, payer_id, date(2026, 11, 25))
        await mark(db, run_of())
        await cards.make_cards(db, run_of(), rules)
        card = await card_of(db, payer_id)
        assert (card.state, card.call, card.message) == (OPEN, DUE, NONE)


async def test_an_invoice_set_apart_for_people_silences_the_machine_for_its_payer(store: Store) -> None:
    rules = CardRules(by_machine=True, by_hand=True, segments_by_hand=["kunci"])
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
        kept = await owes(db, payer_id, date(2026, 11, 25))
        await owes(db, payer_id, date(2026, 11, 25), amount=2_000_000)
        await db.execute(invoice.update().where(invoice.c.id == kept).values(segment="kunci"))
        await mark(db, run_of())
        await cards.make_cards(db, run_of(), rules)
        card = await card_of(db, payer_id)
        assert (card.state, card.call, card.message) == (OPEN, DUE, NONE)


async def test_one_card_for_a_payer_worded_for_the_most_advanced_step(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju", collector_id=await collector(db))
        for due_on in (date(2026, 11, 25), WEDNESDAY, date(2026, 11, 16)):
            await owes(db, payer_id, due_on)
        await mark(db, run_of())
        assert await cards.make_cards(db, run_of(), BY_MACHINE) == 1
        card = await card_of(db, payer_id)
        assert (card.step, card.message_step) == (Step.H_PLUS_2, Step.H_0)
        assert await cards.queue_reminders(db, run_of(), HOURS, language="id") == 1


async def test_an_escalated_invoice_alone_makes_no_card(store: Store) -> None:
    async with store.transaction() as db:
        await owes(db, await debtor(db, "Toko Maju"), date(2026, 11, 13))
        await mark(db, run_of())
        assert await cards.make_cards(db, run_of(), BY_MACHINE) == 0


async def test_reminders_are_queued_once_for_each_payer_step_and_day(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
        await owes(db, payer_id, WEDNESDAY)
        for added in (1, 0):
            await mark(db, run_of())
            assert await cards.make_cards(db, run_of(), BY_MACHINE) == added
            assert await cards.queue_reminders(db, run_of(), HOURS, language="id") == added
    async with store.transaction() as db:
        (waiting,) = await outbox.claim_due(db, way=Way.WHATSAPP, now=NOON, most=9)
        assert waiting.business_key == f"chase:{payer_id}:H0:2026-11-18"
        assert (waiting.message, waiting.expires_at) == ("customer/reminder", HOURS.expires_at)


async def test_a_later_import_lifts_todays_card(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
        await owes(db, payer_id, date(2026, 11, 25))
        await mark(db, run_of())
        await cards.make_cards(db, run_of(), BY_MACHINE)
        assert await card_changes.raise_cards(db, run_of()) == 0
        await owes(db, payer_id, date(2026, 11, 17), listed_on=WEDNESDAY)
        await mark(db, run_of())
        assert await cards.make_cards(db, run_of(), BY_MACHINE) == 0
        assert await card_changes.raise_cards(db, run_of()) == 1
        card = await card_of(db, payer_id)
        assert (card.step, card.state, card.call) == (Step.H_PLUS_1, OPEN, DUE)


async def test_cards_nobody_worked_are_closed_and_what_they_skipped_is_recorded(store: Store) -> None:
    tuesday = date(2026, 11, 17)
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
        await owes(db, payer_id, tuesday)
        await mark(db, run_of(tuesday))
        await cards.make_cards(db, run_of(tuesday), BY_MACHINE)
        assert await cards.close_missed(db, run_of(zone="Asia/Jayapura")) == 0
        assert await cards.close_missed(db, run_of()) == 1
        assert (await card_of(db, payer_id)).state is FollowUpState.MISSED
        step = (await db.execute(select(invoice_step))).one()
        assert (step.state, step.reason) == (StepState.SKIPPED, "missed")


async def test_a_card_that_was_to_come_back_goes_on_as_todays(store: Store) -> None:
    tuesday, back_at = date(2026, 11, 17), datetime(2026, 11, 18, 7, tzinfo=UTC)
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
        await owes(db, payer_id, tuesday)
        await mark(db, run_of(tuesday))
        await cards.make_cards(db, run_of(tuesday), BY_MACHINE)
        await db.execute(update(follow_up).values(return_at=back_at))
        await cards.close_missed(db, run_of())
        await mark(db, run_of())
        await cards.make_cards(db, run_of(), BY_MACHINE)
        assert await card_changes.carry_returns_over(db, run_of()) == 1
        found = (await db.execute(select(follow_up).order_by(follow_up.c.planned_on))).all()
        assert [(one.state, one.return_at) for one in found] == [(FollowUpState.CANCELLED, None), (OPEN, back_at)]


@pytest.mark.parametrize(
    ("promised_on", "state", "made"),
    [
        (WEDNESDAY, PromiseState.OPEN, 1),
        (date(2026, 11, 19), PromiseState.OPEN, 0),  # tomorrow's
        (date(2026, 11, 17), PromiseState.OPEN, 0),  # yesterday's had its card yesterday
        (date(2026, 11, 16), PromiseState.BROKEN, 1),
        (date(2026, 11, 16), PromiseState.PARTIAL, 1),
        (date(2026, 11, 16), PromiseState.KEPT, 0),
    ],
)
async def test_promises_due_or_broken_today_get_a_card(
    store: Store, promised_on: date, state: PromiseState, made: int
) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju", collector_id=await collector(db))
        invoice_id = await owes(db, payer_id, date(2026, 11, 10))
        new = NewPromise(
            payer_id=payer_id,
            amount=Money.rupiah(1_000_000),
            promised_on=promised_on,
            reason=None,
            taken_by_id=None,
            approved=False,
            outcome_id=None,
            shares={invoice_id: Money.rupiah(1_000_000)},
        )
        kept = await promises.add(db, new, now=NOON)
        if state is not PromiseState.OPEN:
            await promises.change(db, kept.id, state=state, closed_on=WEDNESDAY)
        await holds.place(db, NewHold(payer_id=payer_id, kind=HoldKind.PROMISE), now=NOON)
        assert await card_changes.make_promise_cards(db, run_of(), after=date(2026, 11, 17)) == made


async def test_cards_without_a_place_are_listed_by_collector(store: Store) -> None:
    async with store.transaction() as db:
        rina = await collector(db)
        payer_id = await debtor(db, "Toko Maju", collector_id=rina)
        await owes(db, payer_id, WEDNESDAY)
        await owes(db, await debtor(db, "Tanpa kolektor"), WEDNESDAY)
        await mark(db, run_of())
        await cards.make_cards(db, run_of(), BY_MACHINE)
        card = await card_of(db, payer_id)
        assert await card_changes.unplaced(db, now=NOON, days=[WEDNESDAY]) == {rina: [card.id]}
        await db.execute(update(follow_up).values(place=1))
        assert await card_changes.unplaced(db, now=NOON, days=[WEDNESDAY]) == {}
