"""Credit notes and what they took off the invoices, at rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update

from sop.credit import CreditKind, CreditNote
from sop.money import Money
from storage import invoices, rows
from storage.engine import Database
from storage.tables import credit_note, credit_share


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCreditNote:
    """A credit note to be booked; `shares` say how much of it is for which invoice."""

    payer_id: int
    kind: CreditKind
    shares: Mapping[int, Money]
    issued_on: date
    number: str | None = None
    note: str | None = None
    paper_id: int | None = None
    payment_id: int | None = None
    posted_by_id: int | None = None


async def post(db: Database, new: NewCreditNote, *, now: datetime) -> int | None:
    """This function will book a credit note and lower the balances; none when its number was booked before."""
    values = {
        "payer_id": new.payer_id,
        "kind": new.kind,
        "number": new.number,
        "amount": Money.total(new.shares.values()),
        "issued_on": new.issued_on,
        "note": new.note,
        "paper_id": new.paper_id,
        "payment_id": new.payment_id,
        "posted_by_id": new.posted_by_id,
        "captured_at": now,
    }
    note_id = await rows.add_new(db, credit_note, values)
    if note_id is None:
        return None
    for invoice_id, amount in new.shares.items():
        share = {"credit_note_id": note_id, "invoice_id": invoice_id, "amount": amount}
        await db.execute(credit_share.insert().values(share))
        await invoices.credit(db, invoice_id, amount)
    return note_id


async def of_payer(db: Database, payer_id: int) -> tuple[CreditNote, ...]:
    query = rows.of(credit_note, CreditNote).where(credit_note.c.payer_id == payer_id).order_by(credit_note.c.id)
    return await rows.listed(db, query, CreditNote)


async def get(db: Database, note_id: int) -> CreditNote:
    return await rows.got(db, rows.of(credit_note, CreditNote).where(credit_note.c.id == note_id), CreditNote)


async def of_payment(db: Database, payment_id: int) -> tuple[CreditNote, ...]:
    """This function will list the standing credit notes that one transfer earned."""
    query = rows.of(credit_note, CreditNote).where(
        credit_note.c.payment_id == payment_id, credit_note.c.reversed_at.is_(None)
    )
    return await rows.listed(db, query.order_by(credit_note.c.id), CreditNote)


async def shares_of(db: Database, note_id: int) -> dict[int, Money]:
    """This function will give how much of a credit note stands on which invoice."""
    query = select(credit_share.c.invoice_id, credit_share.c.amount).where(credit_share.c.credit_note_id == note_id)
    return {row.invoice_id: row.amount for row in (await db.execute(query)).all()}


async def reverse(db: Database, note_id: int, *, by_id: int | None, reason: str, now: datetime) -> bool:
    """This function will take a credit note back, once; its invoices are open by so much again."""
    standing = (credit_note.c.id == note_id, credit_note.c.reversed_at.is_(None))
    values = {"reversed_at": now, "reversed_by_id": by_id, "reversal_reason": reason}
    taken_back = await db.execute(update(credit_note).where(*standing).values(values))
    if taken_back.rowcount == 0:
        return False
    for invoice_id, amount in (await shares_of(db, note_id)).items():
        await invoices.credit(db, invoice_id, -amount)
    return True
