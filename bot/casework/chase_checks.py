"""The check before chasing: what is wrong is mended first, and until then the invoice rests (002, 003)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.casework import errands, notices, record
from bot.casework.errands import NewErrand
from bot.casework.notices import Post
from bot.casework.outcomes import Work
from bot.reply import screen
from bot.screens.chase_check import CheckFacts
from bot.turn import Desk, Turn
from sop.case import Case
from sop.chase_check import HELD_BY, Check, NothingToCheck, follow_ups_of, to_check
from sop.errand import Errand
from sop.hold import HoldKind, Use
from sop.ledger import Invoice
from storage import chase_checks, holds, invoices, payers, people, questions
from storage import errands as stored_errands
from storage.chase_checks import NewCheck
from storage.holds import NewHold

WRONG = "check_wrong"


async def open_checks(desk: Desk, case: Case) -> tuple[Invoice, ...]:
    """This function will list the overdue invoices of a payer that nobody has checked yet and that may be asked for."""
    done = await chase_checks.of_payer(desk.db, case.payer_id, zone=case.zone or desk.company.zone)
    moving = [one.invoice for one in case.reached(Use.CALL)]
    return to_check(moving, done, today=case.today, policy=desk.policy)


async def facts_of(turn: Turn, work: Work) -> CheckFacts:
    """This function will gather what is asked about and the answers so far. Raises NothingToCheck."""
    asked = await open_checks(turn, work.case)
    if not asked:
        raise NothingToCheck()
    draft = await questions.choices(turn.db, follow_up_id=work.card.id, person_id=turn.actor.id)
    wrong = frozenset(Check(one) for one in draft.get(WRONG, ()))
    return CheckFacts(follow_up_id=work.card.id, payer=work.case.name, invoices=asked, wrong=wrong)


async def toggle(turn: Turn, work: Work, check: Check) -> CheckFacts:
    """This function will turn one answer around."""
    facts = await facts_of(turn, work)
    wrong = facts.wrong ^ {check}
    await _keep(turn, work, wrong)
    return CheckFacts(follow_up_id=work.card.id, payer=facts.payer, invoices=facts.invoices, wrong=wrong)


async def save(turn: Turn, work: Work, facts: CheckFacts, about: Sequence[Invoice]) -> None:
    """This function will keep what was found; each "no" orders what mends it, and meanwhile the invoice rests."""
    ids = [one.id for one in facts.invoices]
    new = NewCheck(
        payer_id=work.card.payer_id,
        follow_up_id=work.card.id,
        person_id=turn.actor.id,
        invoice_ids=ids,
        wrong=facts.wrong,
    )
    await chase_checks.add(turn.db, new, now=turn.now)
    wrong = [one.value for one in Check if one in facts.wrong]
    await record.note(turn, "chase_checked", payer_id=work.card.payer_id, invoices=ids, wrong=wrong)
    await _keep(turn, work, ())
    for invoice in about:
        await _mend(turn, invoice, facts.wrong)


async def mended(turn: Turn, errand: Errand) -> None:
    """This function will let an invoice go on once what was wrong is mended, and tell the collector what was found."""
    if errand.kind not in HELD_BY or errand.subject_id is None:
        return
    others = [one for one in await stored_errands.open_of(turn.db, errand.payer_id) if _waits_too(one, errand)]
    if others:
        return
    ended = await holds.end(
        turn.db, payer_id=errand.payer_id, kind=HoldKind.CHECKING, now=turn.now, invoice_ids=[errand.subject_id]
    )
    if ended:
        await _tell_collectors(turn, errand)


async def _mend(turn: Turn, invoice: Invoice, wrong: Collection[Check]) -> None:
    kinds = follow_ups_of(wrong)
    for kind in kinds:
        await errands.order(turn, NewErrand(payer_id=invoice.payer_id, kind=kind, subject_id=invoice.id))
    if not kinds:
        return
    rests = NewHold(payer_id=invoice.payer_id, kind=HoldKind.CHECKING, invoice_id=invoice.id)
    await holds.place(turn.db, rests, now=turn.now)


def _waits_too(one: Errand, done: Errand) -> bool:
    return one.kind in HELD_BY and one.subject_id == done.subject_id and one.id != done.id


async def _tell_collectors(turn: Turn, errand: Errand) -> None:
    (invoice,) = await invoices.listed(turn.db, [errand.subject_id or 0])
    payer = (await payers.names(turn.db, [errand.payer_id]))[errand.payer_id]
    told = screen("collector/check_mended", payer=payer, number=invoice.number, kind=errand.kind, result=errand.result)
    for person_id in await invoices.collectors_of(turn.db, errand.payer_id):
        if person_id != turn.actor.id:
            person = await people.get(turn.db, person_id)
            await notices.tell(turn, person, told, Post(key=f"check_mended:{errand.id}:{person_id}"))


async def _keep(turn: Turn, work: Work, wrong: Collection[Check]) -> None:
    who = {"follow_up_id": work.card.id, "person_id": turn.actor.id}
    draft = await questions.choices(turn.db, **who)
    chosen = draft | {WRONG: [one.value for one in Check if one in wrong]}
    await questions.keep_choices(turn.db, chosen, **who, now=turn.now)
