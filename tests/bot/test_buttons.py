"""Buttons: every kind survives the way to Telegram and back, in 64 bytes, and nothing forged becomes one."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import Button, OpenCard, UnknownButton, kinds, pack, unpack
from bot.buttons.packing import MOST_BYTES

LARGEST_ID = 2**45  # Telegram's ids end at 52 bits; ours count rows


def values(kind: Any) -> st.SearchStrategy[Any]:
    if get_origin(kind) in (Union, UnionType):
        inner = next(option for option in get_args(kind) if option is not type(None))
        return st.none() | values(inner)
    if kind is bool:
        return st.booleans()
    if kind is int:
        return st.integers(0, LARGEST_ID)
    if kind is date:
        return st.dates(date(2026, 1, 1), date(2039, 12, 31))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    return st.sampled_from(["id", "en"])


@st.composite
def buttons(draw: st.DrawFn) -> Button:
    kind = draw(st.sampled_from(kinds()))
    hints = get_type_hints(kind)
    return kind(*(draw(values(hints[field.name])) for field in fields(kind)))


@given(buttons())
def test_a_button_comes_back_as_it_left(button: Button) -> None:
    packed = pack(button)

    assert unpack(packed) == button
    assert len(packed.encode()) <= MOST_BYTES


@given(st.text(max_size=80))
def test_what_we_did_not_write_is_no_button_or_one_of_ours(text: str) -> None:
    try:
        button = unpack(text)
    except UnknownButton:
        return

    assert unpack(pack(button)) == button


@pytest.mark.parametrize(
    "forged",
    [
        "card",  # an id is missing
        "card:",  # an empty id
        "card:1:2",  # one too many
        "card:x",  # no number
        "card:99999999999999999999",  # beyond any id: no database keeps it
        "out:1:rich",  # no such outcome
        "day:1:p:261341",  # no such day
        "ok:1:p:261127:because",  # no such reason
        "drop table",
    ],
)
def test_a_forged_button_is_refused(forged: str) -> None:
    with pytest.raises(UnknownButton):
        unpack(forged)


def test_a_button_says_what_it_wants_and_nothing_else() -> None:
    assert pack(OpenCard(12)) == "card:12"
