"""The chain of evidence: who did what and when, so that no row can be changed or dropped unseen. (000-VI.2; sop 13)

Each link is a hash over the one before and over the digest of a salted payload. The payload itself lies elsewhere
and may be erased (UU PDP): the chain stays valid without it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

GENESIS = "0" * 64
"""What the first row counts as the link before it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One row. `chain` is its link; `payload` and `salt` are None once erased."""

    seq: int
    at: datetime
    kind: str
    actor: str
    policy_version: str
    digest: str
    chain: str
    payer_id: int | None = None
    payload: str | None = None
    salt: str | None = None


class Fault(Enum):
    MISSING = "missing"  # a row before this one is gone
    CHANGED = "changed"  # the row, or one before it, is not what was written
    PAYLOAD_CHANGED = "payload_changed"  # the text kept beside it is not what was written
    CUT_OFF = "cut_off"  # the last rows are gone


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """The first row that does not hold."""

    seq: int
    fault: Fault


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The newest link, kept apart from the rows: without it rows cut off at the end would not be missed."""

    seq: int = 0
    chain: str = GENESIS


def canonical(payload: Mapping[str, object]) -> str:
    """This function will write a payload as JSON in the one form that is hashed: sorted keys, no spaces, UTF-8.

    Raises TypeError for values JSON does not know, and ValueError for a number that is not finite.
    """
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest_of(payload: str, salt: str) -> str:
    """This function will give the digest of a payload; the salt (hex) keeps an erased short text from being guessed."""
    return hashlib.sha256(bytes.fromhex(salt) + payload.encode()).hexdigest()


def link(before: str, entry: Entry) -> str:
    """This function will give the link of a row after the link `before`; the row's own `chain` is not read."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    # JSON around the parts: no two different rows can be written as the same text.
    told = (entry.kind, entry.actor, entry.payer_id, entry.policy_version, entry.digest)
    row = json.dumps([before, entry.seq, at, *told], ensure_ascii=False)
    return hashlib.sha256(row.encode()).hexdigest()


def verify(entries: Iterable[Entry], *, after: Head | None = None, head: Head | None = None) -> Break | None:
    """This function will check rows in order and give the first that does not hold; None: all do.

    `after` is where the check starts (none: the beginning), `head` the newest link known from elsewhere.
    """
    last = after or Head()
    for entry in entries:
        fault = _fault_of(entry, last)
        if fault is not None:
            return Break(seq=entry.seq, fault=fault)
        last = Head(seq=entry.seq, chain=entry.chain)
    if head is not None and last != head:
        return Break(seq=last.seq + 1, fault=Fault.CUT_OFF)
    return None


def _fault_of(entry: Entry, last: Head) -> Fault | None:
    if entry.seq != last.seq + 1:
        return Fault.MISSING
    if entry.chain != link(last.chain, entry):
        return Fault.CHANGED
    if entry.payload is not None and entry.salt is not None and entry.digest != digest_of(entry.payload, entry.salt):
        return Fault.PAYLOAD_CHANGED
    return None
