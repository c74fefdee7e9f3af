"""The words of a message to a customer, chosen at the moment it leaves, and whether it may leave (sections 2, 6, 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote

from bot.casework import guarding, letter_checks, letters
from bot.casework.guarding import Drop, Wait, Wanted
from bot.render import CustomerText, customer_text
from bot.screens.card import ByHand
from bot.turn import Desk
from sop.case import Case
from sop.follow_up import ChannelState, FollowUp
from sop.guard import MessageKind
from sop.hold import HoldKind, Use
from sop.ladder import Step, channels
from sop.ladder.rungs import WITH_CLAUSE
from sop.ledger import Invoice, days_past_due
from sop.payer import Reached, Wording, wording_of
from sop.people import ContactPerson
from sop.segments import policy_for
from storage import follow_ups, outbox_whatsapp
from storage.outbox import Waiting

REMINDER = "customer/reminder"
"""A queued reminder names no template: which one fits is decided when it leaves."""
MISSED_INSTALMENT = "customer/T25_missed"
FOLLOWS_DUE = frozenset({"customer/T14", MISSED_INSTALMENT, "customer/T25_ended"})
"""What may not leave before finance has said who paid (2.6): broken promises, missed instalments."""
NOT_REPLIED = "not_replied"


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A message that may leave now: its words and whom they are for."""

    kind: MessageKind
    text: CustomerText
    contact: ContactPerson

    @property
    def link(self) -> str:
        """The address that opens it in the collector's own WhatsApp."""
        digits = "".join(sign for sign in self.contact.address if sign.isdigit())
        return f"https://wa.me/{digits}?text={quote(self.text.body)}"


Answer: TypeAlias = "Words | Wait | Drop"


async def words_of(desk: Desk, case: Case, one: Waiting, *, by_machine: bool) -> Answer:
    """This function will say what a queued message says now, or why it may not leave."""
    if one.message == REMINDER:
        if one.follow_up_id is None:
            return Drop(reason="expired", rule="2")
        card = await follow_ups.get(desk.db, one.follow_up_id)
        return await of_card(desk, case, card, by_machine=by_machine)
    contact = next((each for each in case.contacts if each.id == one.contact_person_id), None)
    is_letter = one.message == letter_checks.MESSAGE
    letter = await letter_checks.of_message(desk, case, one) if is_letter else letter_checks.NO_LETTER
    if letter.stop is not None:
        return letter.stop
    wanted = Wanted(
        kind=one.kind,
        contact=contact or guarding.contact_for(case, by_machine=by_machine),
        by_machine=by_machine,
        follows_due=is_letter or one.message in FOLLOWS_DUE,
        passes=frozenset({HoldKind.PLAN}) if one.message == MISSED_INSTALMENT else frozenset(),
        is_letter_in_order=letter.is_in_order,
    )
    text = customer_text(one.message, one.language, one.values)
    return await _guarded(desk, case, wanted, text)


async def of_card(desk: Desk, case: Case, card: FollowUp, *, by_machine: bool) -> Answer:
    """This function will word the reminder of a card for what is true now, or say why it may not leave."""
    contact = guarding.contact_for(case, by_machine=by_machine)
    wording = await _wording(desk, case, card)
    asked = Wanted(kind=MessageKind.CHASE, contact=contact, by_machine=by_machine)
    if wording is None:
        return await guarding.obstacle(desk, case, asked) or Drop(reason="paid", rule="6")
    if _is_done_by_call(desk, card):
        return Drop(reason="spoken_to", rule="2")
    clause = _clause(case, wording)
    policy = policy_for(desk.policy, case)
    name = channels(wording.step, has_consequence_clause=clause is not None, policy=policy).message
    if name is None:
        return Drop(reason="never_by_machine", rule="2.7")
    wanted = Wanted(
        kind=MessageKind.CHASE,
        contact=contact,
        by_machine=by_machine,
        follows_due=wording.step.is_overdue,
        has_clause=name == WITH_CLAUSE,
    )
    message = f"customer/{name}_with_upcoming" if wording.upcoming else f"customer/{name}"
    text = customer_text(message, desk.company.language, await _values(desk, case, wording, clause))
    return await _guarded(desk, case, wanted, text)


