"""Relief and other credit terms: asked by the collector, granted by the managers (002, 003; section 5).

A waived penalty is credited at once; a new term is for invoices to come, no due date is rewritten. What becomes of a
settlement that was granted stands in settlements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.casework import cases, credits, escalations, letters, notices, outcomes, record, sales_help
from bot.casework.credits import NewCredit
from bot.casework.escalations import Asked
from bot.casework.notices import Post, ToCustomer
from bot.casework.outcomes import Work
from bot.reply import screen
from bot.turn import Desk, Turn
from sop.coverage import spread
from sop.credit import CreditKind
from sop.escalation import EscalationReason
from sop.hold import HoldKind
from sop.money import Money
from sop.outcomes import Outcome
from sop.payer import Reached
from sop.relief import Relief, ReliefKind, ReliefState, check_amount, check_term, moved, offer_until
from sop.typed_relief import ChangeUnreadable, parse_relief, parse_term
from storage import holds, invoices, outbox
from storage import reliefs as stored
from storage.holds import NewHold
from storage.reliefs import NewRelief

RESTS = "held_extension"
_LETTERS = {
    ReliefKind.SETTLEMENT_DISCOUNT: "customer/settlement_agreed",
    ReliefKind.PENALTY_WAIVED: "customer/penalty_waived",
    ReliefKind.NEW_TERMS: "customer/terms_changed",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What is asked for: an amount to be let off (a settlement until a day), or another term in days."""

    kind: ReliefKind
    covered: Sequence[Reached] = ()
    amount: Money | None = None
    until_on: date | None = None
    term_days: int | None = None


async def request(turn: Turn, work: Work, wish: Wish) -> int:
    """This function will put a wish to the managers; gives the outcome's number. The ladder goes on.

    An older wish of the same kind that nobody answered is withdrawn.
    """
    is_terms = wish.kind is ReliefKind.NEW_TERMS
    outcome, reason = (
        (Outcome.NEW_TERMS, EscalationReason.NEW_TERMS) if is_terms else (Outcome.RELIEF, EscalationReason.RELIEF)
    )
    ids = tuple(one.invoice.id for one in wish.covered)
    await _withdraw_older(turn, work.card.payer_id, reason)
    details = {"amount": wish.amount, "until_on": wish.until_on, "term_days": wish.term_days, "invoices": ids}
    outcome_id = await outcomes.note_outcome(turn, work, outcome, kind_of_relief=wish.kind, **details)
    new = NewRelief(
        payer_id=work.card.payer_id,
        kind=wish.kind,
        invoice_ids=ids,
        asked_by_id=turn.actor.id,
        outcome_id=outcome_id,
        amount=wish.amount,
        until_on=wish.until_on,
        term_days=wish.term_days,
    )
    relief_id = await stored.add(turn.db, new, now=turn.now)
    asked = Asked(
        reason=reason, payer_id=work.card.payer_id, invoice_ids=ids, subject_id=relief_id, outcome_id=outcome_id
    )
    await escalations.open_escalation(turn, asked)
    return outcome_id


async def grant(turn: Turn, relief_id: int) -> Relief:
    """This function will grant a wish as it stands; the customer hears of it. Raises ReliefMoved."""
    asked = await stored.get(turn.db, relief_id)
    granted = moved(asked, ReliefState.GRANTED)
    decided = {"decided_by_id": turn.actor.id, "decided_at": turn.now}
    await stored.change(turn.db, relief_id, state=granted.state, **decided)
    await record.note(turn, "relief_granted", payer_id=asked.payer_id, relief=relief_id, relief_kind=asked.kind)
    if asked.kind is ReliefKind.SETTLEMENT_DISCOUNT:
        await _rest(turn, asked)
        await _write(turn, asked)
    elif asked.kind is ReliefKind.PENALTY_WAIVED:
        await _waive(turn, asked)
    else:
        await _set_terms(turn, asked)
    return await stored.get(turn.db, relief_id)


async def change(turn: Turn, relief_id: int, words: str) -> Relief:
    """This function will grant what a manager typed instead. Raises ChangeUnreadable, ReliefRefused, TermRefused."""
    asked = await stored.get(turn.db, relief_id)
    case = await cases.load(turn, asked.payer_id)
    if asked.kind is ReliefKind.NEW_TERMS:
        days = parse_term(words)
        if days is None:
            raise ChangeUnreadable()
        check_term(days, before=None, policy=turn.policy)
        await stored.change(turn.db, relief_id, term_days=days)
        return await grant(turn, relief_id)
    typed = parse_relief(words, today=case.today, calendar=turn.calendar)
    if typed is None:
        raise ChangeUnreadable()
    check_amount(typed.amount, total=await _open_of(turn, asked))
    until_on = typed.until_on or asked.until_on
    if until_on is not None:
        until_on = offer_until(until_on, today=case.today, calendar=turn.calendar, policy=turn.policy)
    await stored.change(turn.db, relief_id, amount=typed.amount, until_on=until_on)
    return await grant(turn, relief_id)


