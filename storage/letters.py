"""Warning letters at rest, numbered through the year without a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, exists, func, select, update

from sop.letter import WAITING, Letter, LetterKind, LetterState, number_of
from sop.money import Money
from storage import rows
from storage.engine import Database, NotFound
from storage.tables import invoice, letter, letter_invoice


@dataclass(frozen=True, kw_only=True, slots=True)
class NewLetter:
    """A letter to be drafted; `asked` is what it asks for by invoice id. `pattern` none: it gets no number."""

    payer_id: int
    kind: LetterKind
    state: LetterState
    drawn_on: date
    deadline_on: date
    asked: Mapping[int, Money]
    escalation_id: int | None
    proposed_by_id: int | None
    pattern: str | None


async def add(db: Database, new: NewLetter) -> Letter:
    """This function will add a letter under the year's next number.

    Two replicas that want the same number: the second waits for the first and takes the next one, or the same where
    the first gave up. A letter that is withdrawn keeps its number, so the row of numbers has no gap.
    """
    values = {
        "payer_id": new.payer_id,
        "kind": new.kind,
        "state": new.state,
        "amount": Money.total(new.asked.values()),
        "drawn_on": new.drawn_on,
        "deadline_on": new.deadline_on,
        "escalation_id": new.escalation_id,
        "proposed_by_id": new.proposed_by_id,
    }
    letter_id: int | None = None
    while letter_id is None:
        letter_id = await rows.add_new(db, letter, values | await _numbered(db, new))
    await _list(db, letter_id, new.asked)
    return await get(db, letter_id)


async def get(db: Database, letter_id: int, *, for_update: bool = False) -> Letter:
    """This function will load a letter with what it asks for; raises NotFound."""
    query = _all().where(letter.c.id == letter_id)
    found = await _read(db, query.with_for_update() if for_update else query)
    if not found:
        raise NotFound("Letter")
    return found[0]


async def of_payer(db: Database, payer_id: int) -> tuple[Letter, ...]:
    """This function will list a payer's letters in the order they were drafted."""
    return await _read(db, _all().where(letter.c.payer_id == payer_id).order_by(letter.c.id))


async def waiting(db: Database) -> tuple[Letter, ...]:
    """This function will list the letters that wait for a manager, or to leave; drafts for others are none of them."""
    query = _all().where(letter.c.state.in_(WAITING), letter.c.kind != LetterKind.SOMASI)
    return await _read(db, query.order_by(letter.c.id))


async def unanswered(db: Database, *, today: date) -> tuple[Letter, ...]:
    """This function will list the letters that left, whose day has passed, and of which something is still open."""
    still_open = exists().where(
        letter_invoice.c.letter_id == letter.c.id, invoice.c.id == letter_invoice.c.invoice_id, invoice.c.balance > 0
    )
    query = _all().where(letter.c.state == LetterState.SENT, letter.c.deadline_on < today, still_open)
    return await _read(db, query.order_by(letter.c.id))


async def find_by_paper(db: Database, paper_id: int | None) -> Letter | None:
    """This function will find the letter a paper is, as a message that carries it names it."""
    if paper_id is None:
        return None
    return next(iter(await _read(db, _all().where(letter.c.paper_id == paper_id))), None)


async def change(db: Database, letter_id: int, **values: Any) -> None:
    await db.execute(update(letter).where(letter.c.id == letter_id).values(**values))


async def ask_for(db: Database, letter_id: int, asked: Mapping[int, Money]) -> None:
    """This function will write down what a letter asks for now."""
    await db.execute(delete(letter_invoice).where(letter_invoice.c.letter_id == letter_id))
    await _list(db, letter_id, asked)
    await change(db, letter_id, amount=Money.total(asked.values()))


async def note_sent(db: Database, letter_id: int, *, how: str, at: datetime) -> bool:
    """This function will record that a letter left, once; false when it had left before, or must not leave."""
    noted = await db.execute(
        update(letter)
        .where(letter.c.id == letter_id, letter.c.state == LetterState.APPROVED)
        .values(state=LetterState.SENT, sent_at=at, sent_how=how, closed_at=at)
    )
    return bool(noted.rowcount == 1)


async def numbers_of(db: Database, year: int) -> tuple[int, ...]:
    """This function will list the numbers given out in a year."""
    query = select(letter.c.sequence).where(letter.c.year == year, letter.c.sequence.is_not(None))
    return tuple((await db.execute(query.order_by(letter.c.sequence))).scalars())


async def _numbered(db: Database, new: NewLetter) -> dict[str, Any]:
    if new.pattern is None:
        return {}
    year = new.drawn_on.year
    last = (await db.execute(select(func.max(letter.c.sequence)).where(letter.c.year == year))).scalar_one()
    sequence = (last or 0) + 1
    number = number_of(new.kind, sequence, on=new.drawn_on, pattern=new.pattern)
    return {"year": year, "sequence": sequence, "number": number}


async def _list(db: Database, letter_id: int, asked: Mapping[int, Money]) -> None:
    listed = [{"letter_id": letter_id, "invoice_id": one, "balance": amount} for one, amount in asked.items()]
    if listed:
        await db.execute(letter_invoice.insert(), listed)


def _all() -> Select[Any]:
    names = [name for name in Letter.__dataclass_fields__ if name != "asked"]
    return select(*[letter.c[name] for name in names])


async def _read(db: Database, query: Select[Any]) -> tuple[Letter, ...]:
    found = (await db.execute(query)).all()
    asked = await _asked(db, [row.id for row in found])
    return tuple(rows.record(Letter, row, asked=asked[row.id]) for row in found)


async def _asked(db: Database, letter_ids: Sequence[int]) -> dict[int, dict[int, Money]]:
    asked: dict[int, dict[int, Money]] = {one: {} for one in letter_ids}
    query = (
        select(letter_invoice.c.letter_id, letter_invoice.c.invoice_id, letter_invoice.c.balance)
        .where(letter_invoice.c.letter_id.in_(letter_ids))
        .order_by(letter_invoice.c.id)
    )
    for letter_id, invoice_id, amount in (await db.execute(query)).all():
        asked[letter_id][invoice_id] = amount
    return asked
