"""How a payer is added up and written to."""

from __future__ import annotations

from datetime import date

import pytest

from sop.ladder import Step
from sop.ledger import Invoice
from sop.money import Money
from sop.payer import AgingBucket, Reached, bucket_of, chaseable, exposure_of, page_of, wording_of
from sop.policy import DEFAULT

TODAY = date(2026, 11, 18)


def invoice(number: int, due: str, rupiah: int = 1_000_000) -> Invoice:
    balance = Money.rupiah(rupiah)
    return Invoice(
        id=number,
        customer_id=1,
        payer_id=7,
        number=f"INV-{number:03}",
        issued_on=None,
        due_on=date.fromisoformat(due),
        amount=balance,
        paid=Money.ZERO,
        credited=Money.ZERO,
        balance=balance,
    )


def reached(number: int, due: str, step: Step | None, chase: int = 1_000_000, rupiah: int = 1_000_000) -> Reached:
    return Reached(invoice=invoice(number, due, rupiah), chaseable=Money.rupiah(chase), step=step)


def worded(*invoices: Reached) -> tuple[Step, list[int], list[int]] | None:
    wording = wording_of(invoices, today=TODAY)
    if wording is None:
        return None
    return wording.step, [one.invoice.id for one in wording.main], [one.invoice.id for one in wording.upcoming]


FIRST = reached(1, "2026-11-17", Step.H_PLUS_1)
THIRD = reached(2, "2026-11-14", Step.H_PLUS_3)
DUE = reached(3, "2026-11-18", Step.H_0)
SOON = reached(4, "2026-11-21", Step.H_MINUS_3)
LATER = reached(5, "2026-12-18", None)


@pytest.mark.parametrize(
    ("invoices", "expected"),
    [
        ([], None),
        ([LATER], None),  # nothing reached a step
        ([FIRST], (Step.H_PLUS_1, [1], [])),
        ([FIRST, THIRD], (Step.H_PLUS_3, [2, 1], [])),  # both are overdue; the most advanced step words it
        ([FIRST, DUE, SOON, LATER], (Step.H_PLUS_1, [1], [3, 4])),  # urgency names the overdue ones only
        ([DUE, SOON], (Step.H_0, [3], [4])),
        ([SOON], (Step.H_MINUS_3, [4], [])),
        ([reached(6, "2026-11-14", Step.H_PLUS_3, chase=0), DUE], (Step.H_0, [3], [])),  # the overdue one is held
        ([reached(6, "2026-11-14", Step.H_PLUS_3, rupiah=0), DUE], (Step.H_0, [3], [])),  # or paid
    ],
)
def test_wording(invoices: list[Reached], expected: tuple[Step, list[int], list[int]] | None) -> None:
    assert worded(*invoices) == expected


def test_the_text_asks_for_the_part_that_may_be_chased() -> None:
    wording = wording_of([reached(1, "2026-11-17", Step.H_PLUS_1, chase=400_000), SOON], today=TODAY)
    assert wording is not None
    assert wording.amount == Money.rupiah(400_000)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (-5, AgingBucket.NOT_DUE),
        (0, AgingBucket.NOT_DUE),
        (1, AgingBucket.FIRST),
        (30, AgingBucket.FIRST),
        (31, AgingBucket.SECOND),
        (60, AgingBucket.SECOND),
        (90, AgingBucket.THIRD),
        (91, AgingBucket.LAST),
    ],
)
def test_buckets(days: int, bucket: AgingBucket) -> None:
    assert bucket_of(days, policy=DEFAULT) is bucket


def test_exposure() -> None:
    exposure = exposure_of(
        [invoice(1, "2026-11-08", 300), invoice(2, "2026-11-18", 500), invoice(3, "2026-10-01", 0)], today=TODAY
    )
    assert (exposure.total, exposure.overdue) == (Money.rupiah(800), Money.rupiah(300))
    assert (exposure.oldest_due_on, exposure.days_late) == (date(2026, 11, 8), 10)  # the paid one is older


def test_nothing_open_is_no_exposure() -> None:
    exposure = exposure_of([], today=TODAY)
    assert (exposure.total, exposure.oldest_due_on, exposure.days_late) == (Money.ZERO, None, 0)


def test_invoices_come_oldest_first() -> None:
    assert [one.invoice.id for one in chaseable([SOON, FIRST, THIRD])] == [2, 1, 4]


def test_a_card_lists_eight_and_counts_the_rest() -> None:
    page = page_of([reached(number, "2026-11-17", Step.H_PLUS_1) for number in range(1, 61)], policy=DEFAULT)
    assert (len(page.listed), page.others, page.others_amount) == (8, 52, Money.rupiah(52_000_000))
