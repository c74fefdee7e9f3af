"""Warning letters at rest: numbers without a gap, whoever writes at the same time. (sop 9)"""

from __future__ import annotations

import asyncio
from datetime import date

from sop.letter import LetterKind, LetterState
from sop.money import Money
from storage import Store, letters
from storage.letters import NewLetter
from tests.storage.ledger import NOON, WEDNESDAY, debtor, owes

PATTERN = "{number:03}/{kind}/FIN/{month}/{year}"


async def owing(store: Store) -> tuple[int, int]:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
        return payer_id, await owes(db, payer_id, date(2026, 11, 1))


def drafted(payer_id: int, invoice_id: int, **more: object) -> NewLetter:
    values: dict[str, object] = {
        "payer_id": payer_id,
        "kind": LetterKind.SP1,
        "state": LetterState.PROPOSED,
        "drawn_on": WEDNESDAY,
        "deadline_on": date(2026, 11, 25),
        "asked": {invoice_id: Money.rupiah(1_000_000)},
        "escalation_id": None,
        "proposed_by_id": None,
        "pattern": PATTERN,
    }
    return NewLetter(**(values | more))  # type: ignore[arg-type]


async def test_numbers_run_through_the_year_and_begin_anew(store: Store) -> None:
    payer_id, invoice_id = await owing(store)
    async with store.transaction() as db:
        first = await letters.add(db, drafted(payer_id, invoice_id))
        second = await letters.add(db, drafted(payer_id, invoice_id, kind=LetterKind.SP2))
        draft = await letters.add(db, drafted(payer_id, invoice_id, kind=LetterKind.SOMASI, pattern=None))
        other_year = await letters.add(db, drafted(payer_id, invoice_id, drawn_on=date(2027, 1, 4)))

    assert (first.number, second.number) == ("001/SP1/FIN/XI/2026", "002/SP2/FIN/XI/2026")
    assert draft.number is None
    assert other_year.number == "001/SP1/FIN/I/2027"


async def test_two_replicas_leave_no_gap_and_no_number_twice(store: Store, database_url: str) -> None:
    payer_id, invoice_id = await owing(store)
    other = Store(database_url)

    async def write(place: int) -> None:
        async with (store if place % 2 else other).transaction() as db:
            one = await letters.add(db, drafted(payer_id, invoice_id))
            if place % 3 == 0:
                await letters.change(db, one.id, state=LetterState.WITHDRAWN)
            if place == 7:
                raise RuntimeError("this replica falls over before it could commit")

    results = await asyncio.gather(*(write(place) for place in range(12)), return_exceptions=True)
    await other.close()

    assert sum(isinstance(one, RuntimeError) for one in results) == 1
    assert [one for one in results if isinstance(one, Exception) and not isinstance(one, RuntimeError)] == []
    async with store.transaction() as db:
        assert await letters.numbers_of(db, 2026) == tuple(range(1, 12))


async def test_a_letter_leaves_once_and_only_when_approved(store: Store) -> None:
    payer_id, invoice_id = await owing(store)
    async with store.transaction() as db:
        one = await letters.add(db, drafted(payer_id, invoice_id))
        assert not await letters.note_sent(db, one.id, how="whatsapp", at=NOON)
        await letters.change(db, one.id, state=LetterState.APPROVED)
        assert [each.id for each in await letters.waiting(db)] == [one.id]
        assert await letters.note_sent(db, one.id, how="whatsapp", at=NOON)
        assert not await letters.note_sent(db, one.id, how="post", at=NOON)
        sent = await letters.get(db, one.id)

    assert (sent.state, sent.sent_how, sent.sent_at) == (LetterState.SENT, "whatsapp", NOON)
    assert sent.asked == {invoice_id: Money.rupiah(1_000_000)}
