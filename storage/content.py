"""The WhatsApp templates that stand at Twilio, and what WhatsApp says of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from storage import rows
from storage.engine import Database
from storage.tables import content_template

APPROVED = "approved"


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """One version of one message in one language; `approval` is WhatsApp's word, none before it was asked."""

    message: str
    language: str
    version: str
    content_sid: str
    approval: str | None
    rejection: str | None


async def note(db: Database, template: Template, *, now: datetime) -> None:
    """This function will keep a template that was created, or that was found at Twilio under its name."""
    values = {name: getattr(template, name) for name in Template.__dataclass_fields__}
    if not await rows.add_once(db, content_template, values | {"pushed_at": now}):
        await db.execute(
            update(content_template)
            .where(
                content_template.c.message == template.message,
                content_template.c.language == template.language,
                content_template.c.version == template.version,
            )
            .values(content_sid=template.content_sid, approval=template.approval, rejection=template.rejection)
        )


async def note_approval(db: Database, content_sid: str, *, approval: str, rejection: str) -> None:
    await db.execute(
        update(content_template)
        .where(content_template.c.content_sid == content_sid)
        .values(approval=approval, rejection=rejection or None)
    )


async def listed(db: Database) -> tuple[Template, ...]:
    query = rows.of(content_template, Template).order_by(content_template.c.message, content_template.c.id)
    return await rows.listed(db, query, Template)


async def approved_sid(db: Database, message: str, language: str, version: str) -> str | None:
    """This function will give the template that may be sent for these very words; none while it is not approved."""
    query = select(content_template.c.content_sid).where(
        content_template.c.message == message,
        content_template.c.language == language,
        content_template.c.version == version,
        content_template.c.approval == APPROVED,
    )
    content_sid: str | None = (await db.execute(query)).scalar_one_or_none()
    return content_sid
