"""Receivable lists in the chat: a file that is sent, its preview, and `Impor sekarang` (2.4)."""

from __future__ import annotations

from bot.buttons import AnswerImport, CancelImport, ConfirmImport
from bot.casework import uploads
from bot.events import CommandGiven, FileSent
from bot.reply import Reply, screen
from bot.routes import Answered
from bot.turn import Turn
from sop.people import DECIDERS


async def explain_import(given: CommandGiven, turn: Turn) -> Reply:
    """`/impor`: how a list is sent."""
    return Reply(screen=screen("admin/import_asked"))


async def take_file(answered: Answered, turn: Turn) -> Reply:
    """A document nobody asked for: from an admin or manager it is a list; others hear who imports."""
    if turn.actor.role not in DECIDERS or not isinstance(answered.event, FileSent):
        return Reply(screen=screen("admin/import_not_for_you"))
    return Reply(screen=await uploads.take(turn, answered.event.filename, answered.content))


async def answer_question(pressed: AnswerImport, turn: Turn) -> Reply:
    return Reply(screen=await uploads.answer(turn, pressed))


async def import_now(pressed: ConfirmImport, turn: Turn) -> Reply:
    """`Impor sekarang`: once; the second press sees that it is done."""
    return Reply(screen=await uploads.put(turn, pressed.upload_id))


async def cancel_import(pressed: CancelImport, turn: Turn) -> Reply:
    return Reply(screen=await uploads.cancel(turn, pressed.upload_id))


async def redraw_upload(upload_id: int, turn: Turn) -> Reply:
    return Reply(screen=await uploads.shown(turn, upload_id))
