"""The collector's card (section 3): who, why, how much, what to say, and the outcomes under the thumb."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.buttons import (
    AnswerReplied,
    AskNumber,
    ChooseOutcome,
    ListErrands,
    MarkSent,
    OpenCard,
    OpenCheck,
    RecordConsent,
    SendInvoice,
    ShowHistory,
    ShowOthers,
    SkipCard,
    Undo,
)
from bot.reply import Rows, Screen, Tap, in_columns, screen, tap
from bot.screens.errand import ErrandFacts
from bot.screens.standing import standing_values
from sop.case import Case
from sop.contact import Contact
from sop.discount import Offer
from sop.escalation import Decision
from sop.follow_up import ChannelState, FollowUp, may_be_worked
from sop.hold import HOLDS, Use
from sop.money import Money
from sop.outcomes import OTHERS, STARRED
from sop.payer import Page, Reached
from sop.plan import PlanState
from sop.signs import Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class ByHand:
    """A message to be sent through WhatsApp itself: the link that opens it, or why not now.

    `asks_reply`: first the collector says whether the last one was answered. `outbox_id` is 0 for the day's reminder.
    """

    link: str | None
    asks_reply: bool = False
    outbox_id: int = 0
    held: str | None = None
    until: str | None = None  # local ISO text of the instant it may leave, when that is known


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """What the managers decided about this payer last, who and when; `on` the day it names, `words` what they said."""

    decision: Decision
    by: str | None
    at: date
    on: date | None
    words: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CardFacts:
    """All that one card shows."""

    card: FollowUp
    case: Case
    page: Page
    place: int
    of_all: int
    zone: str  # the reader's, for the times of contacts
    reason: dict[str, Any]
    contacts: tuple[Contact, ...]
    signs: tuple[str, ...]
    standing: Standing | None = None
    covers_for: str | None = None  # the colleague in whose place the card is worked
    by_hand: ByHand | None = None
    undo: int | None = None
    discounts: Mapping[int, Offer] = field(default_factory=dict)
    ruling: Ruling | None = None
    plan: dict[str, Any] | None = None  # the instalments that run, or wait for the customer's consent
    delivery_held: bool = False
    errands: tuple[ErrandFacts, ...] = ()
    to_check: int = 0  # overdue invoices nobody has checked yet (002)


CARD_SUBJECT = "follow_up:"
MOST_PAPERS = 3  # receipts or giros named on a card; there is hardly ever a second


def subject_of(follow_up_id: int) -> str:
    return f"{CARD_SUBJECT}{follow_up_id}"


def card_screen(facts: CardFacts) -> Screen:
    """This function will draw a card with its outcomes; a finished card is drawn without them."""
    rows = _rows(facts) if may_be_worked(facts.card) else ()
    return screen("collector/card", *rows, subject=subject_of(facts.card.id), **_values(facts))


def others_screen(facts: CardFacts) -> Screen:
    """This function will draw the same card with the rarer outcomes (`Lainnya`)."""
    card_id = facts.card.id
    taps = [tap(one.value, ChooseOutcome(card_id, one)) for one in OTHERS]
    back = (tap("back", OpenCard(card_id)),)
    return screen("collector/card", *in_columns(taps, columns=2), back, subject=subject_of(card_id), **_values(facts))


def _rows(facts: CardFacts) -> Rows:
    card_id = facts.card.id
    outcomes = in_columns([tap(one.value, ChooseOutcome(card_id, one)) for one in STARRED], columns=2)
    more = (tap("others", ShowOthers(card_id)), tap("history", ShowHistory(card_id)), tap("skip", SkipCard(card_id)))
    found = (tap("new_number", AskNumber(card_id)),) if facts.case.contact is None else ()
    undo = (tap("undo", Undo(facts.undo)),) if facts.undo is not None else ()
    check = (tap("check_invoices", OpenCheck(card_id)),) if facts.to_check else ()
    return (check, *_by_hand(facts), found, *outcomes, *_beside(facts), more, _consent(facts), undo)


def _beside(facts: CardFacts) -> Rows:
    """The invoice itself, and work beside the call where there is any."""
    invoice = (tap("send_invoice", SendInvoice(facts.card.id)),) if facts.case.invoices else ()
    count = len(facts.errands)
    return ((*invoice, *((tap("errands", ListErrands(facts.card.id), count=count),) if count else ())),)


def _consent(facts: CardFacts) -> tuple[Tap, ...]:
    """A plan waits for the customer's written consent: it may be recorded here."""
    plan = facts.plan
    if plan is None or plan["state"] is not PlanState.OFFERED:
        return ()
    return (tap("record_plan_consent", RecordConsent(plan["id"])),)


