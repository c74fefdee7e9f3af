"""The discount for who pays early: how much, until when, and when it was earned."""

from __future__ import annotations

from datetime import date

import pytest

from sop.discount import is_earned, is_offered, offer_of
from sop.ledger import Invoice
from sop.money import Money
from sop.policy import DEFAULT, policy_from_toml

DUE = date(2026, 11, 30)
TERMS = policy_from_toml(
    """
    [segments.langganan.discount]
    basis_points = 200
    days_before_due = 7
    [segments.tunai.discount]
    basis_points = 150
    days_after_issue = 10
    """
)


def invoice(*, amount: int = 1_000_000, paid: int = 0, credited: int = 0, issued_on: date | None = None) -> Invoice:
    return Invoice(
        id=1,
        customer_id=1,
        payer_id=1,
        number="F-1",
        issued_on=issued_on,
        due_on=DUE,
        amount=Money.rupiah(amount),
        paid=Money.rupiah(paid),
        credited=Money.rupiah(credited),
        balance=Money.rupiah(amount - paid - credited),
    )


@pytest.mark.parametrize(
    ("segment", "one", "amount", "last_on"),
    [
        ("langganan", invoice(), 20_000, "2026-11-23"),  # 2 %, a week before the due date
        ("langganan", invoice(amount=333_333), 6_666, "2026-11-23"),  # down to the rupiah
        ("langganan", invoice(credited=500_000), 10_000, "2026-11-23"),  # of what is asked for
        ("langganan", invoice(paid=500_000), 20_000, "2026-11-23"),  # a part paid early does not make it less
        ("tunai", invoice(issued_on=date(2026, 11, 1)), 15_000, "2026-11-11"),  # ten days after the invoice
        ("tunai", invoice(issued_on=date(2026, 11, 25)), 15_000, "2026-11-30"),  # never after the due date
        ("tunai", invoice(), 15_000, "2026-11-23"),  # its day unknown: counted back from the due date
    ],
)
def test_an_offer(segment: str, one: Invoice, amount: int, last_on: str) -> None:
    offer = offer_of(one, policy=TERMS.for_segment(segment))
    assert offer is not None
    assert (offer.amount, offer.last_on) == (Money.rupiah(amount), date.fromisoformat(last_on))


def test_nothing_is_offered_unless_the_company_says_so() -> None:
    assert offer_of(invoice(), policy=DEFAULT) is None
    assert offer_of(invoice(), policy=TERMS) is None  # no segment of theirs
    assert offer_of(invoice(amount=0), policy=TERMS.for_segment("langganan")) is None


@pytest.mark.parametrize(
    ("left", "paid_on", "earned"),
    [
        (20_000, "2026-11-23", True),  # exactly the discount, on its last day
        (20_000, "2026-11-02", True),
        (20_000, "2026-11-24", False),  # a day late
        (20_001, "2026-11-23", False),  # a rupiah short of it: asked about like any rest
        (19_999, "2026-11-23", False),  # nobody says that this is the discount
        (0, "2026-11-23", False),  # he paid in full
    ],
)
def test_when_it_is_earned(left: int, paid_on: str, earned: bool) -> None:
    offer = offer_of(invoice(), policy=TERMS.for_segment("langganan"))
    assert offer is not None
    assert is_earned(offer, left=Money.rupiah(left), paid_on=date.fromisoformat(paid_on)) is earned


@pytest.mark.parametrize(
    ("one", "today", "said"),
    [
        (invoice(), "2026-11-23", True),
        (invoice(), "2026-11-24", False),  # over
        (invoice(paid=980_000), "2026-11-20", False),  # earned already, or as good as
    ],
)
def test_when_the_collector_names_it(one: Invoice, today: str, said: bool) -> None:
    offer = offer_of(one, policy=TERMS.for_segment("langganan"))
    assert offer is not None
    assert is_offered(offer, one, today=date.fromisoformat(today)) is said
