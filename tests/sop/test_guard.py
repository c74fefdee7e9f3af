"""May this leave for the customer now? Every rule once, and the hour it names when it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.guard import Allowed, Blocked, Held, MessageFacts, MessageKind, Verdict, Warned, check
from sop.guard_rules import RULES
from sop.hours import allowed_at, legal_hours, machine_hours
from sop.policy import DEFAULT, GuardProfile
from sop.zones import WIB, WIT, ZONES
from tests.sop.indonesia import CALENDAR, local

PUK = replace(DEFAULT, guard=GuardProfile(profile="puk"))
CHASE, SERVICE, CALL = MessageKind.CHASE, MessageKind.SERVICE, MessageKind.CALL
WEDNESDAY = "2026-11-18 10:00"


def asked(at: str = WEDNESDAY, puk: bool = False, **facts: Any) -> Verdict:
    """The guard's answer about a chase message to a customer in Jakarta, with consent, unless said otherwise."""
    given_facts: dict[str, Any] = {"kind": CHASE, "zone": WIB, "has_consent": True} | facts
    return check(MessageFacts(**given_facts), now=local(at), policy=PUK if puk else DEFAULT, calendar=CALENDAR)


@pytest.mark.parametrize("kind", list(MessageKind))
@pytest.mark.parametrize("puk", [False, True])
def test_a_plain_message_in_the_morning_may_go(kind: MessageKind, puk: bool) -> None:
    assert asked(kind=kind, puk=puk, by_machine=True) == Allowed()


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("G7", {"is_wrong_number": True}),
        ("G7", {"is_wrong_number": True, "kind": CALL}),
        ("G18", {"has_opted_out": True}),
        ("G18", {"has_opted_out": True, "kind": SERVICE}),  # thanks and receipts too: he asked us to stop
        ("G6", {"is_verified": False}),
        ("G6", {"is_verified": False, "kind": SERVICE}),
        ("G6-group", {"is_group": True}),
        ("G18-consent", {"has_consent": False, "by_machine": True}),
        ("G9", {"text": "Kami akan lapor polisi"}),
        ("G9", {"text": "Kami akan lapor p.o.l.i.s.i", "kind": SERVICE}),
        ("G9", {"text": "ada denda keterlambatan"}),  # the contract names none
        ("G10", {"names_sender": False}),
        ("G12", {"states_consequence": True}),
        ("G15", {"text": "transfer ke BCA 8730123456 ya Pak"}),
        ("7-last", {"kind": MessageKind.LAST_WORD, "last_words_sent": 1}),
    ],
)
@pytest.mark.parametrize("puk", [False, True])
def test_hard_in_both_profiles(rule: str, facts: dict[str, Any], puk: bool) -> None:
    verdict = asked(puk=puk, is_approved=True, **facts)  # no manager may allow it
    assert isinstance(verdict, Blocked)
    assert (verdict.rule, verdict.may_be_approved) == (rule, False)


@pytest.mark.parametrize(
    "facts",
    [
        {"has_opted_out": True, "kind": CALL},  # opting out is about WhatsApp
        {"is_group": True, "is_approved_group": True},
        {"has_consent": False},  # sent by hand through the link
        {"has_consent": False, "by_machine": True, "kind": SERVICE},
        {"text": "Mohon informasi jadwal pembayarannya"},  # "ormas" stands inside it
        {"text": "ada denda keterlambatan", "has_consequence_clause": True},
        {"states_consequence": True, "has_consequence_clause": True},
        {
            "text": "Pembayaran hanya ke BCA 8730-1234-56",
            "payment_instructions": "BCA 8730 1234 56 a.n. PT Maju Jaya",
        },
        {"kind": MessageKind.LAST_WORD, "has_opted_out": True, "is_wrong_number": True},  # always allowed once
        {"kind": MessageKind.STAFF, "is_verified": False},
    ],
)
def test_may_go(facts: dict[str, Any]) -> None:
    assert asked(**facts) == Allowed()


@pytest.mark.parametrize(
    ("at", "rule", "until", "facts"),
    [
        ("2026-11-18 07:59", "G1", "2026-11-18 08:00", {}),
        ("2026-11-18 20:00", "G1", "2026-11-19 08:00", {}),
        ("2026-11-21 20:00", "G1", "2026-11-23 08:00", {}),  # over Sunday
        ("2026-11-22 10:00", "G1", "2026-11-23 08:00", {"kind": SERVICE}),
        ("2026-11-22 10:00", "G1", "2026-11-23 08:00", {"kind": CALL}),
        ("2026-12-25 10:00", "G3", "2026-12-26 08:00", {}),  # Christmas, by hand
        ("2026-12-25 10:00", "G3", "2026-12-26 09:00", {"by_machine": True}),
        ("2026-12-24 10:00", "G4", "2026-12-26 09:00", {"by_machine": True}),  # joint leave: only the machine rests
        ("2026-11-18 08:30", "2.5", "2026-11-18 09:00", {"by_machine": True}),
        ("2026-11-20 11:30", "2.5", "2026-11-20 13:15", {"by_machine": True}),  # Friday prayer
        ("2026-11-21 12:00", "2.5", "2026-11-23 09:00", {"by_machine": True}),
        # 09:30 in the west is 11:30 in the east, 17:30 is 19:30; an unknown zone needs all three
        ("2026-11-18 18:30", "G1", "2026-11-19 08:00", {"zone": None}),
    ],
)
def test_held_until_the_next_hour_that_fits(at: str, rule: str, until: str, facts: dict[str, Any]) -> None:
    verdict = asked(at, **facts)
    assert isinstance(verdict, Held)
    assert (verdict.rule, verdict.until) == (rule, local(until))


