"""The whole policy as one frozen value, its segments and its version. (sop 2.7)"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, cast

from sop.policy.dealings import (
    Authority,
    DiscountTerms,
    ErrandTerms,
    EscalationTerms,
    GuardProfile,
    LetterTerms,
    PaymentTerms,
    PlanTerms,
    PromiseTerms,
    ReliefTerms,
    Retention,
    Signs,
)
from sop.policy.desk import Caps, DeskDay, DocumentHead, HoursOfDay, InboundDeadlines, LadderDays, ReportHours
from sop.policy.figure import Value, switch, written
from sop.policy.grants import ExtensionTerms

KEY_ACCOUNTS = "kunci"
DIGEST_LENGTH = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """Every number of the procedure. A section is a table of the policy file, a field one of its keys."""

    document: DocumentHead = field(default_factory=DocumentHead)
    machine: bool = switch(True)  # false: "never by machine", everything is a call (sop 2.7)
    ladder: LadderDays = field(default_factory=LadderDays)
    hours: HoursOfDay = field(default_factory=HoursOfDay)
    desk: DeskDay = field(default_factory=DeskDay)
    caps: Caps = field(default_factory=Caps)
    inbound: InboundDeadlines = field(default_factory=InboundDeadlines)
    promise: PromiseTerms = field(default_factory=PromiseTerms)
    authority: Authority = field(default_factory=Authority)
    extension: ExtensionTerms = field(default_factory=ExtensionTerms)
    plan: PlanTerms = field(default_factory=PlanTerms)
    relief: ReliefTerms = field(default_factory=ReliefTerms)
    escalation: EscalationTerms = field(default_factory=EscalationTerms)
    payments: PaymentTerms = field(default_factory=PaymentTerms)
    discount: DiscountTerms = field(default_factory=DiscountTerms)
    errands: ErrandTerms = field(default_factory=ErrandTerms)
    letters: LetterTerms = field(default_factory=LetterTerms)
    signs: Signs = field(default_factory=Signs)
    guard: GuardProfile = field(default_factory=GuardProfile)
    reports: ReportHours = field(default_factory=ReportHours)
    retention: Retention = field(default_factory=Retention)
    segments: tuple[Segment, ...] = ()
    part_of: str = ""  # in a segment's policy: the version of the document it stands in

    @property
    def version(self) -> str:
        """The revision and a short digest of every number, segments included: "0-0-1a2b3c4d".

        Every follow-up records it; equal numbers give an equal version on any machine. A segment's policy bears
        the version of its document, since that is what a reader can look up.
        """
        return self.part_of or f"{self.document.revisi}-{_digest(self)}"

    def figures(self) -> dict[str, Value]:
        """Every number under the key a policy file gives it ("promise.tolerance"), in the order of the document.

        Of a segment whether machines may speak to it, and what else differs: "segments.kunci.machine".
        """
        mine = dict(_flat(self))
        for segment in self.segments:
            for key, value in _flat(segment.policy):
                if key == "machine" or value != mine[key]:
                    mine[f"segments.{segment.name}.{key}"] = value
        return mine

    @property
    def segment_names(self) -> tuple[str, ...]:
        """The segments this document sets apart."""
        return tuple(segment.name for segment in self.segments)

    def for_segment(self, *names: str | None) -> Policy:
        """The policy of the first segment named that exists: pass the invoice's, then the customer's. (sop 2.7)

        Without any the document itself. A name the document no longer knows is passed over: imports refuse such
        names, and a segment struck from the document has lost its exception on purpose.
        """
        for name in names:
            for segment in self.segments:
                if segment.name == name:
                    return replace(segment.policy, part_of=self.version)
        return self


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A named group of customers or invoices with its own policy (already resolved over the default)."""

    name: str
    policy: Policy


@lru_cache(maxsize=8)  # asked for again and again of the same policy, at every beat too
def _digest(policy: Policy) -> str:
    canonical = json.dumps({key: written(value) for key, value in policy.figures().items()}, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:DIGEST_LENGTH]


def _flat(section: object) -> Iterator[tuple[str, Value]]:
    """The numbers of a section, and of the sections in it, under their dotted keys."""
    for slot in fields(cast(Any, section)):
        value = getattr(section, slot.name)
        if "figure" in slot.metadata:
            yield slot.name, value
        elif is_dataclass(value):
            yield from ((f"{slot.name}.{key}", inner) for key, inner in _flat(value))


# Key accounts are spoken to by people only, unless the company's own file says otherwise. (sop 2.7)
DEFAULT = Policy(segments=(Segment(name=KEY_ACCOUNTS, policy=Policy(machine=False)),))
