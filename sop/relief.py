"""Relief and changed credit terms: asked by a collector, answered by the managers. (sop 5; 002, 003)"""

from __future__ import annotations

from enum import Enum


class ReliefKind(Enum):
    PENALTY_WAIVED = "penalty_waived"
    SETTLEMENT_DISCOUNT = "settlement_discount"
    NEW_TERMS = "new_terms"  # such as 30 -> 60 days


class ReliefState(Enum):
    REQUESTED = "requested"
    GRANTED = "granted"
    DECLINED = "declined"
    USED = "used"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