def test_the_customers_own_clock_counts() -> None:
    evening_in_jayapura = asked("2026-11-18 18:30", zone=WIT)  # 20:30 there
    assert isinstance(evening_in_jayapura, Held)
    assert evening_in_jayapura.until == local("2026-11-19 08:00", WIT)


def sent(*at: str) -> dict[str, Any]:
    return {"chase_sent_at": tuple(local(one) for one in at)}


@pytest.mark.parametrize(
    ("rule", "until", "facts"),
    [
        ("G5-day", "2026-11-19 08:00", sent("2026-11-18 09:00")),  # one a day
        ("G5-day", "2026-11-19 09:00", sent("2026-11-18 09:00") | {"by_machine": True}),
        # three in seven days: the oldest leaves the window on the 23rd
        ("G5-week", "2026-11-23 08:00", sent("2026-11-16 09:00", "2026-11-16 15:00", "2026-11-17 09:00")),
        ("G5-week", "2026-11-19 08:00", sent("2026-11-12 19:00", "2026-11-14 09:00", "2026-11-17 09:00")),
        ("G5-wrote", "2026-11-18 15:00", {"customer_wrote_at": local("2026-11-17 15:00")}),
        ("G5-wrote", "2026-11-19 09:00", {"customer_wrote_at": local("2026-11-17 17:00"), "by_machine": True}),
    ],
)
def test_caps_name_the_hour_they_free(rule: str, until: str, facts: dict[str, Any]) -> None:
    verdict = asked(**facts)
    assert isinstance(verdict, Held)
    assert (verdict.rule, verdict.until) == (rule, local(until))


def test_what_was_sent_a_week_ago_no_longer_counts() -> None:
    assert asked(**sent("2026-11-11 10:00", "2026-11-14 09:00", "2026-11-17 09:00")) == Allowed()


def test_caps_are_about_chasing_only() -> None:
    often = sent("2026-11-18 08:30", "2026-11-17 09:00", "2026-11-16 09:00")
    assert asked(kind=SERVICE, customer_wrote_at=local(WEDNESDAY), **often) == Allowed()


def test_a_third_call_is_warned_about() -> None:
    assert asked(kind=CALL, calls_today=1) == Allowed()
    assert asked(kind=CALL, calls_today=2) == Allowed(warnings=(Warned(rule="G5-call", reason="called_often"),))


@pytest.mark.parametrize(
    ("at", "facts"),
    [
        ("2026-11-18 21:00", {}),
        ("2026-12-25 10:00", {}),
        (WEDNESDAY, sent("2026-11-18 09:00")),
        (WEDNESDAY, {"customer_wrote_at": local(WEDNESDAY)}),
    ],
)
def test_a_manager_may_allow_it_in_trade_but_not_in_finance(at: str, facts: dict[str, Any]) -> None:
    held = asked(at, **facts)
    assert isinstance(held, Held)
    assert held.may_be_approved
    assert asked(at, is_approved=True, **facts) == Allowed()
    hard = asked(at, puk=True, is_approved=True, **facts)
    assert isinstance(hard, Held)
    assert not hard.may_be_approved


def test_a_letter_out_of_order_needs_approval_in_both() -> None:
    for puk in (False, True):
        assert isinstance(asked(is_letter_in_order=False, puk=puk), Blocked)
        assert asked(is_letter_in_order=False, is_approved=True, puk=puk) == Allowed()


def test_the_customers_recorded_wish_opens_other_hours() -> None:
    assert asked("2026-11-18 21:00", agreed_other_hours=True, puk=True) == Allowed()


def test_what_can_never_go_is_not_promised_an_hour() -> None:
    assert isinstance(asked("2026-11-18 21:00", has_opted_out=True), Blocked)


def test_key_accounts_are_never_written_to_by_machine() -> None:
    facts = MessageFacts(kind=CHASE, zone=WIB, has_consent=True, by_machine=True)
    policy = DEFAULT.for_segment("kunci")
    verdict = check(facts, now=local(WEDNESDAY), policy=policy, calendar=CALENDAR)
    assert isinstance(verdict, Blocked)
    assert verdict.rule == "2.7"


def test_every_rule_has_its_own_name_and_reason() -> None:
    assert len({rule.id for rule in RULES}) == len({rule.reason for rule in RULES}) == len(RULES)


@given(
    at=st.integers(0, 400 * 24 * 4).map(lambda quarters: local("2026-01-02 00:00") + timedelta(minutes=15 * quarters)),
    zone=st.sampled_from([*ZONES, None]),
    by_machine=st.booleans(),
    hours_ago=st.lists(st.integers(0, 14 * 24), max_size=6),
)
def test_a_held_message_may_go_at_the_hour_it_names_and_at_no_time_outside_the_law(
    at: datetime, zone: str | None, by_machine: bool, hours_ago: list[int]
) -> None:
    facts = MessageFacts(
        kind=CHASE,
        zone=zone,
        has_consent=True,
        by_machine=by_machine,
        chase_sent_at=tuple(at - timedelta(hours=hours) for hours in hours_ago),
    )
    verdict = check(facts, now=at, policy=DEFAULT, calendar=CALENDAR)
    assert not isinstance(verdict, Blocked)
    leaves_at = verdict.until if isinstance(verdict, Held) else at
    assert leaves_at is not None
    assert check(facts, now=leaves_at, policy=DEFAULT, calendar=CALENDAR) == Allowed()
    for each in [zone] if zone else ZONES:
        hours = machine_hours(DEFAULT) if by_machine else legal_hours(DEFAULT)
        assert allowed_at(leaves_at, zone=each, hours=hours, calendar=CALENDAR)
