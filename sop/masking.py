"""What a group must not read in what somebody typed: telephone numbers are taken out. (sop 5)"""

from __future__ import annotations

import re

MASK = "•••"

_PHONES = (
    re.compile(r"\+\d[\d\s().-]{6,16}\d"),
    # An Indonesian number begins with 0 or 62, a landline has its area code in brackets at times; a date is none.
    re.compile(
        r"(?<![\d.,/-])\(?(?!\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4})(?:62[\s.-]?|0)\d{1,3}\)?(?:[\s.-]?\d){6,10}(?![\d/])"
    ),
)


def without_phones(text: str) -> str:
    """This function will hide the telephone numbers in a text that goes to a group; amounts and dates stay."""
    for phone in _PHONES:
        text = phone.sub(MASK, text)
    return text
