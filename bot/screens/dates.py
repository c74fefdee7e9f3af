"""Choosing a day: the offered days, a calendar, the echo that is confirmed, and the invoices it is for (section 3)."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from bot.buttons import (
    AskAmount,
    ConfirmDate,
    DatePurpose,
    OpenCard,
    PickDate,
    PickInvoice,
    ShowDates,
    ShowInvoices,
    ShowMonth,
)
from bot.reply import Rows, Screen, Tap, in_columns, screen, tap
from bot.screens.card import subject_of
from sop import extension, promise_dates
from sop.authority import Power
from sop.money import Money
from sop.outcomes import PromiseReason
from sop.payer import Reached
from sop.promise_dates import DateChoice, DateKey, Occasion, last_taken, latest_alone, needs_approval
from sop.typed_dates import Why

LISTED = 8
MOST_TOGGLES = 30
DAYS_A_WEEK = 7
_LABELS = {
    DateKey.TODAY: "date_today",
    DateKey.TOMORROW: "date_tomorrow",
    DateKey.DAY_AFTER: "date_day_after",
    DateKey.END_OF_MONTH: "date_end_of_month",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class DateFacts:
    """What a day is chosen for. `covered` are those of the `candidates` that were not deselected."""

    follow_up_id: int
    purpose: DatePurpose
    payer: str
    candidates: tuple[Reached, ...]
    covered: tuple[Reached, ...]
    amount: Money
    total: Money
    is_due: bool
    occasion: Occasion
    power: Power | None = None  # of who asks for more time; a promise has its own authority

    @property
    def needs_reason(self) -> bool:
        """More time always has a reason; a promise from the due date on (000-IV.B.2)."""
        return self.is_due or self.purpose is DatePurpose.MORE_TIME

    def is_beyond(self, on: date) -> bool:
        """Whether the managers must agree to this day; of instalments they must in any case."""
        if self.purpose is DatePurpose.FIRST_INSTALMENT:
            return False
        if self.power is not None:
            return self.power.limit(on, self.amount, occasion=self.occasion) is not None
        return needs_approval(on, self.amount, occasion=self.occasion)

    @property
    def latest_alone(self) -> date | None:
        """The last day that needs nobody else; none where no day is near enough."""
        if self.power is not None:
            has_none = self.power.fixed_limit(self.amount) is not None
            return None if has_none else self.power.latest(self.occasion)
        is_large = self.amount > self.occasion.policy.authority.amount
        return None if is_large else latest_alone(self.occasion)


def dates_screen(facts: DateFacts) -> Screen:
    """This function will offer the days; what lies beyond the collector's authority is marked."""
    if facts.power is not None:
        choices = extension.date_choices(facts.amount, power=facts.power, occasion=facts.occasion)
    else:
        choices = promise_dates.date_choices(facts.amount, occasion=facts.occasion)
    marked = [replace(one, needs_approval=facts.is_beyond(one.on)) for one in choices]
    return _screen("collector/dates_asked", facts, *_choice_rows(facts, marked), _more(facts))


def unclear_screen(facts: DateFacts, days: Sequence[date], why: Why) -> Screen:
    """This function will offer what a typed text may mean; nothing is taken silently."""
    rows = in_columns([_day_tap(facts, on) for on in days], columns=2)
    return _screen("collector/dates_unclear", facts, *rows, _more(facts), why=why, found=len(days))


def closed_screen(facts: DateFacts, on: date, offered: Sequence[date]) -> Screen:
    """This function will offer the open days around a closed one."""
    row = tuple(_day_tap(facts, day) for day in offered)
    return _screen("collector/dates_closed", facts, row, _more(facts), on=on)


