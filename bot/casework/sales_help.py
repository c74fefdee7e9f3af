"""Sales people help with their own customers: a private note, and what came of it (section 5; 004)."""

from __future__ import annotations

from bot.casework import cases, escalation_news, notices, record
from bot.casework.notices import Post
from bot.reply import Screen, screen
from bot.screens.sales_note import NoteFacts, note_screen, subject_of
from bot.turn import Desk, Turn
from sop.contact import Channel, Direction
from sop.escalation import ALIVE
from sop.hold import Use
from sop.people import Person, Role
from storage import NotFound, escalations, invoices, marks, outcomes, people, sales
from storage.outbox import URGENT
from storage.outcomes import NewContact

ASKED = "sales_asked"
"""The job under which is kept who was asked to help with whom: only he may open the note and answer it."""


async def sellers_of(desk: Desk, payer_id: int) -> tuple[Person, ...]:
    """This function will name who sells to a payer; where nobody is listed, all sales people."""
    return await sales.of_payer(desk.db, payer_id) or await people.with_roles(desk.db, Role.SALES)


async def tell(desk: Desk, payer_id: int, told: Screen) -> None:
    """This function will tell a payer's sales people something in private."""
    for person in await sellers_of(desk, payer_id):
        await notices.tell(desk, person, told, Post(urgency=URGENT))


async def involve(desk: Desk, payer_id: int) -> None:
    """This function will ask a payer's sales people for help, each by a private note he can answer."""
    for person in await sellers_of(desk, payer_id):
        await note_asked(desk, payer_id, person)
        await notices.tell(desk, person, await shown(desk, payer_id), Post(urgency=URGENT))


async def note_asked(desk: Desk, payer_id: int, person: Person) -> None:
    """This function will keep that somebody was asked about a payer, so that he may see the note."""
    await marks.claim_run(desk.db, job=ASKED, slot=_slot(payer_id, person.id), now=desk.now)


async def shown(desk: Desk, payer_id: int) -> Screen:
    """This function will draw a payer as his sales person may see him: what is open, and who looks after it."""
    case = await cases.load(desk, payer_id)
    late = [one for one in case.invoices if one.due_on < case.today]
    collectors = [await people.get(desk.db, one) for one in await invoices.collectors_of(desk.db, payer_id)]
    facts = NoteFacts(
        payer_id=payer_id,
        payer=case.name,
        invoices=tuple(late or case.invoices),
        today=case.today,
        most_invoices=desk.policy.desk.invoices_on_card,
        collectors=tuple(person.name for person in collectors),
        delivery_held=await escalations.delivery_held_at(desk.db, payer_id) is not None,
        rests=case.standing(Use.CALL).blocked is not None,
        word=await sales.last_word(desk.db, payer_id),
        zone=desk.company.zone,
    )
    return note_screen(facts)


async def check(turn: Turn, payer_id: int) -> None:
    """This function will raise NotFound unless this person was asked about this payer."""
    slot = _slot(payer_id, turn.actor.id)
    if not await marks.claimed(turn.db, ASKED, [slot]):
        raise NotFound("payer")


async def take_word(turn: Turn, payer_id: int, words: str) -> None:
    """This function will record that he has spoken with his customer; the collector and the managers read his words."""
    await check(turn, payer_id)
    spoken = NewContact(
        payer_id=payer_id,
        channel=Channel.NOTE,
        direction=Direction.OUT,
        result=sales.SPOKE,
        is_answer=True,
        person_id=turn.actor.id,
        details={"words": words},
    )
    await outcomes.add_contact(turn.db, spoken, at=turn.now)
    await record.note(turn, sales.SPOKE, payer_id=payer_id, words=words)
    case = await cases.load(turn, payer_id)
    told = screen("manager/sales_spoke", payer=case.name, by=turn.actor.name, words=words)
    for person_id in await invoices.collectors_of(turn.db, payer_id):
        if person_id != turn.actor.id:
            await notices.tell(turn, await people.get(turn.db, person_id), told, Post(urgency=URGENT))
    await notices.tell_roles(turn, told, Role.MANAGER)
    for one in await escalations.of_payer(turn.db, payer_id):
        if one.state in ALIVE or one.next_call_on is not None:
            await escalation_news.redraw(turn, one.id)
    await notices.redraw(turn, subject_of(payer_id), await shown(turn, payer_id))


def _slot(payer_id: int, person_id: int) -> str:
    return f"{payer_id}:{person_id}"
