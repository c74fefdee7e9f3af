"""What the books hold of a case that a judge or a lawyer would ask for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from sop.letter import LetterKind, LetterState
from storage.engine import Database
from storage.tables import contact_event, customer, letter


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPapers:
    """Whether there is a contract clause and an address, how many contacts are documented, which letters there are."""

    has_clause: bool
    has_address: bool
    contacts: int
    letters: tuple[tuple[LetterKind, LetterState], ...]


async def known_of(db: Database, payer_id: int) -> KnownPapers:
    """This function will gather what is known of a payer's papers."""
    his = await db.execute(
        select(func.count(customer.c.consequence_clause), func.count(customer.c.address)).where(
            customer.c.payer_id == payer_id
        )
    )
    clauses, addresses = his.one()
    contacts = await db.execute(
        select(func.count()).where(contact_event.c.payer_id == payer_id, contact_event.c.undone_at.is_(None))
    )
    letters = await db.execute(select(letter.c.kind, letter.c.state).where(letter.c.payer_id == payer_id))
    return KnownPapers(
        has_clause=clauses > 0,
        has_address=addresses > 0,
        contacts=int(contacts.scalar_one()),
        letters=tuple((kind, state) for kind, state in letters.all()),
    )
