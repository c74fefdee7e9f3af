"""Receivable lists: from a file of a stranger's accounting program to invoices that are certain.

Whatever is not certain is asked about or refused with a reason; nothing is guessed, above all no money.
"""

from bot.intake.listing import as_json
from bot.intake.reading import read_list
from bot.intake.result import ListedInvoice, ListRefused, Question, ReadList, Reason, RefusedRow
from bot.intake.sentences import choice_label, question_text, sentence

__all__ = [
    "ListRefused",
    "ListedInvoice",
    "Question",
    "ReadList",
    "Reason",
    "RefusedRow",
    "as_json",
    "choice_label",
    "question_text",
    "read_list",
    "sentence",
]
