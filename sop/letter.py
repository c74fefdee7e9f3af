"""Warning letters: SP1, SP2, SP3, somasi, in order and with gaps, each approved. (sop 9, G13; 001)"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import ClassVar

from sop.calendar import WorkCalendar
from sop.hours import local_day
from sop.money import Money
from sop.policy import Policy
from sop.refusal import Refused

PUK = "puk"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


class LetterKind(Enum):
    SP1 = "SP1"
    SP2 = "SP2"
    SP3 = "SP3"
    SOMASI = "SOMASI"  # a draft for a lawyer or the management, never sent by the program


class LetterState(Enum):
    PROPOSED = "proposed"  # a manager has it before him
    APPROVED = "approved"  # it may leave; of a somasi: handed over
    SENT = "sent"
    WITHDRAWN = "withdrawn"  # its number stays with it


TRANSITIONS: dict[LetterState, frozenset[LetterState]] = {
    LetterState.PROPOSED: frozenset({LetterState.PROPOSED, LetterState.APPROVED, LetterState.WITHDRAWN}),
    # What the books say changed: it is approved once more.
    LetterState.APPROVED: frozenset({LetterState.PROPOSED, LetterState.SENT, LetterState.WITHDRAWN}),
    LetterState.SENT: frozenset(),
    LetterState.WITHDRAWN: frozenset(),
}
WAITING = frozenset({LetterState.PROPOSED, LetterState.APPROVED})
"""Of a letter that has not left; a payer has at most one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """One letter; `asked` is what it asks for by invoice id, `number` is none for a somasi, which others number."""

    id: int
    payer_id: int
    kind: LetterKind
    state: LetterState
    amount: Money
    drawn_on: date
    deadline_on: date
    asked: Mapping[int, Money]
    number: str | None = None
    paper_id: int | None = None
    escalation_id: int | None = None
    proposed_by_id: int | None = None
    approved_by_id: int | None = None
    approved_at: datetime | None = None
    sent_at: datetime | None = None
    sent_how: str | None = None  # the channel it left through first
    postal_receipt: str | None = None
    posted_on: date | None = None

    @property
    def has_proof(self) -> bool:
        """Whether its delivery can be shown: the postal receipt, or the machine's own record of WhatsApp. (G13)"""
        return self.postal_receipt is not None or self.sent_how == "whatsapp"


class LetterRefused(Refused):
    """No letter may be drafted, approved or sent as asked."""

    message: ClassVar[str] = "manager/refused_letter"


class NothingToWrite(LetterRefused):
    """Nothing is overdue that may be asked for now; `reason` names the hold, empty when nothing is overdue."""

    message: ClassVar[str] = "manager/refused_letter_nothing"


class LetterWaits(LetterRefused):
    """One letter at a time: an earlier one has not left yet; `number` says which."""

    message: ClassVar[str] = "manager/refused_letter_waits"


class LetterTooSoon(LetterRefused):
    """The gap since the last letter is not over; `earliest_on` is the first day of the next one."""

    message: ClassVar[str] = "manager/refused_letter_too_soon"


class LetterUnproved(LetterRefused):
    """A supervised company proves the delivery of a letter before it writes the next one. (G13)"""

    message: ClassVar[str] = "manager/refused_letter_unproved"


class LetterMoved(LetterRefused):
    """Somebody else approved, sent or withdrew it; nothing changes."""

    message: ClassVar[str] = "manager/refused_letter_moved"


def series(letters: Sequence[Letter], open_ids: Collection[int]) -> tuple[Letter, ...]:
    """This function will give the letters that left and still stand: about an invoice that is open today.

    A debt that was settled ends its series; a later one begins again with SP1. (ours)
    """
    left = [one for one in letters if one.state is LetterState.SENT]
    return tuple(one for one in left if any(invoice_id in open_ids for invoice_id in one.asked))


def next_kind(sent: Sequence[Letter]) -> LetterKind:
    """This function will name the letter after those of the series; after SP3 each is the somasi's draft."""
    order = list(LetterKind)
    last = max((order.index(one.kind) for one in sent), default=-1)
    return order[min(last + 1, len(order) - 1)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where and when a letter is written: the company's day and its zone."""

    today: date
    zone: str


def check_next(letters: Sequence[Letter], sent: Sequence[Letter], *, at: Place, policy: Policy) -> LetterKind:
    """This function will give the kind that may be drafted today after `sent`, the living series of the payer.

    Raises LetterWaits, LetterTooSoon, or for a supervised company LetterUnproved.
    """
    waiting = next((one for one in letters if one.state in WAITING and one.kind is not LetterKind.SOMASI), None)
    if waiting is not None:
        raise LetterWaits(number=waiting.number or "")
    last = max(sent, key=lambda one: (left_on(one, zone=at.zone), one.id), default=None)
    if last is None:
        return LetterKind.SP1
    earliest = left_on(last, zone=at.zone) + timedelta(days=policy.letters.gap_days)
    kind = next_kind(sent)
    if at.today < earliest:
        raise LetterTooSoon(kind=kind.value, number=last.number or "", earliest_on=earliest)
    if policy.guard.profile == PUK and not last.has_proof:
        raise LetterUnproved(number=last.number or "")
    return kind


def left_on(letter: Letter, *, zone: str) -> date:
    """This function will give the day from which the gap counts: the letter's own date, or later if it left later."""
    return letter.drawn_on if letter.sent_at is None else max(letter.drawn_on, local_day(letter.sent_at, zone=zone))


def number_of(kind: LetterKind | str, sequence: int, *, on: date, pattern: str) -> str:
    """This function will write a number such as 012/SP1/FIN/XI/2026, the month in Roman numerals. (indonesia 3.5)"""
    name = kind if isinstance(kind, str) else kind.value
    return pattern.format(number=sequence, kind=name, month=_ROMAN[on.month - 1], year=on.year)


def deadline_of(*, drawn_on: date, calendar: WorkCalendar, policy: Policy) -> date:
    """This function will give the day a letter asks to be answered by: an open day, never earlier than the term."""
    return calendar.open_on_or_after(drawn_on + timedelta(days=policy.letters.answer_days))


def deadlines(*, drawn_on: date, calendar: WorkCalendar, policy: Policy) -> tuple[date, ...]:
    """This function will offer days for a letter's deadline: the policy's, one and two weeks more."""
    first = deadline_of(drawn_on=drawn_on, calendar=calendar, policy=policy)
    later = (calendar.open_on_or_after(first + timedelta(weeks=weeks)) for weeks in (1, 2, 3))
    return tuple(dict.fromkeys((first, *later)))


def moved(letter: Letter, to: LetterState) -> LetterState:
    """This function will give the state after a step; raises LetterMoved when the table forbids it."""
    if to not in TRANSITIONS[letter.state]:
        raise LetterMoved(number=letter.number or "", state=letter.state.value)
    return to


def is_in_order(letter: Letter, sent: Sequence[Letter]) -> bool:
    """This function will say whether nothing is missing before a letter and it does not come twice. (G13)"""
    return letter.kind is next_kind(sent)


def says_what_is_true(letter: Letter, owed: Mapping[int, Money]) -> bool:
    """This function will say whether what the letter asks for may still be asked for, to the rupiah. (004)

    What fell due since it was drafted makes it no less true.
    """
    return all(owed.get(invoice_id) == amount for invoice_id, amount in letter.asked.items())
