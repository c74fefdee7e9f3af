"""Agreements at rest, on both databases: time given is counted, a plan's money is what came for its invoices."""

from __future__ import annotations

from datetime import timedelta

from sop.authority import Given
from sop.extension import ExtensionState
from sop.money import Money
from sop.payment import PaymentSource
from sop.plan import Instalment
from sop.relief import ReliefKind
from storage import Store, payments, plans, reliefs, requests
from storage.payments import NewPayment
from storage.plans import NewPlan
from storage.reliefs import NewRelief
from storage.requests import NewExtension
from tests.storage.ledger import NOON, WEDNESDAY, collector, debtor, owes

MILLION = Money.rupiah(1_000_000)
TWO = Money.rupiah(2_000_000)
DAY = timedelta(days=1)


async def test_only_time_that_was_given_counts(store: Store) -> None:
    async with store.transaction() as db:
        payer_id, rina = await debtor(db, "Toko"), await collector(db)
        one, other = await owes(db, payer_id, WEDNESDAY), await owes(db, payer_id, WEDNESDAY, amount=5)
        for state, ids, days in (
            (ExtensionState.ENDED, [one], 100),  # before the window
            (ExtensionState.GRANTED, [one, other], 10),
            (ExtensionState.DECLINED, [one], 5),
            (ExtensionState.EXPIRED, [one], 4),
            (ExtensionState.WITHDRAWN, [one], 3),
            (ExtensionState.REQUESTED, [one], 2),
        ):
            new = NewExtension(
                payer_id=payer_id,
                until_on=WEDNESDAY,
                reason=None,
                state=state,
                asked_by_id=rina,
                outcome_id=None,
                invoice_ids=ids,
            )
            await requests.add_extension(db, new, now=NOON - days * DAY)
        since = NOON - 90 * DAY
        assert await requests.given(db, payer_id, [one, other], since=since) == Given(to_invoice=2, to_payer=1)
        assert await requests.given(db, payer_id, [other], since=since) == Given(to_invoice=1, to_payer=1)
        assert await requests.given(db, payer_id, [], since=NOON) == Given()
        assert [each.state for each in await requests.requested_extensions(db)] == [ExtensionState.REQUESTED]
        assert await requests.elapsed_extensions(db, before=WEDNESDAY) == ()
        assert len(await requests.elapsed_extensions(db, before=WEDNESDAY + DAY)) == 1


async def test_a_plans_money_is_what_stands_of_its_invoices_since_it_was_asked(store: Store) -> None:
    async with store.transaction() as db:
        payer_id, rina = await debtor(db, "Toko"), await collector(db)
        inside, outside = await owes(db, payer_id, WEDNESDAY, amount=3_000_000), await owes(db, payer_id, WEDNESDAY)
        await payments.post(db, transfer(payer_id), {inside: MILLION}, now=NOON - DAY)  # before the plan
        halves = [Instalment(due_on=WEDNESDAY, amount=MILLION), Instalment(due_on=WEDNESDAY + DAY, amount=MILLION)]
        new = NewPlan(
            payer_id=payer_id,
            instalments=halves,
            shares={inside: TWO},
            way=None,
            proposal=None,
            asked_by_id=rina,
            outcome_id=None,
        )
        plan = await plans.get(db, await plans.add(db, new, now=NOON))
        assert plan.amount == TWO
        paid = await payments.post(db, transfer(payer_id), {inside: MILLION}, now=NOON)
        await payments.post(db, transfer(payer_id), {outside: MILLION}, now=NOON)
        (share,) = await plans.shares_of(db, plan)
        assert (share.received, share.balance) == (MILLION, MILLION)
        assert await plans.received_by(db, plan, WEDNESDAY) == MILLION
        assert await plans.received_by(db, plan, WEDNESDAY - DAY) == Money.ZERO
        assert paid is not None
        await payments.reverse(db, paid, by_id=rina, reason="wrong_payer", now=NOON)
        (share,) = await plans.shares_of(db, plan)
        assert (share.received, share.balance) == (Money.ZERO, TWO)
        await plans.reschedule(db, plan.id, halves[::-1][:1])
        assert [one.due_on for one in await plans.instalments_of(db, plan.id)] == [WEDNESDAY + DAY]


async def test_money_for_a_settlement_is_told_from_what_came_late(store: Store) -> None:
    async with store.transaction() as db:
        payer_id, rina = await debtor(db, "Toko"), await collector(db)
        invoice_id = await owes(db, payer_id, WEDNESDAY, amount=3_000_000)
        new = NewRelief(
            payer_id=payer_id,
            kind=ReliefKind.SETTLEMENT_DISCOUNT,
            invoice_ids=[invoice_id],
            asked_by_id=rina,
            outcome_id=None,
            amount=MILLION,
            until_on=WEDNESDAY,
        )
        relief = await reliefs.get(db, await reliefs.add(db, new, now=NOON))
        await payments.post(db, transfer(payer_id), {invoice_id: MILLION}, now=NOON)
        assert await reliefs.received(db, relief) == MILLION
        assert await reliefs.received(db, relief, after=WEDNESDAY - DAY) == MILLION
        assert await reliefs.received(db, relief, after=WEDNESDAY) == Money.ZERO
        assert await reliefs.credited(db, relief) == Money.ZERO
        await reliefs.set_terms(db, payer_id, 60)
        assert [one.term_days for one in await reliefs.terms_of(db, payer_id)] == [60]


def transfer(payer_id: int) -> NewPayment:
    return NewPayment(payer_id=payer_id, amount=MILLION, paid_on=WEDNESDAY, source=PaymentSource.COMMAND)
