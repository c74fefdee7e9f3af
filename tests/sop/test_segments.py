"""The policy a payer is spoken to by: invoice before customer before default, and silence wins."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sop.case import Case
from sop.hold import Moment
from sop.ledger import Customer, Invoice
from sop.money import Money
from sop.policy import Caps, Policy, Segment
from sop.segments import policy_for

TODAY = date(2026, 11, 18)
POLICY = Policy(
    segments=(
        Segment(name="kunci", policy=Policy(machine=False)),
        Segment(name="besar", policy=Policy(caps=Caps(calls_per_day=3))),
        Segment(name="kecil", policy=Policy(caps=Caps(calls_per_day=1))),
    )
)
CUSTOMER = Customer(
    id=1, payer_id=1, code=None, name="Toko", zone=None, segment=None, consequence_clause=None, collector_id=None
)
INVOICE = Invoice(
    id=1,
    customer_id=1,
    payer_id=1,
    number="F-1",
    issued_on=None,
    due_on=TODAY,
    amount=Money(1),
    paid=Money.ZERO,
    credited=Money.ZERO,
    balance=Money(1),
)


def case_of(customers: tuple[str | None, ...], invoices: tuple[str | None, ...]) -> Case:
    return Case(
        payer_id=1,
        today=TODAY,
        moment=Moment(now=datetime(2026, 11, 18, tzinfo=UTC), today=TODAY),
        customers=tuple(replace(CUSTOMER, segment=one) for one in customers),
        contacts=(),
        invoices=tuple(replace(INVOICE, segment=one) for one in invoices),
        steps={},
        holds=(),
        promises=(),
        claims=(),
        disputes=(),
    )


@pytest.mark.parametrize(
    ("customers", "invoices", "machine", "calls_per_day"),
    [
        ((None,), (None,), True, 2),  # the default
        (("besar",), (None,), True, 3),
        (("besar",), ("kecil",), True, 1),  # the invoice's counts before
        (("besar",), ("dihapus",), True, 3),  # a struck segment says nothing
        (("kunci",), (None,), False, 2),
        (("besar",), (None, "kunci"), False, 2),  # one invoice is enough for silence
        (("besar", "kunci"), ("kecil",), False, 2),  # so is one shop of the same payer
    ],
)
def test_whose_policy_a_payer_is_spoken_to_by(
    customers: tuple[str | None, ...], invoices: tuple[str | None, ...], machine: bool, calls_per_day: int
) -> None:
    found = policy_for(POLICY, case_of(customers, invoices))
    assert (found.machine, found.caps.calls_per_day) == (machine, calls_per_day)
