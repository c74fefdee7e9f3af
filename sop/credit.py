"""Credit notes: what reduces a balance without money coming in. (sop 8)"""

from __future__ import annotations

from enum import Enum


class CreditKind(Enum):
    RETURN = "return"  # nota retur
    DISPUTE = "dispute"  # a disputed part that was accepted
    WITHHOLDING = "withholding"  # tax kept back, its document is here
    DISCOUNT = "discount"  # paid early enough
    RELIEF = "relief"  # the managers gave something up
    CORRECTION = "correction"
