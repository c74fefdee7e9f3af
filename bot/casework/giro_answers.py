"""Finance's answer about a giro: `Cair` posts the payment, `Tolak` lets its invoices move again (section 3)."""

from __future__ import annotations

from bot.buttons import OpenCard
from bot.casework import cases, escalations, notices, payments, record, reopening
from bot.casework import giros as drawing
from bot.casework.escalations import Asked
from bot.casework.notices import Post
from bot.casework.payments import Received
from bot.reply import screen, tap
from bot.screens.cash import giro_subject
from bot.turn import Turn
from sop.escalation import EscalationReason
from sop.giro import Giro, GiroState, answered
from sop.payment import PaymentSource
from storage import giros, holds, invoices, people
from storage import payments as stored_payments
from storage.outbox import URGENT


async def answer(turn: Turn, giro_id: int, to: GiroState) -> Giro:
    """This function will answer a giro once and draw the consequences. Raises OnlyFinance, OwnMoney, GiroAnswered."""
    known = await giros.get(turn.db, giro_id)
    await stored_payments.lock(turn.db, known.payer_id)  # an undo at the same moment: one of the two wins
    giro = await giros.get(turn.db, giro_id, for_update=True)
    after = answered(giro, to, await notices.answerer(turn, reported_by_id=giro.taken_by_id))
    await giros.change(turn.db, giro_id, state=after.state, closed_by_id=turn.actor.id, closed_at=turn.now)
    await record.note(turn, f"giro_{to.value}", payer_id=giro.payer_id, giro=giro_id, amount=giro.amount)
    if giro.outcome_id is not None:
        await holds.end_of_outcome(turn.db, giro.outcome_id, now=turn.now)
    if to is GiroState.CLEARED:
        await _cleared(turn, giro)
    else:
        await _bounced(turn, giro)
    await drawing.redraw(turn, giro_id)
    return await giros.get(turn.db, giro_id)


async def _cleared(turn: Turn, giro: Giro) -> None:
    """Money from today on; the thanks and the collector's news are those of every payment."""
    still_open = [one.id for one in await invoices.open_of(turn.db, giro.payer_id) if one.id in giro.shares]
    received = Received(
        payer_id=giro.payer_id,
        amount=giro.amount,
        paid_on=turn.day_in(None),
        source=PaymentSource.GIRO,
        reference=giro_subject(giro.id),
        posted_by_id=turn.actor.id,
        invoice_ids=tuple(still_open),
    )
    posted = await payments.post(turn, received)
    await giros.change(turn.db, giro.id, payment_id=posted.payment_id)


async def _bounced(turn: Turn, giro: Giro) -> None:
    """The invoices move again: the customer hears it politely, the collector calls, the managers decide."""
    case = await cases.load(turn, giro.payer_id)
    still_open = tuple(one.id for one in case.invoices if one.id in giro.shares)
    if not still_open:
        return
    post = Post(key=f"giro_returned:{giro.id}")
    await drawing.write(turn, giro, "customer/T28_giro_returned", post)
    card = await reopening.reopen_card(turn, giro.payer_id, reason="why_giro_bounced")
    told = screen(
        "collector/giro_bounced",
        (tap("open_card", OpenCard(card.id)),),
        payer=case.name,
        number=giro.number,
        bank=giro.bank,
        amount=giro.amount,
    )
    for person_id in dict.fromkeys((giro.taken_by_id, *await invoices.collectors_of(turn.db, giro.payer_id))):
        await notices.tell(turn, await people.get(turn.db, person_id), told, Post(urgency=URGENT))
    asked = Asked(
        reason=EscalationReason.GIRO_BOUNCED, payer_id=giro.payer_id, invoice_ids=still_open, subject_id=giro.id
    )
    await escalations.open_escalation(turn, asked)
