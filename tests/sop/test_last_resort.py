"""The end of the line: what a small claim may be about, and which papers it needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sop.last_resort import CaseFile, Paper, SmallClaimTooLarge, check_small_claim, file_list
from sop.letter import LetterKind
from sop.money import Money
from sop.policy import DEFAULT

NOTHING = CaseFile(has_contract_clause=False, has_address=False, contacts=0, promises=0, letters_sent=frozenset())
ALL_WARNINGS = frozenset({LetterKind.SP1, LetterKind.SP2, LetterKind.SP3})


def test_a_small_claim_is_small() -> None:
    check_small_claim(Money.rupiah(500_000_000), policy=DEFAULT)
    with pytest.raises(SmallClaimTooLarge) as refused:
        check_small_claim(Money.rupiah(500_000_001), policy=DEFAULT)
    assert refused.value.values["most"] == Money.rupiah(500_000_000)


@pytest.mark.parametrize(
    ("known", "there"),
    [
        (NOTHING, {Paper.INVOICES}),  # the books have them; all else must be found
        (replace(NOTHING, has_contract_clause=True), {Paper.INVOICES, Paper.CONTRACT}),
        (replace(NOTHING, has_address=True), {Paper.INVOICES, Paper.ADDRESS}),
        (replace(NOTHING, contacts=1, promises=1), {Paper.INVOICES, Paper.CONTACT_LOG, Paper.PROMISES}),
        (replace(NOTHING, letters_sent=frozenset({LetterKind.SP1})), {Paper.INVOICES}),  # one warning is not three
        (replace(NOTHING, letters_sent=ALL_WARNINGS), {Paper.INVOICES, Paper.LETTERS}),
        (replace(NOTHING, letters_sent=ALL_WARNINGS | {LetterKind.SOMASI}), {Paper.INVOICES, Paper.LETTERS}),
    ],
)
def test_which_papers_are_there(known: CaseFile, there: set[Paper]) -> None:
    listed = file_list(known)
    assert set(listed.there) == there
    assert set(listed.missing) == set(Paper) - there


def test_the_signed_delivery_note_is_always_looked_for() -> None:
    full = CaseFile(has_contract_clause=True, has_address=True, contacts=9, promises=2, letters_sent=ALL_WARNINGS)
    assert file_list(full).missing == (Paper.DELIVERY_PROOF,)
