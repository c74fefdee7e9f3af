"""Leave as it is asked for, said back and listed (section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.buttons import AskLeave, Cancel, ChooseCover, ConfirmLeave, EndLeave
from bot.buttons.staffing import POOL
from bot.reply import Rows, Screen, Tap, in_columns, screen, tap
from sop.absence import Absence, Span
from sop.people import Person


def leave_asked_screen(
    alive: Sequence[Absence], names: Mapping[int, str], *, whom: str | None, unclear: bool
) -> Screen:
    """This function will ask for the days, below the leave that is known; `whom` none: a name is to be typed too."""
    return screen(
        "collector/leave_asked",
        *_end_rows(alive, names if whom is None else {}),
        whom=whom,
        unclear=unclear,
        leaves=[_line(one, names) for one in alive],
    )


def leave_echo_screen(person: Person, span: Span, *, working_days: int) -> Screen:
    """This function will say the days back with their weekdays, before anything is written down."""
    yes = tap("correct", ConfirmLeave(person.id, span.from_on, span.until_on))
    return screen(
        "collector/leave_echo",
        (yes, tap("change", AskLeave(person.id))),
        (tap("cancel", Cancel()),),
        name=person.name,
        from_on=span.from_on,
        until_on=span.until_on,
        days=span.days,
        working_days=working_days,
    )


def covers_asked_screen(person: Person, span: Span, covers: Iterable[Person]) -> Screen:
    """This function will ask who works in his place; the pool is always an answer."""

    def chosen(cover_id: int) -> ChooseCover:
        return ChooseCover(person.id, span.from_on, span.until_on, cover_id)

    taps = [tap("cover_name", chosen(one.id), name=one.name) for one in covers]
    rows = (*in_columns(taps, columns=2), (tap("to_pool", chosen(POOL)),))
    return screen("collector/leave_cover_asked", *rows, name=person.name, from_on=span.from_on, until_on=span.until_on)


def leave_recorded_screen(absence: Absence, names: Mapping[int, str], *, moved: int) -> Screen:
    """This function will confirm what was written down, with the way to take it back."""
    line = _line(absence, names)
    return screen("collector/leave_recorded", *_end_rows([absence], {}), **line, moved=moved)


def leave_over_screen(absence: Absence, names: Mapping[int, str]) -> Screen:
    """This function will confirm that a leave was cancelled, or is over earlier."""
    return screen("collector/leave_over", **_line(absence, names))


def _end_rows(alive: Iterable[Absence], names: Mapping[int, str]) -> Rows:
    """`Batalkan cuti` or `Sudah kembali` for each; with the name where the reader sees several persons'."""
    return tuple((_end_tap(one, names.get(one.person_id)),) for one in alive)


def _end_tap(one: Absence, name: str | None) -> Tap:
    label = "back_again" if one.is_in_force else "cancel_leave"
    return tap(label, EndLeave(one.id)) if name is None else tap(f"{label}_of", EndLeave(one.id), name=name)


def _line(one: Absence, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "name": names.get(one.person_id),
        "cover": None if one.cover_id is None else names.get(one.cover_id),
        "from_on": one.from_on,
        "until_on": one.until_on,
        "in_force": one.is_in_force,
    }
