"""The sample values: what a file does with a variable tells what it can be."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.samples import AMOUNT, DAY, INSTANT, LIST_LENGTH, NUMBER, TEXT, head_of, used_in, variants


@pytest.mark.parametrize(
    "text, values",
    [
        ("{{ payer }}", {"payer": TEXT}),
        ("{{ amount | money }}", {"amount": AMOUNT}),
        ("{{ on | short_date }}", {"on": DAY}),
        ("{{ at | short_date }} {{ at | time }}", {"at": INSTANT}),
        ("{{ count + 1 }}", {"count": NUMBER}),
        ("{{ contact.name }}", {"contact": {"name": TEXT}}),
        ("{% for one in names %}{{ one }}{% endfor %}", {"names": [TEXT] * LIST_LENGTH}),
        ("{{ names | join }}", {"names": [TEXT] * LIST_LENGTH}),
        ("{% set own = amount %}{{ own | money }}", {"amount": AMOUNT}),
    ],
)
def test_a_value_is_what_the_file_needs(text: str, values: dict[str, Any]) -> None:
    assert variants(text, "id")[0] == values


def test_every_alternative_is_tried_and_also_another() -> None:
    tried = [one["state"] for one in variants('{% if state == "open" or state in ["held"] %}x{% endif %}', "id")]
    assert {"open", "held", TEXT} <= set(tried)


def test_a_number_is_tried_on_both_sides() -> None:
    assert {1, 2} <= {one["count"] for one in variants("{% if count > 1 %}{{ count }}{% endif %}", "id")}


def test_what_is_asked_for_may_be_absent() -> None:
    full, bare = variants("{% if promise %}{{ promise.on | date }}{% endif %}", "id")
    assert (full, bare) == ({"promise": {"on": DAY}}, {"promise": None})


def test_only_labels_that_fit_are_named() -> None:
    tried = {one["kind"] for one in variants("{{ ('channel_' ~ kind) | word }}", "id")}
    assert "call" in tried
    assert not {one for one in tried if one.startswith("channel_")}


def test_a_first_line_may_say_more() -> None:
    head = head_of("{# audience: collector; what for; variables: a (sen), b.kind=x|y; clause: sop 3, 4. #}\n{{ a }}")
    assert head is not None
    assert (head.audience, head.variables, dict(head.hints)) == ("collector", ("a", "b"), {"b.kind": ("x", "y")})
    text = "{# audience: collector; variables: b.kind=x|y. #}\n{{ b.kind }}"
    assert {one["b"]["kind"] for one in variants(text, "id")} == {"x", "y"}


@pytest.mark.parametrize("text", ["", "Tercatat", "{# clause: sop 3. #}\nTercatat"])
def test_a_first_line_without_an_audience_is_none(text: str) -> None:
    assert head_of(text) is None


def test_the_variables_of_included_files_count() -> None:
    assert "reason" in used_in('{% include "id/collector/card_reason.j2" %}{{ payer }}')
