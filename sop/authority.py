"""Whether somebody may give so much more time by himself: a look into the policy's table. (sop 4; 000-IV.A.2)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import ClassVar

from sop.money import Money
from sop.people import Role
from sop.policy import GrantRow, Policy
from sop.promise_dates import Occasion
from sop.refusal import Refused


class Limit(Enum):
    """What of the row is exceeded, the first one that is."""

    AMOUNT = "amount"
    PER_INVOICE = "per_invoice"
    PER_PAYER = "per_payer"
    DAYS = "days"


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """More time given before: the most often to any of these invoices, and to the payer within the window."""

    to_invoice: int = 0
    to_payer: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Power:
    """What one person may still grant here, by the row of his role."""

    row: GrantRow
    given: Given

    def limit(self, until_on: date, amount: Money, *, occasion: Occasion) -> Limit | None:
        """This function will name what goes beyond the row; None: he may grant it alone."""
        fixed = self.fixed_limit(amount)
        if fixed is not None:
            return fixed
        return Limit.DAYS if until_on > self.latest(occasion) else None

    def fixed_limit(self, amount: Money) -> Limit | None:
        """This function will name what no earlier date would cure; None: a date decides."""
        if amount > self.row.amount:
            return Limit.AMOUNT
        if self.given.to_invoice >= self.row.times_per_invoice:
            return Limit.PER_INVOICE
        return Limit.PER_PAYER if self.given.to_payer >= self.row.times_per_payer else None

    def latest(self, occasion: Occasion) -> date:
        """This function will give his last day: counted from the due date, or from today once that has passed."""
        return max(occasion.oldest_due_on, occasion.today) + timedelta(days=self.row.days)


class BeyondAuthority(Refused):
    """More time than who taps may give; `limit` names what, `latest` his last day, `row` what his row says."""

    message: ClassVar[str] = "manager/refused_beyond_authority"

    def __init__(self, limit: Limit, *, latest: date, row: GrantRow) -> None:
        super().__init__(
            limit=limit.value,
            latest=latest,
            amount=row.amount,
            days=row.days,
            per_invoice=row.times_per_invoice,
            per_payer=row.times_per_payer,
        )


def row_of(role: Role, *, policy: Policy) -> GrantRow:
    """This function will give the row of a role; who works cards without one of his own has the collector's."""
    table = policy.extension
    rows = {Role.ADMIN: table.admin, Role.MANAGER: table.manager, Role.FINANCE: table.finance}
    return rows.get(role, table.collector)
