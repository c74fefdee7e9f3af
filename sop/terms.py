"""From which day a credit term counts. (indonesia 2.3)"""

from __future__ import annotations

from enum import Enum


class TermBasis(Enum):
    INVOICE_DATE = "invoice_date"
    GOODS_RECEIVED = "goods_received"
    INVOICE_EXCHANGED = "invoice_exchanged"  # tukar faktur, kontra bon


_WORDS = (
    (TermBasis.INVOICE_EXCHANGED, ("tukar", "kontra", "bon", "tanda terima", "exchange")),
    (TermBasis.GOODS_RECEIVED, ("barang", "surat jalan", "goods", "delivery")),
    (TermBasis.INVOICE_DATE, ("faktur", "invoice")),
)


def basis_of(text: str) -> TermBasis | None:
    """This function will read what a list says the term counts from ("tgl faktur"); None: not understood."""
    plain = text.lower()
    return next((basis for basis, words in _WORDS if any(word in plain for word in words)), None)
