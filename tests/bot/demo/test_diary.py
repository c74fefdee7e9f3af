"""What is told hides telephone numbers and keeps to a line."""

from __future__ import annotations

import pytest

from bot.demo.diary import first_words, masked


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Hubungi +6281200009901 ya", "Hubungi +62…01 ya"),  # as we write numbers
        ("+62 812-0003-1001", "+62…01"),  # as a list writes them
        ("faktur LC-2612-0001, Rp1.250.000", "faktur LC-2612-0001, Rp1.250.000"),  # no telephone number
    ],
)
def test_a_number_keeps_its_last_two_digits(said: str, told: str) -> None:
    assert masked(said) == told


def test_many_lines_become_the_beginning_of_one() -> None:
    told = first_words("Yth. Bapak Made,\n\npembayaran faktur " + "sangat " * 40, most=40)
    assert told.startswith("Yth. Bapak Made, pembayaran faktur")
    assert told.endswith("…")
    assert len(told) <= 40
