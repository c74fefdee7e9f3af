"""Phone numbers of a list as E.164. (facts: import traps 4)"""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumberType

REGION = "ID"
LOST_ZEROS = 5
"""A number cell ending in so many zeros was rounded by a spreadsheet: its last digits are lost."""

_NOTHING = {"", "-", "--", "0", "n/a", "na", "tidak ada", "belum ada", "tdk ada", "kosong", "none", "nil"}
_BETWEEN = re.compile(r"[/,;|&\n]|\bdan\b|\batau\b|\band\b|\bor\b", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"^\+?\d+([.,]\d+)?e\+?\d+$", re.IGNORECASE)
_LABEL = re.compile(r"^(no|hp|wa|telp|tel|tlp|phone|mobile|whatsapp)\b[.: ]*", re.IGNORECASE)
_WRITTEN = re.compile(r"^\+?[\d\s().\-]+$")


class DigitsLost(ValueError):
    """A spreadsheet kept the number in scientific notation; its last digits are gone."""


class PhoneUnreadable(ValueError):
    """What stands there is not one or several valid phone numbers."""


def read_phones(written: str | float) -> tuple[str, ...]:
    """The numbers of a cell, in order and once each; none when it is blank. Raises DigitsLost or PhoneUnreadable."""
    text = _text(written)
    if text.lower() in _NOTHING:
        return ()
    if _SCIENTIFIC.match(text.replace(" ", "")):
        raise DigitsLost(text)
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    return tuple(dict.fromkeys(_e164(part) for part in parts))


def may_have_whatsapp(phone: str) -> bool:
    """False for an Indonesian landline, which cannot be a WhatsApp number of a person."""
    kind = phonenumbers.number_type(phonenumbers.parse(phone))
    return kind != PhoneNumberType.FIXED_LINE


def _text(written: str | float) -> str:
    if isinstance(written, str):
        return written.strip().removeprefix("'").strip()
    if not written.is_integer():
        raise PhoneUnreadable(repr(written))
    digits = str(int(written))
    if digits.endswith("0" * LOST_ZEROS) and written:
        raise DigitsLost(digits)
    return digits


def _e164(part: str) -> str:
    written = _LABEL.sub("", _LABEL.sub("", part)).strip()
    if not _WRITTEN.match(written):
        raise PhoneUnreadable(part)
    try:
        number = phonenumbers.parse(written, REGION)
    except phonenumbers.NumberParseException as error:
        raise PhoneUnreadable(part) from error
    if not phonenumbers.is_valid_number(number):
        raise PhoneUnreadable(part)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
