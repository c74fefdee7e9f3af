"""What a warning letter says, read from the books at this moment, and the letter as PDF (section 9; 001)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from num2words import num2words

from bot import typeset
from bot.casework import letters
from bot.formats import full_date, letter_date, money, table_date
from bot.render import label_named
from bot.turn import Desk
from bot.typeset import TemplateBroken
from sop.attachment import AttachmentKind
from sop.case import Case
from sop.hold import Use
from sop.ledger import Invoice, days_past_due
from sop.letter import PUK, Letter, LetterKind, LetterRefused, series
from sop.money import Money
from sop.people import Person
from storage import attachments, customers, escalations, invoices
from storage import letters as stored
from storage.attachments import NewAttachment

PDF = "application/pdf"


class TemplateWrong(LetterRefused):
    """The company's own template cannot be set; `template`, `line`, `reason` and `code` say what is wrong with it."""

    message: ClassVar[str] = "manager/refused_letter_template"


def owed(case: Case, *, today: date) -> dict[int, Money]:
    """This function will say what a letter may ask for now: overdue, and neither held nor disputed. (6)"""
    return {one.invoice.id: one.chaseable for one in case.reached(Use.CALL) if one.invoice.due_on < today}


async def living_series(desk: Desk, case: Case) -> tuple[Letter, ...]:
    """This function will list the payer's letters that left and are about something still open."""
    return series(await stored.of_payer(desk.db, case.payer_id), [one.id for one in case.invoices])


async def draw(desk: Desk, case: Case, letter: Letter, *, signs: Person, is_draft: bool) -> int:
    """This function will set a letter as PDF and keep it; gives the paper's number. Raises TemplateWrong."""
    values = await _values(desk, case, letter, signs=signs, is_draft=is_draft)
    language, stationery = desk.company.language, desk.company.stationery
    try:
        paper = await typeset.set_letter(letter.kind.value, language, values, stationery=stationery, at=desk.now)
    except TemplateBroken as wrong:  # never a letter that is only half what it should be
        told = {"template": wrong.template, "line": wrong.line, "reason": wrong.reason, "code": wrong.code}
        raise TemplateWrong(**told) from None
    new = NewAttachment(
        kind=AttachmentKind.LETTER,
        media_type=PDF,
        payer_id=letter.payer_id,
        filename=_filename(letter, is_draft=is_draft),
        content=paper.pdf,
        added_by_id=signs.id,
    )
    paper_id = await attachments.add(desk.db, new, now=desk.now)
    await stored.change(desk.db, letter.id, paper_id=paper_id, template_version=paper.version)
    return paper_id


def subject_line(kind: LetterKind, language: str) -> str:
    """This function will name what a letter is, as it stands beside Perihal and in T08."""
    return label_named(f"letter_{kind.value.lower()}", language, {})


def _filename(letter: Letter, *, is_draft: bool) -> str:
    name = (letter.number or letter.kind.value).replace("/", "-")
    return f"DRAF-{name}.pdf" if is_draft else f"{name}.pdf"


async def _values(desk: Desk, case: Case, letter: Letter, *, signs: Person, is_draft: bool) -> dict[str, Any]:
    language, company = desk.company.language, desk.company
    asked = await invoices.listed(desk.db, list(letter.asked))
    officer = await letters.officer_of(desk, case)
    total = Money.total(letter.asked.values())
    earlier = await living_series(desk, case)
    return {
        "number": letter.number or "-",
        "subject": subject_line(letter.kind, language),
        "drawn_on": letter_date(letter.drawn_on.isoformat(), language),
        "deadline_on": full_date(letter.deadline_on.isoformat(), language),
        "is_draft": is_draft,
        "addressees": await _addressees(desk, case, asked),
        "rows": [_row(one, letter, language) for one in asked],
        "has_apart": any(one.balance != letter.asked[one.id] for one in asked),
        "total": money(total.sen, language),
        "total_in_words": in_words(total, language),
        "states_charges": desk.policy.guard.profile == PUK,
        "pay_to": company.payment_instructions or None,
        "company": {"name": company.name, "phone": letters.sender_of(desk)["phone"]},
        "officer": company.name if officer is None else officer.name,
        "signed_by": signs.name,
        "earlier": [_earlier(one, language) for one in earlier],
        "clause": _clause(case, asked),
        "delivery_held": await escalations.delivery_held_at(desk.db, case.payer_id) is not None,
    }


def in_words(amount: Money, language: str) -> str:
    """This function will spell an amount out: satu juta dua ratus lima puluh ribu rupiah."""
    rupiah, sen = divmod(amount.sen, 100)
    spelled = {"rupiah": num2words(rupiah, lang=language), "sen": num2words(sen, lang=language) if sen else ""}
    return label_named("rupiah_in_words", language, spelled)


async def _addressees(desk: Desk, case: Case, asked: Sequence[Invoice]) -> list[dict[str, Any]]:
    """The customers whose invoices the letter is about; one payer may have three shops."""
    ids = {one.customer_id for one in asked}
    found = await customers.addresses(desk.db, case.payer_id)
    return [{"name": one.name, "lines": list(one.lines)} for one in found if one.customer_id in ids]


def _row(one: Invoice, letter: Letter, language: str) -> dict[str, str]:
    asked = letter.asked[one.id]
    issued_on = "-" if one.issued_on is None else table_date(one.issued_on.isoformat(), language)
    return {
        "number": one.number,
        "issued_on": issued_on,
        "due_on": table_date(one.due_on.isoformat(), language),
        "amount": _figure(one.amount, language),
        "paid": _figure(one.paid + one.credited, language),
        "apart": _figure(one.balance - asked, language),
        "balance": _figure(asked, language),
        "days_late": str(days_past_due(one, today=letter.drawn_on)),
    }


def _figure(amount: Money, language: str) -> str:
    """The head of the column says that it is rupiah."""
    return money(amount.sen, language).replace("Rp", "", 1)


def _earlier(one: Letter, language: str) -> dict[str, str | None]:
    return {
        "kind": one.kind.value,
        "number": one.number or "-",
        "drawn_on": letter_date(one.drawn_on.isoformat(), language),
        "proof": proof_of(one, language),
    }


def proof_of(one: Letter, language: str) -> str | None:
    """This function will say how a letter's delivery can be shown; none while it cannot."""
    if one.postal_receipt is not None:
        values: Mapping[str, Any] = {"receipt": one.postal_receipt}
        return label_named("letter_posted", language, values)
    return label_named("letter_by_whatsapp", language, {}) if one.sent_how is not None and one.has_proof else None


def _clause(case: Case, asked: Sequence[Invoice]) -> str | None:
    """The contract's own words, where every customer the letter is about has them (G12)."""
    by_customer = {one.id: one.consequence_clause for one in case.customers}
    clauses = [by_customer.get(one.customer_id) for one in asked]
    given = [one for one in clauses if one]
    return "; ".join(dict.fromkeys(given)) if given and len(given) == len(clauses) else None
