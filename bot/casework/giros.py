"""Giros: held until the bank has answered, with a reminder of funds before and a daily question after (section 3)."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.casework import cases, letters, notices, outcomes, papers, promise_letters, promises, redrawing, taking
from bot.casework.notices import Post, ToCustomer
from bot.casework.taking import Taking
from bot.events import FileSent
from bot.render import label_named
from bot.reply import Screen, screen
from bot.screens.cash import TakenFacts, giro_screen, giro_subject
from bot.turn import Desk, Turn
from sop.attachment import AttachmentKind
from sop.giro import Giro, GiroKnown, clears_on, is_asked, is_reminded, withdrawn
from sop.hold import HoldKind
from sop.money import Money
from sop.outcomes import Outcome
from storage import customers, giros, invoices, payments, people, recalls
from storage.giros import NewGiro
from storage.holds import NewHold
from storage.outbox import URGENT

RESTS = taking.reason_of(HoldKind.GIRO)


async def take(turn: Turn, taken: Taking, sent: FileSent) -> int:
    """This function will record a giro, let its invoices rest and tell everybody; gives the outcome's number.

    It takes the place of an open promise of the same invoices. Raises GiroKnown.
    """
    facts, payer_id = taken.facts, taken.work.card.payer_id
    amount, number, bank, on = facts.amount or Money.ZERO, facts.number or "", facts.bank or "", facts.on or turn.today
    shares = taking.shares_of(taken, amount)
    renewed = await promises.renew(turn, taken.work.case.promises, shares)
    said = {"amount": amount, "number": number, "bank": bank, "on": on, "invoices": list(shares), "renewed": renewed}
    outcome_id = await outcomes.note_outcome(turn, taken.work, Outcome.GIRO_TAKEN, **said)
    await check_number(turn, number, bank)
    new = NewGiro(
        payer_id=payer_id,
        amount=amount,
        number=number,
        bank=bank,
        effective_on=on,
        taken_by_id=turn.actor.id,
        shares=shares,
        photo_id=await papers.keep(turn, sent, AttachmentKind.GIRO, payer_id=payer_id),
        outcome_id=outcome_id,
    )
    giro = await giros.get(turn.db, await giros.add(turn.db, new, now=turn.now))
    until_on = clears_on(giro, calendar=turn.calendar, policy=turn.policy)
    hold = NewHold(payer_id=payer_id, kind=HoldKind.GIRO, until_on=until_on, outcome_id=outcome_id)
    await taking.rest(turn, taken, hold, shares)
    told = {"invoice_ids": list(shares), "amount": amount, "until_on": on, "ticket": ticket_of(turn, giro)}
    await taking.write(turn, taken, "customer/T28_giro", outcome_id, **told)
    await _tell_finance(turn, giro)
    return outcome_id


async def check_number(desk: Desk, number: str, bank: str) -> None:
    """This function will accept a giro that is not held already. Raises GiroKnown."""
    if await giros.is_held(desk.db, number, bank):
        raise GiroKnown(number=number, bank=bank)


def ticket_of(desk: Desk, giro: Giro) -> str:
    """This function will name a giro as a customer knows it: number and bank."""
    return label_named("giro_ticket", desk.company.language, {"number": giro.number, "bank": giro.bank})


async def shown(desk: Desk, giro: Giro) -> Screen:
    """This function will draw a giro as it is now, with its photo."""
    his = await customers.of_payer(desk.db, giro.payer_id)
    facts = TakenFacts(
        payer=his[0].name,
        by=(await people.get(desk.db, giro.taken_by_id)).name,
        taken_at=giro.taken_at.astimezone(ZoneInfo(desk.company.zone)),
        invoices=await invoices.listed(desk.db, list(giro.shares)),
        most_invoices=desk.policy.desk.invoices_on_card,
    )
    return replace(giro_screen(giro, facts, today=desk.day_in(None)), attachment_id=giro.photo_id)


async def redraw(desk: Desk, giro_id: int) -> None:
    """This function will bring every message about a giro up to date."""
    await redrawing.everywhere(desk, giro_subject(giro_id), await shown(desk, await giros.get(desk.db, giro_id)))


async def withdraw_of_outcome(desk: Desk, outcome_id: int) -> None:
    """This function will take back the giro a tap recorded (undo). Raises GiroAnswered once finance has answered."""
    for known in await giros.of_outcome(desk.db, outcome_id):
        await payments.lock(desk.db, known.payer_id)  # finance at the same moment: one of the two wins
        giro = await giros.get(desk.db, known.id, for_update=True)
        await giros.change(desk.db, giro.id, state=withdrawn(giro).state, closed_at=desk.now)
        await recalls.give_back_chase(desk.db, giro.payer_id, reason=RESTS, now=desk.now)
        await redraw(desk, giro.id)


async def chase(desk: Desk) -> int:
    """This function will remind of funds on the open day before, and ask finance daily once the bank must know (3)."""
    today, local = desk.day_in(None), desk.local(None).time()
    if local < desk.policy.desk.digest_at:
        return 0
    held = await giros.waiting(desk.db)
    reminded = [one for one in held if is_reminded(one, today=today, calendar=desk.calendar, policy=desk.policy)]
    for giro in reminded:
        await giros.change(desk.db, giro.id, reminded_on=today)
        await _remind(desk, giro)
    asked = [one for one in held if is_asked(one, today=today, calendar=desk.calendar, policy=desk.policy)]
    for giro in asked:
        await giros.change(desk.db, giro.id, asked_on=today)
        await _tell_finance(desk, giro, is_question=True)
    return len(reminded) + len(asked)


async def write(desk: Desk, giro: Giro, message: str, post: Post) -> None:
    """This function will write to the customer about his giro."""
    case = await cases.load(desk, giro.payer_id)
    named = await invoices.listed(desk.db, list(giro.shares))
    officer = await letters.officer_of(desk, case)
    about = {"amount": giro.amount, "until_on": giro.effective_on, "ticket": ticket_of(desk, giro)}
    values = letters.values_for(desk, case, officer=officer, invoices=named, **about)
    await notices.write_customer(desk, ToCustomer(payer_id=giro.payer_id, message=message, values=values), post)


async def _remind(desk: Desk, giro: Giro) -> None:
    case = await cases.load(desk, giro.payer_id)
    post = Post(key=f"giro_reminder:{giro.id}", send_after=promise_letters.machine_hour(desk, case.zone))
    await write(desk, giro, "customer/T28_giro_reminder", post)
    told = screen(
        "collector/giro_reminder",
        payer=case.name,
        number=giro.number,
        bank=giro.bank,
        amount=giro.amount,
        effective_on=giro.effective_on,
    )
    await notices.tell(desk, await people.get(desk.db, giro.taken_by_id), told)


async def _tell_finance(desk: Desk, giro: Giro, *, is_question: bool = False) -> None:
    """When it is taken, so that the paper is asked for; and as a new message each day it may be answered."""
    drawn = await shown(desk, giro)
    post = Post(urgency=URGENT, outcome_id=None if is_question else giro.outcome_id)
    for person in await notices.confirmers(desk, but=giro.taken_by_id):
        await notices.tell(desk, person, drawn, post)