async def by_hand(desk: Desk, case: Case, card: FollowUp) -> ByHand | None:
    """This function will give the wa.me link of what a collector sends himself to this payer, or why it may not go.

    None: nothing waits. Confirmations and thanks come before the reminder: they are about what was just said.
    """
    for one in await outbox_whatsapp.offered(desk.db, [case.payer_id]):
        return _shown(desk, case, await words_of(desk, case, one, by_machine=False), outbox_id=one.id)
    if card.message is not ChannelState.BY_HAND or card.message_step is None:
        return None
    if card.message_step is Step.NO_REPLY and card.message_hold != NOT_REPLIED:
        return ByHand(link=None, asks_reply=True)
    return _shown(desk, case, await of_card(desk, case, card, by_machine=False))


def _shown(desk: Desk, case: Case, answer: Answer, *, outbox_id: int = 0) -> ByHand:
    if isinstance(answer, Words):
        return ByHand(link=answer.link, outbox_id=outbox_id)
    until = None if isinstance(answer, Drop) or answer.until is None else answer.until
    local = None if until is None else until.astimezone(desk.local(case.zone).tzinfo).isoformat()
    return ByHand(link=None, held=answer.reason, until=local, outbox_id=outbox_id)


async def _guarded(desk: Desk, case: Case, wanted: Wanted, text: CustomerText) -> Answer:
    obstacle = await guarding.obstacle(desk, case, wanted)
    if obstacle is not None:
        return obstacle
    if wanted.contact is None:
        return Drop(reason="wrong_number", rule="G7")
    return Words(kind=wanted.kind, text=text, contact=wanted.contact)


async def _wording(desk: Desk, case: Case, card: FollowUp) -> Wording | None:
    """By today's steps up to the one the message is for; those beyond it have no message of their own (2.1)."""
    if card.message_step is None:
        return None
    steps = await follow_ups.steps_of(desk.db, card)
    left = {one.invoice_id: one.balance for one in case.standing(Use.MESSAGE).chaseable}
    reached = [
        Reached(invoice=one, chaseable=left[one.id], step=steps[one.id])
        for one in case.invoices
        if one.id in left and one.id in steps and steps[one.id].rank <= card.message_step.rank
    ]
    return wording_of(reached, today=case.today)


def _is_done_by_call(desk: Desk, card: FollowUp) -> bool:
    """Where either a call or a message completes the step, the call made the message needless. (000-IV.A.1)"""
    either = channels(card.step, has_consequence_clause=False, policy=desk.policy).either
    return either and card.call is ChannelState.DONE


def _clause(case: Case, wording: Wording) -> str | None:
    """The contract's own words, where every customer the message is about has them (G12)."""
    by_customer = {one.id: one.consequence_clause for one in case.customers}
    clauses = [by_customer.get(one.invoice.customer_id) for one in wording.main]
    return next(iter(clauses), None) if all(clauses) else None


async def _values(desk: Desk, case: Case, wording: Wording, clause: str | None) -> dict[str, Any]:
    main: Sequence[Invoice] = [one.invoice for one in wording.main]
    more: dict[str, Any] = {
        "amount": wording.amount,
        "days_late": max((days_past_due(one, today=case.today) for one in main), default=0),
        "deadline_on": desk.calendar.next_open(case.today),
        "clause": clause or "-",
        "message_on": case.today,
    }
    if wording.step is Step.NO_REPLY:
        touched_on = await follow_ups.first_touch_on(desk.db, [one.id for one in main])
        more["message_on"] = touched_on or case.today
    if wording.upcoming:
        more |= letters.upcoming_values(wording.upcoming, desk.company.language)
    officer = await letters.officer_of(desk, case)
    return letters.values_for(desk, case, officer=officer, invoices=main, **more)
