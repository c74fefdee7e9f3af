"""How a dispute ends: accepted with a credit note, or explained and due again; the customer hears it (6; 004)."""

from __future__ import annotations

from typing import ClassVar

from bot.buttons import OpenCard
from bot.casework import cases, credits, disputes, errands, letters, notices, record, reopening
from bot.casework.credits import NewCredit
from bot.casework.notices import Post, ToCustomer
from bot.render import label_named
from bot.reply import plain, screen, tap
from bot.turn import Desk, Turn
from sop import lexicon
from sop.credit import CreditKind
from sop.dispute import Dispute, DisputeCause, DisputeState, Judge, accepted, moved, posted, rejected
from sop.errand import Errand, ErrandKind
from sop.money import Money
from sop.people import Person, Role
from sop.refusal import Refused
from storage import disputes as stored
from storage import invoices, people
from storage.outbox import URGENT

MOST_LETTERS = 300


class WordsNotFit(Refused):
    """The explanation holds words that no customer is to read (G9)."""

    message: ClassVar[str] = "finance/refused_words_not_fit"


async def accept(turn: Turn, dispute_id: int, amount: Money | None) -> Dispute:
    """This function will accept a dispute, or a part of it (None: all); finance's word posts the credit note at once.

    Raises NotFound, DisputeClosed, DisputeTooLarge, OwnDispute and NotTheFinder.
    """
    dispute = await _locked(turn, dispute_id)
    (invoice,) = await invoices.listed(turn.db, [dispute.invoice_id])
    after = accepted(dispute, amount, balance=invoice.balance, by=await judge(turn))
    await _close(turn, after)
    if after.state is DisputeState.SETTLED:
        await _settle(turn, after)
    else:
        await disputes.hold_anew(turn, after.payer_id, after.invoice_id)
        await _ask_posting(turn, after)
    await disputes.redraw(turn, after.id)
    return after


async def post(turn: Turn, dispute_id: int) -> Dispute:
    """This function will post the credit note that was agreed. Raises DisputeClosed, OwnDispute and NotTheFinder."""
    dispute = await _locked(turn, dispute_id)
    after = posted(dispute, by=await judge(turn))
    await _close(turn, after)
    await _settle(turn, after)
    await disputes.redraw(turn, after.id)
    return after


async def reject(turn: Turn, dispute_id: int, why: str) -> Dispute:
    """This function will reject a dispute: the customer reads why, the part is due again and nothing is replayed.

    Raises WordsNotFit, NotFound, DisputeClosed, OwnDispute and NotTheFinder.
    """
    words = " ".join(why.split())[:MOST_LETTERS].rstrip(" .")
    if lexicon.forbidden_in(words, profile=turn.policy.guard.profile, has_penalty_clause=False):
        raise WordsNotFit()
    dispute = await _locked(turn, dispute_id)
    after = rejected(dispute, words, by=await judge(turn))
    await _close(turn, after)
    await _go_on(turn, after, said=words)
    await disputes.redraw(turn, after.id)
    return after


async def resent(turn: Turn, errand: Errand) -> None:
    """This function will end "faktur belum diterima" once the copy was sent: nothing is credited, all goes on."""
    for dispute in await stored.of_payer(turn.db, errand.payer_id):
        is_meant = dispute.invoice_id == errand.subject_id and dispute.cause is DisputeCause.INVOICE_NOT_RECEIVED
        if is_meant and dispute.state is DisputeState.OPEN:
            after = moved(dispute, DisputeState.SETTLED)
            await _close(turn, after)
            await _go_on(turn, after, said=label_named("dispute_resent", turn.company.language, {}))
            await disputes.redraw(turn, after.id)


async def proved(turn: Turn, errand: Errand) -> None:
    """This function will put a return note that came later to its dispute."""
    if errand.subject_id is not None and errand.paper_id is not None:
        await disputes.prove(turn, errand.subject_id, errand.paper_id)


async def let_go_of_paid(desk: Desk) -> int:
    """This function will end disputes about invoices that were paid in full: there is nothing left to hold."""
    gone = await stored.of_paid_invoices(desk.db)
    for dispute in gone:
        after = moved(dispute, DisputeState.WITHDRAWN)
        await stored.change(desk.db, after.id, state=after.state, closed_at=desk.now)
        await record.note(desk, "dispute_paid", payer_id=after.payer_id, dispute=after.id)
        await disputes.hold_anew(desk, after.payer_id, after.invoice_id)
        await disputes.redraw(desk, after.id)
    return len(gone)


