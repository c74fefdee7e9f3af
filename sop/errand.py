"""Errands: work beside a call, such as posting a letter or bringing an invoice again. (sop 3, 5, 9; 002)"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from sop.calendar import WorkCalendar
from sop.policy import Policy
from sop.refusal import Refused


class ErrandKind(Enum):
    RESEND_INVOICE = "resend_invoice"  # "faktur belum diterima"
    EXCHANGE_INVOICE = "exchange_invoice"  # tukar faktur, before H-7
    POST_LETTER = "post_letter"  # by registered mail; the receipt number is the result
    HAND_LETTER = "hand_letter"  # to be sent by hand, WhatsApp could not carry it
    TAKE_BACK = "take_back"  # goods: the customer's written consent comes first
    FETCH_GOODS = "fetch_goods"  # then they are fetched, against a return note with its number
    TAX_DOCUMENT = "tax_document"  # bukti potong to be asked for
    FIND_NUMBER = "find_number"
    CHECK_AMOUNT = "check_amount"  # the check before chasing found a doubt
    COURT_FILE = "court_file"  # papers for a small claim or the lawyer
    APPLY_CREDIT = "apply_credit"  # a payment or credit note that stands on no invoice yet
    PROVE_RETURN = "prove_return"  # "sudah diretur": the note that proves it
    PROVIDE_INVOICE = "provide_invoice"  # the invoice as PDF, for `Kirim faktur`


class ErrandState(Enum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Owner(Enum):
    """Whose work it is when nobody is named: the payer's collector (or his cover), finance together, the managers."""

    COLLECTOR = "collector"
    FINANCE = "finance"
    MANAGER = "manager"


class Result(Enum):
    """What finishing an errand asks for."""

    NOTHING = "nothing"
    TEXT = "text"
    PAPER = "paper"  # a photo or a PDF
    OUTCOME = "outcome"  # an outcome of the card finishes it


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrandRule:
    """One row of the table.

    `is_about_invoice`: its subject is an invoice, and it ends by itself once that one is paid.
    `ends_when_paid`: it ends by itself once the payer owes nothing.
    """

    kind: ErrandKind
    owner: Owner
    result: Result
    clause: str
    is_about_invoice: bool = False
    ends_when_paid: bool = True

    @property
    def title(self) -> str:
        """The key of its name, such as "errand_post_letter"."""
        return f"errand_{self.kind.value}"


_RULES = (
    ErrandRule(
        kind=ErrandKind.RESEND_INVOICE,
        owner=Owner.COLLECTOR,
        result=Result.NOTHING,
        clause="002",
        is_about_invoice=True,
    ),
    ErrandRule(
        kind=ErrandKind.EXCHANGE_INVOICE,
        owner=Owner.COLLECTOR,
        result=Result.OUTCOME,
        clause="sop 3",
        is_about_invoice=True,
    ),
    ErrandRule(kind=ErrandKind.POST_LETTER, owner=Owner.COLLECTOR, result=Result.TEXT, clause="000-IV.C.2"),
    ErrandRule(kind=ErrandKind.HAND_LETTER, owner=Owner.COLLECTOR, result=Result.NOTHING, clause="000-IV.C.2"),
    ErrandRule(kind=ErrandKind.TAKE_BACK, owner=Owner.COLLECTOR, result=Result.PAPER, clause="004"),
    ErrandRule(kind=ErrandKind.FETCH_GOODS, owner=Owner.COLLECTOR, result=Result.TEXT, clause="004"),
    ErrandRule(
        kind=ErrandKind.TAX_DOCUMENT, owner=Owner.COLLECTOR, result=Result.PAPER, clause="sop 8", ends_when_paid=False
    ),
    ErrandRule(kind=ErrandKind.FIND_NUMBER, owner=Owner.COLLECTOR, result=Result.NOTHING, clause="000-VI.1"),
    ErrandRule(
        kind=ErrandKind.CHECK_AMOUNT, owner=Owner.FINANCE, result=Result.TEXT, clause="002", is_about_invoice=True
    ),
    ErrandRule(kind=ErrandKind.PROVE_RETURN, owner=Owner.COLLECTOR, result=Result.PAPER, clause="sop 3"),
    ErrandRule(kind=ErrandKind.COURT_FILE, owner=Owner.MANAGER, result=Result.NOTHING, clause="004"),
    ErrandRule(
        kind=ErrandKind.APPLY_CREDIT, owner=Owner.FINANCE, result=Result.TEXT, clause="002", is_about_invoice=True
    ),
    ErrandRule(
        kind=ErrandKind.PROVIDE_INVOICE,
        owner=Owner.FINANCE,
        result=Result.PAPER,
        clause="002",
        is_about_invoice=True,
    ),
)
ERRANDS: dict[ErrandKind, ErrandRule] = {rule.kind: rule for rule in _RULES}
OF_FINANCE = frozenset(rule.kind for rule in _RULES if rule.owner is Owner.FINANCE)
OF_MANAGERS = frozenset(rule.kind for rule in _RULES if rule.owner is Owner.MANAGER)
OF_COLLECTORS = frozenset(rule.kind for rule in _RULES if rule.owner is Owner.COLLECTOR)
ABOUT_INVOICES = frozenset(rule.kind for rule in _RULES if rule.is_about_invoice)
UNTIL_PAID = frozenset(rule.kind for rule in _RULES if rule.ends_when_paid)


@dataclass(frozen=True, kw_only=True, slots=True)
class Errand:
    """Something somebody has to do for a payer's case; `owner_id` none: whoever the kind's rule names."""

    id: int
    payer_id: int
    kind: ErrandKind
    state: ErrandState
    due_on: date
    created_at: datetime
    subject_id: int | None = None
    owner_id: int | None = None
    reminded_on: date | None = None
    note: str | None = None
    result: str | None = None
    paper_id: int | None = None
    outcome_id: int | None = None

    @property
    def rule(self) -> ErrandRule:
        return ERRANDS[self.kind]


class ErrandClosed(Refused):
    """The errand is done already, or its reason is gone."""

    message: ClassVar[str] = "collector/refused_errand_closed"


def finished(errand: Errand) -> Errand:
    """This function will give the errand as done. Raises ErrandClosed when it was ended before."""
    if errand.state is not ErrandState.OPEN:
        raise ErrandClosed(state=errand.state.value)
    return replace(errand, state=ErrandState.DONE)


def due_of(*, today: date, calendar: WorkCalendar, policy: Policy) -> date:
    """This function will give the day an errand is due that nobody set a day for. (sop 3; the figure is ours)"""
    return calendar.add_open_days(today, policy.errands.due_working_days)


def is_to_be_reminded(errand: Errand, *, today: date) -> bool:
    """This function will say whether the owner is to be told today: once a day from the day after it was due."""
    return errand.state is ErrandState.OPEN and errand.due_on < today and errand.reminded_on != today


def goes_to_managers(errand: Errand, *, today: date, calendar: WorkCalendar, policy: Policy) -> bool:
    """This function will say whether the managers read of it in their daily list: two working days late by now."""
    late = calendar.open_days_between(errand.due_on, today)
    return errand.state is ErrandState.OPEN and late >= policy.errands.to_manager_after_working_days
