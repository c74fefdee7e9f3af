"""Relief and credit terms as somebody types them: "500rb sampai 30 Nov", "60 hari". Nothing is guessed. (sop 5)"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sop.calendar import WorkCalendar
from sop.money import Money
from sop.refusal import Refused
from sop.typed_amounts import ExactAmount, parse_amount
from sop.typed_dates import Exact, parse_date

LONGEST = 120
_UNTIL = re.compile(
    r"\s*(?:,\s+|\s+)(?:sampai|s\.?d\.?|s/d|until|by|paling lambat|tgl|tanggal|pada)\s+(?:tgl\s+|tanggal\s+)?"
)
_TERM = re.compile(r"(?:tempo\s+|termin\s+|net\s+)?(\d{1,3})\s*(?:hari|hr|days?)?")


class ChangeUnreadable(Refused):
    """What a manager typed instead of what was asked cannot be read; nothing is decided."""

    message: ClassVar[str] = "manager/refused_change"


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedRelief:
    amount: Money
    until_on: date | None = None


def parse_relief(text: str, *, today: date, calendar: WorkCalendar) -> TypedRelief | None:
    """This function will read an amount, and the day until which it is good if one is named; none unless certain."""
    said, *rest = _UNTIL.split(" ".join(text[:LONGEST].lower().split()), maxsplit=1)
    amount = parse_amount(said)
    if not isinstance(amount, ExactAmount):
        return None
    if not rest:
        return TypedRelief(amount=amount.amount)
    on = parse_date(rest[0], today=today, calendar=calendar)
    return TypedRelief(amount=amount.amount, until_on=on.on) if isinstance(on, Exact) else None


def parse_term(text: str) -> int | None:
    """This function will read a credit term in days; none unless it is a number of days and nothing else."""
    found = _TERM.fullmatch(" ".join(text.lower().split()))
    return int(found.group(1)) if found else None
