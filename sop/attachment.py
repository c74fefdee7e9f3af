"""The papers and photos that prove what was said: slips, receipts, giros, letters. (sop 3, 9, 13)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class AttachmentKind(Enum):
    SLIP = "slip"  # a transfer slip
    CASH_RECEIPT = "cash_receipt"
    GIRO = "giro"
    EXCHANGE_RECEIPT = "exchange_receipt"  # tanda terima tukar faktur
    DISPUTE_PHOTO = "dispute_photo"
    TAX_DOCUMENT = "tax_document"  # bukti potong
    RETURN_NOTE = "return_note"
    CONSENT = "consent"
    VISIT_PHOTO = "visit_photo"
    LETTER = "letter"
    INVOICE = "invoice"  # the invoice itself, for `Kirim faktur`
    REPORT = "report"


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """One paper; `telegram_file_id` where Telegram keeps it, `has_content` where we do. One of the two is there."""

    id: int
    kind: AttachmentKind
    media_type: str
    added_at: datetime
    filename: str | None = None
    telegram_file_id: str | None = None
    payer_id: int | None = None
    invoice_id: int | None = None
    added_by_id: int | None = None

    @property
    def is_picture(self) -> bool:
        """Whether it is shown in a chat; a picture sent as a file has its name and stays a file."""
        return self.media_type.startswith("image/") and self.filename is None
