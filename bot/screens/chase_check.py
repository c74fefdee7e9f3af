"""The check before chasing as the collector sees it: five lines, two taps when all is well (002, 003)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons import AllRight, OpenCard, OpenCheck, SaveCheck, ToggleCheck
from bot.reply import Rows, Screen, screen, tap
from bot.screens.card import subject_of
from sop.chase_check import Check
from sop.ledger import Invoice

MOST_LISTED, MOST_BUTTONS = 8, 20


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckFacts:
    """What is asked about, and the answers that are "no" so far."""

    follow_up_id: int
    payer: str
    invoices: tuple[Invoice, ...]
    wrong: frozenset[Check]


def check_screen(facts: CheckFacts) -> Screen:
    """This function will ask the five questions; a tap on one says no, or yes again."""
    card_id = facts.follow_up_id
    toggles: Rows = tuple(
        (tap(f"check_no_{one.value}" if one in facts.wrong else f"check_{one.value}", ToggleCheck(card_id, one)),)
        for one in Check
    )
    save = (tap("save", SaveCheck(card_id)),) if facts.wrong else (tap("all_right", AllRight(card_id)),)
    listed = facts.invoices[:MOST_LISTED]
    values = {
        "payer": facts.payer,
        "invoices": [{"number": one.number, "balance": one.balance, "due_on": one.due_on} for one in listed],
        "others": len(facts.invoices) - len(listed),
        "wrong": [one for one in Check if one in facts.wrong],
    }
    back = (tap("back", OpenCard(card_id)),)
    return screen("collector/check_asked", save, *toggles, back, subject=subject_of(card_id), **values)


def which_screen(facts: CheckFacts) -> Screen:
    """This function will ask which invoice it is wrong with, where there are several."""
    card_id = facts.follow_up_id
    rows = [
        (tap("invoice_row", SaveCheck(card_id, one.id), number=one.number, amount=one.balance),)
        for one in facts.invoices[:MOST_BUTTONS]
    ]
    back = (tap("back", OpenCheck(card_id)),)
    return screen("collector/check_which_asked", *rows, back, subject=subject_of(card_id), payer=facts.payer)
