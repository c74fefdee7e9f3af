"""Outcomes of a call that need at most one more tap: nobody answered, call later, unclear, refuses (section 3)."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.buttons import CallLater, ChooseOutcome, NoAnswer, OpenCard, When
from bot.casework import cards, outcomes
from bot.casework.escalations import Asked, open_escalation
from bot.reply import Plain, Reply, in_columns, screen, tap
from bot.screens.card import subject_of
from bot.turn import Turn
from sop.escalation import EscalationReason
from sop.hours import day_ends_at, instant_of, next_allowed, working_hours
from sop.outcomes import NoAnswerReason, Outcome, escalates, returns_at

_REASONS = {
    Outcome.UNCLEAR: EscalationReason.UNCLEAR,
    Outcome.REFUSED: EscalationReason.REFUSED,
}


async def ask_why_no_answer(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """`Tidak diangkat`: how exactly; "connected, no reply" means something else than a dead number."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    taps = [tap(reason.value, NoAnswer(work.card.id, reason)) for reason in NoAnswerReason]
    rows = (*in_columns(taps, columns=2), (tap("back", OpenCard(work.card.id)),))
    shown = screen("collector/no_answer_asked", *rows, subject=subject_of(work.card.id), payer=work.case.name)
    return Reply(screen=shown)


async def record_no_answer(pressed: NoAnswer, turn: Turn) -> Reply:
    """Nobody answered: the card comes back once after three hours, at the latest at the end of the day."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    outcome_id = await outcomes.note_outcome(turn, work, Outcome.NO_ANSWER, reason=pressed.reason)
    closes_at = instant_of(turn.today, turn.policy.desk.callback_until, zone=turn.actor.zone)
    return_at = returns_at(now=turn.now, closes_at=closes_at, has_returned=work.card.is_return, policy=turn.policy)
    if return_at is None:
        await outcomes.finish(turn, work, Outcome.NO_ANSWER)
        return await _next(turn, outcome_id)
    await outcomes.finish_until(turn, work, return_at)
    return await _next(turn, outcome_id, return_at)


async def ask_when_later(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """`Telepon lagi`: in an hour, this afternoon or tomorrow morning."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    taps = [tap(when.value, CallLater(work.card.id, when)) for when in When if _moment(turn, when) is not None]
    rows = (*in_columns(taps, columns=2), (tap("back", OpenCard(work.card.id)),))
    shown = screen("collector/call_later_asked", *rows, subject=subject_of(work.card.id), payer=work.case.name)
    return Reply(screen=shown)


async def record_call_later(pressed: CallLater, turn: Turn) -> Reply:
    """The card returns at the time the customer asked for."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    return_at = _moment(turn, pressed.when) or _moment(turn, When.MORNING) or turn.now
    outcome_id = await outcomes.note_outcome(turn, work, Outcome.CALL_LATER, return_at=return_at)
    await outcomes.finish_until(turn, work, return_at)
    return await _next(turn, outcome_id, return_at)


async def record_at_once(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """`Belum jelas`, `Menolak`, `Toko tutup`, `Bukan PIC`: one tap; some go to the managers (000-IV.B.3, 001)."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    outcome_id = await outcomes.note_outcome(turn, work, pressed.outcome)
    await outcomes.finish(turn, work, pressed.outcome)
    if not escalates(pressed.outcome, from_due=work.case.is_due(today=work.case.today)):
        return await _next(turn, outcome_id)
    asked = Asked(
        reason=_REASONS[pressed.outcome],
        payer_id=work.card.payer_id,
        invoice_ids=tuple(one.id for one in work.case.invoices),
        outcome_id=outcome_id,
    )
    await open_escalation(turn, asked)
    toast = "collector/stay_calm_toast" if pressed.outcome is Outcome.REFUSED else "collector/escalated_toast"
    return Reply(screen=await cards.next_card(turn, undo=outcome_id), toast=toast)


async def _next(turn: Turn, outcome_id: int, return_at: datetime | None = None) -> Reply:
    shown = await cards.next_card(turn, undo=outcome_id)
    if return_at is None:
        return Reply(screen=shown, toast="collector/recorded_toast")
    local = turn.at_place(return_at)
    values: dict[str, Plain] = {"at": local.isoformat(), "same_day": local.date() == turn.today}
    return Reply(screen=shown, toast="collector/returns_toast", toast_values=values)


def _moment(turn: Turn, when: When) -> datetime | None:
    """When the card returns; none when that moment has passed or lies outside today's working hours."""
    desk, hours = turn.policy.desk, working_hours(turn.policy)
    if when is When.MORNING:
        tomorrow = instant_of(turn.calendar.next_open(turn.today), desk.snooze_morning_at, zone=turn.actor.zone)
        return next_allowed(tomorrow, zone=turn.actor.zone, hours=hours, calendar=turn.calendar)
    if when is When.AFTERNOON:
        moment = instant_of(turn.today, desk.snooze_afternoon_at, zone=turn.actor.zone)
    else:
        moment = turn.now + timedelta(minutes=desk.snooze_minutes)
    closes_at = day_ends_at(turn.today, zone=turn.actor.zone, hours=hours, calendar=turn.calendar)
    return moment if closes_at is not None and turn.now < moment < closes_at else None
