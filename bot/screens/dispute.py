"""A dispute as who finds out sees it: what is in doubt, and `Diterima` or `Ditolak` (section 6; 004)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons import AcceptDispute, AnswerDispute, DisputeCauseChosen, OpenCard, OpenDispute, PostCredit
from bot.reply import Rows, Screen, in_columns, screen, tap
from bot.screens.card import subject_of as card_subject
from sop.dispute import Dispute, DisputeCause, DisputeState
from sop.ledger import Invoice


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputeFacts:
    """A dispute with the names it is known by; `by` took it down, none: the customer wrote it himself."""

    dispute: Dispute
    payer: str
    invoice: Invoice
    by: str | None


def subject_of(dispute_id: int) -> str:
    return f"dispute:{dispute_id}"


def dispute_screen(facts: DisputeFacts) -> Screen:
    """This function will draw a dispute with the answers it still takes."""
    dispute = facts.dispute
    return screen(
        "finance/dispute",
        *_rows(dispute),
        subject=subject_of(dispute.id),
        number=dispute.id,
        payer=facts.payer,
        invoice=facts.invoice.number,
        balance=facts.invoice.balance,
        amount=dispute.amount or facts.invoice.balance,
        is_part=dispute.amount is not None,
        cause=dispute.cause,
        note=dispute.note,
        state=dispute.state,
        credited=dispute.credited,
        answer=dispute.answer,
        answer_by_on=dispute.answer_by_on,
        by=facts.by,
        has_photo=dispute.photo_id is not None,
    )


def _rows(dispute: Dispute) -> Rows:
    if dispute.state is DisputeState.OPEN:
        yes, no = AnswerDispute(dispute.id, True), AnswerDispute(dispute.id, False)
        return ((tap("dispute_accepted", yes), tap("dispute_rejected", no)),)
    if dispute.state is DisputeState.ACCEPTED:
        return ((tap("post_credit", PostCredit(dispute.id)),),)
    return ()


def cause_screen(follow_up_id: int, *, payer: str) -> Screen:
    """This function will ask the collector what is wrong."""
    taps = [tap(cause.value, DisputeCauseChosen(follow_up_id, cause)) for cause in DisputeCause]
    rows = (*in_columns(taps, columns=2), (tap("back", OpenCard(follow_up_id)),))
    return screen("collector/dispute_asked", *rows, subject=card_subject(follow_up_id), payer=payer)


def credit_screen(facts: DisputeFacts) -> Screen:
    """This function will ask how much is credited: `Semua`, or typed."""
    dispute = facts.dispute
    every = (tap("everything", AcceptDispute(dispute.id)),)
    back = (tap("back", OpenDispute(dispute.id)),)
    part = dispute.part_of(facts.invoice.balance)
    values = {"payer": facts.payer, "invoice": facts.invoice.number, "amount": part}
    return screen("finance/dispute_credit_asked", every, back, subject=subject_of(dispute.id), **values)
