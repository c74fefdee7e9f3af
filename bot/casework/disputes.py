"""`Sanggah`: the disputed part rests while somebody finds out, and the customer hears of it by a named day (6; 004)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.casework import cases, errands, notices, objections, outcomes, papers, record
from bot.casework.errands import NewErrand
from bot.casework.notices import Post
from bot.casework.outcomes import Work
from bot.events import FileSent
from bot.render import label_named
from bot.reply import Screen
from bot.screens.dispute import DisputeFacts, dispute_screen, subject_of
from bot.turn import Desk, Turn
from sop.attachment import AttachmentKind
from sop.coverage import total_of
from sop.dispute import FOUND_BY, HOLDING, Dispute, DisputeCause, DisputeState, Finder, answer_by
from sop.errand import ErrandKind
from sop.hold import HoldKind, Use
from sop.outcomes import Outcome
from sop.payer import Reached
from sop.people import Person, Role
from storage import disputes as stored
from storage import holds, invoices, payers, people
from storage.disputes import NewDispute
from storage.holds import NewHold
from storage.outbox import URGENT

ORDERS = {
    DisputeCause.INVOICE_NOT_RECEIVED: ErrandKind.RESEND_INVOICE,
    DisputeCause.RETURNED: ErrandKind.PROVE_RETURN,
}
"""What the collector has to do himself before anybody can find out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Disputed:
    """What is disputed and why: of each invoice what moves of it (`parts`), or all of it."""

    cause: DisputeCause
    parts: Sequence[Reached]
    note: str | None = None


async def record_dispute(turn: Turn, work: Work, disputed: Disputed) -> int:
    """This function will record a dispute, let only that part rest, and ask who finds out; gives the outcome."""
    ids = [one.invoice.id for one in disputed.parts]
    amount = total_of(disputed.parts)
    details: dict[str, Any] = {"cause": disputed.cause, "invoices": ids, "amount": amount, "note": disputed.note}
    outcome_id = await outcomes.note_outcome(turn, work, Outcome.DISPUTED, **details)
    numbers = [await _add(turn, work, disputed, one, outcome_id) for one in disputed.parts]
    after = await cases.load(turn, work.card.payer_id)
    if after.standing(Use.MESSAGE).blocked is not None:  # otherwise the rest goes on
        await objections.keep_quiet(turn, work.card.payer_id, objections.DISPUTED)
    language = turn.company.language
    more = {
        "subject": subject_in_words(disputed.cause, language),
        "ticket": label_named("dispute_ticket", language, {"number": numbers[0]}),
        "deadline_on": answer_by(today=work.case.today, calendar=turn.calendar, policy=turn.policy),
    }
    await objections.write(turn, work, "customer/T15", disputed.parts, outcome_id, **more)
    return outcome_id


async def add_note(turn: Turn, outcome_id: int, note: str) -> bool:
    """This function will add the customer's words to what a tap disputed; false when nobody waits for them any more."""
    found = [one for one in await stored.of_outcome(turn.db, outcome_id) if one.state in HOLDING]
    for one in found:
        await stored.change(turn.db, one.id, note=note)
        await record.note(turn, "dispute_noted", payer_id=one.payer_id, dispute=one.id, note=note)
        await redraw(turn, one.id)
    return bool(found)


async def add_photo(turn: Turn, outcome_id: int, sent: FileSent) -> bool:
    """This function will put a photo to what a tap disputed, and show it to who finds out; false when it is over."""
    found = [one for one in await stored.of_outcome(turn.db, outcome_id) if one.state in HOLDING]
    if not found:
        return False
    kind = AttachmentKind.DISPUTE_PHOTO
    if found[0].cause is DisputeCause.RETURNED:
        kind = AttachmentKind.RETURN_NOTE
    photo_id = await papers.keep(turn, sent, kind, payer_id=found[0].payer_id)
    for one in found:
        await prove(turn, one.id, photo_id, outcome_id=outcome_id)
        await errands.cancel_for_subject(turn, (ErrandKind.PROVE_RETURN,), one.id)
    return True


async def prove(turn: Turn, dispute_id: int, paper_id: int, *, outcome_id: int | None = None) -> None:
    """This function will put a paper to a dispute and show it to who finds out."""
    await stored.change(turn.db, dispute_id, photo_id=paper_id)
    one = await stored.get(turn.db, dispute_id)
    await record.note(turn, "dispute_proved", payer_id=one.payer_id, dispute=one.id, paper=paper_id)
    await ask(turn, one, Post(urgency=URGENT, outcome_id=outcome_id))


async def withdraw_of_outcome(desk: Desk, outcome_id: int) -> None:
    """This function will take back what a tap disputed (undo); what was answered meanwhile stays answered."""
    await stored.withdraw_of_outcome(desk.db, outcome_id, now=desk.now)
    for one in await stored.of_outcome(desk.db, outcome_id):
        await redraw(desk, one.id)


