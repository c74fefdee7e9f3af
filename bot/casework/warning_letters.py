"""Warning letters: drafted from the books, approved by a manager, kept true until they leave (section 9, G13; 001)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.buttons import OpenLetter
from bot.casework import cases, letter_papers, letter_sending, notices, record
from bot.casework.letter_papers import TemplateWrong
from bot.casework.notices import Post
from bot.reply import Screen, screen, tap
from bot.screens.letter import LetterFacts, letter_screen, subject_of
from bot.turn import Desk, Turn
from sop.case import Case
from sop.escalation import Escalation
from sop.hold import Use
from sop.letter import (
    Letter,
    LetterKind,
    LetterMoved,
    LetterState,
    NothingToWrite,
    Place,
    check_next,
    deadline_of,
    deadlines,
    moved,
    says_what_is_true,
)
from sop.money import Money
from sop.people import Person
from storage import letters, marks, people, screens
from storage.letters import NewLetter
from storage.outbox import URGENT

REMINDED = "letter_reminded"
"""A draft nobody answers: the managers hear of it the next working morning, and every morning after."""


async def propose(turn: Turn, one: Escalation) -> Letter:
    """This function will draft the payer's next letter and hand it to the manager in private, to be approved.

    After SP3 it is the draft of a somasi, which the program never sends. Raises a LetterRefused where no letter may be
    drafted now; then the decision is not made either.
    """
    case = await cases.load(turn, one.payer_id or 0)
    letter = await _drafted(turn, case, escalation_id=one.id)
    await letter_papers.draw(turn, case, letter, signs=turn.actor, is_draft=True)
    await _note(turn, "letter_drafted", letter)
    await _show_to(turn, turn.actor, await _facts(turn, letter.id))
    return await letters.get(turn.db, letter.id)


async def approve(turn: Turn, letter_id: int, paper_id: int) -> Letter:
    """This function will approve the paper the manager has read, set it without the word draft, and send it off.

    Raises LetterMoved (another was first, or another paper has taken this one's place) or NothingToWrite. Where the
    books say something else by now, the letter is drafted anew instead and has to be read again.
    """
    letter = await letters.get(turn.db, letter_id, for_update=True)
    moved(letter, LetterState.APPROVED)
    if letter.paper_id != paper_id:
        raise LetterMoved(number=letter.number or "", state=letter.state.value)
    case = await cases.load(turn, letter.payer_id)
    if not says_what_is_true(letter, _owed(turn, case)):
        return await _anew(turn, case, letter)
    today = turn.day_in(None)
    first = deadline_of(drawn_on=today, calendar=turn.calendar, policy=turn.policy)
    dated: dict[str, Any] = {"drawn_on": today, "deadline_on": max(letter.deadline_on, first)}
    approved = {"state": LetterState.APPROVED, "approved_by_id": turn.actor.id, "approved_at": turn.now}
    await letters.change(turn.db, letter.id, **dated, **approved)
    letter = await letters.get(turn.db, letter.id)
    await letter_papers.draw(turn, case, letter, signs=turn.actor, is_draft=False)
    await _note(turn, "letter_approved", letter)
    letter = await letters.get(turn.db, letter.id)
    await letter_sending.send_off(turn, case, letter)
    return letter


async def set_deadline(turn: Turn, letter_id: int, on: date) -> Letter:
    """This function will give a letter another day to be answered by, and draft it anew. Raises LetterMoved."""
    letter = await letters.get(turn.db, letter_id, for_update=True)
    if letter.state is not LetterState.PROPOSED or on not in days_for(turn, letter):
        raise LetterMoved(number=letter.number or "", state=letter.state.value)
    await letters.change(turn.db, letter.id, deadline_on=on)
    case = await cases.load(turn, letter.payer_id)
    letter = await letters.get(turn.db, letter.id)
    await letter_papers.draw(turn, case, letter, signs=turn.actor, is_draft=True)
    return await letters.get(turn.db, letter.id)


async def withdraw(turn: Turn, letter_id: int) -> Letter:
    """This function will take a letter back that has not left; its number stays with it. Raises LetterMoved."""
    letter = await letters.get(turn.db, letter_id, for_update=True)
    await _withdraw(turn, letter, reason="by_manager")
    return await letters.get(turn.db, letter_id)


def days_for(desk: Desk, letter: Letter) -> tuple[date, ...]:
    """This function will offer the days a letter may ask to be answered by."""
    return deadlines(drawn_on=desk.day_in(None), calendar=desk.calendar, policy=desk.policy)


async def facts_of(desk: Desk, letter_id: int) -> LetterFacts:
    """This function will gather what a manager sees of a letter."""
    return await _facts(desk, letter_id)


async def shown(desk: Desk, letter_id: int, *, is_changed: bool = False) -> Screen:
    """This function will draw a letter as it is now; `is_changed`: the books say something else than the last paper."""
    return letter_screen(replace(await _facts(desk, letter_id), is_changed=is_changed))


async def is_shown(turn: Turn, letter: Screen) -> bool:
    """This function will say whether the pressed message shows this letter, or the choice of its days."""
    if turn.message_id is None:
        return False
    here = await screens.subject_of(turn.db, chat_id=turn.chat_id, message_id=turn.message_id)
    return here is not None and here == letter.subject


async def keep_true(desk: Desk) -> int:
    """This function will withdraw letters of debts that were paid, draft changed ones anew, and remind of others."""
    done = 0
    for letter in await letters.waiting(desk.db):
        case = await cases.load(desk, letter.payer_id)
        owed = _owed(desk, case)
        open_ids = {one.id for one in case.invoices}
        if not open_ids & letter.asked.keys():
            await _withdraw(desk, letter, reason="paid")
            done += 1
        elif owed and not says_what_is_true(letter, owed):
            done += await _corrected(desk, case, letter)
        else:
            done += await _reminded(desk, letter)
    return done


async def _drafted(turn: Turn, case: Case, *, escalation_id: int | None) -> Letter:
    owed, today = _owed(turn, case), turn.day_in(None)
    if not owed:
        blocked = case.standing(Use.CALL).blocked
        raise NothingToWrite(reason="" if blocked is None else blocked.kind.value)
    known = await letters.of_payer(turn.db, case.payer_id)
    sent = await letter_papers.living_series(turn, case)
    kind = check_next(known, sent, at=Place(today=today, zone=turn.company.zone), policy=turn.policy)
    is_draft_alone = kind is LetterKind.SOMASI
    new = NewLetter(
        payer_id=case.payer_id,
        kind=kind,
        state=LetterState.APPROVED if is_draft_alone else LetterState.PROPOSED,
        drawn_on=today,
        deadline_on=deadline_of(drawn_on=today, calendar=turn.calendar, policy=turn.policy),
        asked=owed,
        escalation_id=escalation_id,
        proposed_by_id=turn.actor.id,
        pattern=None if is_draft_alone else turn.policy.letters.number_pattern,
    )
    return await letters.add(turn.db, new)


async def _anew(desk: Desk, case: Case, letter: Letter) -> Letter:
    """The same letter under the same number, for what the books say now; it is to be approved once more."""
    owed = _owed(desk, case)
    if not owed:
        blocked = case.standing(Use.CALL).blocked
        raise NothingToWrite(reason="" if blocked is None else blocked.kind.value)
    await letter_sending.take_back(desk, letter, reason="letter_changed")
    await letters.ask_for(desk.db, letter.id, owed)
    fresh: dict[str, Any] = {"state": LetterState.PROPOSED, "approved_by_id": None, "approved_at": None}
    await letters.change(desk.db, letter.id, **fresh, drawn_on=desk.day_in(None))
    letter = await letters.get(desk.db, letter.id)
    await letter_papers.draw(desk, case, letter, signs=await _signer(desk, letter), is_draft=True)
    await _note(desk, "letter_redrawn", letter)
    return await letters.get(desk.db, letter.id)


async def _corrected(desk: Desk, case: Case, letter: Letter) -> int:
    try:
        fresh = await _anew(desk, case, letter)
    except TemplateWrong:
        return 0  # it does not leave while it says what is not true; whoever opens it is told why
    facts = replace(await _facts(desk, fresh.id), is_changed=True)
    await notices.redraw(desk, subject_of(letter.id), replace(letter_screen(facts), taps=()), retire=True)
    await _show_to(desk, await _signer(desk, fresh), facts)
    return 1


async def _withdraw(desk: Desk, letter: Letter, *, reason: str) -> None:
    state = moved(letter, LetterState.WITHDRAWN)
    await letter_sending.take_back(desk, letter, reason="withdrawn")
    await letters.change(desk.db, letter.id, state=state, closed_at=desk.now)
    await record.note(desk, "letter_withdrawn", payer_id=letter.payer_id, letter=letter.id, reason=reason)
    await notices.redraw(desk, subject_of(letter.id), await shown(desk, letter.id))


async def _reminded(desk: Desk, letter: Letter) -> int:
    """A draft nobody answered is brought to all managers again, without the paper: a group may read it."""
    local = desk.local(None)
    is_time = desk.calendar.is_open(local.date()) and local.time() >= desk.policy.hours.machine_from
    if letter.state is not LetterState.PROPOSED or letter.drawn_on == local.date() or not is_time:
        return 0
    slot = f"{letter.id}:{local.date().isoformat()}"
    if not await marks.claim_run(desk.db, job=REMINDED, slot=slot, now=desk.now):
        return 0
    facts = await _facts(desk, letter.id)
    told = screen(
        "manager/letter_waits",
        (tap("open_letter", OpenLetter(letter.id)),),
        payer=facts.payer,
        number=letter.number,
        amount=letter.amount,
    )
    await notices.tell_managers(desk, told)
    return 1


async def _show_to(desk: Desk, person: Person, facts: LetterFacts) -> None:
    shown_now = letter_screen(facts)
    await notices.tell(desk, person, shown_now, Post(urgency=URGENT, attachment_id=facts.letter.paper_id))


async def _facts(desk: Desk, letter_id: int) -> LetterFacts:
    letter = await letters.get(desk.db, letter_id)
    case = await cases.load(desk, letter.payer_id)
    earlier = [one for one in await letter_papers.living_series(desk, case) if one.id != letter.id]
    by = None if letter.approved_by_id is None else (await people.get(desk.db, letter.approved_by_id)).name
    return LetterFacts(
        letter=letter, payer=case.name, invoices=len(letter.asked), last=earlier[-1] if earlier else None, by=by
    )


async def _signer(desk: Desk, letter: Letter) -> Person:
    """Who drafted it, until somebody approves it."""
    if isinstance(desk, Turn):
        return desk.actor
    return await people.get(desk.db, letter.proposed_by_id or 0)


async def _note(desk: Desk, kind: str, letter: Letter) -> None:
    said = {"letter": letter.id, "letter_kind": letter.kind, "number": letter.number, "amount": letter.amount}
    await record.note(desk, kind, payer_id=letter.payer_id, **said, deadline_on=letter.deadline_on)


def _owed(desk: Desk, case: Case) -> dict[int, Money]:
    return letter_papers.owed(case, today=desk.day_in(None))
