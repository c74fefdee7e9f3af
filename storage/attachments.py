"""Photos and papers at rest; the content is read apart, since it may be large.

How a paper travels: `id = await attachments.add(db, NewAttachment(...), now=desk.now)`, then `Post(attachment_id=id)`
for a notice, or `dataclasses.replace(shown, attachment_id=id)` for any screen, a handler's new message included. The
photo stands above the words; words longer than a caption follow as a message of their own, with the buttons. A redrawn
message keeps its paper. For a file somebody sent into the chat see `bot.casework.papers`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select, update

from sop.attachment import Attachment, AttachmentKind
from storage import rows
from storage.engine import Database, NotFound
from storage.tables import attachment


@dataclass(frozen=True, kw_only=True, slots=True)
class NewAttachment:
    """A paper: `telegram_file_id` where somebody sent it through Telegram, `content` where the bytes are ours.

    One of the two is there. Without `filename` a picture is shown in the chat; with one it goes as a document.
    """

    kind: AttachmentKind
    media_type: str
    payer_id: int | None = None
    invoice_id: int | None = None
    filename: str | None = field(default=None, repr=False)
    telegram_file_id: str | None = None
    content: bytes | None = field(default=None, repr=False)
    added_by_id: int | None = None

    def __post_init__(self) -> None:
        if self.content is None and self.telegram_file_id is None:
            raise ValueError("an attachment has content, or Telegram has it")


async def add(db: Database, new: NewAttachment, *, now: datetime) -> int:
    """This function will keep a paper for good; gives its number."""
    values = {name: getattr(new, name) for name in NewAttachment.__dataclass_fields__}
    digest = None if new.content is None else sha256(new.content).hexdigest()
    return rows.new_id(await db.execute(attachment.insert().values(**values, digest=digest, added_at=now)))


async def get(db: Database, attachment_id: int) -> Attachment:
    """This function will load what is known of a paper, without its content; raises NotFound."""
    return await rows.got(db, rows.of(attachment, Attachment).where(attachment.c.id == attachment_id), Attachment)


async def content(db: Database, attachment_id: int) -> bytes | None:
    """This function will load the bytes of a paper; none where only Telegram keeps them. Raises NotFound."""
    row = (await db.execute(select(attachment.c.content).where(attachment.c.id == attachment_id))).first()
    if row is None:
        raise NotFound("Attachment")
    kept: bytes | None = row[0]
    return kept


async def of_payer(db: Database, payer_id: int, *kinds: AttachmentKind) -> tuple[Attachment, ...]:
    """This function will list a payer's papers of some kinds, the oldest first."""
    query = rows.of(attachment, Attachment).where(attachment.c.payer_id == payer_id, attachment.c.kind.in_(kinds))
    return await rows.listed(db, query.order_by(attachment.c.id), Attachment)


async def note_file(db: Database, attachment_id: int, telegram_file_id: str) -> None:
    """This function will remember that Telegram keeps a paper now, so that it is uploaded once."""
    await db.execute(
        update(attachment).where(attachment.c.id == attachment_id).values(telegram_file_id=telegram_file_id)
    )
