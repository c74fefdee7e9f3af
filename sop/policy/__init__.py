"""Every number of the procedure, once.

`desk` and `dealings` hold the numbers with their clauses, `document` binds them into one `Policy`, `toml` reads a
company's own file over them. No other file of the project may contain a number of the procedure.
"""

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
from sop.policy.document import DEFAULT, Policy, Segment
from sop.policy.grants import ExtensionTerms, GrantRow
from sop.policy.toml import PolicyInvalid, policy_from_toml, policy_to_toml

__all__ = [
    "DEFAULT",
    "Authority",
    "Caps",
    "DeskDay",
    "DiscountTerms",
    "DocumentHead",
    "ErrandTerms",
    "EscalationTerms",
    "ExtensionTerms",
    "GrantRow",
    "GuardProfile",
    "HoursOfDay",
    "InboundDeadlines",
    "LadderDays",
    "LetterTerms",
    "PaymentTerms",
    "PlanTerms",
    "Policy",
    "PolicyInvalid",
    "PromiseTerms",
    "ReliefTerms",
    "ReportHours",
    "Retention",
    "Segment",
    "Signs",
    "policy_from_toml",
    "policy_to_toml",
]
