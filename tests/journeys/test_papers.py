"""Journeys of photos and papers to the staff: with the words below, uploaded once, and words never lost for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from bot.casework import notices
from bot.casework.notices import Post
from bot.reply import screen
from sop.attachment import AttachmentKind
from storage import attachments, people
from storage.attachments import NewAttachment
from tests.journeys.chat import Office, Phone
from tests.journeys.phones import PICTURE

LETTER = NewAttachment(
    kind=AttachmentKind.LETTER, media_type="application/pdf", filename="SP1.pdf", content=b"%PDF-1.7 surat"
)
PHOTO = NewAttachment(kind=AttachmentKind.VISIT_PHOTO, media_type="image/png", content=PICTURE)


async def kept(office: Office, new: NewAttachment) -> int:
    async with office.transaction() as db:
        return await attachments.add(db, new, now=office.now.astimezone(UTC))


async def tell(office: Office, phone: Phone, attachment_id: int, *, words: int = 1) -> None:
    async with office.transaction() as db:
        desk = office.app.world.desk(db, now=office.now.astimezone(UTC))
        told = screen("manager/other_account", subject="claim:1", payer="Toko " * words, amount=None, by="Sari")
        await notices.tell(desk, await people.get(db, phone.person_id or 0), told, Post(attachment_id=attachment_id))
    await office.settle()


async def redraw(office: Office) -> None:
    async with office.transaction() as db:
        desk = office.app.world.desk(db, now=office.now.astimezone(UTC))
        again = screen("manager/other_account", subject="claim:1", payer="Toko Baru", amount=None, by="Sari")
        await notices.redraw(desk, "claim:1", again)
    await office.settle()


async def test_papers_go_with_their_words_and_are_uploaded_once(office: Office) -> None:
    budi = await office.manager("Budi")
    letter, photo = await kept(office, LETTER), await kept(office, PHOTO)
    await tell(office, budi, letter)
    assert "Sari" in budi.text
    assert budi.last.file is not None
    assert (budi.last.file["kind"], budi.last.file["name"]) == ("document", "SP1.pdf")
    first = budi.last.file["file_id"]

    await tell(office, budi, letter)
    assert budi.last.file is not None
    assert budi.last.file["file_id"] == first  # nothing was uploaded again

    await tell(office, budi, photo)
    assert budi.last.file is not None
    assert budi.last.file["kind"] == "photo"

    budi.seen()
    await redraw(office)  # the words below the papers change, the papers stay
    assert budi.news == []
    assert "Toko Baru" in budi.text
    assert budi.last.file is not None


async def test_too_many_words_follow_on_their_own_and_no_words_are_lost(office: Office) -> None:
    budi = await office.manager("Budi")
    budi.seen()
    await tell(office, budi, await kept(office, PHOTO), words=300)
    paper, words = budi.news
    assert paper.file is not None
    assert paper.text == ""
    assert words.file is None
    assert "Sari" in words.text

    budi.seen()
    gone = replace(PHOTO, content=None, telegram_file_id="AgAC-of-another-bot")
    await tell(office, budi, await kept(office, gone))
    (alone,) = budi.news
    assert alone.file is None
    assert "Sari" in alone.text