def _by_hand(facts: CardFacts) -> Rows:
    """The wa.me button stands there only while guard and holds let the message pass (7)."""
    return () if facts.by_hand is None else by_hand_rows(facts.card.id, facts.by_hand)


def by_hand_rows(follow_up_id: int, by_hand: ByHand) -> Rows:
    """This function will give the buttons that send a message by hand, or ask first whether there was a reply."""
    if by_hand.asks_reply:
        yes, no = AnswerReplied(follow_up_id, True), AnswerReplied(follow_up_id, False)
        return ((tap("has_replied", yes), tap("not_replied", no)),)
    if by_hand.link is None:
        return ()
    send = tap("send_by_hand", url=by_hand.link)
    return ((send, tap("sent", MarkSent(follow_up_id, by_hand.outbox_id))),)


def _values(facts: CardFacts) -> dict[str, Any]:
    case, card, page = facts.case, facts.card, facts.page
    promise, claim = case.open_promise, case.waiting_claim
    return {
        "place": facts.place,
        "of_all": facts.of_all,
        "payer": case.name,
        "shops": [one.name for one in case.customers[1:]],
        "step": card.step,
        "reason": facts.reason,
        "call_due": card.call is ChannelState.DUE,
        "message_state": card.message,
        "message_hold": card.message_hold,
        "by_hand_link": facts.by_hand is not None and facts.by_hand.link is not None,
        "asks_reply": facts.by_hand is not None and facts.by_hand.asks_reply,
        "by_hand_held": facts.by_hand.held if facts.by_hand else None,
        "by_hand_until": facts.by_hand.until if facts.by_hand else None,
        "contact": _contact(facts),
        "invoices": [_invoice(one, facts) for one in page.listed],
        "has_discount": any(one.invoice.id in facts.discounts for one in page.listed),
        "others": page.others,
        "others_amount": page.others_amount,
        "total": Money.total(one.chaseable for one in page.listed) + page.others_amount,
        "promise": None if promise is None else {"on": promise.promised_on, "amount": promise.amount},
        "plan": facts.plan,
        "claim": claim is not None,
        **taken_lines(case),
        "disputes": len(case.open_disputes),
        "errands": len(facts.errands),
        "to_check": facts.to_check,
        "ruling": None if facts.ruling is None else _ruling(facts.ruling),
        "delivery_held": facts.delivery_held,
        "flags": [HOLDS[one.kind].reason for one in case.standing(Use.CALL).flags],
        "signs": list(facts.signs),
        "standing": standing_values(facts.standing),
        "covers_for": facts.covers_for,
        "contacts": [_contact_line(one, facts.zone) for one in facts.contacts],
        "finished": not may_be_worked(card),
        "state": card.state,
    }


def _ruling(one: Ruling) -> dict[str, Any]:
    return {"decision": one.decision, "by": one.by, "at": one.at, "on": one.on, "words": one.words}


def _invoice(one: Reached, facts: CardFacts) -> dict[str, Any]:
    late = max(0, (facts.case.today - one.invoice.due_on).days)
    return {
        "number": one.invoice.number,
        "amount": one.chaseable,
        "due_on": one.invoice.due_on,
        "days_late": late,
        "days_left": max(0, (one.invoice.due_on - facts.case.today).days),
        "discount": _discount(facts.discounts.get(one.invoice.id)),
    }


def taken_lines(case: Case) -> dict[str, Any]:
    """This function will write what was paid by hand and is not on the books yet: cash and giros, a line each."""
    cash = giros = None
    if case.cash:
        numbers = ", ".join(one.number for one in case.cash[:MOST_PAPERS])
        cash = {"amount": Money.total(one.amount for one in case.cash), "numbers": numbers}
    if case.giros:
        papers = ", ".join(f"{one.bank} {one.number}" for one in case.giros[:MOST_PAPERS])
        on = min(one.effective_on for one in case.giros)
        giros = {"amount": Money.total(one.amount for one in case.giros), "papers": papers, "on": on}
    return {"cash": cash, "giros": giros}


def _discount(offer: Offer | None) -> dict[str, Any] | None:
    """What he may leave out when he pays in time: said by a person, never by a machine. (002)"""
    return None if offer is None else {"amount": offer.amount, "last_on": offer.last_on}


def _contact(facts: CardFacts) -> dict[str, Any] | None:
    contact = facts.case.contact
    if contact is None:
        return None
    return {"name": contact.name, "salutation": contact.salutation, "address": contact.address}


def _contact_line(one: Contact, zone: str) -> dict[str, Any]:
    return {
        "at": one.at.astimezone(ZoneInfo(zone)),
        "channel": one.channel,
        "direction": one.direction,
        "result": one.result,
        "by": one.by,
    }
