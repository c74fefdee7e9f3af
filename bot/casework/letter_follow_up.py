"""The day a letter named has passed without payment: the managers are asked what comes next (000-IV.C.2, 9)."""

from __future__ import annotations

from bot.casework import cases, escalations, letter_papers
from bot.casework.escalations import Asked
from bot.turn import Desk
from sop.escalation import EscalationReason
from sop.letter import Letter
from storage import letters, marks

JOB = "letter_unanswered"


async def ask_due(desk: Desk) -> int:
    """This function will ask once about each letter whose day has passed and whose debt may still be asked for."""
    local = desk.local(None)
    if local.time() < desk.policy.desk.digest_at or not desk.calendar.is_open(local.date()):
        return 0
    late = await letters.unanswered(desk.db, today=local.date())
    asked_before = await marks.claimed(desk.db, JOB, [str(one.id) for one in late])
    return sum([await _ask(desk, one) for one in late if str(one.id) not in asked_before])


async def _ask(desk: Desk, letter: Letter) -> int:
    case = await cases.load(desk, letter.payer_id)
    owed = letter_papers.owed(case, today=desk.day_in(None))
    about = [one for one in letter.asked if one in owed]
    is_last = (await letter_papers.living_series(desk, case))[-1:] == (letter,)
    if not about or not is_last or not await marks.claim_run(desk.db, job=JOB, slot=str(letter.id), now=desk.now):
        return 0
    new = Asked(
        reason=EscalationReason.LETTER_UNANSWERED,
        payer_id=letter.payer_id,
        invoice_ids=tuple(about),
        subject_id=letter.id,
        note=letter.number,
    )
    await escalations.open_escalation(desk, new)
    return 1
