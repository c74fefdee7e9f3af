"""`Kirim faktur`, and the PDFs that finance sends for it (section 3; 002)."""

from __future__ import annotations

from bot.buttons import AskForInvoice, OpenCard, SendInvoice
from bot.casework import cases, invoice_papers
from bot.events import FileSent
from bot.reply import Reply, screen, tap
from bot.routes import Answered
from bot.screens.card import subject_of
from bot.turn import Turn
from sop.ledger import Invoice
from sop.people import CONFIRMERS
from storage import NotFound, follow_ups

MOST_BUTTONS = 20


async def send_invoice(pressed: SendInvoice, turn: Turn) -> Reply:
    """The PDF as a new message; which one is asked where the payer has several, and finance where there is none."""
    found = await _invoices(turn, pressed.follow_up_id)
    chosen = [one for one in found if one.id == pressed.invoice_id] if pressed.invoice_id else found
    if not chosen:
        raise NotFound("invoice")
    back = (tap("back", OpenCard(pressed.follow_up_id)),)
    if len(chosen) > 1:
        rows = [
            (tap("invoice_row", SendInvoice(pressed.follow_up_id, one.id), number=one.number, amount=one.balance),)
            for one in chosen[:MOST_BUTTONS]
        ]
        subject = subject_of(pressed.follow_up_id)
        return Reply(screen=screen("collector/invoice_which_asked", *rows, back, subject=subject))
    (invoice,) = chosen
    paper = await invoice_papers.find(turn, invoice)
    if paper is not None:
        return Reply(screen=await invoice_papers.send(turn, invoice, paper), anew=True)
    ask = (tap("ask_invoice", AskForInvoice(pressed.follow_up_id, invoice.id)),)
    subject = subject_of(pressed.follow_up_id)
    return Reply(screen=screen("collector/invoice_paper_missing", ask, back, subject=subject, number=invoice.number))


async def ask_invoice(pressed: AskForInvoice, turn: Turn) -> Reply:
    """Finance is asked for the PDF, once."""
    found = await _invoices(turn, pressed.follow_up_id)
    invoice = next((one for one in found if one.id == pressed.invoice_id), None)
    if invoice is None:
        raise NotFound("invoice")
    await invoice_papers.ask_finance(turn, invoice)
    back = (tap("back", OpenCard(pressed.follow_up_id)),)
    subject = subject_of(pressed.follow_up_id)
    return Reply(screen=screen("collector/invoice_paper_asked", back, subject=subject, number=invoice.number))


async def take_pdf(answered: Answered, turn: Turn) -> Reply:
    """A PDF nobody asked for: from finance or a manager it is the invoice its name says."""
    if turn.actor.role not in CONFIRMERS or not isinstance(answered.event, FileSent):
        return Reply(screen=screen("admin/import_not_for_you"))
    invoice = await invoice_papers.keep(turn, answered.event, answered.content)
    if invoice is None:
        return Reply(screen=screen("finance/invoice_pdf_unnamed"))
    return Reply(screen=screen("finance/invoice_pdf_kept", number=invoice.number))


async def _invoices(turn: Turn, follow_up_id: int) -> tuple[Invoice, ...]:
    card = await follow_ups.visible(turn.db, follow_up_id, actor=turn.actor)
    return (await cases.load(turn, card.payer_id)).invoices
