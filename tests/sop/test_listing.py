"""Whose invoice a list names, and what changed since the books were written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from sop.ledger import Invoice
from sop.listing import KnownCustomer, Verdict, parties_of, payers_of, verdict_of
from sop.money import Money

DUE = date(2026, 11, 17)
THOUSAND = Money.rupiah(1_000)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One listed invoice of Rp1.000."""

    row: int = 2
    number: str = "F-1"
    customer: str = "Toko Maju"
    customer_code: str | None = None
    issued_on: date | None = None
    due_on: date = DUE
    amount: Money = THOUSAND
    paid: Money = Money.ZERO
    balance: Money = THOUSAND
    phones: tuple[str, ...] = ()
    whatsapp_phones: tuple[str, ...] = ()
    contact_name: str | None = None
    salutation: str | None = None
    collector: str | None = None
    sales: str | None = None
    exchange_days: str | None = None
    pay_days: str | None = None
    term_basis: str | None = None
    zone: str | None = None
    consent: bool | None = None
    segment: str | None = None
    invoice_segment: str | None = None


def known(customer_id: int, name: str = "Toko Maju", code: str | None = None) -> KnownCustomer:
    return KnownCustomer(
        id=customer_id,
        payer_id=customer_id * 10,
        code=code,
        name=name,
        zone=None,
        segment=None,
        collector_id=None,
        listed_collector=None,
    )


def invoice(balance: int = 1_000, amount: int = 1_000, due_on: date = DUE) -> Invoice:
    return Invoice(
        id=1,
        customer_id=1,
        payer_id=10,
        number="F-1",
        issued_on=None,
        due_on=due_on,
        amount=Money.rupiah(amount),
        paid=Money.rupiah(amount - balance),
        credited=Money.ZERO,
        balance=Money.rupiah(balance),
    )


@pytest.mark.parametrize(
    ("books", "customer_id", "verdict"),
    [
        (None, 1, Verdict.NEW),
        (None, None, Verdict.NEW),
        (invoice(), 1, Verdict.UNCHANGED),
        (invoice(balance=1_200, amount=1_200), 1, Verdict.AMOUNT_CHANGED),  # the amount is asked before the balance
        (invoice(due_on=date(2026, 12, 17)), 1, Verdict.DUE_CHANGED),  # a tukar faktur the list does not know
        (invoice(balance=400), 1, Verdict.BALANCE_HIGHER),  # the list is older than a payment of ours
        (invoice(), 2, Verdict.OTHER_CUSTOMER),
        (invoice(), None, Verdict.OTHER_CUSTOMER),  # not even a customer we know
    ],
)
def test_what_a_listed_invoice_means(books: Invoice | None, customer_id: int | None, verdict: Verdict) -> None:
    assert verdict_of(Row(), books, customer_id=customer_id) is verdict


def test_a_lower_balance_is_a_payment() -> None:
    paid = Row(paid=Money.rupiah(600), balance=Money.rupiah(400))
    assert verdict_of(paid, invoice(), customer_id=1) is Verdict.PAID_DOWN


NONE: tuple[KnownCustomer, ...] = ()


@pytest.mark.parametrize(
    ("customers", "rows", "expected"),
    [
        # the code says who it is, whatever the spelling
        ((known(1, code="C1"),), (Row(customer="MAJU, TOKO", customer_code="c1"),), [1]),
        # the exact name, without capitals, dots and commas
        ((known(1, name="PT. Maju Jaya"),), (Row(customer="PT  maju jaya"),), [1]),
        # another order of the words is another name: nothing is guessed
        ((known(1, name="PT. Maju Jaya"),), (Row(customer="MAJU JAYA, PT"),), [None]),
        # another code is another customer, though the name be the same
        ((known(1, code="C1"),), (Row(customer_code="C2"),), [None]),
        # a customer without a code takes the one the list gives him
        ((known(1),), (Row(customer_code="C1"),), [1]),
        # two codes of one name: the first takes the customer who has none, the second is somebody else
        ((known(1),), (Row(customer_code="C1"), Row(customer_code="C2")), [1, None]),
        # a row without a code belongs to the one code of that name in the list
        (NONE, (Row(customer_code="C1"), Row()), [None]),
        # two rows of one new name are one customer
        (NONE, (Row(), Row(customer="TOKO MAJU")), [None]),
    ],
)
def test_whose_row_it_is(
    customers: tuple[KnownCustomer, ...], rows: tuple[Row, ...], expected: list[int | None]
) -> None:
    parties, unclear = parties_of(rows, customers)
    assert [party.known.id if party.known else None for party in parties] == expected
    assert sum(len(party.rows) for party in parties) == len(rows)
    assert unclear == ()


@pytest.mark.parametrize(
    ("customers", "rows"),
    [
        ((known(1, code="C1"), known(2, code="C2")), (Row(),)),  # two known customers of this name
        (NONE, (Row(customer_code="C1"), Row(customer_code="C2"), Row())),  # two in the list itself
        ((known(1, code="C1"),), (Row(customer_code="C2"), Row())),  # one known, one new
    ],
)
def test_a_name_that_two_customers_bear_is_not_guessed(
    customers: tuple[KnownCustomer, ...], rows: tuple[Row, ...]
) -> None:
    _, unclear = parties_of(rows, customers)
    assert unclear == (rows[-1],)


A, B, C = "+6281200000001", "+6281200000002", "+6281200000003"


def payers(*phones: tuple[str, ...], books: dict[str, int] | None = None, wrong: tuple[str, ...] = ()) -> list[int]:
    rows = [Row(customer=f"Toko {place}", phones=those) for place, those in enumerate(phones)]
    parties, _ = parties_of(rows, ())
    return list(payers_of(parties, books or {}, wrong))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (payers((A,), (B,)), [-1, -2]),  # two customers, two payers
        (payers((A,), (A, B)), [-1, -1]),  # a shared number: one payer
        (payers((A,), (B,), (A, B)), [-1, -1, -1]),  # joined by the third
        (payers((A,), (A,), books={A: 7}), [7, 7]),  # the books know the number already
        (payers((A,), (B,), books={A: 7, B: 9}), [7, 9]),
        (payers((A, B), books={A: 9, B: 7}), [7]),  # two payers that exist are not merged: the earlier takes him
        (payers((A,), (A,), wrong=(A,)), [-1, -2]),  # a wrong number joins nobody
        (payers((), ()), [-1, -2]),  # no number is no shared number
    ],
)
def test_who_pays_together(found: list[int], expected: list[int]) -> None:
    assert found == expected


def test_a_known_customer_keeps_his_payer() -> None:
    rows = [Row(customer_code="C1", phones=(A,)), Row(customer="Toko Baru", customer_code="C9", phones=(A, C))]
    parties, _ = parties_of(rows, [known(1, code="C1")])
    assert list(payers_of(parties, {C: 5}, ())) == [10, 5]
