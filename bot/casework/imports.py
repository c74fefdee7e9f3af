"""A receivable list beside the books, and into them: what a preview shows, and what an import does (2.4, 8)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from bot.casework import planning, record
from bot.casework.payments import Received, post
from bot.intake import ReadList, question_text, sentence
from bot.render import label_named
from bot.reply import plain
from bot.turn import Desk
from sop.listing import ACCEPTED, Kept, Verdict, kept_of, plain_name
from sop.money import Money
from sop.payment import PaymentSource
from storage import assignments, books, imports, listing, people
from storage.books import Comparison, Judged
from storage.listing import Arrival

NO_ANSWERS: Mapping[str, str] = {}
_COLUMN = {
    Verdict.DUE_CHANGED: ("due_on",),
    Verdict.AMOUNT_CHANGED: ("amount", "balance"),
    Verdict.BALANCE_HIGHER: ("balance", "paid"),
    Verdict.OTHER_CUSTOMER: ("customer_code", "customer"),
    Verdict.CUSTOMER_UNCLEAR: ("customer",),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusedLine:
    """A row that stays out: its number in the sheet, the column's header ("" for the whole row), a sentence why."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """A list beside the books; `imported_at` says when the very same file was imported before."""

    read: ReadList
    comparison: Comparison
    answers: Mapping[str, str]
    imported_at: datetime | None
    unknown_collectors: tuple[str, ...]
    kept: tuple[Kept, ...]  # customers who stay with the collector chosen here
    names: Mapping[int, str]

    def count(self, verdict: Verdict) -> int:
        return len(self.comparison.of(verdict))

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(one.verdict.value for one in self.comparison.judged)
        withheld = {row for question in self.read.questions for row in question.rows}
        stays_out = sum(1 for one in self.comparison.judged if one.verdict not in ACCEPTED)
        return {
            "new": found[Verdict.NEW.value],
            "paid_down": found[Verdict.PAID_DOWN.value],
            "unchanged": found[Verdict.UNCHANGED.value],
            "refused": len(self.read.refused) + stays_out + len(withheld),
            "missing": self.comparison.missing,
            "customers": len(self.comparison.parties),
            "without_consent": sum(1 for one in self.comparison.parties if not one.may_be_written_to),
        }

    @property
    def is_settled(self) -> bool:
        """Nothing would change: the very same file is in the books already."""
        return self.imported_at is not None and not self.comparison.of(Verdict.NEW, Verdict.PAID_DOWN)

    @property
    def open_balance(self) -> Money:
        return Money.total(one.listed.balance for one in self.comparison.judged if one.verdict in ACCEPTED)


async def preview(desk: Desk, read: ReadList, answers: Mapping[str, str] = NO_ANSWERS) -> Preview:
    """This function will lay a list beside the books; it changes nothing."""
    comparison = await books.compare(desk.db, read.invoices)
    named = {one.collector for one in read.invoices if one.collector}
    known = await listing.collectors(desk.db)
    return Preview(
        read=read,
        comparison=comparison,
        answers=dict(answers),
        imported_at=await imports.imported_at(desk.db, _digest(read, answers)),
        unknown_collectors=tuple(sorted(name for name in named if plain_name(name) not in known)),
        kept=kept_of(comparison.parties, known, decided=await assignments.decided_customers(desk.db)),
        names=await people.names(desk.db),
    )


def kept_lines(shown: Preview) -> list[dict[str, str]]:
    """This function will name the customers whom the list gives to another, with both collectors."""
    return [
        {"customer": one.customer, "listed": one.listed, "ours": shown.names.get(one.collector_id or 0, "-")}
        for one in shown.kept
    ]


async def put(desk: Desk, shown: Preview, *, person_id: int | None) -> dict[str, int]:
    """This function will put the good rows of a list into the books and plan what they bring; gives the counts.

    The same file twice changes nothing: every row is found as it is.
    """
    counts = shown.counts
    await listing.put(desk.db, shown.comparison, Arrival(now=desk.now, listed_on=desk.day_in(None)))
    for one in shown.comparison.of(Verdict.PAID_DOWN):
        await _pay(desk, one, shown.read.file_digest)
    digest = _digest(shown.read, shown.answers)
    done = imports.ListImport(
        digest=digest, fingerprint=shown.read.source_fingerprint, answers=shown.answers, counts=counts
    )
    await imports.note(desk.db, done, person_id=person_id, now=desk.now)
    await record.note(desk, "list_imported", digest=digest, **counts)
    await planning.plan_now(desk)
    return counts


async def remembered(desk: Desk, read: ReadList) -> Mapping[str, str]:
    """This function will give the answers that the last list with the same headers was read with."""
    return await imports.answers_for(desk.db, read.source_fingerprint) if read.source_fingerprint else NO_ANSWERS


def refused_lines(shown: Preview, *, language: str) -> tuple[RefusedLine, ...]:
    """This function will word every row that stays out, in the order of the sheet."""
    unread = [
        RefusedLine(row=one.row, column=one.column, reason=sentence(one.reason, language=language))
        for one in shown.read.refused
    ]
    asked = [
        RefusedLine(row=row, column="", reason=question_text(question, language=language))
        for question in shown.read.questions
        for row in question.rows
    ]
    unfit = [
        RefusedLine(row=one.listed.row, column=_column(shown, one.verdict), reason=_reason(one, language))
        for one in shown.comparison.judged
        if one.verdict not in ACCEPTED
    ]
    return tuple(sorted([*unread, *asked, *unfit], key=lambda line: line.row))


async def _pay(desk: Desk, one: Judged, file_digest: str) -> None:
    """What a newer list shows as paid since: the same move as any payment, so that nobody who has paid is chased."""
    known = one.known
    if known is None:
        return
    amount = known.balance - one.listed.balance
    reference = f"list:{file_digest[:16]}:{known.number}"  # the same file in two hands at once counts once
    received = Received(
        payer_id=known.payer_id,
        amount=amount,
        paid_on=desk.day_in(None),
        source=PaymentSource.LIST,
        invoice_ids=(known.id,),
        reference=reference,
    )
    await post(desk, received)


def _column(shown: Preview, verdict: Verdict) -> str:
    headers = (shown.read.columns.get(field) for field in _COLUMN[verdict])
    return next((header for header in headers if header), "")


def _reason(one: Judged, language: str) -> str:
    known, listed = one.known, one.listed
    values: dict[str, Any] = {
        "number": listed.number,
        "customer": listed.customer,
        "listed_due_on": listed.due_on,
        "listed_amount": listed.amount,
        "listed_balance": listed.balance,
    }
    if known is not None:
        values |= {"due_on": known.due_on, "amount": known.amount, "balance": known.balance}
    return label_named(f"import_{one.verdict.value}", language, {name: plain(value) for name, value in values.items()})


def _digest(read: ReadList, answers: Mapping[str, str]) -> str:
    """One file read with other answers is another list."""
    return sha256(f"{read.file_digest}{json.dumps(dict(answers), sort_keys=True)}".encode()).hexdigest()
