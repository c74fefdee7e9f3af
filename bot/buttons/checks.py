"""Buttons of the check before chasing (002)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons.packing import Button, verb
from sop.chase_check import Check


@verb("chk")
@dataclass(frozen=True, slots=True)
class OpenCheck(Button):
    """`Cek faktur`: the five questions."""

    follow_up_id: int


@verb("chkall")
@dataclass(frozen=True, slots=True)
class AllRight(Button):
    """`Semua benar`: this tap saves."""

    follow_up_id: int


@verb("chkno")
@dataclass(frozen=True, slots=True)
class ToggleCheck(Button):
    """One answer from yes to no, or back."""

    follow_up_id: int
    check: Check


@verb("chksave")
@dataclass(frozen=True, slots=True)
class SaveCheck(Button):
    """`Simpan`: what is wrong is wrong with this invoice; none: with all that are asked about."""

    follow_up_id: int
    invoice_id: int | None = None
