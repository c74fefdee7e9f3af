"""`Janji bayar`: asked, and narrowed to a part of the sum or to some invoices (sections 3, 4)."""

from __future__ import annotations

from datetime import date

from bot.buttons import AskAmount, ChooseOutcome, DatePurpose, PickInvoice, ShowInvoices
from bot.casework import choosing
from bot.casework.choosing import AMOUNT, LEFT_OUT, SHOWN, said
from bot.reply import Ask, Reply, screen
from bot.routes import Answered
from bot.screens.dates import dates_screen, echo_screen, invoices_screen
from bot.turn import Turn
from sop.coverage import check_part, toggled
from sop.typed_amounts import ExactAmount, parse_amount
from storage import questions

TYPED_DATE, TYPED_AMOUNT = "date", "promise_amount"


async def ask_promise(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """`Janji bayar`: when will he pay?"""
    await choosing.start_anew(turn, pressed.follow_up_id)
    choice = await choosing.load(turn, pressed.follow_up_id, DatePurpose.PROMISE)
    details = {"purpose": choice.facts.purpose.value}
    ask = Ask(kind=TYPED_DATE, subject_id=pressed.follow_up_id, details=details, forced=False)
    return Reply(screen=dates_screen(choice.facts), ask=ask)


async def ask_amount(pressed: AskAmount, turn: Turn) -> Reply:
    """`Sebagian`: how much of it does he promise?"""
    choice = await choosing.load(turn, pressed.follow_up_id, DatePurpose.PROMISE)
    details = {"on": pressed.on.isoformat()}
    ask = Ask(kind=TYPED_AMOUNT, subject_id=pressed.follow_up_id, details=details)
    shown = screen("collector/promise_amount_asked", payer=choice.facts.payer, total=choice.facts.total)
    return Reply(screen=shown, anew=True, ask=ask)


async def read_amount(answered: Answered, turn: Turn) -> Reply:
    """A part was typed: said back with the day, or asked again when it may mean several sums."""
    asked = answered.asked
    card_id = await choosing.card_of(turn, asked)
    if asked is None or card_id is None:
        return Reply(screen=screen("collector/dates_late"))
    choice = await choosing.load(turn, card_id, DatePurpose.PROMISE)
    typed = parse_amount(answered.text, outstanding=choice.facts.total)
    if not isinstance(typed, ExactAmount):
        again = Ask(kind=TYPED_AMOUNT, subject_id=card_id, details=asked.details)
        return Reply(screen=screen("collector/promise_amount_unclear", choices=typed.choices), ask=again)
    check_part(typed.amount, total=choice.facts.total)
    await questions.close(turn.db, asked.id, now=turn.now)
    await choosing.keep(turn, choice, **{AMOUNT: typed.amount.sen})
    return await _echo(turn, card_id, date.fromisoformat(asked.details["on"]))


async def show_invoices(pressed: ShowInvoices, turn: Turn) -> Reply:
    """`Pilih faktur`: which invoices he means."""
    choice = await choosing.load(turn, pressed.follow_up_id, DatePurpose.PROMISE)
    return Reply(screen=invoices_screen(choice.facts, pressed.on))


async def pick_invoice(pressed: PickInvoice, turn: Turn) -> Reply:
    """One invoice is taken out of the promise, or back into it; a part chosen before does not fit any more."""
    choice = await choosing.load(turn, pressed.follow_up_id, DatePurpose.PROMISE)
    left_out = toggled(choice.facts.candidates, choice.draft.get(LEFT_OUT, ()), pressed.invoice_id)
    await choosing.keep(turn, choice, **{LEFT_OUT: left_out, AMOUNT: 0})
    fresh = await choosing.load(turn, pressed.follow_up_id, DatePurpose.PROMISE)
    return Reply(screen=invoices_screen(fresh.facts, pressed.on))


async def _echo(turn: Turn, follow_up_id: int, on: date) -> Reply:
    choice = await choosing.load(turn, follow_up_id, DatePurpose.PROMISE)
    await choosing.keep(turn, choice, **{SHOWN: said(choice.facts, on)})
    return Reply(screen=echo_screen(choice.facts, on))
