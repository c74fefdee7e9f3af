"""Buttons under a receivable list that was sent into the chat; the file and the answers stay in the database."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons.packing import Button, verb


@verb("ianswer")
@dataclass(frozen=True, slots=True)
class AnswerImport(Button):
    """One choice under a question about the list; `mark` says which question it was asked under."""

    upload_id: int
    mark: str
    choice: int


@verb("icancel")
@dataclass(frozen=True, slots=True)
class CancelImport(Button):
    """`Batal`: the list is forgotten."""

    upload_id: int
