"""What reading a receivable list yields: typed invoices, refused rows with their reason, and open questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.intake.phones import may_have_whatsapp
from sop.money import Money


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why something was refused or is asked: the key of a sentence in messages/*/intake.toml and its values."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)


class ListRefused(Exception):
    """The file as a whole cannot be read; nothing of it may be imported."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key, values)
        self.reason = Reason(key=key, values=values)


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedInvoice:
    """One invoice as the list states it: balance = amount - paid, proved on the row wherever the list has all three.

    `row` is the row number a person sees in the sheet. `zone` is None when the province is missing or unknown,
    `consent` when the list does not say. `phones` are E.164, landlines among them.
    """

    row: int
    number: str
    customer: str
    due_on: date
    amount: Money
    paid: Money
    balance: Money
    customer_code: str | None = None
    issued_on: date | None = None
    phones: tuple[str, ...] = ()
    contact_name: str | None = None
    salutation: str | None = None
    collector: str | None = None
    sales: str | None = None
    exchange_days: str | None = None
    pay_days: str | None = None
    term_basis: str | None = None
    province: str | None = None
    zone: str | None = None
    consent: bool | None = None
    segment: str | None = None
    invoice_segment: str | None = None

    @property
    def whatsapp_phones(self) -> tuple[str, ...]:
        """The phones that are no landline."""
        return tuple(phone for phone in self.phones if may_have_whatsapp(phone))


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusedRow:
    """A row that is not imported. `row` as in the sheet, `column` the header as written ("" for the row as a whole)."""

    row: int
    column: str
    reason: Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Something only a person can decide. Until then `rows` are neither read nor refused.

    `read_list(..., answers={question.key: one of question.choices})` answers it.
    """

    key: str
    reason: Reason
    choices: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadList:
    """A whole list. `columns`: field name -> header as written. `dropped`: totals, titles and footers left out.

    `source_fingerprint` is equal for two lists with the same headers (so answers can be remembered),
    `file_digest` only for the same file byte by byte.
    """

    invoices: tuple[ListedInvoice, ...]
    refused: tuple[RefusedRow, ...]
    questions: tuple[Question, ...]
    columns: Mapping[str, str]
    source_fingerprint: str
    file_digest: str
    dropped: tuple[int, ...] = ()

    @property
    def open_invoices(self) -> tuple[ListedInvoice, ...]:
        """The invoices with something left to pay."""
        return tuple(invoice for invoice in self.invoices if invoice.balance)