async def decline(turn: Turn, relief_id: int) -> Relief:
    """This function will record that the managers did not grant it. Raises ReliefMoved."""
    declined = moved(await stored.get(turn.db, relief_id), ReliefState.DECLINED)
    decided = {"decided_by_id": turn.actor.id, "decided_at": turn.now}
    await stored.change(turn.db, relief_id, state=declined.state, **decided)
    await record.note(turn, "relief_declined", payer_id=declined.payer_id, relief=relief_id)
    return declined


async def withdraw_of_outcome(desk: Desk, outcome_id: int) -> None:
    """This function will take back what a tap asked for, as long as nobody has answered (undo). Raises ReliefMoved."""
    for one in await stored.of_outcome(desk.db, outcome_id):
        if one.state is not ReliefState.DECLINED:
            await _end(desk, one, ReliefState.WITHDRAWN)


async def _withdraw_older(turn: Turn, payer_id: int, reason: EscalationReason) -> None:
    for one in await stored.of_payer(turn.db, payer_id, ReliefState.REQUESTED):
        if (one.kind is ReliefKind.NEW_TERMS) is (reason is EscalationReason.NEW_TERMS):
            await _end(turn, one, ReliefState.WITHDRAWN)
            await escalations.cancel_about(turn, reason, one.id)


async def _end(desk: Desk, one: Relief, state: ReliefState) -> None:
    await stored.change(desk.db, one.id, state=moved(one, state).state)
    await record.note(desk, f"relief_{state.value}", payer_id=one.payer_id, relief=one.id)


async def _rest(turn: Turn, one: Relief) -> None:
    """Until the day of the settlement nothing else is asked of these invoices."""
    ids = await stored.invoices_of(turn.db, one.id)
    resting = [
        NewHold(
            payer_id=one.payer_id,
            kind=HoldKind.EXTENSION,
            invoice_id=each,
            until_on=one.until_on,
            outcome_id=one.outcome_id,
        )
        for each in ids
    ]
    await holds.place(turn.db, *resting, now=turn.now)
    await outbox.cancel_chase(turn.db, one.payer_id, reason=RESTS)


async def _waive(turn: Turn, one: Relief) -> None:
    """The penalty stands in what is open: it is credited, the oldest invoice first."""
    case = await cases.load(turn, one.payer_id)
    ids = await stored.invoices_of(turn.db, one.id)
    still_open = [Reached(invoice=each, chaseable=each.balance, step=None) for each in case.invoices if each.id in ids]
    amount = min(one.amount or Money.ZERO, Money.total(each.chaseable for each in still_open))
    shares = {number: share for number, share in spread(still_open, amount).items() if share}
    await stored.change(turn.db, one.id, state=ReliefState.USED)
    await _write(turn, one)
    if shares:
        new = NewCredit(payer_id=one.payer_id, kind=CreditKind.RELIEF, shares=shares, tells_customer=False)
        await credits.post(turn, new)


async def _set_terms(turn: Turn, one: Relief) -> None:
    """For invoices to come; what has its due date keeps it."""
    before = await stored.terms_of(turn.db, one.payer_id)
    days = one.term_days or 0
    await stored.set_terms(turn.db, one.payer_id, days)
    await stored.change(turn.db, one.id, state=ReliefState.USED)
    was = {str(each.id): each.term_days for each in before}
    await record.note(turn, "terms_changed", payer_id=one.payer_id, relief=one.id, before=was, term_days=days)
    await _write(turn, one)
    case = await cases.load(turn, one.payer_id)
    told = screen("manager/terms_told", payer=case.name, term_days=days, by=turn.actor.name)
    await sales_help.tell(turn, one.payer_id, told)


async def _open_of(desk: Desk, one: Relief) -> Money:
    about = await invoices.listed(desk.db, await stored.invoices_of(desk.db, one.id))
    return Money.total(each.balance for each in about)


async def _write(turn: Turn, asked: Relief) -> None:
    one = await stored.get(turn.db, asked.id)
    case = await cases.load(turn, one.payer_id)
    about = await invoices.listed(turn.db, await stored.invoices_of(turn.db, one.id)) or case.invoices
    balance = Money.total(each.balance for each in about)
    amount = one.amount or Money.ZERO
    more = {
        "amount": (balance - amount).positive(),
        "relief_amount": amount,
        "balance": balance,
        "until_on": one.until_on or case.today,
        "term_days": one.term_days or 0,
    }
    officer = await letters.officer_of(turn, case) or turn.actor
    values = letters.values_for(turn, case, officer=officer, invoices=about, **more)
    letter = ToCustomer(payer_id=one.payer_id, message=_LETTERS[one.kind], values=values)
    await notices.write_customer(turn, letter, Post(key=f"relief_granted:{one.id}"))
