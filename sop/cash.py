"""Cash a collector took: in his hand until finance has it. (sop 3; 004)"""

from __future__ import annotations

from enum import Enum


class CashState(Enum):
    IN_HAND = "in_hand"
    DEPOSITED = "deposited"  # finance has counted it; the payment is posted
    NOT_RECEIVED = "not_received"  # finance says it never came; the managers have it
    WITHDRAWN = "withdrawn"  # undone
