"""Why a payer, or a part of what he owes, is left alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.hold import HOLDS, ActiveHold, HoldKind, Moment, Owed, Use, holds_on, is_active, is_stale, waits_for_posting
from sop.money import Money
from tests.sop.indonesia import local

AT = Moment(now=local("2026-11-18 10:00"), today=date(2026, 11, 18))
FIRST, SECOND = Owed(invoice_id=1, balance=Money.rupiah(700_000)), Owed(invoice_id=2, balance=Money.rupiah(300_000))


def chaseable(*holds: ActiveHold, use: Use = Use.MESSAGE) -> dict[int, int]:
    standing = holds_on([FIRST, SECOND], holds, use=use, at=AT)
    return {one.invoice_id: one.balance.rupiah_exact for one in standing.chaseable}


def hold(
    kind: HoldKind, invoice_id: int | None = None, rupiah: int | None = None, until: str | None = None
) -> ActiveHold:
    return ActiveHold(
        kind=kind,
        invoice_id=invoice_id,
        amount=None if rupiah is None else Money.rupiah(rupiah),
        until_on=date.fromisoformat(until) if until else None,
    )


def test_every_kind_has_its_row_and_reason() -> None:
    assert set(HOLDS) == set(HoldKind)
    assert {rule.reason for rule in HOLDS.values()} == {f"held_{kind.value}" for kind in HoldKind}
    assert all(rule.clause for rule in HOLDS.values())


@pytest.mark.parametrize(
    ("active", "left"),
    [
        ([], {1: 700_000, 2: 300_000}),
        ([hold(HoldKind.CLAIM)], {}),  # the whole payer
        ([hold(HoldKind.CLAIM, 1)], {2: 300_000}),  # one invoice
        ([hold(HoldKind.CLAIM, 1, 200_000)], {1: 500_000, 2: 300_000}),  # `Bayar sebagian`: the rest goes on
        ([hold(HoldKind.CLAIM, None, 800_000)], {2: 200_000}),  # a part that names no invoice: the first ones
        ([hold(HoldKind.DISPUTE, 1, 200_000), hold(HoldKind.DISPUTE, 1, 100_000)], {1: 400_000, 2: 300_000}),
        ([hold(HoldKind.DISPUTE, 1, 900_000)], {2: 300_000}),  # never below nothing
        ([hold(HoldKind.DISPUTE, 1), hold(HoldKind.PROMISE, 2)], {}),  # two holds together cover all
        ([hold(HoldKind.PROMISE, 1, 200_000)], {2: 300_000}),  # a promised invoice rests whole
        ([hold(HoldKind.CREDIT, None, 999_999)], {1: 700_000, 2: 300_000}),  # less credit than is owed
        ([hold(HoldKind.CREDIT, None, 1_000_000)], {}),
        ([hold(HoldKind.EXTENSION, None, None, "2026-11-18")], {}),  # its last day
        ([hold(HoldKind.EXTENSION, None, None, "2026-11-17")], {1: 700_000, 2: 300_000}),  # over by itself
        ([hold(HoldKind.PROMISE, None, None, "2026-11-17")], {}),  # only its verdict ends it
    ],
)
def test_what_may_be_chased(active: list[ActiveHold], left: dict[int, int]) -> None:
    assert chaseable(*active) == left


@pytest.mark.parametrize(
    ("kind", "call_too"),
    [
        (HoldKind.CLAIM, True),
        (HoldKind.PROMISE, True),
        (HoldKind.DECEASED, True),
        (HoldKind.MANAGER_STOP, True),
        (HoldKind.OPTED_OUT, False),  # WhatsApp only
        (HoldKind.WRONG_NUMBER, False),  # the card asks for the right one
        (HoldKind.CUSTOMER_WROTE, False),  # he is to be answered
        (HoldKind.FINANCE_NOT_POSTED, False),  # "cek dulu ke finance"
        (HoldKind.STALE_LEDGER, False),
    ],
)
def test_what_stops_the_card_too(kind: HoldKind, call_too: bool) -> None:
    assert chaseable(hold(kind)) == {}
    assert (chaseable(hold(kind), use=Use.CALL) == {}) is call_too


def test_the_firmest_reason_is_named_and_the_others_are_flags() -> None:
    promised, deceased = hold(HoldKind.PROMISE), hold(HoldKind.DECEASED)
    standing = holds_on([FIRST], [promised, deceased], use=Use.MESSAGE, at=AT)
    assert standing.blocked == deceased
    assert standing.flags == (promised,)


def test_a_part_only_flags() -> None:
    part = hold(HoldKind.DISPUTE, 1, 100_000)
    standing = holds_on([FIRST, SECOND], [part], use=Use.MESSAGE, at=AT)
    assert standing.blocked is None
    assert standing.flags == (part,)
    assert standing.amount == Money.rupiah(900_000)


def test_paid_is_the_first_reason_of_all() -> None:
    paid = Owed(invoice_id=1, balance=Money.ZERO)
    standing = holds_on([paid], [hold(HoldKind.CLAIM)], use=Use.CALL, at=AT)
    assert standing.blocked == ActiveHold(kind=HoldKind.PAID)


def test_a_customers_message_holds_until_its_instant() -> None:
    wrote = ActiveHold(kind=HoldKind.CUSTOMER_WROTE, until_at=AT.now)
    assert not is_active(wrote, at=AT)
    assert is_active(wrote, at=Moment(now=AT.now - timedelta(seconds=1), today=AT.today))


@pytest.mark.parametrize(
    ("overdue", "has_finance", "posted", "waits"),
    [
        (True, True, False, True),
        (True, True, True, False),  # the button was pressed
        (True, False, False, False),  # nobody is there to press it
        (False, True, False, False),  # before and on the due date nothing waits
    ],
)
def test_finance_posts_first(overdue: bool, has_finance: bool, posted: bool, waits: bool) -> None:
    assert waits_for_posting(is_overdue_chase=overdue, has_finance=has_finance, posted_today=posted) is waits


def test_an_old_feed_is_stale_and_no_feed_is_not() -> None:
    assert is_stale(ledger_at=AT.now - timedelta(hours=27), now=AT.now, hours=26)
    assert not is_stale(ledger_at=AT.now - timedelta(hours=26), now=AT.now, hours=26)
    assert not is_stale(ledger_at=None, now=AT.now, hours=26)


AMOUNTS = st.none() | st.integers(1, 10**8).map(Money)
ACTIVE = st.builds(ActiveHold, kind=st.sampled_from(HoldKind), invoice_id=st.none() | st.integers(1, 5), amount=AMOUNTS)
OWED = st.lists(st.integers(0, 10**8).map(Money), max_size=5).map(
    lambda balances: [Owed(invoice_id=number, balance=one) for number, one in enumerate(balances, start=1)]
)


@given(owed=OWED, holds=st.lists(ACTIVE, max_size=5), more=ACTIVE, use=st.sampled_from(Use))
def test_another_hold_never_frees_anything(
    owed: list[Owed], holds: list[ActiveHold], more: ActiveHold, use: Use
) -> None:
    before, after = (holds_on(owed, some, use=use, at=AT) for some in (holds, [*holds, more]))
    assert Money.ZERO <= after.amount <= before.amount <= Money.total(one.balance for one in owed)
    assert (after.blocked is None) is bool(after.chaseable)
