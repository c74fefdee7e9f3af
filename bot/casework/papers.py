"""What somebody of the staff sent into the chat, kept as a paper of a case (sop 3, 6, 9)."""

from __future__ import annotations

from typing import TypeGuard

from bot.events import FileSent
from bot.turn import Turn
from sop.attachment import AttachmentKind
from storage import attachments
from storage.attachments import NewAttachment

PHOTO_TYPE = "image/jpeg"  # whatever was photographed, Telegram keeps it as this
UNKNOWN_TYPE = "application/octet-stream"
UNNAMED = "berkas"


def is_paper(sent: object) -> TypeGuard[FileSent]:
    """This function will say whether an event is a photo, or a picture or PDF sent as a file."""
    if not isinstance(sent, FileSent):
        return False
    mime = sent.mime or ""
    return sent.kind == "photo" or mime.startswith("image/") or mime == "application/pdf"


def sent_file(turn: Turn, sent: FileSent, kind: AttachmentKind, *, payer_id: int | None = None) -> NewAttachment:
    """This function will describe a file as a paper: Telegram's number for it is enough, it keeps what it was sent."""
    is_photo = sent.kind == "photo"
    return NewAttachment(
        kind=kind,
        media_type=PHOTO_TYPE if is_photo else sent.mime or UNKNOWN_TYPE,
        payer_id=payer_id,
        filename=None if is_photo else sent.filename or UNNAMED,
        telegram_file_id=sent.file_id,
        added_by_id=turn.actor.id,
    )


async def keep(turn: Turn, sent: FileSent, kind: AttachmentKind, *, payer_id: int | None = None) -> int:
    """This function will keep a file somebody sent as a paper of a case; gives its number."""
    return await attachments.add(turn.db, sent_file(turn, sent, kind, payer_id=payer_id), now=turn.now)