async def judge(turn: Turn) -> Judge:
    """This function will say as whom somebody answers."""
    has_finance = bool(await people.with_roles(turn.db, Role.FINANCE))
    return Judge(person_id=turn.actor.id, role=turn.actor.role, has_finance=has_finance)


async def _locked(turn: Turn, dispute_id: int) -> Dispute:
    await stored.visible(turn.db, dispute_id, actor=turn.actor)
    return await stored.get(turn.db, dispute_id, for_update=True)


async def _close(turn: Turn, after: Dispute) -> None:
    ended_at = None if after.state is DisputeState.ACCEPTED else turn.now
    facts = {"state": after.state, "credited": after.credited, "answer": after.answer}
    await stored.change(turn.db, after.id, **facts, closed_by_id=turn.actor.id, closed_at=ended_at)
    await record.note(turn, f"dispute_{after.state.value}", payer_id=after.payer_id, dispute=after.id, **facts)
    if after.cause in disputes.ORDERS and after.state is not DisputeState.ACCEPTED:
        await errands.cancel_for_subject(turn, (ErrandKind.RESEND_INVOICE,), after.invoice_id)
        await errands.cancel_for_subject(turn, (ErrandKind.PROVE_RETURN,), after.id)


async def _settle(turn: Turn, after: Dispute) -> None:
    """The credit note first, then the rest of the invoice goes on."""
    amount = after.credited or Money.ZERO
    new = NewCredit(
        payer_id=after.payer_id,
        kind=CreditKind.DISPUTE,
        shares={after.invoice_id: amount},
        note=label_named("dispute_ticket", turn.company.language, {"number": after.id}),
        paper_id=after.photo_id,
        tells_customer=False,
    )
    await disputes.hold_anew(turn, after.payer_id, after.invoice_id)
    await credits.post(turn, new)
    said = label_named("dispute_credited", turn.company.language, {"amount": plain(amount)})
    await _go_on(turn, after, said=said)


async def _go_on(turn: Turn, after: Dispute, *, said: str) -> None:
    """What is left is due again from today on; the customer hears the result, the collector may call."""
    await disputes.hold_anew(turn, after.payer_id, after.invoice_id)
    (invoice,) = await invoices.listed(turn.db, [after.invoice_id])
    case = await cases.load(turn, after.payer_id)
    officer = await letters.officer_of(turn, case)
    language = turn.company.language
    more = {"outcome": said, "ticket": label_named("dispute_ticket", language, {"number": after.id})}
    message = "customer/T16" if invoice.balance else "customer/T16_settled"
    values = letters.values_for(turn, case, officer=officer, invoices=[invoice], **more)
    letter = ToCustomer(payer_id=after.payer_id, message=message, values=values)
    await notices.write_customer(turn, letter, Post(key=f"dispute_answered:{after.id}"))
    is_called = invoice.balance > Money.ZERO and invoice.due_on <= case.today
    card = await reopening.reopen_card(turn, after.payer_id, reason="why_dispute_answered") if is_called else None
    taps = () if card is None else (tap("open_card", OpenCard(card.id)),)
    told = screen(
        "collector/dispute_answered", taps, payer=case.name, number=invoice.number, state=after.state, said=said,
        balance=invoice.balance,
    )  # fmt: skip
    for person in await _collectors(turn, after):
        await notices.tell(turn, person, told, Post(urgency=URGENT))


async def _collectors(turn: Turn, after: Dispute) -> list[Person]:
    ids = [one for one in await invoices.collectors_of(turn.db, after.payer_id) if one != turn.actor.id]
    return [await people.get(turn.db, one) for one in dict.fromkeys(ids)]


async def _ask_posting(turn: Turn, after: Dispute) -> None:
    """Accepted by who found out: finance posts the credit note."""
    drawn = await disputes.shown(turn, after)
    post = Post(urgency=URGENT, key=f"dispute_post:{after.id}", attachment_id=after.photo_id)
    for person in await notices.confirmers(turn):
        if person.id not in (after.opened_by_id, turn.actor.id):
            key = f"{post.key}:{person.id}"
            await notices.tell(turn, person, drawn, Post(urgency=URGENT, key=key, attachment_id=after.photo_id))
