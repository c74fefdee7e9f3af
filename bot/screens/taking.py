"""Taking cash or a giro: one thing is asked after the other, and the photo saves (section 3)."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.buttons import ChooseOutcome, OpenCard, PickBank, PickGiroDay, ShowGiroMonth, TakeAll
from bot.reply import Rows, Screen, Tap, in_columns, screen, tap
from bot.screens.card import subject_of
from sop.calendar import WorkCalendar
from sop.giro import Bank
from sop.money import Money
from sop.outcomes import Outcome

DAYS_A_WEEK = 7
LONGEST_MONTH = timedelta(days=31)


@dataclass(frozen=True, kw_only=True, slots=True)
class TakingFacts:
    """Cash or a giro on its way: what was said so far; `total` is what the card asks for, `most` all that is open."""

    follow_up_id: int
    outcome: Outcome
    payer: str
    total: Money
    most: Money
    amount: Money | None = None
    number: str | None = None
    bank: str | None = None
    on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """The days a giro's effective date may be, and which of them are open."""

    today: date
    first: date
    last: date
    calendar: WorkCalendar


def amount_screen(facts: TakingFacts) -> Screen:
    """This function will ask how much was taken; `Semua` is what the card asks for."""
    everything = (tap("everything", TakeAll(facts.follow_up_id, facts.outcome)),)
    return _screen("collector/taking_amount_asked", facts, everything, (_back(facts),))


def amount_unclear_screen(facts: TakingFacts, choices: Sequence[Money]) -> Screen:
    everything = (tap("everything", TakeAll(facts.follow_up_id, facts.outcome)),)
    return _screen("collector/taking_amount_unclear", facts, everything, (_back(facts),), choices=list(choices))


def number_screen(facts: TakingFacts) -> Screen:
    """This function will ask the number that stands on the paper."""
    return _screen("collector/taking_number_asked", facts, (_change(facts), _back(facts)))


def bank_screen(facts: TakingFacts) -> Screen:
    """This function will ask which bank drew the giro; others than the four are typed."""
    banks = [tap(f"bank_{one.value}", PickBank(facts.follow_up_id, one)) for one in Bank]
    return _screen("collector/taking_bank_asked", facts, *in_columns(banks, columns=2), (_change(facts), _back(facts)))


def day_screen(facts: TakingFacts, days: Days, *, choices: Sequence[date] = (), is_unclear: bool = False) -> Screen:
    """This function will ask the effective date; `choices` are what a typed text may have meant."""
    taps = [tap("date_on", PickGiroDay(facts.follow_up_id, on), on=on) for on in choices]
    month = (tap("pick_date", ShowGiroMonth(facts.follow_up_id, days.today.replace(day=1))),)
    rows = (*in_columns(taps, columns=2), month, (_change(facts), _back(facts)))
    return _screen("collector/taking_day_asked", facts, *rows, is_unclear=is_unclear, last=days.last)


def month_screen(facts: TakingFacts, days: Days, month: date) -> Screen:
    """This function will draw a calendar month; a day the giro cannot have is a dot, a closed one in brackets."""
    first = min(max(month, days.first), days.last).replace(day=1)
    here = ShowGiroMonth(facts.follow_up_id, first)
    head = tuple(tap(f"weekday_{number}", here) for number in range(DAYS_A_WEEK))
    weeks = [
        tuple(_day_tap(facts, days, on, here) for on in week)
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    rows = (head, *weeks, _turning(facts, days, first), (_change(facts), _back(facts)))
    return _screen("collector/taking_month", facts, *rows, month=first)


def photo_screen(facts: TakingFacts, *, is_again: bool = False) -> Screen:
    """This function will say everything back and ask for the photo, which saves."""
    return _screen("collector/taking_photo_asked", facts, (_change(facts), _back(facts)), is_again=is_again)


def _screen(message: str, facts: TakingFacts, *rows: tuple[Tap, ...], **more: Any) -> Screen:
    values: dict[str, Any] = {
        "payer": facts.payer,
        "is_giro": facts.outcome is Outcome.GIRO_TAKEN,
        "total": facts.total,
        "amount": facts.amount,
        "number": facts.number,
        "bank": facts.bank,
        "on": facts.on,
    }
    return screen(message, *rows, subject=subject_of(facts.follow_up_id), **(values | more))


def _back(facts: TakingFacts) -> Tap:
    return tap("back", OpenCard(facts.follow_up_id))


def _change(facts: TakingFacts) -> Tap:
    return tap("change", ChooseOutcome(facts.follow_up_id, facts.outcome))


def _day_tap(facts: TakingFacts, days: Days, on: date, here: ShowGiroMonth) -> Tap:
    if on.month != here.month.month or not days.first <= on <= days.last:
        return tap("calendar_empty", here)
    label = "calendar_day" if days.calendar.is_open(on) else "calendar_closed"
    return tap(label, PickGiroDay(facts.follow_up_id, on), day=on.day)


def _turning(facts: TakingFacts, days: Days, first: date) -> tuple[Tap, ...]:
    before, after = (first - timedelta(days=1)).replace(day=1), (first + LONGEST_MONTH).replace(day=1)
    taps: Rows = ()
    if before >= days.first.replace(day=1):
        taps = ((tap("month_before", ShowGiroMonth(facts.follow_up_id, before), month=before),),)
    if after <= days.last:
        taps = (*taps, (tap("month_after", ShowGiroMonth(facts.follow_up_id, after), month=after),))
    return tuple(one for row in taps for one in row)
