"""The check before chasing: asked on the first overdue card, again only for new invoices and not too often."""

from __future__ import annotations

from datetime import date

import pytest

from sop.chase_check import FOLLOWS, Check, Checked, follow_ups_of, to_check
from sop.errand import ErrandKind
from sop.ledger import Invoice
from sop.money import Money
from sop.policy import DEFAULT

TODAY = date(2026, 11, 18)


def invoice(number: int, due_on: date) -> Invoice:
    amount = Money.rupiah(1_000_000)
    return Invoice(
        id=number,
        customer_id=1,
        payer_id=1,
        number=f"F-{number}",
        issued_on=None,
        due_on=due_on,
        amount=amount,
        paid=Money.ZERO,
        credited=Money.ZERO,
        balance=amount,
    )


LATE, LATER, COMING = invoice(1, date(2026, 11, 17)), invoice(2, date(2026, 11, 10)), invoice(3, date(2026, 11, 18))


def checked(on: date, *ids: int) -> Checked:
    return Checked(on=on, invoice_ids=frozenset(ids), wrong=frozenset())


@pytest.mark.parametrize(
    ("done", "asked"),
    [
        ([], [1, 2]),  # the first overdue card; what is due today is not late
        ([checked(date(2026, 11, 17), 2)], []),  # a new invoice is late, but we asked yesterday
        ([checked(date(2026, 10, 1), 2)], [1]),  # long ago: only what was not asked about
        ([checked(date(2026, 10, 1), 1, 2)], []),
    ],
)
def test_what_is_asked_about(done: list[Checked], asked: list[int]) -> None:
    found = to_check([LATE, LATER, COMING], done, today=TODAY, policy=DEFAULT)
    assert [one.id for one in found] == asked


def test_each_no_makes_its_follow_up_once() -> None:
    assert set(FOLLOWS) == set(Check)
    assert follow_ups_of({Check.SENT, Check.RECEIVED}) == (ErrandKind.RESEND_INVOICE,)
    assert follow_ups_of(set(Check)) == (
        ErrandKind.RESEND_INVOICE,
        ErrandKind.CHECK_AMOUNT,
        ErrandKind.APPLY_CREDIT,
    )
    assert follow_ups_of({Check.NO_DISPUTE}) == ()
