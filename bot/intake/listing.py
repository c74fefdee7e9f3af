"""The result of a reading as `santun import --json` prints it."""

from __future__ import annotations

from typing import Any

from bot.intake.result import ListedInvoice, Question, ReadList, RefusedRow
from bot.intake.sentences import choice_label, question_text, sentence
from sop.money import SEN_PER_RUPIAH, Money


def as_json(read: ReadList, *, language: str) -> dict[str, Any]:
    """{"invoices", "refused", "questions"}: whole rupiah (decimals only with sen), ISO dates, rows as in the sheet."""
    return {
        "invoices": [_invoice(invoice) for invoice in read.invoices],
        "refused": [_refused(row, language) for row in read.refused],
        "questions": [_question(question, language) for question in read.questions],
    }


def _invoice(invoice: ListedInvoice) -> dict[str, Any]:
    return {
        "number": invoice.number,
        "customer": invoice.customer,
        "customer_code": invoice.customer_code,
        "issued_on": invoice.issued_on.isoformat() if invoice.issued_on else None,
        "due_on": invoice.due_on.isoformat(),
        "amount": _rupiah(invoice.amount),
        "paid": _rupiah(invoice.paid),
        "balance": _rupiah(invoice.balance),
        "phones": list(invoice.phones),
        "collector": invoice.collector,
    }


def _refused(refused: RefusedRow, language: str) -> dict[str, Any]:
    reason = sentence(refused.reason, language=language)
    return {"row": refused.row, "column": refused.column, "reason": reason}


def _question(question: Question, language: str) -> dict[str, Any]:
    return {
        "key": question.key,
        "question": question_text(question, language=language),
        "choices": [
            {"answer": choice, "label": choice_label(choice, language=language)} for choice in question.choices
        ],
        "rows": list(question.rows),
    }


def _rupiah(amount: Money) -> int | float:
    return amount.sen / SEN_PER_RUPIAH if amount.has_sen else amount.rupiah_exact
