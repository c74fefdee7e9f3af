"""`Cicilan`: a schedule is proposed, said back, and goes to the managers; the customer agrees in writing (001, 002)."""

from __future__ import annotations

from bot.buttons import ChooseOutcome, ConfirmPlan, PlanCount, PlanPaidBy, PlanRhythm, RecordConsent
from bot.casework import cards, choosing, outcomes, papers, plan_choosing, plans
from bot.casework.plan_choosing import COUNT, RHYTHM, SHOWN, TYPED, WAY, Proposing, as_typed, said
from bot.reply import Ask, Reply, screen
from bot.routes import Answered
from bot.screens.plan import count_screen, echo_screen, unclear_screen
from bot.turn import Turn
from sop.attachment import AttachmentKind
from sop.outcomes import Outcome
from sop.typed_plan import parse_plan
from storage import questions

CONSENT = "plan_consent"


async def ask_plan(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """How many instalments? Also `Ubah`: from the beginning."""
    await choosing.start_anew(turn, pressed.follow_up_id)
    proposing = await plan_choosing.load(turn, pressed.follow_up_id)
    return Reply(screen=count_screen(proposing.facts), ask=_typed_too(proposing))


async def choose_count(pressed: PlanCount, turn: Turn) -> Reply:
    """`3x`: weekly from next week on, unless it is changed under the echo."""
    proposing = await plan_choosing.load(turn, pressed.follow_up_id)
    return await _echo(turn, await plan_choosing.keep(turn, proposing, **{COUNT: pressed.count, TYPED: []}))


async def choose_rhythm(pressed: PlanRhythm, turn: Turn) -> Reply:
    proposing = await plan_choosing.load(turn, pressed.follow_up_id)
    return await _echo(turn, await plan_choosing.keep(turn, proposing, **{RHYTHM: pressed.rhythm.value}))


async def choose_way(pressed: PlanPaidBy, turn: Turn) -> Reply:
    proposing = await plan_choosing.load(turn, pressed.follow_up_id)
    return await _echo(turn, await plan_choosing.keep(turn, proposing, **{WAY: pressed.way.value}))


async def read_plan(answered: Answered, turn: Turn) -> Reply:
    """A list was typed, such as "5jt tgl 1/12, 5jt 15/12": said back before it is saved, or asked again."""
    card_id = await choosing.card_of(turn, answered.asked)
    if card_id is None:
        return Reply(screen=screen("collector/dates_late"))
    proposing = await plan_choosing.load(turn, card_id)
    typed = parse_plan(answered.text, today=proposing.today, calendar=turn.calendar, total=proposing.facts.total)
    if not typed:
        return Reply(screen=unclear_screen(proposing.facts), ask=_typed_too(proposing))
    return await _echo(turn, await plan_choosing.keep(turn, proposing, **{TYPED: as_typed(typed)}))


async def confirm_plan(pressed: ConfirmPlan, turn: Turn) -> Reply:
    """`Benar`: what the echo said goes to the managers, or is said anew when it is not so any more."""
    proposing = await plan_choosing.load(turn, pressed.follow_up_id)
    if not proposing.facts.instalments:
        return Reply(screen=count_screen(proposing.facts), ask=_typed_too(proposing))
    if proposing.draft.get(SHOWN) != said(proposing.facts):
        changed = await _echo(turn, proposing)
        return Reply(screen=changed.screen, ask=changed.ask, toast="collector/dates_changed_toast")
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    outcome_id = await plans.propose(turn, proposing)
    await outcomes.finish(turn, proposing.work, Outcome.INSTALMENTS)
    shown = await cards.next_card(turn, undo=outcome_id)
    return Reply(screen=shown, toast="collector/plan_asked_toast")


async def ask_consent(pressed: RecordConsent, turn: Turn) -> Reply:
    """`Catat persetujuan cicilan`: a photo of what the customer signed, or where he wrote it."""
    plan, case = await plans.awaited(turn, pressed.plan_id)
    shown = screen("collector/plan_consent_asked", payer=case.name, schedule=await plans.schedule_of(turn, plan.id))
    return Reply(screen=shown, anew=True, ask=Ask(kind=CONSENT, subject_id=plan.id))


async def record_consent(answered: Answered, turn: Turn) -> Reply:
    """The photo is kept as the consent, and the plan runs; words alone are asked again, a photo is the proof."""
    asked = answered.asked
    if asked is None or asked.subject_id is None:
        return Reply(screen=screen("collector/dates_late"))
    plan, case = await plans.awaited(turn, asked.subject_id)
    event = answered.event
    if not papers.is_paper(event):
        shown = screen("collector/plan_consent_asked", payer=case.name, schedule=await plans.schedule_of(turn, plan.id))
        return Reply(screen=shown, ask=Ask(kind=CONSENT, subject_id=plan.id))
    await questions.close(turn.db, asked.id, now=turn.now)
    paper_id = await papers.keep(turn, event, AttachmentKind.CONSENT, payer_id=plan.payer_id)
    await plans.agree_on_paper(turn, plan, paper_id)
    return Reply(screen=screen("collector/plan_running", payer=case.name, by_customer=False))


async def _echo(turn: Turn, proposing: Proposing) -> Reply:
    await plan_choosing.keep_shown(turn, proposing)
    return Reply(screen=echo_screen(proposing.facts), ask=_typed_too(proposing))


def _typed_too(proposing: Proposing) -> Ask:
    return Ask(kind="plan_typed", subject_id=proposing.facts.follow_up_id, forced=False)
