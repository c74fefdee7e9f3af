"""A company's file changes the numbers safely or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sop.money import Money
from sop.policy import DEFAULT, Policy, PolicyInvalid, policy_from_toml, policy_to_toml


def test_an_empty_file_is_the_default() -> None:
    assert policy_from_toml("") == DEFAULT
    assert policy_from_toml("# nothing changed\n").version == DEFAULT.version


def test_a_file_changes_what_it_says_and_nothing_else() -> None:
    policy = policy_from_toml(
        """
        [document]
        revisi = "1-0"
        tanggal_berlaku = 2026-12-01
        disahkan = "Direktur"

        [promise]
        tolerance = 25_000

        [desk]
        digest_at = "07:30"
        """
    )
    changed = {key: value for key, value in policy.figures().items() if value != DEFAULT.figures()[key]}
    assert list(changed) == [
        "document.revisi",
        "document.tanggal_berlaku",
        "document.disahkan",
        "desk.digest_at",
        "promise.tolerance",
    ]
    assert policy.promise.tolerance == Money.rupiah(25_000)


@pytest.mark.parametrize(
    ("text", "line", "key", "reason"),
    [
        # a typing mistake names the number that was meant
        ("[promise]\ntolerence = 5", 2, "promise.tolerence", "is not known; did you mean tolerance?"),
        ("[promises]\ntolerance = 5", 1, "promises", "is not known; did you mean promise?"),
        ("\n\nqqq = 1", 3, "qqq", "is not known; known here are authority, caps, "),
        # the internals of the program are not the company's to set
        ('part_of = "x"', 1, "part_of", "is not known"),
        # kinds
        ('[promise]\n\ntolerance = "10000"', 3, "promise.tolerance", "must be an amount in whole rupiah"),
        ("[promise]\ntolerance = 10.5", 2, "promise.tolerance", "must be an amount in whole rupiah"),
        ("[desk]\ncard_cap = true", 2, "desk.card_cap", "must be a whole number"),
        ('[desk]\ncard_cap = "45"', 2, "desk.card_cap", "must be a whole number without quotation marks"),
        ("[desk]\ndigest_at = 08:00:00", 2, "desk.digest_at", 'must be a time of day like "08:30"'),
        ('[desk]\ndigest_at = "8.00"', 2, "desk.digest_at", "must be a time of day"),
        ('[desk]\ndigest_at = "24:00"', 2, "desk.digest_at", "must be a time of day"),
        ("machine = 1", 1, "machine", "must be true or false"),
        ('[document]\ntanggal_berlaku = "1 Des"', 2, "document.tanggal_berlaku", "must be a date"),
        ("[document]\nrevisi = 1", 2, "document.revisi", "must be a text"),
        ("[signs]\naging_days = [30, 30]", 2, "signs.aging_days", "must rise"),
        ("[signs]\naging_days = 30", 2, "signs.aging_days", "must be a list"),
        ('[guard]\nprofile = "bank"', 2, "guard.profile", "must be one of dagang, puk"),
        ('[letters]\nnumber_pattern = "SP/{number}"', 2, "letters.number_pattern", "must contain {kind}"),
        ("promise = 5", 1, "promise", "is a section: write it as [promise]"),
        # ranges
        ("[desk]\ncard_cap = 0", 2, "desk.card_cap", "must be from 1 to 500, not 0"),
        ('[hours]\nlegal_until = "21:00"', 2, "hours.legal_until", 'must be from "13:00" to "20:00"'),  # the law
        ("[caps]\nchase_per_day = 2", 2, "caps.chase_per_day", "must be from 0 to 1"),  # one a day is the most
        ("[promise]\ntolerance = -1", 2, "promise.tolerance", "must be from 0"),
        # two numbers that do not go together; the line is the later of those the file writes
        ("[ladder]\nreadiness_call_days_before = 7", 2, "ladder.readiness_call_days_before", "must be below"),
        (
            "[ladder]\nreadiness_call_days_before = 5\nfirst_reminder_days_before = 5",
            3,
            "ladder.first_reminder_days_before",
            "ladder.readiness_call_days_before (5) must be below ladder.first_reminder_days_before (5)",
        ),
        ('[hours]\nfriday_pause_until = "11:00"', 2, "hours.friday_pause_until", "(11:30) must be below"),
        ('[hours]\nlegal_from = "10:00"', 2, "hours.legal_from", "must not be above hours.machine_from (09:00)"),
        ('[hours]\nworking_from = "12:00"\nworking_until = "13:00"', 2, "hours.working_from", "must be below"),
        (
            '[hours]\nmachine_from = "11:00"\nmachine_until = "13:30"',
            3,
            "hours.machine_until",
            "must last 180 minutes or more",
        ),
        ("[signs]\na_percent = 70", 2, "signs.a_percent", "must add up to 100"),
        # segments
        ("[segments.kunci]\nmachin = false", 2, "segments.kunci.machin", "did you mean machine?"),
        (
            "[segments.grosir.promise]\ngrace_working_days = 9",
            2,
            "segments.grosir.promise.grace_working_days",
            "must be from 0 to 5",
        ),
        (
            "[ladder]\nfirst_reminder_days_before = 9\n[segments.x.ladder]\nreadiness_call_days_before = 9",
            4,
            "segments.x.ladder.readiness_call_days_before",
            "must be below",
        ),
        ("[segments]\nkunci = 1", 2, "segments.kunci", "is a section: write it as [segments.kunci]"),
        ("segments = 1", 1, "segments", "is a section"),
        ('[segments."a b"]\nmachine = true', 1, "segments.a b", "letters, digits, _ and - only"),
        # the ways TOML may write a key
        ("promise.tolerance = -5", 1, "promise.tolerance", "must be from 0"),
        ("# head\n promise = { tolerance = -5 }", 2, "promise.tolerance", "must be from 0"),
        ('[ "promise" ]\n"tolerance" = -5', 2, "promise.tolerance", "must be from 0"),
        (
            '[document]\ndisahkan = """\n[promise]\ntolerance = 1\n"""\n[promise]\ntolerance = -5',
            7,
            "promise.tolerance",
            "must be from 0",
        ),
        ('[document]\ndisahkan = """one line"""\n[promise]\ntolerance = -5', 4, "promise.tolerance", "must be"),
        # not TOML at all
        ("[promise]\ntolerance =", 2, "", "not valid TOML"),
        ("[promise]\ntolerance = 1\ntolerance = 2", 3, "", "not valid TOML"),
    ],
)
def test_a_mistake_is_refused_with_line_key_and_reason(text: str, line: int, key: str, reason: str) -> None:
    with pytest.raises(PolicyInvalid) as refused:
        policy_from_toml(text)
    assert (refused.value.line, refused.value.key) == (line, key)
    assert reason in refused.value.reason
    assert str(refused.value).startswith(f"line {line}: {key}")


NUMBERS = [key for key, value in DEFAULT.figures().items() if type(value) is int]
FREE_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=30)


def assembled(key: str, value: int, segment: bool) -> Policy:
    return policy_from_toml(f"\n\n{'segments.besar.' if segment else ''}{key} = {value}\n")


@given(st.sampled_from(NUMBERS), st.integers(min_value=-2, max_value=200), st.booleans())
def test_any_number_is_taken_over_exactly_or_refused_by_name(key: str, value: int, segment: bool) -> None:
    try:
        policy = assembled(key, value, segment)
    except PolicyInvalid as refused:
        assert refused.line == 3
        assert refused.key == (f"segments.besar.{key}" if segment else key)
        return
    where = policy.for_segment("besar") if segment else policy
    assert where.figures()[key] == value
    changed = value != DEFAULT.figures()[key] or segment
    assert (policy.version != DEFAULT.version) is changed
    assert policy_from_toml(policy_to_toml(policy)) == policy


def test_a_segment_equal_to_the_document_is_still_written_out() -> None:
    policy = policy_from_toml("[segments.kunci]\nmachine = true\n[segments.ritel]\n")
    assert policy.segment_names == ("kunci", "ritel")
    assert policy_from_toml(policy_to_toml(policy)) == policy


@given(FREE_TEXT, st.dates())
@example('\x7f "\\ \n', date(2026, 12, 1))
def test_a_policy_written_out_reads_back(name: str, effective: date) -> None:
    head = f"[document]\ntanggal_berlaku = {effective}\n"
    policy = policy_from_toml(head)
    policy = replace(policy, document=replace(policy.document, disahkan=name))
    assert policy_from_toml(policy_to_toml(policy)) == policy
