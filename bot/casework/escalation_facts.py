"""Gathering what a question to the managers shows."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from bot.casework import agreement_facts, cases
from bot.casework.agreement_facts import ABOUT_AGREEMENTS
from bot.reply import Screen
from bot.screens.escalation import ASKED, EscalationFacts, escalation_screen
from bot.screens.escalation_list import ListedEscalation, ListFacts, list_screen
from bot.turn import Desk, Turn
from sop.escalation import REQUESTS, Escalation, EscalationReason
from sop.escalation_timing import Arrival, may_approve_together
from sop.hold import HoldKind
from sop.money import Money
from storage import (
    cash,
    customers,
    escalations,
    giros,
    invoices,
    objections,
    outcomes,
    people,
    promises,
    requests,
    sales,
    screens,
)

PAGE = 10


async def shown(desk: Desk, escalation_id: int) -> Screen:
    """This function will draw a question as it is now."""
    return escalation_screen(await facts_of(desk, await escalations.get(desk.db, escalation_id)))


async def facts_of(desk: Desk, one: Escalation) -> EscalationFacts:
    """This function will gather all that a question shows."""
    if one.payer_id is None:
        return EscalationFacts(escalation=one, zone=desk.company.zone, collectors=await _absent(desk, one))
    case = await cases.load(desk, one.payer_id)
    named = await invoices.listed(desk.db, await escalations.invoices_of(desk.db, one.id))
    his = await invoices.collectors_of(desk.db, one.payer_id)
    return EscalationFacts(
        escalation=one,
        zone=desk.company.zone,
        case=case,
        invoices=named or case.invoices,
        most_invoices=desk.policy.desk.invoices_on_card,
        contacts=await outcomes.last_contacts(desk.db, one.payer_id, most=desk.policy.desk.contacts_on_card),
        collectors=tuple([(await people.get(desk.db, person_id)).name for person_id in his]),
        asked=await asked_of(desk, one),
        delivery_held=await escalations.delivery_held_at(desk.db, one.payer_id) is not None,
        stopped=any(each.kind in (HoldKind.MANAGER_STOP, HoldKind.LEGAL) for each in case.holds),
        sales_word=await sales.last_word(desk.db, one.payer_id),
    )


async def is_shown(turn: Turn, subject: str | None) -> bool:
    """This function will say whether the pressed message shows this subject itself."""
    if turn.message_id is None:
        return False
    here = await screens.subject_of(turn.db, chat_id=turn.chat_id, message_id=turn.message_id)
    return here is not None and here == subject


async def as_pressed(turn: Turn) -> Screen | None:
    """This function will draw the question anew that the pressed message shows; none when it shows something else."""
    if turn.message_id is None:
        return None
    here = await screens.subject_of(turn.db, chat_id=turn.chat_id, message_id=turn.message_id)
    kind, _, number = (here or "").partition(":")
    return await shown(turn, int(number)) if kind == "escalation" and number.isdigit() else None


async def asked_of(desk: Desk, one: Escalation) -> dict[str, Any]:
    """This function will say what a request asks for: `on` a day, an `amount`, `because` why; `made_on` of a claim."""
    asked: dict[str, Any] = dict.fromkeys(ASKED)
    if one.subject_id is None:
        return asked
    if one.reason in ABOUT_AGREEMENTS:
        return asked | await agreement_facts.asked_of(desk, one)
    if one.reason is EscalationReason.PROMISE_BEYOND:
        promise = await promises.get(desk.db, one.subject_id)
        return asked | {"on": promise.promised_on, "amount": promise.amount, "because": promise.reason}
    if one.reason is EscalationReason.EXTENSION_BEYOND:
        extension = await requests.extension_of(desk.db, one.subject_id)
        return asked | {"on": extension.until_on, "because": extension.reason}
    if one.reason is EscalationReason.CLAIM_WAITING:
        claim = await objections.get_claim(desk.db, one.subject_id)
        return asked | {"made_on": claim.made_at.astimezone(ZoneInfo(desk.company.zone)).date()}
    return asked | await _by_hand(desk, one.reason, one.subject_id)


async def _by_hand(desk: Desk, reason: EscalationReason, subject_id: int) -> dict[str, Any]:
    """The cash that is missing, or the giro that was returned: how much, on which paper, and who took it."""
    if reason is EscalationReason.DEPOSIT_MISSING:
        receipt = await cash.get(desk.db, subject_id)
        by, taken_at = await people.get(desk.db, receipt.taken_by_id), receipt.taken_at
        on = taken_at.astimezone(ZoneInfo(desk.company.zone)).date()
        return {"cash": {"amount": receipt.amount, "number": receipt.number, "by": by.name, "on": on}}
    if reason is EscalationReason.GIRO_BOUNCED:
        giro = await giros.get(desk.db, subject_id)
        return {"giro": {"amount": giro.amount, "number": giro.number, "bank": giro.bank, "on": giro.effective_on}}
    return {}


async def listed(desk: Desk, page: int) -> Screen:
    """This function will draw one page of all open questions."""
    waiting = await escalations.undecided(desk.db)
    balances = await _balances(desk, waiting)
    rows = [
        ListedEscalation(escalation=one, payer=balances[one.payer_id][0], balance=balances[one.payer_id][1])
        for one in waiting
        if one.payer_id is not None
    ]
    rows.sort(key=lambda one: (-one.balance.sen, one.escalation.id))
    limit = desk.policy.escalation
    return list_screen(
        ListFacts(
            rows=tuple(rows[page * PAGE : (page + 1) * PAGE]),
            page=page,
            has_more=len(rows) > (page + 1) * PAGE,
            count=len(balances),
            total=Money.total(amount for _, amount in balances.values()),
            small=sum(one.balance < limit.small_payer_below for one in rows),
            approvable=len(await approvable(desk)),
            approve_up_to=limit.approve_all_up_to,
        )
    )


async def approvable(desk: Desk) -> tuple[int, ...]:
    """This function will name the open requests that `Setujui semua` covers."""
    waiting = [one for one in await escalations.undecided(desk.db) if one.reason in REQUESTS and one.owner_id is None]
    amounts = {one.id: await _amount(desk, one) for one in waiting}
    arrivals = (Arrival(escalation_id=number, balance=amount) for number, amount in amounts.items())
    return tuple(one.escalation_id for one in may_approve_together(arrivals, policy=desk.policy))


async def _amount(desk: Desk, one: Escalation) -> Money:
    """What a request is about: the promised sum, else everything the payer owes."""
    if one.reason is EscalationReason.PROMISE_BEYOND and one.subject_id is not None:
        return (await promises.get(desk.db, one.subject_id)).amount
    return Money.total(each.balance for each in await invoices.open_of(desk.db, one.payer_id or 0))


async def _balances(desk: Desk, waiting: tuple[Escalation, ...]) -> dict[int, tuple[str, Money]]:
    """Name and open balance of each payer a list is about."""
    payer_ids = list(dict.fromkeys(one.payer_id for one in waiting if one.payer_id is not None))
    found = {payer_id: ("", Money.ZERO) for payer_id in payer_ids}
    for customer in reversed(await customers.of_payers(desk.db, payer_ids)):
        found[customer.payer_id] = (customer.name, Money.ZERO)
    for one in await invoices.open_of_many(desk.db, payer_ids):
        name, amount = found[one.payer_id]
        found[one.payer_id] = (name, amount + one.balance)
    return found


async def _absent(desk: Desk, one: Escalation) -> tuple[str, ...]:
    """Whose day a question about no payer is about."""
    return () if one.subject_id is None else ((await people.get(desk.db, one.subject_id)).name,)
