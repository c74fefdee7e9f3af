"""`Sudah bayar` is asked of finance, and the customer is left alone until finance has looked (sections 6, 8; 004)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.casework import escalation_news, notices, record, redrawing
from bot.casework.escalations import Asked, open_escalation
from bot.casework.notices import Post
from bot.reply import Screen, screen
from bot.screens.claim import ClaimFacts, claim_screen, morning_screen, subject_of
from bot.turn import Desk
from sop.claim import HOLDING, Claim, ClaimState, goes_to_manager
from sop.escalation import EscalationReason
from sop.hours import day_ends_at, working_hours
from sop.people import Person, Role
from storage import customers, invoices, marks, objections, outbox_screens, people
from storage.outbox import URGENT

BANK_POSTED = "bank_posted"
MORNING_JOB, REMINDER_JOB = "finance_morning", "finance_reminder"


async def ask_finance(desk: Desk, claim_id: int) -> None:
    """This function will ask finance, or the managers without a finance person, whether a claimed payment came.

    Whoever took the claim down is not asked: nobody confirms his own money.
    """
    claim = await objections.get_claim(desk.db, claim_id)
    drawn = await shown(desk, claim)
    post = Post(urgency=URGENT, outcome_id=claim.outcome_id)
    for person in await notices.confirmers(desk, but=claim.made_by_id):
        await notices.tell(desk, person, drawn, post)


async def add_slip(desk: Desk, claim: Claim, slip_id: int) -> bool:
    """This function will put a transfer slip to a claim that is not answered, whoever sent it; false when it is.

    Finance sees it with the question: one that has not left yet takes the photo along, else it is asked once more. An
    earlier slip stays among the payer's papers.
    """
    if claim.state not in HOLDING:
        return False
    await objections.change_claim(desk.db, claim.id, slip_id=slip_id)
    await record.note(desk, "slip_attached", payer_id=claim.payer_id, claim=claim.id, paper=slip_id)
    await redraw(desk, claim.id)
    if not await outbox_screens.attach_waiting(desk.db, subject_of(claim.id), slip_id):
        await ask_finance(desk, claim.id)
    return True


async def shown(desk: Desk, claim: Claim) -> Screen:
    """This function will draw a claim as it is now."""
    his = await customers.of_payer(desk.db, claim.payer_id)
    facts = ClaimFacts(
        claim=claim,
        payer=his[0].name,
        invoices=await invoices.listed(desk.db, await objections.claimed_invoices(desk.db, claim.id)),
        made_on=made_on(desk, claim),
        by=None if claim.made_by_id is None else (await people.get(desk.db, claim.made_by_id)).name,
        most_invoices=desk.policy.desk.invoices_on_card,
    )
    return replace(claim_screen(facts), attachment_id=claim.slip_id)


async def redraw(desk: Desk, claim_id: int) -> None:
    """This function will bring every message about a claim up to date, such as after an undo."""
    claim = await objections.get_claim(desk.db, claim_id)
    await redrawing.everywhere(desk, subject_of(claim_id), await shown(desk, claim))


def made_on(desk: Desk, claim: Claim) -> date:
    return claim.made_at.astimezone(ZoneInfo(desk.company.zone)).date()


async def chase_claims(desk: Desk) -> int:
    """This function will take claims that finance has not answered for two working days to the managers, daily."""
    today = desk.day_in(None)
    if desk.local(None).time() < desk.policy.hours.working_from:
        return 0
    late = [one for one in await objections.waiting_claims(desk.db) if _is_late(desk, one, today=today)]
    for claim in late:
        await objections.change_claim(desk.db, claim.id, told_on=today)
        await _to_managers(desk, claim, is_first=claim.told_on is None)
    return len(late)


async def morning(desk: Desk) -> int:
    """This function will ask each finance person at 08:00 of her working day, and remind her at 10:00 (2.6)."""
    asked = 0
    for person in await people.with_roles(desk.db, Role.FINANCE):
        asked += await _asked_today(desk, person)
    return asked


async def morning_shown(desk: Desk, on: date, *, is_reminder: bool = False) -> Screen:
    """This function will draw finance's morning message."""
    waiting = await objections.waiting_claims(desk.db)
    return morning_screen(on, claims=len(waiting), is_reminder=is_reminder)


def _is_late(desk: Desk, claim: Claim, *, today: date) -> bool:
    on = made_on(desk, claim)
    return goes_to_manager(claim, made_on=on, today=today, calendar=desk.calendar, policy=desk.policy)


async def tell_other_account(desk: Desk, claim: Claim) -> None:
    """This function will tell each manager in private, never the group, that money went to another account (8)."""
    his = await customers.of_payer(desk.db, claim.payer_id)
    by = None if claim.closed_by_id is None else (await people.get(desk.db, claim.closed_by_id)).name
    told = screen("manager/other_account", payer=his[0].name, amount=claim.amount, by=by)
    post = Post(urgency=URGENT, attachment_id=claim.slip_id)
    await notices.tell_roles(desk, told, Role.MANAGER, Role.ADMIN, post=post)


async def _to_managers(desk: Desk, claim: Claim, *, is_first: bool) -> None:
    """The first time as a question, then every day again as a new message of the same question."""
    if claim.state is ClaimState.OTHER_ACCOUNT:
        return await tell_other_account(desk, claim)
    ids = tuple(await objections.claimed_invoices(desk.db, claim.id))
    asked = Asked(reason=EscalationReason.CLAIM_WAITING, payer_id=claim.payer_id, invoice_ids=ids, subject_id=claim.id)
    opened = await open_escalation(desk, asked)
    if not is_first:
        await escalation_news.tell_managers(desk, opened.id)


async def _asked_today(desk: Desk, person: Person) -> int:
    today = desk.day_in(None)  # the company's books have one day, wherever she sits
    if await marks.is_marked(desk.db, BANK_POSTED, today):
        return 0
    first = await _once(desk, person, MORNING_JOB, desk.policy.desk.digest_at)
    again = await _once(desk, person, REMINDER_JOB, desk.policy.payments.posting_reminder_at)
    if not (first or again):
        return 0
    drawn = await morning_shown(desk, today, is_reminder=again and not first)
    await notices.tell(desk, person, drawn, Post(urgency=URGENT))
    return 1


async def _once(desk: Desk, person: Person, job: str, at: time) -> bool:
    """Whether the hour has come on a working day of hers, and nobody has done this yet today."""
    local: datetime = desk.local(person.zone)
    ends_at = day_ends_at(local.date(), zone=person.zone, hours=working_hours(desk.policy), calendar=desk.calendar)
    if ends_at is None or desk.now >= ends_at or local.time() < at:
        return False
    slot = f"{person.id}:{local.date().isoformat()}"
    if await marks.claimed(desk.db, job, [slot]):
        return False
    return await marks.claim_run(desk.db, job=job, slot=slot, now=desk.now)
