"""Finance's day: claims answered, and yesterday's bank statement posted (sections 2.6, 6)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from bot.buttons import AnswerClaim, MarkPosted
from bot.casework import claim_answers, claims
from bot.reply import Reply, Screen, screen
from bot.turn import Turn
from sop.claim import OnlyFinance
from sop.people import Role
from sop.refusal import Refused
from storage import marks, objections, outbox, people

NOT_POSTED = "finance_not_posted"


class AnotherDay(Refused):
    """The button of an earlier day: it says nothing about today's statement."""

    message: ClassVar[str] = "finance/refused_another_day"


async def answer_claim(pressed: AnswerClaim, turn: Turn) -> Reply:
    """`Sudah masuk`, `Belum masuk` or `Masuk rekening lain`."""
    claim = await claim_answers.answer(turn, pressed.claim_id, pressed.answer)
    shown = await claims.shown(turn, claim)
    return Reply(screen=shown, toast="finance/claim_answered_toast", toast_values={"state": claim.state.value})


async def redraw_claim(claim_id: int, turn: Turn) -> Reply:
    return Reply(screen=await claims.shown(turn, await objections.get_claim(turn.db, claim_id)))


async def mark_posted(pressed: MarkPosted, turn: Turn) -> Reply:
    """`Mutasi s.d. kemarin sudah diposting`: what waited for it may leave now. Pressed twice, marked once."""
    if turn.actor.role is not Role.FINANCE and await people.with_roles(turn.db, Role.FINANCE):
        raise OnlyFinance(role=turn.actor.role.value)
    if pressed.on != turn.day_in(None):
        raise AnotherDay(on=pressed.on)
    is_new = await marks.mark_day(turn.db, claims.BANK_POSTED, pressed.on, now=turn.now)
    released = await outbox.release_held(turn.db, reason=NOT_POSTED, now=turn.now) if is_new else 0
    return Reply(screen=_posted(pressed.on, released), toast="finance/posted_toast")


async def redraw_posted(day: int, turn: Turn) -> Reply:
    """The morning's message as it is now."""
    on = date(day // 10_000, day // 100 % 100, day % 100)
    if await marks.is_marked(turn.db, claims.BANK_POSTED, on):
        return Reply(screen=_posted(on, 0))
    return Reply(screen=await claims.morning_shown(turn, on))


def _posted(on: date, released: int) -> Screen:
    return screen("finance/posted", subject=f"posted:{on:%Y%m%d}", on=on, released=released)
