"""An approved letter on its way: by WhatsApp from the machine or by hand, and always by post (section 9; 001)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar

from bot.casework import cases, deliveries, errands, guarding, letter_checks, letter_papers, letters, notices, record
from bot.casework.deliveries import left_as
from bot.casework.guarding import Drop, Wait, Wanted
from bot.casework.letter_checks import BY_HAND, BY_MACHINE, BY_POST
from bot.casework.notices import Post, ToCustomer
from bot.casework.reminders import Words
from bot.render import content_source_with_paper, customer_text
from bot.reply import Plain, Screen
from bot.screens.letter import hand_screen
from bot.turn import Desk, Turn
from sop.case import Case
from sop.contact import Channel, Direction
from sop.errand import Errand, ErrandKind
from sop.guard import MessageKind
from sop.letter import Letter, LetterState
from sop.people import Role
from sop.refusal import Refused
from storage import NotFound, content, customers, invoices, outbox_whatsapp, outcomes
from storage import errands as stored_errands
from storage import letters as stored
from storage.errands import NewErrand
from storage.outbox import URGENT
from storage.outcomes import NewContact


class LetterHeld(Refused):
    """It may not be sent by hand now; `reason` and `until` say why and when it may."""

    message: ClassVar[str] = "collector/refused_message_held"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Hand:
    """How a letter stands for who sends it by his own WhatsApp; `words` none: it may not go now, or not this way."""

    words: Words | None = None
    held: str | None = None
    until: str | None = None


async def send_off(turn: Turn, case: Case, letter: Letter) -> None:
    """This function will send an approved letter on its ways: WhatsApp as the mode allows, and registered mail."""
    if await _goes_by_machine(turn):
        values = await _values(turn, case, letter)
        message = ToCustomer(
            payer_id=case.payer_id, message=letter_checks.MESSAGE, values=values, kind=MessageKind.CHASE
        )
        leaves_at = turn.now + timedelta(minutes=turn.policy.desk.send_delay_minutes)
        key = f"{letter_checks.MESSAGE}:{letter.id}:{letter.paper_id}"
        await notices.write_customer(turn, message, Post(key=key, attachment_id=letter.paper_id, send_after=leaves_at))
    new = NewErrand(payer_id=case.payer_id, kind=ErrandKind.POST_LETTER, subject_id=letter.id, note=letter.number)
    errand_id = await errands.order(turn, new)
    shown = await shown_to_hand(turn, letter.id)
    post = Post(urgency=URGENT, key=f"letter_hand:{letter.id}:{letter.paper_id}", attachment_id=letter.paper_id)
    owners = await errands.owners_of(turn, await stored_errands.get(turn.db, errand_id))
    for person in owners:
        await notices.tell(turn, person, shown, replace(post, key=f"{post.key}:{person.id}"))
    if not owners:
        await notices.tell_roles(turn, shown, Role.ADMIN, post=post)


async def take_back(desk: Desk, letter: Letter, *, reason: str) -> None:
    """This function will stop a letter that has not left: its message, its errand, and who has it before him."""
    if letter.paper_id is not None:
        await outbox_whatsapp.cancel_carrying(desk.db, letter.paper_id, reason=reason)
    await errands.cancel_for_subject(desk, (ErrandKind.POST_LETTER,), letter.id)
    gone = hand_screen(
        replace(letter, state=LetterState.WITHDRAWN),
        payer=(await cases.load(desk, letter.payer_id)).name,
        link=None,
        held=None,
        until=None,
    )
    await notices.redraw(desk, _hand_subject(letter.id), gone, retire=True)


async def note_handed(turn: Turn, letter_id: int) -> Letter:
    """This function will record that the collector sent the letter himself. Raises NotFound, LetterHeld."""
    letter = await stored.get(turn.db, letter_id, for_update=True)
    if not await customers.visible_payer(turn.db, letter.payer_id, actor=turn.actor):
        raise NotFound("letter")
    if letter.sent_how in (BY_HAND, BY_MACHINE) or letter.state not in (LetterState.APPROVED, LetterState.SENT):
        return letter
    case = await cases.load(turn, letter.payer_id)
    hand = await _hand(turn, case, letter)
    if hand.words is None:
        raise LetterHeld(reason=hand.held or "withdrawn", until=hand.until or "")
    message = deliveries.Letter(
        kind=MessageKind.CHASE, message=letter_checks.MESSAGE, payer_id=letter.payer_id, follow_up_id=None
    )
    by_hand = left_as(Channel.WHATSAPP_BY_HAND, hand.words.text, person_id=turn.actor.id)
    await deliveries.note_contact(turn, message, by_hand)
    await _note_sent(turn, letter, how=BY_HAND)
    return await stored.get(turn.db, letter.id)


async def note_posted(turn: Turn, errand: Errand) -> None:
    """This function will record the postal receipt of a letter, which proves its delivery (G13)."""
    letter = await stored.get(turn.db, errand.subject_id or 0, for_update=True)
    await stored.change(turn.db, letter.id, postal_receipt=errand.result, posted_on=turn.day_in(None))
    posted = NewContact(
        payer_id=letter.payer_id,
        channel=Channel.LETTER,
        direction=Direction.OUT,
        result="posted",
        is_answer=False,
        person_id=turn.actor.id,
        details={"letter": letter.id, "number": letter.number, "receipt": errand.result},
    )
    await outcomes.add_contact(turn.db, posted, at=turn.now)
    details = {"letter": letter.id, "number": letter.number, "receipt": errand.result}
    await record.note(turn, "letter_posted", payer_id=letter.payer_id, **details)
    await _note_sent(turn, letter, how=BY_POST)


async def shown_to_hand(desk: Desk, letter_id: int) -> Screen:
    """This function will draw a letter for who hands it on, as it may go right now."""
    letter = await stored.get(desk.db, letter_id)
    case = await cases.load(desk, letter.payer_id)
    hand = await _hand(desk, case, letter)
    link = None if hand.words is None else hand.words.link
    return hand_screen(letter, payer=case.name, link=link, held=hand.held, until=hand.until)


async def _note_sent(turn: Turn, letter: Letter, *, how: str) -> None:
    if await stored.note_sent(turn.db, letter.id, how=how, at=turn.now):
        await record.note(turn, "letter_sent", payer_id=letter.payer_id, letter=letter.id, how=how)
    await notices.redraw(turn, _hand_subject(letter.id), await shown_to_hand(turn, letter.id))


async def _goes_by_machine(desk: Desk) -> bool:
    """Whether WhatsApp can carry the paper itself: Twilio fetches it from us, by a template that was approved."""
    company = desk.company
    if company.whatsapp_mode != "twilio" or company.media_url is None:
        return False
    source = content_source_with_paper(letter_checks.MESSAGE, company.language, company.media_url)
    return await content.approved_sid(desk.db, source.message, source.language, source.version) is not None


async def _hand(desk: Desk, case: Case, letter: Letter) -> _Hand:
    if letter.state is not LetterState.APPROVED or desk.company.whatsapp_mode == "off" or await _goes_by_machine(desk):
        return _Hand()
    checked = await letter_checks.check(desk, case, letter)
    contact = guarding.contact_for(case, by_machine=False)
    wanted = Wanted(
        kind=MessageKind.CHASE,
        contact=contact,
        by_machine=False,
        follows_due=True,
        is_letter_in_order=checked.is_in_order,
    )
    stop: Wait | Drop | None = checked.stop or await guarding.obstacle(desk, case, wanted)
    if stop is not None or contact is None:
        return _held(desk, case, stop)
    text = customer_text(letter_checks.MESSAGE, desk.company.language, await _values(desk, case, letter))
    return _Hand(words=Words(kind=MessageKind.CHASE, text=text, contact=contact))


def _held(desk: Desk, case: Case, stop: Wait | Drop | None) -> _Hand:
    if stop is None:
        return _Hand(held="wrong_number")
    until = stop.until if isinstance(stop, Wait) else None
    local = None if until is None else until.astimezone(desk.local(case.zone).tzinfo).isoformat()
    return _Hand(held=stop.reason, until=local)


async def _values(desk: Desk, case: Case, letter: Letter) -> dict[str, Plain]:
    about = await invoices.listed(desk.db, list(letter.asked))
    return letters.values_for(
        desk,
        case,
        officer=await letters.officer_of(desk, case),
        invoices=about,
        amount=letter.amount,
        letter_number=letter.number or "-",
        letter_on=letter.drawn_on,
        subject=letter_papers.subject_line(letter.kind, desk.company.language),
        deadline_on=letter.deadline_on,
    )


def _hand_subject(letter_id: int) -> str:
    return f"letter_hand:{letter_id}"