def month_screen(facts: DateFacts, month: date) -> Screen:
    """This function will draw a calendar month; what cannot be chosen is a dot, a closed day stands in brackets."""
    last = last_taken(facts.occasion)
    first = min(max(month, facts.occasion.today), last).replace(day=1)
    here = ShowMonth(facts.follow_up_id, facts.purpose, first)
    head = tuple(tap(f"weekday_{number}", here) for number in range(DAYS_A_WEEK))
    weeks = [
        tuple(_calendar_tap(facts, on, here) for on in week)
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    back = (tap("back", ShowDates(facts.follow_up_id, facts.purpose)),)
    return _screen("collector/dates_month", facts, head, *weeks, _turning(facts, first, last), back, month=first)


def echo_screen(facts: DateFacts, on: date) -> Screen:
    """This function will say the day in full with its weekday, the sum and the invoices; the last tap saves."""
    reasons = [_confirm(facts, on, reason.value, reason) for reason in PromiseReason]
    saving: Rows = in_columns(reasons, columns=2) if facts.needs_reason else ((_confirm(facts, on, "correct", None),),)
    change = tap("change", ShowDates(facts.follow_up_id, facts.purpose))
    return _screen(
        "collector/dates_echo", facts, *saving, (*_aside(facts, on), change), on=on, beyond=facts.is_beyond(on)
    )


def invoices_screen(facts: DateFacts, on: date) -> Screen:
    """This function will list the invoices to take out of a promise, or back into it."""
    inside = {one.invoice.id for one in facts.covered}
    rows = [
        (
            tap(
                "invoice_in" if one.invoice.id in inside else "invoice_out",
                PickInvoice(facts.follow_up_id, on, one.invoice.id),
                number=one.invoice.number,
                amount=one.chaseable,
            ),
        )
        for one in facts.candidates[:MOST_TOGGLES]
    ]
    save = (tap("save", PickDate(facts.follow_up_id, facts.purpose, on)),)
    return _screen("collector/dates_invoices", facts, *rows, save)


def _screen(message: str, facts: DateFacts, *rows: tuple[Tap, ...], **more: Any) -> Screen:
    return screen(message, *rows, subject=subject_of(facts.follow_up_id), **(_values(facts) | more))


def _values(facts: DateFacts) -> dict[str, Any]:
    listed = facts.covered[:LISTED]
    return {
        "payer": facts.payer,
        "purpose": facts.purpose,
        "amount": facts.amount,
        "is_part": facts.amount < facts.total,
        "count": len(facts.covered),
        "invoices": [{"number": one.invoice.number, "amount": one.chaseable} for one in listed],
        "others": len(facts.covered) - len(listed),
        "needs_reason": facts.needs_reason,
        "due_on": facts.occasion.oldest_due_on,
        "latest_alone": facts.latest_alone,
    }


def _choice_rows(facts: DateFacts, choices: Sequence[DateChoice]) -> Rows:
    """The known names first, three a row; a marked day is long and has half a row."""
    named = [tap(_LABELS[one.key], _pick(facts, one.on)) for one in choices if one.key in _LABELS]
    plain = [one.on for one in choices if one.key not in _LABELS and not one.needs_approval]
    marked = [one.on for one in choices if one.key not in _LABELS and one.needs_approval]
    return (
        *in_columns(named, columns=2),
        *in_columns([_day_tap(facts, on) for on in plain], columns=3),
        *in_columns([_day_tap(facts, on) for on in marked], columns=1),
    )


def _day_tap(facts: DateFacts, on: date) -> Tap:
    return tap("date_on_beyond" if facts.is_beyond(on) else "date_on", _pick(facts, on), on=on)


def _pick(facts: DateFacts, on: date) -> PickDate:
    return PickDate(facts.follow_up_id, facts.purpose, on)


def _more(facts: DateFacts) -> tuple[Tap, ...]:
    month = facts.occasion.today.replace(day=1)
    if facts.purpose is DatePurpose.MORE_TIME:
        month = facts.occasion.oldest_due_on.replace(day=1)
    return (
        tap("pick_date", ShowMonth(facts.follow_up_id, facts.purpose, month)),
        tap("back", OpenCard(facts.follow_up_id)),
    )


def _calendar_tap(facts: DateFacts, on: date, here: ShowMonth) -> Tap:
    first = facts.occasion.today
    if facts.purpose is DatePurpose.MORE_TIME:
        first = facts.occasion.oldest_due_on + timedelta(days=1)
    if on.month != here.month.month or not first <= on <= last_taken(facts.occasion):
        return tap("calendar_empty", here)
    if not facts.occasion.calendar.is_open(on):
        return tap("calendar_closed", _pick(facts, on), day=on.day)
    return tap("calendar_beyond" if facts.is_beyond(on) else "calendar_day", _pick(facts, on), day=on.day)


def _turning(facts: DateFacts, first: date, last: date) -> tuple[Tap, ...]:
    before, after = first - timedelta(days=1), first + timedelta(days=31)
    taps = []
    if before >= facts.occasion.today:
        month = before.replace(day=1)
        taps.append(tap("month_before", ShowMonth(facts.follow_up_id, facts.purpose, month), month=month))
    if after.replace(day=1) <= last:
        month = after.replace(day=1)
        taps.append(tap("month_after", ShowMonth(facts.follow_up_id, facts.purpose, month), month=month))
    return tuple(taps)


def _confirm(facts: DateFacts, on: date, label: str, reason: PromiseReason | None) -> Tap:
    return tap(label, ConfirmDate(facts.follow_up_id, facts.purpose, on, reason))


def _aside(facts: DateFacts, on: date) -> tuple[Tap, ...]:
    if facts.purpose is DatePurpose.MORE_TIME:
        return ()
    part = tap("part_of_it", AskAmount(facts.follow_up_id, on))
    which = (tap("pick_invoices", ShowInvoices(facts.follow_up_id, on)),) if len(facts.candidates) > 1 else ()
    return (part, *which)
