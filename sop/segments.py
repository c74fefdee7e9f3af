"""Which policy holds for a payer: of his invoices' segments and his customers', the strictest first. (sop 2.7)"""

from __future__ import annotations

from collections.abc import Iterable

from sop.case import Case
from sop.policy import Policy


def policy_for(policy: Policy, case: Case) -> Policy:
    """This function will give the policy for what is sent to a payer.

    An invoice's segment counts before its customer's. One message is for all of a payer's invoices, so a segment that
    no machine may speak to is obeyed wherever it stands among them.
    """
    names = [*(one.segment for one in case.invoices), *(one.segment for one in case.customers)]
    return policy.for_segment(*_silent(policy, names), *names)


def _silent(policy: Policy, names: Iterable[str | None]) -> list[str]:
    known = set(policy.segment_names)
    return [name for name in names if name is not None and name in known and not policy.for_segment(name).machine]
