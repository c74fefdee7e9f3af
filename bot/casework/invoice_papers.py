"""`Kirim faktur`: the stored PDF of an invoice, for the collector to hand on and for the customer (section 3; 002)."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.casework import cases, errands, letters, notices, record
from bot.casework.errands import NewErrand
from bot.casework.notices import Post, ToCustomer
from bot.events import FileSent
from bot.render import content_source_with_paper
from bot.reply import Screen, screen
from bot.turn import Desk, Turn
from sop.attachment import Attachment, AttachmentKind
from sop.errand import Errand, ErrandKind
from sop.ledger import Invoice
from storage import attachments, content, invoices, people
from storage.attachments import NewAttachment
from storage.outbox import URGENT

MESSAGE = "customer/invoice_copy"
PDF = "application/pdf"
LEAST_LETTERS = 3  # of a number that a file name is searched for
_SQUEEZED = re.compile(r"[^a-z0-9]")


async def find(desk: Desk, invoice: Invoice) -> Attachment | None:
    """This function will find the newest PDF of an invoice."""
    papers = await attachments.of_payer(desk.db, invoice.payer_id, AttachmentKind.INVOICE)
    mine = [one for one in papers if one.invoice_id == invoice.id]
    return mine[-1] if mine else None


async def send(turn: Turn, invoice: Invoice, paper: Attachment) -> Screen:
    """This function will hand the PDF to whoever asked, and to the customer where the machine can carry it."""
    is_sent = await by_machine(turn)
    if is_sent:
        case = await cases.load(turn, invoice.payer_id)
        values = letters.values_for(turn, case, officer=turn.actor, invoices=[invoice])
        letter = ToCustomer(payer_id=invoice.payer_id, message=MESSAGE, values=values)
        key = f"invoice_copy:{invoice.id}:{paper.id}:{turn.today.isoformat()}"
        await notices.write_customer(turn, letter, Post(key=key, attachment_id=paper.id))
    await record.note(turn, "invoice_handed_on", payer_id=invoice.payer_id, invoice=invoice.id, by_machine=is_sent)
    shown = screen("collector/invoice_paper", number=invoice.number, to_customer=is_sent)
    return replace(shown, attachment_id=paper.id)


async def by_machine(desk: Desk) -> bool:
    """This function will say whether WhatsApp can carry the paper: by an approved template, fetched from us."""
    company = desk.company
    if company.whatsapp_mode != "twilio" or company.media_url is None:
        return False
    source = content_source_with_paper(MESSAGE, company.language, company.media_url)
    return await content.approved_sid(desk.db, source.message, source.language, source.version) is not None


async def ask_finance(turn: Turn, invoice: Invoice) -> None:
    """This function will ask finance for the PDF; asked twice it is one errand."""
    note = turn.actor.name
    new = NewErrand(payer_id=invoice.payer_id, kind=ErrandKind.PROVIDE_INVOICE, subject_id=invoice.id, note=note)
    await errands.order(turn, new)


async def provided(turn: Turn, errand: Errand) -> None:
    """This function will bring the PDF to the collectors who wait for it."""
    if errand.subject_id is None or errand.paper_id is None:
        return
    (invoice,) = await invoices.listed(turn.db, [errand.subject_id])
    told = screen("collector/invoice_paper", number=invoice.number, to_customer=False)
    for person_id in await invoices.collectors_of(turn.db, errand.payer_id):
        if person_id != turn.actor.id:
            key = f"invoice_provided:{errand.id}:{person_id}"
            post = Post(urgency=URGENT, key=key, attachment_id=errand.paper_id)
            await notices.tell(turn, await people.get(turn.db, person_id), told, post)


async def keep(turn: Turn, sent: FileSent, pdf: bytes) -> Invoice | None:
    """This function will keep a PDF whose name holds the number of one open invoice; none: its name does not."""
    invoice = named_in(sent.filename or "", await invoices.every_open(turn.db))
    if invoice is None:
        return None
    new = NewAttachment(
        kind=AttachmentKind.INVOICE,
        media_type=PDF,
        payer_id=invoice.payer_id,
        invoice_id=invoice.id,
        filename=f"{invoice.number.replace('/', '-')}.pdf",
        telegram_file_id=sent.file_id,
        content=pdf,
        added_by_id=turn.actor.id,
    )
    paper_id = await attachments.add(turn.db, new, now=turn.now)
    await record.note(turn, "invoice_paper_kept", payer_id=invoice.payer_id, invoice=invoice.id, paper=paper_id)
    for errand in await errands.about(turn, ErrandKind.PROVIDE_INVOICE, invoice.payer_id, invoice.id):
        await provided(turn, await errands.finish(turn, errand.id, paper_id=paper_id))
    return invoice


def named_in(filename: str, known: tuple[Invoice, ...]) -> Invoice | None:
    """This function will find the invoice a file name means: the longest number in it; two as long mean nobody."""
    name = _squeezed(filename.rsplit(".", 1)[0])
    numbers = {one.id: _squeezed(one.number) for one in known}
    found = [one for one in known if len(numbers[one.id]) >= LEAST_LETTERS and numbers[one.id] in name]
    longest = max((len(numbers[one.id]) for one in found), default=0)
    best = [one for one in found if len(numbers[one.id]) == longest]
    return best[0] if len(best) == 1 else None


def _squeezed(text: str) -> str:
    return _SQUEEZED.sub("", text.lower())
