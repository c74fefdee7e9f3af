"""`Cek faktur`: five questions before a customer is chased for the first time (002, 003)."""

from __future__ import annotations

from bot.buttons import AllRight, OpenCheck, SaveCheck, ToggleCheck
from bot.casework import cards, chase_checks, outcomes
from bot.casework.outcomes import Work
from bot.reply import Reply, Screen
from bot.screens.chase_check import CheckFacts, check_screen, which_screen
from bot.screens.dispute import cause_screen
from bot.turn import Turn
from sop.chase_check import Check, follow_ups_of
from sop.ledger import Invoice


async def open_check(pressed: OpenCheck, turn: Turn) -> Reply:
    """The five questions, answered with yes until one is tapped."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    return Reply(screen=check_screen(await chase_checks.facts_of(turn, work)))


async def toggle_check(pressed: ToggleCheck, turn: Turn) -> Reply:
    work = await outcomes.begin(turn, pressed.follow_up_id)
    return Reply(screen=check_screen(await chase_checks.toggle(turn, work, pressed.check)))


async def all_right(pressed: AllRight, turn: Turn) -> Reply:
    """`Semua benar`: the second tap, and the card is there again."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    facts = await chase_checks.facts_of(turn, work)
    if facts.wrong:  # somebody tapped a "no" meanwhile
        return Reply(screen=check_screen(facts))
    await chase_checks.save(turn, work, facts, ())
    return Reply(screen=await _card(turn, work), toast="collector/check_right_toast")


async def save_check(pressed: SaveCheck, turn: Turn) -> Reply:
    """`Simpan`: where several invoices are late, first which one it is wrong with."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    facts = await chase_checks.facts_of(turn, work)
    about = _about(facts, pressed.invoice_id)
    if not facts.wrong:
        return Reply(screen=check_screen(facts))
    if follow_ups_of(facts.wrong) and not about:
        return Reply(screen=which_screen(facts))
    await chase_checks.save(turn, work, facts, about)
    if Check.NO_DISPUTE in facts.wrong:
        return Reply(screen=cause_screen(work.card.id, payer=facts.payer), toast="collector/check_saved_toast")
    return Reply(screen=await _card(turn, work), toast="collector/check_saved_toast")


def _about(facts: CheckFacts, invoice_id: int | None) -> tuple[Invoice, ...]:
    if len(facts.invoices) == 1:
        return facts.invoices
    return tuple(one for one in facts.invoices if one.id == invoice_id)


async def _card(turn: Turn, work: Work) -> Screen:
    return await cards.shown(turn, work.card, zone=turn.actor.zone)
