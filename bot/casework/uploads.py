"""A receivable list that was sent into the chat: kept until it is imported or cancelled, and shown meanwhile (2.4)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar

from bot.buttons import AnswerImport, CancelImport, ConfirmImport
from bot.casework import imports
from bot.casework.imports import Preview
from bot.intake import ListRefused, Question, ReadList, choice_label, question_text, read_list, sentence
from bot.reply import Rows, Screen, screen, tap
from bot.turn import Turn
from sop.refusal import Refused
from storage import uploads
from storage.uploads import NewUpload, Upload

ROWS_SHOWN = 8
NAMES_SHOWN = 5
UNNAMED = "daftar"
_MARK_LENGTH = 8


class ListUnreadable(Refused):
    """The file as a whole cannot be read; `reason` is the sentence, in the reader's language."""

    message: ClassVar[str] = "admin/import_unreadable"


class ImportDecided(Refused):
    """The list was imported or cancelled already; nothing changes."""

    message: ClassVar[str] = "admin/refused_import_decided"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """An upload with what it would do."""

    upload: Upload
    preview: Preview


async def take(turn: Turn, filename: str | None, content: bytes) -> Screen:
    """This function will keep a list that was sent and show what it would change. Raises ListUnreadable."""
    name = filename or UNNAMED
    read = await _read(turn, name, content, {})
    answers = await imports.remembered(turn, read) if read.questions else {}
    new = NewUpload(person_id=turn.actor.id, chat_id=turn.chat_id, filename=name, content=content)
    upload_id = await uploads.add(turn.db, new, now=turn.now)
    await uploads.keep_answers(turn.db, upload_id, answers)
    return await shown(turn, upload_id)


async def shown(turn: Turn, upload_id: int) -> Screen:
    """This function will draw an upload as it is now: the preview, or that it was decided about."""
    upload = await uploads.get(turn.db, upload_id, person_id=turn.actor.id)
    if upload.content is None:
        return screen("admin/import_over", filename=upload.filename)
    return _preview_screen(turn, await _opened(turn, upload))


async def answer(turn: Turn, pressed: AnswerImport) -> Screen:
    """This function will keep the answer to a question about the list and show the list again."""
    one = await _opened(turn, await _open(turn, pressed.upload_id))
    question = next((asked for asked in one.preview.read.questions if _mark(asked) == pressed.mark), None)
    if question is not None and 0 <= pressed.choice < len(question.choices):
        answers = {**one.upload.answers, question.key: question.choices[pressed.choice]}
        await uploads.keep_answers(turn.db, pressed.upload_id, answers)
    return await shown(turn, pressed.upload_id)


async def put(turn: Turn, upload_id: int) -> Screen:
    """This function will import a list once, read again and compared with the books as they are now."""
    one = await _opened(turn, await _open(turn, upload_id))
    counts: dict[str, Any] = {**await imports.put(turn, one.preview, person_id=turn.actor.id)}
    await uploads.close(turn.db, upload_id, now=turn.now)
    return screen("admin/import_done", filename=one.upload.filename, **counts)


async def cancel(turn: Turn, upload_id: int) -> Screen:
    """This function will forget a list."""
    upload = await _open(turn, upload_id)
    await uploads.close(turn.db, upload_id, now=turn.now)
    return screen("admin/import_cancelled", filename=upload.filename)


async def _open(turn: Turn, upload_id: int) -> Upload:
    upload = await uploads.get(turn.db, upload_id, person_id=turn.actor.id)
    if upload.content is None:
        raise ImportDecided()
    return upload


async def _opened(turn: Turn, upload: Upload) -> Shown:
    read = await _read(turn, upload.filename, upload.content or b"", upload.answers)
    return Shown(upload=upload, preview=await imports.preview(turn, read, upload.answers))


async def _read(turn: Turn, filename: str, content: bytes, answers: Mapping[str, str]) -> ReadList:
    """In a thread: a large workbook takes seconds, and other chats must not wait for it."""
    try:
        return await asyncio.to_thread(read_list, content, filename=filename, answers=dict(answers))
    except ListRefused as refused:
        raise ListUnreadable(reason=sentence(refused.reason, language=turn.actor.language)) from None


def _preview_screen(turn: Turn, one: Shown) -> Screen:
    preview, language = one.preview, turn.actor.language
    lines = imports.refused_lines(preview, language=language)
    question = next(iter(preview.read.questions), None)
    return screen(
        "admin/import_preview",
        *_buttons(one, question, language),
        subject=f"upload:{one.upload.id}",
        filename=one.upload.filename,
        read=len(preview.read.invoices),
        **preview.counts,
        balance=preview.open_balance,
        imported_at=None if preview.imported_at is None else turn.at_place(preview.imported_at),
        collectors=preview.unknown_collectors[:NAMES_SHOWN],
        kept=imports.kept_lines(preview)[:NAMES_SHOWN],
        kept_others=max(0, len(preview.kept) - NAMES_SHOWN),
        lines=[{"row": line.row, "column": line.column, "reason": line.reason} for line in lines[:ROWS_SHOWN]],
        others=max(0, len(lines) - ROWS_SHOWN),
        question="" if question is None else question_text(question, language=language),
    )


def _buttons(one: Shown, question: Question | None, language: str) -> Rows:
    upload_id = one.upload.id
    choices = () if question is None else tuple(enumerate(question.choices))
    answers = tuple(
        (tap("import_choice", AnswerImport(upload_id, _mark(question), place), text=_label(choice, language)),)
        for place, choice in choices
        if question is not None
    )
    last = (tap("import_now", ConfirmImport(upload_id)), tap("cancel", CancelImport(upload_id)))
    return (*answers, last)


def _label(choice: str, language: str) -> str:
    return choice_label(choice, language=language)


def _mark(question: Question) -> str:
    """A question's key may be long and hold a customer's name: the button carries a digest of it."""
    return sha256(question.key.encode()).hexdigest()[:_MARK_LENGTH]
