"""A payer's record from search or a list, and the history behind a card (sections 3, 13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from bot.buttons import AttachSlip, MovePayer, OpenCard, ResumeChase, ShowPayerHistory
from bot.reply import Rows, Screen, Tap, screen, tap
from bot.screens.card import taken_lines
from bot.screens.standing import standing_values
from sop.case import Case
from sop.contact import Contact
from sop.follow_up import FollowUp
from sop.ledger import Invoice, days_past_due
from sop.masking import without_phones
from sop.payer import exposure_of
from sop.people import ContactPerson
from sop.promise import Promise
from sop.signs import Standing

MOST_PROMISES = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordFacts:
    """All that a record shows. `invoices` are those the reader may see; in a group nobody reads a number."""

    case: Case
    names: tuple[str, ...]
    invoices: tuple[Invoice, ...]
    contacts: tuple[Contact, ...]
    card: FollowUp | None
    zone: str
    most_invoices: int
    in_group: bool
    stopped: Mapping[str, Any] | None = None
    may_resume: bool = False
    money: Mapping[str, Any] = field(default_factory=dict)
    money_rows: Rows = ()
    standing: Standing | None = None
    collector: str | None = None
    may_move: bool = False


def record_screen(facts: RecordFacts) -> Screen:
    """This function will draw what a payer owes, what was agreed, and who spoke with him last."""
    case, listed = facts.case, facts.invoices[: facts.most_invoices]
    exposure = exposure_of(facts.invoices, today=case.today)
    rest = exposure_of(facts.invoices[facts.most_invoices :], today=case.today)
    row = (tap("open_card", OpenCard(facts.card.id)),) if facts.card is not None else ()
    claim = None if facts.in_group else case.waiting_claim
    slip = (tap("attach_slip", AttachSlip(claim.id)),) if claim is not None else ()
    return screen(
        "collector/record",
        row,
        (tap("resume_chase", ResumeChase(case.payer_id)),) if facts.stopped and facts.may_resume else (),
        slip,
        *facts.money_rows,
        _last_row(facts),
        collector=facts.collector,
        standing=standing_values(facts.standing),
        names=list(facts.names),
        total=exposure.total,
        overdue=exposure.overdue,
        days_late=exposure.days_late,
        contact=None if facts.in_group else _contact(case.contact),
        invoices=[_invoice(one, case) for one in listed],
        others=len(facts.invoices) - len(listed),
        others_amount=rest.total,
        promises=promise_lines(case.promises),
        claim=case.waiting_claim is not None,
        **taken_lines(case),
        disputes=len(case.open_disputes),
        stopped=None if facts.stopped is None else _stopped(facts),
        contacts=contact_lines(facts.contacts, zone=facts.zone),
        **facts.money,
    )


def _last_row(facts: RecordFacts) -> tuple[Tap, ...]:
    """`Riwayat`, and `Pindahkan` for a manager; never in a group."""
    if facts.in_group:
        return ()
    history = tap("history", ShowPayerHistory(facts.case.payer_id))
    return (history, tap("move_payer", MovePayer(facts.case.payer_id))) if facts.may_move else (history,)


def _stopped(facts: RecordFacts) -> dict[str, Any]:
    """Who stopped it and why; in a group without a number he may have typed."""
    said = dict(facts.stopped or {})
    why = said.get("why")
    return said | {"why": without_phones(why) if why and facts.in_group else why}


def promise_lines(promises: Iterable[Promise]) -> list[dict[str, Any]]:
    """This function will write promises for a message, the newest first."""
    newest = sorted(promises, key=lambda one: (one.promised_on, one.id), reverse=True)[:MOST_PROMISES]
    return [{"on": one.promised_on, "amount": one.amount, "state": one.state} for one in newest]


def contact_lines(contacts: Iterable[Contact], *, zone: str) -> list[dict[str, Any]]:
    """This function will write contacts for a message, with the reader's own time of day."""
    return [
        {"at": one.at.astimezone(ZoneInfo(zone)), "channel": one.channel, "result": one.result, "by": one.by}
        for one in contacts
    ]


def _invoice(one: Invoice, case: Case) -> dict[str, Any]:
    return {
        "number": one.number,
        "balance": one.balance,
        "due_on": one.due_on,
        "days_late": days_past_due(one, today=case.today),
    }


def _contact(contact: ContactPerson | None) -> dict[str, Any] | None:
    if contact is None:
        return None
    return {"name": contact.name, "salutation": contact.salutation, "address": contact.address}
