"""Which invoices an agreement is about, row by row."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sop.case import Case
from sop.coverage import (
    AmountNotOpen,
    LastInvoice,
    NothingToAgree,
    agreeable,
    check_part,
    covered,
    moving_of,
    part_of,
    spread,
    toggled,
    total_of,
    undisputed_of,
    without,
)
from sop.hold import ActiveHold, HoldKind, Moment
from sop.ladder import Step
from sop.ledger import Customer, Invoice
from sop.money import Money

TODAY = date(2026, 11, 18)


def invoice(number: int, *, balance: int = 1_000, day: int = 10) -> Invoice:
    amount = Money.rupiah(balance)
    return Invoice(
        id=number,
        customer_id=1,
        payer_id=1,
        number=f"F-{number}",
        issued_on=None,
        due_on=date(2026, 11, day),
        amount=amount,
        paid=Money.ZERO,
        credited=Money.ZERO,
        balance=amount,
    )


def case(*invoices: Invoice, holds: tuple[ActiveHold, ...] = (), steps: dict[int, Step] | None = None) -> Case:
    shop = Customer(
        id=1,
        payer_id=1,
        code=None,
        name="Toko Maju",
        zone="Asia/Jakarta",
        segment=None,
        consequence_clause=None,
        collector_id=None,
    )
    return Case(
        payer_id=1,
        today=TODAY,
        moment=Moment(now=datetime(2026, 11, 18, 3, tzinfo=UTC), today=TODAY),
        customers=(shop,),
        contacts=(),
        invoices=invoices,
        steps=steps or {},
        holds=holds,
        promises=(),
        claims=(),
        disputes=(),
    )


def on(kind: HoldKind, invoice_id: int | None = 1, amount: int | None = None) -> ActiveHold:
    return ActiveHold(kind=kind, invoice_id=invoice_id, amount=None if amount is None else Money.rupiah(amount))


@pytest.mark.parametrize(
    ("holds", "ids"),
    [
        ((), [1, 2]),
        ((on(HoldKind.PROMISE),), [1, 2]),  # a newer word takes its place
        ((on(HoldKind.EXTENSION),), [1, 2]),
        ((on(HoldKind.CLAIM),), [2]),
        ((on(HoldKind.DISPUTE),), [2]),
        ((on(HoldKind.DISPUTE, amount=400),), [1, 2]),  # the rest of it moves
        ((on(HoldKind.PLAN),), [2]),
        ((on(HoldKind.PLAN, None),), [1, 2]),  # where nothing else moves, instalments are claimed and disputed
    ],
)
def test_what_is_covered(holds: tuple[ActiveHold, ...], ids: list[int]) -> None:
    reached = covered(case(invoice(1), invoice(2), holds=holds))
    assert [one.invoice.id for one in reached] == ids


def test_nothing_new_is_agreed_about_a_plan_that_runs() -> None:
    planned = case(invoice(1), invoice(2), holds=(on(HoldKind.PLAN),))
    assert [one.invoice.id for one in agreeable(planned)] == [2]
    with pytest.raises(NothingToAgree) as refused:
        agreeable(case(invoice(1), holds=(on(HoldKind.PLAN),)))
    assert refused.value.values == {"reason": "held_plan"}


def test_only_invoices_that_reached_a_step_are_meant() -> None:
    assert [one.invoice.id for one in covered(case(invoice(1), invoice(2), steps={2: Step.H_0}))] == [2]


def test_nothing_moves_says_why() -> None:
    with pytest.raises(NothingToAgree) as refused:
        covered(case(invoice(1), holds=(on(HoldKind.CLAIM, None),)))
    assert refused.value.values == {"reason": "held_claim"}


def test_a_disputed_part_is_not_promised() -> None:
    assert total_of(covered(case(invoice(1), holds=(on(HoldKind.DISPUTE, amount=400),)))) == Money.rupiah(600)


def test_an_amount_goes_to_the_oldest_first_and_names_every_invoice() -> None:
    reached = covered(case(invoice(1), invoice(2), invoice(3)))
    shares = spread(reached, Money.rupiah(1_500))
    assert shares == {1: Money.rupiah(1_000), 2: Money.rupiah(500), 3: Money.ZERO}


@pytest.mark.parametrize("amount", [0, 1_001])
def test_a_part_is_more_than_nothing_and_no_more_than_all(amount: int) -> None:
    with pytest.raises(AmountNotOpen):
        check_part(Money.rupiah(amount), total=Money.rupiah(1_000))


def test_a_part_of_an_invoice() -> None:
    (one,) = covered(case(invoice(1)))
    assert part_of(one, Money.rupiah(250)).chaseable == Money.rupiah(250)


def test_invoices_are_taken_out_and_back_but_never_all() -> None:
    reached = covered(case(invoice(1), invoice(2)))
    assert toggled(reached, [], 1) == [1]
    assert toggled(reached, [1], 1) == []
    assert toggled(reached, [99], 1) == [1]  # what is not there any more is forgotten
    with pytest.raises(LastInvoice):
        toggled(reached, [1], 2)


def test_leaving_out_everything_leaves_out_nothing() -> None:
    reached = covered(case(invoice(1), invoice(2)))
    assert [one.invoice.id for one in without(reached, [1])] == [2]
    assert without(reached, [1, 2]) == reached


@pytest.mark.parametrize(
    ("holds", "moving", "undisputed"),
    [
        ((), 1_000, 1_000),
        ((on(HoldKind.PROMISE),), 1_000, 1_000),
        ((on(HoldKind.DISPUTE, amount=400),), 600, 600),
        ((on(HoldKind.CLAIM),), 0, 1_000),  # a claim explains nothing
        ((on(HoldKind.MANAGER_STOP, None),), 0, 1_000),
    ],
)
def test_what_is_still_asked_of_a_promise(holds: tuple[ActiveHold, ...], moving: int, undisputed: int) -> None:
    books = case(invoice(1), invoice(2), holds=holds)
    assert moving_of(books, {1}) == Money.rupiah(moving)
    assert undisputed_of(books, {1}) == Money.rupiah(undisputed)
