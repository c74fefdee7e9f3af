"""Errands: work beside a call, such as posting a letter or bringing an invoice again. (sop 3, 5, 9; 002)"""

from __future__ import annotations

from enum import Enum


class ErrandKind(Enum):
    RESEND_INVOICE = "resend_invoice"  # "faktur belum diterima"
    EXCHANGE_INVOICE = "exchange_invoice"  # tukar faktur, before H-7
    POST_LETTER = "post_letter"  # by registered mail; the receipt number is the result
    HAND_LETTER = "hand_letter"  # to be sent by hand, WhatsApp could not carry it
    TAKE_BACK = "take_back"  # goods, with written consent and a return note
    TAX_DOCUMENT = "tax_document"  # bukti potong to be asked for
    FIND_NUMBER = "find_number"
    CHECK_AMOUNT = "check_amount"  # the check before chasing found a doubt
    COURT_FILE = "court_file"  # papers for a small claim or the lawyer


class ErrandState(Enum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"
