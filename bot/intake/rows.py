"""One row of the list: an invoice, or the first reason why it is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.intake.balances import PAID_EMPTY, MoneyColumns
from bot.intake.columns import Layout
from bot.intake.date_columns import DateColumn
from bot.intake.grid import Cell, GridRow, text_of
from bot.intake.people import ConsentUnreadable, read_consent, read_contact, salutation_of, split_contact
from bot.intake.phones import DigitsLost, PhoneUnreadable, may_have_whatsapp, read_phones
from bot.intake.result import ListedInvoice, Reason, RefusedRow
from sop.money import SEN_PER_RUPIAH, Money

MAX_TERM_DAYS = 730
"""Two years between invoice and due date: a date was misread (26-12-31), not agreed."""
MAX_WHOLE_FLOAT = 2**53
_HOME_CURRENCY = {"", "-", "idr", "rp", "rp.", "rupiah"}
_NOTHING = {"", "-"}
_SCIENTIFIC = re.compile(r"^\d+[.,]\d+e\+\d+$", re.IGNORECASE)


class RowRefused(Exception):
    """The row cannot be imported; `field` is the one to look at, "" the row as a whole.

    `place` is its column where a field has several.
    """

    def __init__(self, field: str, reason: Reason, *, place: int | None = None) -> None:
        super().__init__(field, reason)
        self.field = field
        self.reason = reason
        self.place = place


@dataclass(frozen=True, kw_only=True, slots=True)
class RowReader:
    """Everything that was decided about the columns; reads row by row."""

    layout: Layout
    money: MoneyColumns
    days: Mapping[str, DateColumn]
    twins: Mapping[int, int]
    """Row -> another row with the same invoice number."""
    answers: Mapping[str, str]

    def read(self, row: GridRow) -> ListedInvoice | RefusedRow:
        """The invoice of a row, or why it is refused. Zone and consent are settled per customer afterwards."""
        try:
            return self._invoice(row)
        except RowRefused as refused:
            return RefusedRow(row=row.number, column=self._label(refused), reason=refused.reason)

    def _label(self, refused: RowRefused) -> str:
        if refused.place is not None:
            return self.layout.labels[refused.place]
        money = self.money.present.get(refused.field)
        return money.label if money else self.layout.label(refused.field)

    def _invoice(self, row: GridRow) -> ListedInvoice:
        self._refuse_shifted(row)
        number = self._number(row)
        customer = self._named(row, "customer", "customer_missing")
        due_on, issued_on = self._dates(row)
        amount, paid, balance = self._figures(row)
        salutation, contact_name = self._contact(row)
        return ListedInvoice(
            row=row.number,
            number=number,
            customer=customer,
            customer_code=self._text(row, "customer_code"),
            issued_on=issued_on,
            due_on=due_on,
            amount=amount,
            paid=paid,
            balance=balance,
            phones=self._phones(row),
            contact_name=contact_name,
            salutation=salutation,
            collector=self._text(row, "collector"),
            sales=self._text(row, "sales"),
            exchange_days=self._text(row, "exchange_days"),
            pay_days=self._text(row, "pay_days"),
            term_basis=self._text(row, "term_basis"),
            province=self._text(row, "province"),
            consent=self._consent(row),
            segment=self._text(row, "segment"),
            invoice_segment=self._text(row, "invoice_segment"),
        )

    def _refuse_shifted(self, row: GridRow) -> None:
        """A text file with an unquoted delimiter in a cell: everything behind it stands one column too far right."""
        width = max(self.layout.labels, default=0) + 1
        if self.layout.grid.delimited and row.width > width:
            raise RowRefused("", Reason(key="too_many_cells", values={"found": str(row.width), "wanted": str(width)}))

    def _number(self, row: GridRow) -> str:
        number = self._named(row, "number", "number_missing")
        cell = self.layout.cell(row, "number")
        if isinstance(cell, date):
            raise RowRefused("number", Reason(key="number_is_date", values={"value": number}))
        if _has_lost_digits(cell):
            raise RowRefused("number", Reason(key="number_digits_lost", values={"value": number}))
        if row.number in self.twins:
            values = {"value": number, "other_row": str(self.twins[row.number])}
            raise RowRefused("number", Reason(key="number_twice", values=values))
        return number

    def _named(self, row: GridRow, field: str, missing: str) -> str:
        text = self._text(row, field)
        if text is None:
            raise RowRefused(field, Reason(key=missing))
        return text

    def _text(self, row: GridRow, field: str) -> str | None:
        text = text_of(self.layout.cell(row, field))
        return None if text in _NOTHING else text

    def _dates(self, row: GridRow) -> tuple[date, date | None]:
        due_on, issued_on = self._day("due_on", row), self._day("issued_on", row)
        if due_on is None:
            raise RowRefused("due_on", Reason(key="due_missing"))
        if issued_on is None:
            return due_on, None
        values = {"due_on": due_on.isoformat(), "issued_on": issued_on.isoformat()}
        if due_on < issued_on:
            raise RowRefused("due_on", Reason(key="due_before_issued", values=values))
        if (due_on - issued_on).days > MAX_TERM_DAYS:
            raise RowRefused("due_on", Reason(key="term_too_long", values=values))
        return due_on, issued_on

    def _day(self, field: str, row: GridRow) -> date | None:
        day = self.days[field].days[row.number]
        if isinstance(day, Reason):
            raise RowRefused(field, day)
        return day

    def _figures(self, row: GridRow) -> tuple[Money, Money, Money]:
        currency = text_of(self.layout.cell(row, "currency"))
        if currency.lower() not in _HOME_CURRENCY:
            raise RowRefused("currency", Reason(key="amount_foreign", values={"value": currency}))
        for field, column in self.money.present.items():
            worth = column.worth[row.number]
            if isinstance(worth, Reason):
                raise RowRefused(field, worth)
            if row.number in column.blank and (field != "paid" or self.answers.get(PAID_EMPTY) == "refuse"):
                raise RowRefused(field, Reason(key="amount_missing"))
        figures = self.money.figures(row.number)
        assert figures is not None  # noqa: S101  (every cell was just found readable)
        self._refuse_wrong(figures)
        return figures

    def _refuse_wrong(self, figures: tuple[Money, Money, Money]) -> None:
        amount, paid, balance = figures
        values = {"amount": _rupiah(amount), "paid": _rupiah(paid), "balance": _rupiah(balance)}
        if amount < Money.ZERO or balance < Money.ZERO:
            raise RowRefused("balance" if self.money.balance else "amount", Reason(key="credit_note", values=values))
        if amount - paid != balance:
            raise RowRefused("balance", Reason(key="sum_mismatch", values=values))
        if paid < Money.ZERO:
            field, key = ("paid", "paid_negative") if self.money.paid else ("balance", "balance_above_amount")
            raise RowRefused(field, Reason(key=key, values=values))

    def _contact(self, row: GridRow) -> tuple[str | None, str | None]:
        written_name, _ = split_contact(text_of(self.layout.cell(row, "contact")))
        salutation, name = read_contact(written_name)
        written = self._text(row, "salutation")
        return (salutation_of(written) if written else None) or salutation, name

    def _phones(self, row: GridRow) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for place in self.layout.columns.get("phone", ()):
            found |= dict.fromkeys(_phones_of(row.cell(place), place))
        contact = self.layout.column("contact")
        if contact is not None:
            for written in split_contact(text_of(row.cell(contact)))[1]:
                found |= dict.fromkeys(_phones_of(written, contact))
        return tuple(sorted(found, key=lambda phone: not may_have_whatsapp(phone)))

    def _consent(self, row: GridRow) -> bool | None:
        try:
            return read_consent(text_of(self.layout.cell(row, "consent")))
        except ConsentUnreadable as error:
            values = {"value": text_of(self.layout.cell(row, "consent"))}
            raise RowRefused("consent", Reason(key="consent_unreadable", values=values)) from error


def _has_lost_digits(cell: Cell) -> bool:
    if isinstance(cell, float):
        return not cell.is_integer() or abs(cell) > MAX_WHOLE_FLOAT
    return isinstance(cell, str) and bool(_SCIENTIFIC.match(cell))


def _rupiah(amount: Money) -> str:
    sign = "-" if amount < Money.ZERO else ""
    rupiah, sen = divmod(abs(amount.sen), SEN_PER_RUPIAH)
    return f"{sign}Rp{rupiah:,}".replace(",", ".") + (f",{sen:02}" if sen else "")


def _phones_of(cell: Cell, place: int) -> tuple[str, ...]:
    values = {"value": text_of(cell)}
    try:
        return read_phones(cell if isinstance(cell, str | float) else text_of(cell))
    except DigitsLost as error:
        raise RowRefused("phone", Reason(key="phone_digits_lost", values=values), place=place) from error
    except PhoneUnreadable as error:
        raise RowRefused("phone", Reason(key="phone_unreadable", values=values), place=place) from error
