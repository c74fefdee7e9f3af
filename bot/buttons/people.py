"""Buttons of the person himself: what he may do here."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons.packing import Button, verb


@verb("help")
@dataclass(frozen=True, slots=True)
class ShowHelp(Button):
    """`Bantuan`: what there is for his role."""
