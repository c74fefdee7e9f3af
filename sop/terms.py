"""From which day a credit term counts. (indonesia 2.3)"""

from __future__ import annotations

from enum import Enum


class TermBasis(Enum):
    INVOICE_DATE = "invoice_date"
    GOODS_RECEIVED = "goods_received"
    INVOICE_EXCHANGED = "invoice_exchanged"  # tukar faktur, kontra bon
