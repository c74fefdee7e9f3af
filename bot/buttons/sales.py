"""Buttons of the sales people, whose customers are late (section 2; 004)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons.packing import Button, verb


@verb("salnote")
@dataclass(frozen=True, slots=True)
class OpenSalesNote(Button):
    """One customer of a sales person's list."""

    payer_id: int


@verb("salspoke")
@dataclass(frozen=True, slots=True)
class SalesSpoke(Button):
    """`Sudah dibicarakan`: he has spoken with his customer, and says in a few words what came of it."""

    payer_id: int
