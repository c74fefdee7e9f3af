"""A warning letter as the managers see it before it leaves, and as the collector hands it on (section 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.buttons import ApproveLetter, ChooseDeadline, LetterHanded, OpenLetter, WithdrawLetter
from bot.reply import Rows, Screen, in_columns, screen, tap
from sop.letter import WAITING, Letter, LetterKind, LetterState

DAY_COLUMNS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterFacts:
    """A letter with what a manager weighs: the one before it, and whether its delivery can be shown."""

    letter: Letter
    payer: str
    invoices: int
    last: Letter | None = None
    by: str | None = None  # who approved it
    is_changed: bool = False  # the books changed since it was shown last


def subject_of(letter_id: int) -> str:
    return f"letter:{letter_id}"


def letter_screen(facts: LetterFacts) -> Screen:
    """This function will draw a letter with what can be done about it; the paper itself goes along."""
    letter, last = facts.letter, facts.last
    shown = screen(
        "manager/letter",
        *_rows(letter),
        subject=subject_of(letter.id),
        payer=facts.payer,
        kind=letter.kind,
        state=letter.state,
        number=letter.number,
        amount=letter.amount,
        invoices=facts.invoices,
        deadline_on=letter.deadline_on,
        last=None if last is None else {"number": last.number, "on": last.drawn_on, "proved": last.has_proof},
        by=facts.by,
        sent_how=letter.sent_how,
        receipt=letter.postal_receipt,
        is_changed=facts.is_changed,
    )
    return replace(shown, attachment_id=letter.paper_id)


def days_screen(facts: LetterFacts, days: Sequence[date]) -> Screen:
    """This function will offer the days a letter may ask to be answered by."""
    taps = [tap("decision_day", ChooseDeadline(facts.letter.id, day), on=day) for day in days]
    back = (tap("back", OpenLetter(facts.letter.id)),)
    return screen(
        "manager/letter_days",
        *in_columns(taps, columns=DAY_COLUMNS),
        back,
        subject=subject_of(facts.letter.id),
        payer=facts.payer,
        number=facts.letter.number,
    )


def hand_screen(letter: Letter, *, payer: str, link: str | None, held: str | None, until: str | None) -> Screen:
    """This function will draw what a collector does with an approved letter: send it by his own WhatsApp, and post it.

    `link` opens WhatsApp with the words; `held` names why it may not go now, and `until` when it may.
    """
    rows: Rows = ()
    if letter.state is LetterState.APPROVED and link is not None:
        rows = ((tap("send_by_hand", url=link),), (tap("sent", LetterHanded(letter.id)),))
    shown = screen(
        "collector/letter_to_hand",
        *rows,
        subject=f"letter_hand:{letter.id}",
        payer=payer,
        number=letter.number,
        amount=letter.amount,
        state=letter.state,
        by_hand=link is not None or held is not None,
        held=held,
        until=until,
    )
    return replace(shown, attachment_id=letter.paper_id)


def _rows(letter: Letter) -> Rows:
    if letter.kind is LetterKind.SOMASI or letter.state not in WAITING:
        return ()
    withdraw = tap("cancel", WithdrawLetter(letter.id))
    if letter.state is LetterState.APPROVED:
        return ((withdraw,),)
    approve = tap("approve", ApproveLetter(letter.id, letter.paper_id or 0))
    return ((approve, tap("change", ChooseDeadline(letter.id))), (withdraw,))
