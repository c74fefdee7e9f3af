"""No row of the evidence can be changed, dropped or moved unseen; erasing the text breaks nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.journal import GENESIS, Break, Entry, Fault, Head, canonical, digest_of, link, verify
from tests.sop.indonesia import local

SALT = "00ff" * 8


def chain(count: int) -> list[Entry]:
    entries: list[Entry] = []
    before = GENESIS
    for seq in range(1, count + 1):
        payload = canonical({"text": f"Pesan {seq}", "to": "+6281200000001"})
        entry = Entry(
            seq=seq,
            at=local("2026-11-18 09:00") + timedelta(minutes=seq),
            kind="sent",
            actor="machine",
            payer_id=7,
            policy_version="1-0-abc",
            digest=digest_of(payload, SALT),
            chain="",
            payload=payload,
            salt=SALT,
        )
        before = link(before, entry)
        entries.append(replace(entry, chain=before))
    return entries


ROWS = chain(5)
HEAD = Head(seq=5, chain=ROWS[-1].chain)


def test_an_untouched_chain_holds() -> None:
    assert verify(ROWS, head=HEAD) is None
    assert verify([], head=Head()) is None


def test_erasing_the_texts_breaks_nothing() -> None:
    assert verify([replace(row, payload=None, salt=None) for row in ROWS], head=HEAD) is None


def test_a_part_can_be_checked_from_a_known_link() -> None:
    assert verify(ROWS[2:], after=Head(seq=2, chain=ROWS[1].chain), head=HEAD) is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"kind": "called"}, Fault.CHANGED),
        ({"actor": "somebody else"}, Fault.CHANGED),
        ({"payer_id": 8}, Fault.CHANGED),  # the evidence would lie in another customer's file
        ({"payer_id": None}, Fault.CHANGED),
        ({"policy_version": "2-0-abc"}, Fault.CHANGED),
        ({"at": local("2026-11-18 08:00")}, Fault.CHANGED),
        ({"digest": "0" * 64}, Fault.CHANGED),
        ({"chain": "0" * 64}, Fault.CHANGED),
        ({"payload": '{"text":"Pesan lain"}'}, Fault.PAYLOAD_CHANGED),
        ({"salt": "11" * 16}, Fault.PAYLOAD_CHANGED),
    ],
)
def test_a_changed_row_is_found(change: dict[str, object], fault: Fault) -> None:
    changed = [*ROWS[:2], replace(ROWS[2], **change), *ROWS[3:]]  # type: ignore[arg-type]
    assert verify(changed, head=HEAD) == Break(seq=3, fault=fault)


def test_a_row_rewritten_with_its_link_is_found_at_the_next() -> None:
    lie = replace(ROWS[2], actor="somebody else")
    lie = replace(lie, chain=link(ROWS[1].chain, lie))
    assert verify([*ROWS[:2], lie, *ROWS[3:]], head=HEAD) == Break(seq=4, fault=Fault.CHANGED)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([ROWS[0], *ROWS[2:]], Break(seq=3, fault=Fault.MISSING)),  # dropped in the middle
        (ROWS[1:], Break(seq=2, fault=Fault.MISSING)),  # dropped at the start
        ([ROWS[1], ROWS[0]], Break(seq=2, fault=Fault.MISSING)),  # exchanged
        (ROWS[:4], Break(seq=5, fault=Fault.CUT_OFF)),  # dropped at the end: only the head knows
        ([], Break(seq=1, fault=Fault.CUT_OFF)),
    ],
)
def test_a_missing_row_is_found(rows: list[Entry], found: Break) -> None:
    assert verify(rows, head=HEAD) == found


def test_the_same_payload_is_always_written_the_same_way() -> None:
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'


def test_what_json_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical({"at": local("2026-11-18 09:00")})
    with pytest.raises(ValueError, match="JSON"):
        canonical({"share": float("nan")})


def test_the_salt_hides_equal_texts() -> None:
    assert digest_of("{}", "00") != digest_of("{}", "01")


@given(kind=st.text(max_size=8), actor=st.text(max_size=8), other=st.text(max_size=8))
def test_parts_of_a_row_cannot_be_shifted_into_each_other(kind: str, actor: str, other: str) -> None:
    row = replace(ROWS[0], kind=kind, actor=actor)
    moved = replace(ROWS[0], kind=kind + other, actor=actor[len(other) :])
    assert (link(GENESIS, row) == link(GENESIS, moved)) is ((row.kind, row.actor) == (moved.kind, moved.actor))
