"""The whole policy as one frozen value, its segments and its version. (sop 2.7)"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, is_dataclass, replace

from sop.policy.dealings import (
    Authority,
    EscalationTerms,
    GuardProfile,
    LetterTerms,
    PaymentTerms,
    PlanTerms,
    PromiseTerms,
    Retention,
    Signs,
)
from sop.policy.desk import Caps, DeskDay, DocumentHead, HoursOfDay, InboundDeadlines, LadderDays, ReportHours
from sop.policy.figure import switch

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
    plan: PlanTerms = field(default_factory=PlanTerms)
    escalation: EscalationTerms = field(default_factory=EscalationTerms)
    payments: PaymentTerms = field(default_factory=PaymentTerms)
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


def _digest(policy: Policy) -> str:
    canonical = json.dumps(_plain(policy), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:DIGEST_LENGTH]


def _plain(value: object) -> object:
    """The value as nested dicts of texts, the same on every machine."""
    if is_dataclass(value):
        return {slot.name: _plain(getattr(value, slot.name)) for slot in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value)


# Key accounts are spoken to by people only, unless the company's own file says otherwise. (sop 2.7)
DEFAULT = Policy(segments=(Segment(name=KEY_ACCOUNTS, policy=Policy(machine=False)),))
