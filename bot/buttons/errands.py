"""Buttons of the work beside the calls (section 3)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons.packing import Button, verb


@verb("errs")
@dataclass(frozen=True, slots=True)
class ListErrands(Button):
    """`Tugas lain`: what is to be done, all of it or (`follow_up_id`) for the payer of one card."""

    follow_up_id: int | None = None


@verb("errand")
@dataclass(frozen=True, slots=True)
class OpenErrand(Button):
    errand_id: int


@verb("erdone")
@dataclass(frozen=True, slots=True)
class FinishErrand(Button):
    """`Selesai`: at once, or after what its kind asks for."""

    errand_id: int
