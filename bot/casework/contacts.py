"""Whom we may reach at a payer's, changed by what the collector hears (G6, G7, G18)."""

from __future__ import annotations

from typing import ClassVar

from bot.casework import letters, record
from bot.casework.notices import Post, ToCustomer, write_customer
from bot.intake.phones import may_have_whatsapp, read_phones
from bot.turn import Desk, Turn
from sop.case import Case
from sop.guard import MessageKind
from sop.hold import HoldKind
from sop.people import ConsentState, ContactPerson, ContactState
from sop.refusal import Refused
from storage import customers, holds, outbox
from storage.customers import NewContactPerson
from storage.holds import NewHold


class NoContact(Refused):
    """There is no number left to do this with."""

    message: ClassVar[str] = "collector/refused_no_contact"


class OnlyCustomer(Refused):
    """He asked us to stop; only the customer himself can allow WhatsApp again (G18)."""

    message: ClassVar[str] = "collector/refused_only_customer"


class NotANumber(Refused):
    """What was typed is no phone number we can be sure of."""

    message: ClassVar[str] = "collector/refused_not_a_number"


def reachable(case: Case) -> ContactPerson:
    """This function will give the contact that is reached now; raises NoContact."""
    if case.contact is None:
        raise NoContact()
    return case.contact


async def disable(turn: Turn, case: Case, contact: ContactPerson, *, outcome_id: int) -> None:
    """This function will disable a number at once for every customer it is listed under, and apologise to it."""
    await customers.mark_wrong_number(turn.db, contact.address)
    await outbox.cancel_chase(turn.db, case.payer_id, reason="held_wrong_number")
    others = [one for one in case.contacts if one.state is not ContactState.WRONG and one.address != contact.address]
    if not others:
        new = NewHold(payer_id=case.payer_id, kind=HoldKind.WRONG_NUMBER, outcome_id=outcome_id)
        await holds.place(turn.db, new, now=turn.now)
    if contact.on_whatsapp and contact.consent is not ConsentState.WITHDRAWN:
        await _last_word(turn, case, contact, "customer/T22", outcome_id)


async def opt_out(turn: Desk, case: Case, contact: ContactPerson, *, how: str, outcome_id: int | None) -> None:
    """This function will stop WhatsApp for a number at once; one confirmation is the last word."""
    await customers.set_consent(turn.db, contact.address, ConsentState.WITHDRAWN, how=how, at=turn.now)
    await outbox.cancel_chase(turn.db, case.payer_id, reason="held_opted_out")
    await record.note(turn, "opted_out", payer_id=case.payer_id, how=how, address=contact.address)
    await _last_word(turn, case, contact, "customer/T26", outcome_id)


async def opt_in(turn: Turn, contact: ContactPerson) -> None:
    """This function will record the customer's consent; raises OnlyCustomer after he himself said stop."""
    if contact.consent is ConsentState.WITHDRAWN:
        raise OnlyCustomer()
    await customers.set_consent(turn.db, contact.address, ConsentState.GIVEN, how="collector", at=turn.now)


async def add_number(turn: Turn, case: Case, typed: str) -> None:
    """This function will add a number somebody found; raises NotANumber unless it is exactly one."""
    try:
        (number,) = read_phones(typed)
    except ValueError:  # unreadable, digits lost, or not exactly one
        raise NotANumber() from None
    await customers.add_contact(
        turn.db,
        NewContactPerson(
            customer_id=case.customers[0].id,
            address=number,
            on_whatsapp=may_have_whatsapp(number),
            state=ContactState.VERIFIED,
        ),
    )
    await holds.end(turn.db, payer_id=case.payer_id, kind=HoldKind.WRONG_NUMBER, now=turn.now)
    await record.note(turn, "number_added", payer_id=case.payer_id, address=number)


async def restore(turn: Turn, address: str, consent: str | None) -> None:
    """This function will put a number back as it was before a tap that is undone."""
    await customers.mark_listed(turn.db, address)
    if consent is not None:
        await customers.set_consent(turn.db, address, ConsentState(consent), how="undone", at=turn.now)


async def _last_word(desk: Desk, case: Case, contact: ContactPerson, message: str, outcome_id: int | None) -> None:
    letter = ToCustomer(
        payer_id=case.payer_id,
        message=message,
        values=letters.sender_of(desk),
        kind=MessageKind.LAST_WORD,
        contact_person_id=contact.id,
    )
    key = f"{message}:{contact.address}:{desk.now.date().isoformat()}"
    await write_customer(desk, letter, Post(key=key, outcome_id=outcome_id))
