"""Instalments as somebody types them: "5jt tgl 1/12, 5jt 15/12". Nothing is guessed. (sop 3; 002)"""

from __future__ import annotations

import re
from datetime import date

from sop.calendar import WorkCalendar
from sop.money import Money
from sop.plan import Instalment
from sop.typed_amounts import ExactAmount, parse_amount
from sop.typed_dates import Exact, parse_date

LONGEST = 500
_BETWEEN = re.compile(r"\s*(?:\n|;|,\s+|\s+dan\s+|\s+and\s+|\s+lalu\s+)\s*")
_MARK = re.compile(r"^(?:\d{1,2}[.)]\s+)")
_JOINT = re.compile(r"^(?:(?:tgl\.?|tanggal|pada|on|=|:|@|-)\s*)+")


def parse_plan(text: str, *, today: date, calendar: WorkCalendar, total: Money) -> tuple[Instalment, ...]:
    """This function will read a list of amounts with their days; empty unless every part of it is certain.

    "sisanya" (or "sisa", "the rest") as an amount is what the other parts leave of `total`. A closed day moves to the
    open day after.
    """
    if len(text) > LONGEST:
        return ()
    parts = [part for part in _BETWEEN.split(text.strip().lower()) if part]
    read = [_part(part, today=today, calendar=calendar) for part in parts]
    whole = [one for one in read if one is not None]
    if len(whole) < len(parts) or sum(amount is None for amount, _ in whole) > 1:
        return ()
    rest = total - Money.total(amount for amount, _ in whole if amount is not None)
    found = [Instalment(due_on=on, amount=rest if amount is None else amount) for amount, on in whole]
    return tuple(found) if all(one.amount > Money.ZERO for one in found) else ()


def _part(part: str, *, today: date, calendar: WorkCalendar) -> tuple[Money | None, date] | None:
    """An amount (none: the rest) and its day; nothing when one of them is missing or uncertain."""
    words = _MARK.sub("", part).split()
    for place in range(1, len(words)):
        amount = _amount(" ".join(words[:place]))
        on = parse_date(_JOINT.sub("", " ".join(words[place:])), today=today, calendar=calendar)
        if amount and isinstance(on, Exact):
            return amount[0], calendar.open_on_or_after(on.on)
    return None


def _amount(said: str) -> tuple[Money | None] | None:
    if said in ("sisanya", "sisa", "the rest", "rest"):
        return (None,)
    typed = parse_amount(said)
    return (typed.amount,) if isinstance(typed, ExactAmount) else None
