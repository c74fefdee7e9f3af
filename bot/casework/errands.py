"""Work beside a call: ordered once, told to whoever does it, reminded of, over when its reason is gone (3, 5, 9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.buttons import OpenErrand
from bot.casework import notices, record
from bot.casework.notices import Post
from bot.reply import Screen, screen, tap
from bot.screens.errand import ErrandFacts, errand_lines, errand_screen, errands_screen
from bot.turn import Desk, Turn
from sop.errand import Errand, ErrandKind, Owner, due_of, finished, goes_to_managers, is_to_be_reminded
from sop.people import Person, Role
from storage import errands, follow_ups, invoices, marks, payers, people
from storage.errands import Done, NewErrand

__all__ = [
    "NewErrand",
    "cancel_for_subject",
    "chase",
    "count_for",
    "finish",
    "order",
    "owners_of",
    "shown",
    "shown_list",
]

LATE_JOB = "errands_late"
MOST_LISTED = 20


async def order(desk: Desk, new: NewErrand) -> int:
    """This function will order an errand and tell who does it; the same one that is open already is given back.

    With `outcome_id` the notice waits two minutes and undo takes both back. Who orders his own work is not told.
    """
    known = await errands.open_about(desk.db, new.kind, payer_id=new.payer_id, subject_id=new.subject_id)
    if known is not None:
        return known.id
    due_on = new.due_on or due_of(today=desk.day_in(None), calendar=desk.calendar, policy=desk.policy)
    errand_id = await errands.add(desk.db, replace(new, due_on=due_on), now=desk.now)
    details = {"errand": errand_id, "errand_kind": new.kind, "due_on": due_on, "note": new.note}
    await record.note(desk, "errand_ordered", payer_id=new.payer_id, **details)
    await _tell(desk, await errands.get(desk.db, errand_id))
    return errand_id


async def finish(turn: Turn, errand_id: int, *, result: str | None = None, paper_id: int | None = None) -> Errand:
    """This function will end an errand as done. Raises NotFound (another's) and ErrandClosed."""
    errand = await errands.visible(turn.db, errand_id, actor=turn.actor, for_update=True)
    done = finished(errand)
    by = Done(by_id=turn.actor.id, result=result, paper_id=paper_id)
    await errands.finish(turn.db, errand.id, by, now=turn.now)
    details = {"errand": errand.id, "errand_kind": errand.kind, "result": result, "paper": paper_id}
    await record.note(turn, "errand_done", payer_id=errand.payer_id, **details)
    await notices.redraw(turn, subject_of(errand.id), await shown(turn, done))
    return replace(done, result=result, paper_id=paper_id)


async def cancel_for_subject(desk: Desk, kinds: Iterable[ErrandKind], subject_id: int) -> int:
    """This function will cancel the errands of these kinds for one letter, invoice, dispute or deduction."""
    return await errands.cancel_for_subject(desk.db, tuple(kinds), subject_id, now=desk.now)


async def owners_of(desk: Desk, errand: Errand) -> tuple[Person, ...]:
    """This function will name who may do an errand: the person named, or those the kind's rule means."""
    if errand.owner_id is not None:
        return (await people.get(desk.db, errand.owner_id),)
    if errand.rule.owner is Owner.FINANCE:
        return await notices.confirmers(desk)
    if errand.rule.owner is Owner.MANAGER:
        return await people.with_roles(desk.db, Role.MANAGER) or await people.with_roles(desk.db, Role.ADMIN)
    cards = await follow_ups.open_of_payer(desk.db, errand.payer_id)
    covers = [card.collector_id for card in cards if card.collector_id is not None]
    ids = dict.fromkeys(covers or await invoices.collectors_of(desk.db, errand.payer_id))
    return tuple([await people.get(desk.db, one) for one in ids])


def subject_of(errand_id: int) -> str:
    return f"errand:{errand_id}"


async def shown(desk: Desk, errand: Errand) -> Screen:
    """This function will draw one errand with what can be done about it."""
    return errand_screen((await facts_of(desk, [errand]))[0])


async def shown_list(turn: Turn, *, follow_up_id: int | None = None) -> Screen:
    """This function will draw what somebody has to do, or what is to be done for the payer of a card."""
    found = await errands.open_for(turn.db, turn.actor)
    if follow_up_id is not None:
        card = await follow_ups.visible(turn.db, follow_up_id, actor=turn.actor)
        found = tuple(one for one in found if one.payer_id == card.payer_id)
    facts = await facts_of(turn, found[:MOST_LISTED])
    return errands_screen(facts, follow_up_id=follow_up_id, count=len(found), today=turn.today)


async def facts_of(desk: Desk, found: Iterable[Errand]) -> list[ErrandFacts]:
    """This function will add to errands what a person needs to know them by: the payer's name and the invoice's."""
    listed = list(found)
    names = await payers.names(desk.db, [one.payer_id for one in listed])
    ids = [one.subject_id for one in listed if one.rule.is_about_invoice and one.subject_id is not None]
    numbers = {one.id: one.number for one in await invoices.listed(desk.db, ids)} if ids else {}
    return [
        ErrandFacts(
            errand=one,
            payer=names[one.payer_id],
            invoice=numbers.get(one.subject_id or 0) if one.rule.is_about_invoice else None,
            today=desk.day_in(None),
        )
        for one in listed
    ]


async def about(desk: Desk, kind: ErrandKind, payer_id: int, subject_id: int) -> tuple[Errand, ...]:
    """This function will find the open errand of a kind for one subject, if there is one."""
    found = await errands.open_about(desk.db, kind, payer_id=payer_id, subject_id=subject_id)
    return () if found is None else (found,)


async def payer_name(desk: Desk, errand: Errand) -> str:
    return (await payers.names(desk.db, [errand.payer_id]))[errand.payer_id]


async def count_for(desk: Desk, person: Person) -> int:
    """This function will say how many errands somebody has open, for his digest and his list."""
    return len(await errands.open_for(desk.db, person))


async def chase(desk: Desk) -> int:
    """This function will let go of what was paid, remind of what is late once a day, and tell the managers daily."""
    gone = await errands.cancel_settled(desk.db, now=desk.now)
    today = desk.day_in(None)
    if desk.local(None).time() < desk.policy.desk.digest_at or not desk.calendar.is_open(today):
        return gone
    late = await errands.late(desk.db, today=today)
    reminded = await _remind(desk, [one for one in late if is_to_be_reminded(one, today=today)], today=today)
    return gone + reminded + await _to_managers(desk, late, today=today)


async def _tell(desk: Desk, errand: Errand) -> None:
    facts = (await facts_of(desk, [errand]))[0]
    told = screen("collector/errand_told", (tap("open_errand", OpenErrand(errand.id)),), **errand_lines([facts])[0])
    post = Post(key=f"errand:{errand.id}", outcome_id=errand.outcome_id)
    for person in await owners_of(desk, errand):
        if not (isinstance(desk, Turn) and person.id == desk.actor.id):
            await notices.tell(desk, person, told, replace(post, key=f"{post.key}:{person.id}"))


async def _remind(desk: Desk, late: list[Errand], *, today: date) -> int:
    """One message a person with all that is late; each errand is said once a day, whoever hears of it."""
    by_owner: dict[int, tuple[Person, list[Errand]]] = {}
    for errand in late:
        await errands.note_reminded(desk.db, errand.id, on=today)
        for person in await owners_of(desk, errand):
            by_owner.setdefault(person.id, (person, []))[1].append(errand)
    for person, his in by_owner.values():
        facts = await facts_of(desk, his[:MOST_LISTED])
        drawn = errands_screen(facts, follow_up_id=None, count=len(his), today=today, is_reminder=True)
        await notices.tell(desk, person, drawn, Post(key=f"errands_late:{person.id}:{today.isoformat()}"))
    return len(late)


async def _to_managers(desk: Desk, found: Iterable[Errand], *, today: date) -> int:
    late = [one for one in found if goes_to_managers(one, today=today, calendar=desk.calendar, policy=desk.policy)]
    if not late or not await marks.claim_run(desk.db, job=LATE_JOB, slot=today.isoformat(), now=desk.now):
        return 0
    lines = errand_lines(await facts_of(desk, late[:MOST_LISTED]))
    for line, errand in zip(lines, late, strict=False):
        line["owner"] = next((person.name for person in await owners_of(desk, errand)), None)
    told = screen("manager/errands_late", on=today, errands=lines, others=len(late) - len(lines))
    await notices.tell_managers(desk, told, Post(key=f"errands_late:{today.isoformat()}"))
    return 1
