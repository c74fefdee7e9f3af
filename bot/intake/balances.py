"""Which columns are amount, paid and balance: decided by amount - paid = balance, not by their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from bot.intake.columns import MONEY, Layout
from bot.intake.grid import GridRow
from bot.intake.money_columns import MoneyColumn, style_key, variants
from bot.intake.result import Question, Reason
from bot.intake.synonyms import WEAK_BALANCE_SQUEEZED, squeezed
from sop.money import Money

PAID_EMPTY = "paid.empty"


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneyColumns:
    """The columns the money is read from; amount or paid is None when the list leaves it to be worked out."""

    amount: MoneyColumn | None
    paid: MoneyColumn | None
    balance: MoneyColumn | None

    @property
    def present(self) -> Mapping[str, MoneyColumn]:
        """The columns the list has, by field."""
        named = zip(MONEY, (self.amount, self.paid, self.balance), strict=True)
        return {field: column for field, column in named if column is not None}

    def figures(self, row: int) -> tuple[Money, Money, Money] | None:
        """(amount, paid, balance) of a row, worked out where a column is missing; None when a cell is unreadable."""
        found = {field: column.money(row) for field, column in self.present.items()}
        if any(money is None for money in found.values()):
            return None
        known = {field: money for field, money in found.items() if money is not None}
        amount, balance = known.get("amount"), known.get("balance")
        if balance is None:
            assert amount is not None  # noqa: S101  (a choice without either is never made)
            return amount, known.get("paid", Money.ZERO), amount - known.get("paid", Money.ZERO)
        if amount is None:
            amount = balance + known.get("paid", Money.ZERO)
        return amount, known.get("paid", amount - balance), balance

    def holds(self, row: int) -> bool:
        """True when the row's own figures agree and nothing is below zero."""
        figures = self.figures(row)
        if figures is None:
            return False
        amount, paid, balance = figures
        return amount - paid == balance and min(figures) >= Money.ZERO

    @property
    def places(self) -> tuple[int | None, ...]:
        """The columns by place, whatever their style."""
        return tuple(None if column is None else column.place for column in (self.amount, self.paid, self.balance))


def find_money(
    layout: Layout, rows: tuple[GridRow, ...], answers: Mapping[str, str]
) -> MoneyColumns | tuple[Question, ...]:
    """The columns of the money, or the questions that must be answered first.

    Where the list has amount, paid and balance, the columns that agree on most rows win, and a row that disagrees is
    refused later: whatever is accepted is the same sum under every choice. Without that proof a name must be the only
    candidate.
    """
    numbers = tuple(row.number for row in rows)
    choices, is_proof = _choices(layout, rows, answers)
    if not choices:
        return (_column_question("balance", _labels(layout, ("amount", "balance")), numbers),)
    if not is_proof and len({choice.places for choice in choices}) > 1:
        return _differing_columns(choices, numbers)
    if len(choices) == 1:
        return choices[0]
    return _best(choices, numbers)


def paid_questions(money: MoneyColumns, answers: Mapping[str, str]) -> tuple[Question, ...]:
    """A blank "paid" is zero where a balance proves it; somebody must say so where the balance is worked out."""
    if money.balance is not None or money.paid is None or not money.paid.blank:
        return ()
    if answers.get(PAID_EMPTY) in ("zero", "refuse"):
        return ()
    rows = tuple(sorted(money.paid.blank))
    reason = Reason(key="paid_empty", values={"column": money.paid.label, "count": str(len(rows))})
    return (Question(key=PAID_EMPTY, reason=reason, choices=("zero", "refuse"), rows=rows),)


def _choices(layout: Layout, rows: tuple[GridRow, ...], answers: Mapping[str, str]) -> tuple[list[MoneyColumns], bool]:
    """Every way to take the columns, and whether the arithmetic can tell them apart."""
    amounts, paids, balances = (variants(layout, field, rows, answers) for field in MONEY)
    sure = tuple(column for column in balances if _is_sure(column, answers))
    if paids and (whole := _combined(amounts, paids, balances)):
        only_guess = len({choice.places for choice in whole}) == 1 and not sure
        return ([] if only_guess and not _agrees(whole, rows) else whole), True
    if sure:
        return _combined(amounts, (None,), sure) or _combined((None,), paids or (None,), sure), False
    return (_combined(amounts, paids, (None,)) if paids else []), False


def _is_sure(balance: MoneyColumn, answers: Mapping[str, str]) -> bool:
    return squeezed(balance.label) not in WEAK_BALANCE_SQUEEZED or "column.balance" in answers


def _agrees(choices: list[MoneyColumns], rows: tuple[GridRow, ...]) -> bool:
    return any(2 * sum(choice.holds(row.number) for row in rows) > len(rows) for choice in choices)


def _combined(*columns: tuple[MoneyColumn | None, ...]) -> list[MoneyColumns]:
    combined = []
    for amount, paid, balance in product(*columns):
        taken = [column.place for column in (amount, paid, balance) if column is not None]
        if len(set(taken)) == len(taken):
            combined.append(MoneyColumns(amount=amount, paid=paid, balance=balance))
    return combined


def _best(choices: list[MoneyColumns], numbers: tuple[int, ...]) -> MoneyColumns | tuple[Question, ...]:
    """The choice that holds on most rows, when that is more than half and no other choice says something else."""
    scores = [sum(choice.holds(number) for number in numbers) for choice in choices]
    best = max(scores)
    top = [choice for choice, score in zip(choices, scores, strict=True) if score == best]
    if 2 * best <= len(numbers):
        return _differing_columns(choices, numbers) or _differing_styles(choices, numbers)
    first = [top[0].figures(number) for number in numbers if top[0].holds(number)]
    if all([choice.figures(number) for number in numbers if choice.holds(number)] == first for choice in top[1:]):
        return top[0]
    return _differing_columns(top, numbers) or _differing_styles(top, numbers)


def _differing_columns(choices: list[MoneyColumns], numbers: tuple[int, ...]) -> tuple[Question, ...]:
    questions = []
    for field in MONEY:
        labels = tuple(dict.fromkeys(choice.present[field].label for choice in choices if field in choice.present))
        if len(labels) > 1:
            questions.append(_column_question(field, labels, numbers))
    return tuple(questions)


def _differing_styles(choices: list[MoneyColumns], numbers: tuple[int, ...]) -> tuple[Question, ...]:
    styles: dict[str, set[str]] = {}
    for choice in choices:
        for column in choice.present.values():
            styles.setdefault(column.label, set()).update([column.style.value] if column.style else [])
    return tuple(
        Question(
            key=style_key(label),
            reason=Reason(key="which_style", values={"column": label}),
            choices=tuple(sorted(found)),
            rows=numbers,
        )
        for label, found in styles.items()
        if len(found) > 1
    )


def _column_question(field: str, labels: tuple[str, ...], numbers: tuple[int, ...]) -> Question:
    return Question(
        key=f"column.{field}", reason=Reason(key="which_column", values={"field": field}), choices=labels, rows=numbers
    )


def _labels(layout: Layout, fields: tuple[str, ...]) -> tuple[str, ...]:
    places = dict.fromkeys(place for field in fields for place in layout.columns.get(field, ()))
    return tuple(layout.labels[place] for place in places)
