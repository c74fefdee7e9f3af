"""What an errand that was done brings about: a letter has its postal number, an invoice its PDF (3, 5, 9).

Whoever orders errands of a kind puts what follows from them into `AFTER`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.casework import (
    chase_checks,
    deductions,
    dispute_answers,
    exchanges,
    goods,
    invoice_papers,
    letter_sending,
    papers,
)
from bot.events import FileSent
from bot.reply import Screen
from bot.turn import Turn
from sop.attachment import AttachmentKind
from sop.errand import Errand, ErrandKind
from storage import attachments


async def _resent(turn: Turn, errand: Errand) -> None:
    """A copy was sent: the dispute about it ends, and so does the doubt of the check."""
    await dispute_answers.resent(turn, errand)
    await chase_checks.mended(turn, errand)


AFTER: Mapping[ErrandKind, Callable[[Turn, Errand], Awaitable[None]]] = {
    ErrandKind.RESEND_INVOICE: _resent,
    ErrandKind.CHECK_AMOUNT: chase_checks.mended,
    ErrandKind.APPLY_CREDIT: chase_checks.mended,
    ErrandKind.PROVIDE_INVOICE: invoice_papers.provided,
    ErrandKind.PROVE_RETURN: dispute_answers.proved,
    ErrandKind.POST_LETTER: letter_sending.note_posted,
    ErrandKind.TAKE_BACK: goods.after,
    ErrandKind.TAX_DOCUMENT: deductions.after_errand,
    ErrandKind.FETCH_GOODS: goods.after,
}

_PAPERS: Mapping[ErrandKind, AttachmentKind] = {
    ErrandKind.TAX_DOCUMENT: AttachmentKind.TAX_DOCUMENT,
    ErrandKind.TAKE_BACK: AttachmentKind.CONSENT,
    ErrandKind.PROVE_RETURN: AttachmentKind.RETURN_NOTE,
    ErrandKind.PROVIDE_INVOICE: AttachmentKind.INVOICE,
}


async def draw(turn: Turn, errand: Errand) -> None:
    """This function will draw the consequences of an errand that was just done."""
    after = AFTER.get(errand.kind)
    if after is not None:
        await after(turn, errand)


async def keep_paper(turn: Turn, errand: Errand, sent: FileSent, content: bytes) -> int:
    """This function will keep the paper that proves an errand; the invoice's own PDF is kept whole, to be sent."""
    kind = _PAPERS.get(errand.kind, AttachmentKind.REPORT)
    new = papers.sent_file(turn, sent, kind, payer_id=errand.payer_id)
    if errand.kind is ErrandKind.PROVIDE_INVOICE:
        new = replace(new, invoice_id=errand.subject_id, content=content)
    return await attachments.add(turn.db, new, now=turn.now)


async def outcome_asked(turn: Turn, errand: Errand) -> Screen:
    """This function will begin the outcome of the card that finishes an errand."""
    return await exchanges.asked(turn, errand)
