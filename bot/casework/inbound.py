"""A customer wrote: whose message it is, what it stops, who must read it (section 10).

Nobody is guessed. An address that stands for several payers, or for none, goes to an admin without the words; what a
wish to stop covers is the address itself, so that needs no guess.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache

import structlog

from bot.buttons import OpenRecord
from bot.casework import cases, contacts, letters, notices, plans, record
from bot.casework.notices import Post, ToCustomer
from bot.events import CustomerWrote
from bot.render import LANGUAGES, content_source
from bot.reply import Screen, Tap, screen, tap
from bot.turn import Desk
from sop.case import Case
from sop.consent import agrees
from sop.contact import Channel, Direction
from sop.opt_out import asks_to_stop
from sop.people import ContactPerson, Person, PersonState, Role
from storage import customers, invoices, outcomes, people
from storage.outbox import URGENT
from storage.outcomes import NewContact

log = structlog.get_logger()

MOST_LETTERS = 1500
WROTE = "wrote"
_WITH_QUICK_REPLIES = ("customer/T01", "customer/T12", "customer/T19")


async def take(desk: Desk, letter: CustomerWrote) -> None:
    """This function will give a customer's message its effect: pauses, opting out, and the news to whom it concerns."""
    payers = await _payers(desk, letter)
    for payer_id in payers:
        await customers.note_wrote(desk.db, payer_id, at=_written_at(desk, letter))
    if payers and asks_to_stop(letter.text):
        return await _stop(desk, letter, payers)
    if len(payers) != 1:
        return await _ask_admin(desk, letter, payers)
    case = await cases.load(desk, payers[0])
    await _keep(desk, letter, case)
    await _relay(desk, letter, case, _letter_screen(letter, case))
    if not await _agrees(desk, letter, case):
        await _acknowledge(desk, letter, case)


async def _agrees(desk: Desk, letter: CustomerWrote, case: Case) -> bool:
    """`Setuju`, said to a plan that waits for it, is his written consent; what he hears then is that it runs (T19)."""
    offered = await plans.offered_to(desk, case.payer_id) if agrees(letter.text) else None
    if offered is not None:
        await plans.agree_by_customer(desk, offered)
    return offered is not None


async def _payers(desk: Desk, letter: CustomerWrote) -> tuple[int, ...]:
    """Whom the sender's address stands for; a person who hides his number is known by the other one."""
    found = await customers.payers_at(desk.db, letter.sender)
    if not found and letter.user_scoped_id is not None:
        found = await customers.payers_at(desk.db, letter.user_scoped_id)
    return found


async def _stop(desk: Desk, letter: CustomerWrote, payers: tuple[int, ...]) -> None:
    for payer_id in payers:
        case = await cases.load(desk, payer_id)
        contact = _contact(letter, case)
        await _keep(desk, letter, case)
        if contact is not None:
            await contacts.opt_out(desk, case, contact, how="customer", outcome_id=None)
        news = screen("collector/customer_opted_out", _open(case), payer=case.name)
        await _relay(desk, letter, case, news)


async def _keep(desk: Desk, letter: CustomerWrote, case: Case) -> None:
    """The customer answered: that ends "no reply", and stands among his contacts with the exact words (000-VI.2)."""
    contact = NewContact(
        payer_id=case.payer_id,
        channel=Channel.WHATSAPP,
        direction=Direction.IN,
        result=WROTE,
        is_answer=True,
        details={"text": letter.text, "files": len(letter.media)},
    )
    await outcomes.add_contact(desk.db, contact, at=_written_at(desk, letter))
    details = {"text": letter.text, "provider_id": letter.external_id, "files": len(letter.media)}
    await record.note(desk, "customer_wrote", payer_id=case.payer_id, **details)


async def _relay(desk: Desk, letter: CustomerWrote, case: Case, news: Screen) -> None:
    """To his collector in private; where nobody can be reached, to the managers, each in private: no chat in groups."""
    key = f"inbound:{letter.external_id}:{case.payer_id}"
    readers = await _readers(desk, case)
    for person in readers:
        await notices.tell(desk, person, news, Post(urgency=URGENT, key=f"{key}:{person.id}"))
    if not readers:
        await notices.tell_roles(desk, news, Role.MANAGER, Role.ADMIN, post=Post(urgency=URGENT, key=key))


async def _readers(desk: Desk, case: Case) -> list[Person]:
    found = [await people.get(desk.db, one) for one in await invoices.collectors_of(desk.db, case.payer_id)]
    return [one for one in found if _is_reachable(one)]


def _is_reachable(person: Person) -> bool:
    return person.state is PersonState.ACTIVE and person.telegram_id is not None and person.unreachable_at is None


async def _acknowledge(desk: Desk, letter: CustomerWrote, case: Case) -> None:
    """Once a day the customer hears that he was read; who opted out hears nothing more on WhatsApp."""
    contact, officer = _contact(letter, case), await letters.officer_of(desk, case)
    ours = ToCustomer(
        payer_id=case.payer_id,
        message="customer/T27",
        values=letters.values_for(desk, case, officer=officer, invoices=case.invoices),
        contact_person_id=None if contact is None else contact.id,
    )
    await notices.write_customer(desk, ours, Post(key=f"T27:{case.payer_id}:{case.today.isoformat()}"))


async def _ask_admin(desk: Desk, letter: CustomerWrote, payers: tuple[int, ...]) -> None:
    """Logged without number or words; an admin sees the number once a day, and for whom it may stand."""
    log.info("sender_unclear", action="sender_unclear", candidates=len(payers))
    await record.note(desk, "sender_unclear", address=letter.sender, provider_id=letter.external_id)
    names = [one.name for one in await customers.of_payers(desk.db, payers)]
    shown = screen("sender_unclear", address=letter.sender, names=names)
    has_admin = bool(await people.with_roles(desk.db, Role.ADMIN))
    key = f"sender:{letter.sender}:{desk.day_in(None).isoformat()}"
    await notices.tell_roles(desk, shown, Role.ADMIN if has_admin else Role.MANAGER, post=Post(key=key))


def _letter_screen(letter: CustomerWrote, case: Case) -> Screen:
    return screen(
        "collector/customer_wrote",
        _open(case),
        payer=case.name,
        text=letter.text[:MOST_LETTERS],
        is_cut=len(letter.text) > MOST_LETTERS,
        is_button=letter.button_payload is not None or letter.text.strip() in _quick_replies(),
        files=len(letter.media),
    )


def _open(case: Case) -> tuple[Tap, ...]:
    return (tap("open_record", OpenRecord(case.payer_id)),)


def _contact(letter: CustomerWrote, case: Case) -> ContactPerson | None:
    addresses = (letter.sender, letter.user_scoped_id)
    return next((one for one in case.contacts if one.address in addresses), None)


def _written_at(desk: Desk, letter: CustomerWrote) -> datetime:
    return desk.now if letter.at is None else min(letter.at, desk.now)


@cache
def _quick_replies() -> frozenset[str]:
    """The labels under our messages: a message listed without its payload is known by its words."""
    sources = [content_source(one, language) for language in LANGUAGES for one in _WITH_QUICK_REPLIES]
    return frozenset(label for source in sources for label in source.quick_replies)