async def hold_anew(desk: Desk, payer_id: int, invoice_id: int) -> None:
    """This function will hold of an invoice what its disputes hold now: all, a part, or nothing."""
    await holds.end(desk.db, payer_id=payer_id, kind=HoldKind.DISPUTE, now=desk.now, invoice_ids=[invoice_id])
    for one in await stored.of_payer(desk.db, payer_id):
        if one.invoice_id != invoice_id or one.state not in HOLDING:
            continue
        is_open = one.state is DisputeState.OPEN
        rests = NewHold(
            payer_id=payer_id,
            kind=HoldKind.DISPUTE,
            invoice_id=invoice_id,
            amount=one.amount if is_open else one.credited,
            outcome_id=one.outcome_id if is_open else None,  # what was agreed is not taken back with the tap
        )
        await holds.place(desk.db, rests, now=desk.now)


async def finders_of(desk: Desk, dispute: Dispute) -> tuple[Person, ...]:
    """This function will name who finds out: never who took it down; without anybody else the managers."""
    asked: tuple[Person, ...] = ()
    if dispute.owner_id is not None:
        asked = (await people.get(desk.db, dispute.owner_id),)
    elif FOUND_BY[dispute.cause] is Finder.FINANCE:
        asked = await notices.confirmers(desk)
    others = tuple(one for one in asked if one.id != dispute.opened_by_id and one.telegram_id is not None)
    if others:
        return others
    managers = await people.with_roles(desk.db, Role.MANAGER) or await people.with_roles(desk.db, Role.ADMIN)
    return tuple(one for one in managers if one.id != dispute.opened_by_id)


async def ask(desk: Desk, dispute: Dispute, post: Post) -> None:
    """This function will show a dispute to who finds out, with its photo where there is one."""
    drawn = await shown(desk, dispute)
    for person in await finders_of(desk, dispute):
        key = None if post.key is None else f"{post.key}:{person.id}"
        await notices.tell(desk, person, drawn, replace(post, key=key, attachment_id=dispute.photo_id))


async def shown(desk: Desk, dispute: Dispute) -> Screen:
    """This function will draw a dispute as it is now."""
    return dispute_screen(await facts_of(desk, dispute))


async def facts_of(desk: Desk, dispute: Dispute) -> DisputeFacts:
    (invoice,) = await invoices.listed(desk.db, [dispute.invoice_id])
    names = await payers.names(desk.db, [dispute.payer_id])
    by = None if dispute.opened_by_id is None else (await people.get(desk.db, dispute.opened_by_id)).name
    return DisputeFacts(dispute=dispute, payer=names[dispute.payer_id], invoice=invoice, by=by)


async def redraw(desk: Desk, dispute_id: int) -> None:
    """This function will bring every message about a dispute up to date."""
    dispute = await stored.get(desk.db, dispute_id)
    await notices.redraw(desk, subject_of(dispute.id), await shown(desk, dispute))


def subject_in_words(cause: DisputeCause, language: str) -> str:
    """This function will name a cause inside a customer's sentence."""
    if cause is DisputeCause.OTHER:
        return label_named("dispute_other", language, {})
    return label_named(cause.value, language, {}).lower()


async def _add(turn: Turn, work: Work, disputed: Disputed, one: Reached, outcome_id: int) -> int:
    is_whole, finder = one.chaseable == one.invoice.balance, FOUND_BY[disputed.cause]
    sales = await stored.sales_of(turn.db, one.invoice.id) if finder is Finder.SALES else None
    new = NewDispute(
        payer_id=work.card.payer_id,
        invoice_id=one.invoice.id,
        cause=disputed.cause,
        amount=None if is_whole else one.chaseable,
        note=disputed.note,
        outcome_id=outcome_id,
        owner_id=None if sales is None or sales.id == turn.actor.id else sales.id,
        opened_by_id=turn.actor.id,
        answer_by_on=answer_by(today=work.case.today, calendar=turn.calendar, policy=turn.policy),
    )
    dispute_id = await stored.add(turn.db, new, now=turn.now)
    hold = objections.hold_of(HoldKind.DISPUTE, one, one.chaseable, outcome_id)
    await holds.place(turn.db, hold, now=turn.now)
    await _order(turn, new, dispute_id)
    if disputed.cause is not DisputeCause.INVOICE_NOT_RECEIVED:
        post = Post(urgency=URGENT, outcome_id=outcome_id, key=f"dispute:{dispute_id}")
        await ask(turn, await stored.get(turn.db, dispute_id), post)
    return dispute_id


async def _order(turn: Turn, new: NewDispute, dispute_id: int) -> None:
    kind = ORDERS.get(new.cause)
    if kind is not None:
        subject = new.invoice_id if kind is ErrandKind.RESEND_INVOICE else dispute_id
        errand = NewErrand(payer_id=new.payer_id, kind=kind, subject_id=subject, outcome_id=new.outcome_id)
        await errands.order(turn, errand)
