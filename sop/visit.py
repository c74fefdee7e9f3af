"""Visits: ordered by a manager, told to the customer politely, reported with place and photo. (sop 9; 001, 003)"""

from __future__ import annotations

from enum import Enum


class VisitState(Enum):
    PLANNED = "planned"
    MET = "met"
    NOT_MET = "not_met"
    CANCELLED = "cancelled"  # paid meanwhile, or called off
