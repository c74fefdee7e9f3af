"""Credit notes: they lower what is owed as a payment does, without thanks for money (section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.casework import letters, notices, record, settlement
from bot.casework.notices import Post, ToCustomer
from bot.casework.settlement import Settled
from bot.turn import Desk, Turn
from sop.credit import CreditKind, CreditNumberTaken, check_shares
from sop.money import Money
from storage import credits as stored
from storage import invoices, payments
from storage.credits import NewCreditNote


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCredit:
    """A credit note to be posted; `shares` by invoice, `number` its own number, `paper_id` its photo or PDF.

    `tells_customer` False: the caller writes to him himself, such as the answer to a dispute. `payment_id`: the
    transfer that earned it. `issued_on` none: today.
    """

    payer_id: int
    kind: CreditKind
    shares: Mapping[int, Money]
    number: str | None = None
    note: str | None = None
    paper_id: int | None = None
    issued_on: date | None = None
    payment_id: int | None = None
    tells_customer: bool = True


async def post(desk: Desk, new: NewCredit) -> int:
    """This function will post a credit note, draw every consequence, and give its number in the books.

    Raises NothingCredited, CreditTooLarge (more than is open on an invoice) and CreditNumberTaken.
    """
    note_id = await book(desk, new)
    settled = await settlement.draw(desk, new.payer_id)
    if new.tells_customer:
        await _write(desk, new, settled, note_id)
    return note_id


async def book(desk: Desk, new: NewCredit) -> int:
    """This function will put a credit note on the books; the caller draws the consequences. Raises as post."""
    await payments.lock(desk.db, new.payer_id)
    still_open = {one.id: one for one in await invoices.open_of(desk.db, new.payer_id)}
    check_shares(new.shares, still_open)
    row = NewCreditNote(
        payer_id=new.payer_id,
        kind=new.kind,
        shares=new.shares,
        issued_on=new.issued_on or desk.day_in(None),
        number=new.number,
        note=new.note,
        paper_id=new.paper_id,
        payment_id=new.payment_id,
        posted_by_id=desk.actor.id if isinstance(desk, Turn) else None,
    )
    note_id = await stored.post(desk.db, row, now=desk.now)
    if note_id is None:
        raise CreditNumberTaken(number=new.number or "")
    details = {"credit_kind": new.kind, "shares": {str(each): amount for each, amount in new.shares.items()}}
    await record.note(desk, "credit_posted", payer_id=new.payer_id, credit=note_id, number=new.number, **details)
    return note_id


async def unbook(desk: Desk, note_id: int, *, reason: str) -> None:
    """This function will take a credit note off the books, once; whoever calls it draws the consequences."""
    by_id = desk.actor.id if isinstance(desk, Turn) else None
    if await stored.reverse(desk.db, note_id, by_id=by_id, reason=reason, now=desk.now):
        payer_id = (await stored.get(desk.db, note_id)).payer_id
        await record.note(desk, "credit_reversed", payer_id=payer_id, credit=note_id, reason=reason)


async def _write(desk: Desk, new: NewCredit, settled: Settled, note_id: int) -> None:
    named = await invoices.listed(desk.db, sorted(new.shares))
    officer = await letters.officer_of(desk, settled.after)
    facts = {"amount": Money.total(new.shares.values()), "balance": Money.total(one.balance for one in named)}
    values = letters.values_for(desk, settled.after, officer=officer, invoices=named, **facts)
    letter = ToCustomer(payer_id=new.payer_id, message="customer/credit_noted", values=values)
    await notices.write_customer(desk, letter, Post(key=f"credit:{note_id}"))
