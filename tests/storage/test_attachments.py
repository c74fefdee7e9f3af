"""Papers at rest on both databases: kept once, found by payer and kind, uploaded to Telegram once."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from sqlalchemy import select

from sop.attachment import AttachmentKind
from storage import NotFound, Store, attachments
from storage.attachments import NewAttachment
from storage.tables import attachment
from tests.storage.ledger import NOON, debtor

SLIP = NewAttachment(kind=AttachmentKind.SLIP, media_type="image/jpeg", telegram_file_id="AgAC1")
LETTER = NewAttachment(
    kind=AttachmentKind.LETTER, media_type="application/pdf", filename="SP1.pdf", content=b"%PDF-1.7"
)


async def test_a_photo_of_telegram_and_a_paper_of_ours_are_kept(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
        slip_id = await attachments.add(db, replace(SLIP, payer_id=payer_id), now=NOON)
        letter_id = await attachments.add(db, replace(LETTER, payer_id=payer_id), now=NOON)
        slip, letter = await attachments.get(db, slip_id), await attachments.get(db, letter_id)
        assert (slip.is_picture, letter.is_picture) == (True, False)
        assert await attachments.content(db, slip_id) is None
        assert await attachments.content(db, letter_id) == b"%PDF-1.7"
        assert await attachments.of_payer(db, payer_id, AttachmentKind.SLIP) == (slip,)
        digests = (await db.execute(select(attachment.c.digest).order_by(attachment.c.id))).scalars().all()
        assert digests == [None, sha256(b"%PDF-1.7").hexdigest()]
        await attachments.note_file(db, letter_id, "BQAC1")
        assert (await attachments.get(db, letter_id)).telegram_file_id == "BQAC1"


async def test_a_picture_sent_as_a_file_stays_a_file(store: Store) -> None:
    async with store.transaction() as db:
        number = await attachments.add(db, replace(SLIP, filename="bukti.jpg"), now=NOON)
        assert not (await attachments.get(db, number)).is_picture


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(ValueError, match="content"):
        replace(SLIP, telegram_file_id=None)
    async with store.transaction() as db:
        with pytest.raises(NotFound):
            await attachments.get(db, 99)
        with pytest.raises(NotFound):
            await attachments.content(db, 99)
