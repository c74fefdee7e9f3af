"""The six stories of the page: invented people press real buttons of the real program, one deed after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.demo.live.script import LostThreadError, Script
from bot.demo.live.words import spoken
from bot.demo.phones import PICTURE
from bot.demo.tapping import CORRECT, SAVE, label
from sop.claim import ClaimState
from sop.dispute import DisputeCause
from sop.escalation import Decision
from sop.outcomes import Outcome, PromiseReason

MOST_MORNINGS = 5
UNDO_MINUTES = 3
"""By then what a tap has caused can no longer be taken back, and leaves."""
POSTED = label("bank_posted")
LANGUAGE = "id"


async def from_first_reminder(play: Script) -> None:
    """A week from the first reminder to the money."""
    await play.working_hours()
    await play.arrives(due_in_days=7, amount=4_650_000)
    await play.caption("first_reminder", customer=play.him.name)
    await play.mornings_until(play.has_news)
    await play.caption("second_touch")
    await play.mornings_until(play.has_news)
    await play.pass_time(to=(play.days_before_due(3), "08:35"))
    await play.caption("ready_to_pay")
    await play.open_card()
    await promise(play, "date_tomorrow", "date_day_after", "date_today")
    await play.pass_time(minutes=UNDO_MINUTES)
    await play.caption("promise_confirmed")
    await play.next_morning("10:00")
    await pay(play)
    await play.pass_time(minutes=UNDO_MINUTES)
    await play.caption("paid")


async def broken_promise(play: Script) -> None:
    """He promises twice and pays neither time: the managers hear of it."""
    await play.working_hours()
    await play.arrives(due_in_days=0, amount=248_000_000)
    await play.caption("due_today", customer=play.him.name)
    await play.open_card()
    await promise(play, "date_today")
    await play.pass_time(minutes=UNDO_MINUTES)
    await play.caption("promise_confirmed")
    await _until_broken(play)
    await play.caption("promise_broken")
    await play.open_card()
    await promise(play, "date_today")
    await play.pass_time(minutes=UNDO_MINUTES)
    await play.caption("second_promise")
    await _until_broken(play)
    await play.mornings_until(lambda: _asked(play))
    await _open_question(play)
    await play.caption("escalated")


async def dispute(play: Script) -> None:
    """Two cartons are wet: the disputed part rests, and the customer is told when he will hear."""
    await play.working_hours()
    await play.arrives(due_in_days=-1, amount=5_300_000)
    await play.caption("overdue", customer=play.him.name)
    await play.open_card()
    await play.press(play.collector, label(Outcome.DISPUTED.value), label(DisputeCause.DAMAGED.value))
    await play.caption("how_much")
    await play.press(play.collector, label("everything"))
    await play.company.sim.photo(play.collector.user_id, PICTURE)
    await play.settled()
    await play.pass_time(minutes=UNDO_MINUTES)
    await play.caption("dispute_rests")
    await play.next_morning("10:00")
    await play.caption("dispute_not_chased")


async def escalation(play: Script) -> None:
    """No clear answer on the due day: the managers decide, and a visit is announced."""
    await play.working_hours()
    await play.arrives(due_in_days=0, amount=12_400_000)
    await play.caption("due_today", customer=play.him.name)
    await play.open_card()
    await play.press(play.collector, label(Outcome.UNCLEAR.value))
    await play.pass_time(minutes=UNDO_MINUTES)
    await play.caption("unclear_escalated")
    group = play.company.group_id
    await play.press(play.manager, label(Decision.VISIT.value), chat_id=group)
    shown = await play.manager.newest(lambda one: label("back") in one.labels, group)
    if shown is None:
        raise LostThreadError(label("back"))
    await play.press(play.manager, shown.labels[0], chat_id=group)
    await play.caption("visit_decided")
    await play.pass_time(minutes=UNDO_MINUTES)
    await play.caption("visit_announced")


async def paid_meanwhile(play: Script) -> None:
    """The reminder is ready to leave and the collector has the card open when the money comes in."""
    await play.working_hours(until="08:50")
    await play.arrives(due_in_days=-1, amount=3_150_000)
    await play.caption("reminder_waits", customer=play.him.name)
    await play.open_card()
    opener = label(Outcome.PROMISED.value)
    card = await play.collector.newest(lambda one: opener in one.labels)
    await pay(play)
    await play.caption("paid_while_open")
    if card is not None:  # his screen was drawn before the money came
        await play.press_old(play.collector, card, opener)
    await play.caption("press_refused")
    if await play.finance.newest(lambda one: POSTED in one.labels) is not None:
        await play.press(play.finance, POSTED)
    await play.pass_time(minutes=90)
    await play.caption("not_chased")


async def own_answer(play: Script) -> None:
    """A customer taps the answer under the reminder, and writes; nobody chases him for a day."""
    await play.working_hours()
    await play.arrives(due_in_days=0, amount=2_900_000)
    await play.caption("due_reminder", customer=play.him.name)
    await play.mornings_until(play.has_news)
    letter = (await play.letters())[-1]
    await play.company.sim.customer_presses(play.him.phone, letter.buttons[0])
    await play.settled()
    await play.caption("button_tapped")
    await play.pass_time(minutes=UNDO_MINUTES)
    await play.company.sim.customer_says(play.him.phone, spoken("typed.transferred")[LANGUAGE])
    await play.settled()
    await play.caption("collector_told")
    await play.company.sim.customer_sends_photo(play.him.phone, PICTURE, content_type="image/png")
    await play.settled()
    await play.open_card()
    await claim(play)
    await play.caption("claim_asked")
    await play.pass_time(minutes=UNDO_MINUTES)
    await play.press(play.finance, label(f"claim_{ClaimState.CONFIRMED.value}"))
    await play.pass_time(minutes=UNDO_MINUTES)
    await play.caption("paid")


async def fallen_ill(play: Script) -> None:
    """The collector is ill today: a colleague gets his cards and what the customer writes, and then all comes back."""
    await play.working_hours()
    await play.arrives(due_in_days=-1, amount=4_750_000)
    await play.caption("ill", customer=play.him.name)
    await play.say(play.collector, f"/cuti {spoken('typed.today')[LANGUAGE]}")
    await play.press(play.collector, CORRECT)
    await play.caption("who_covers")
    pool = label("to_pool")
    asked = await play.collector.newest(lambda one: pool in one.labels)
    if asked is None:
        raise LostThreadError(pool)
    await play.press(play.collector, asked.labels[0])
    await play.caption("covered", cover=asked.labels[0])
    await play.company.sim.customer_says(play.him.phone, spoken("typed.transferred")[LANGUAGE])
    await play.settled()
    await play.caption("cover_told", cover=asked.labels[0])
    await play.say(play.collector, "/cuti")
    await play.press(play.collector, label("back_again"))
    await play.caption("back_again")


SCENARIOS: Mapping[str, Callable[[Script], Awaitable[None]]] = {
    "tempo": from_first_reminder,
    "promise": broken_promise,
    "dispute": dispute,
    "escalation": escalation,
    "paid": paid_meanwhile,
    "answer": own_answer,
    "leave": fallen_ill,
}


async def promise(play: Script, *days: str) -> None:
    """`Janji bayar`, the first of the days that is offered, and what confirms it: a reason from the due date on."""
    await play.press(play.collector, label(Outcome.PROMISED.value))
    await play.press_first(play.collector, *(label(day) for day in days))
    reason = label(PromiseReason.NO_FUNDS.value)
    shown = await play.collector.newest(lambda one: reason in one.labels or CORRECT in one.labels)
    await play.press(play.collector, reason if shown and reason in shown.labels else CORRECT)


async def pay(play: Script) -> None:
    """Finance books the whole invoice by hand."""
    await play.say(play.finance, f"/bayar {play.him.number} {play.him.amount.rupiah_exact}")
    await play.press(play.finance, CORRECT)


async def claim(play: Script) -> None:
    """`Sudah bayar`, without a slip."""
    await play.press(play.collector, label(Outcome.PAID.value))
    if await play.collector.newest(lambda one: SAVE in one.labels) is not None:
        await play.press(play.collector, SAVE)


async def _until_broken(play: Script) -> None:
    """The promised day passes, and one working day of grace; finance posts the bank's list every morning."""
    await play.has_news()
    for _ in range(MOST_MORNINGS):
        await play.next_morning("08:40")
        if await play.finance.newest(lambda one: POSTED in one.labels) is not None:
            await play.press(play.finance, POSTED)
        await play.pass_time(minutes=30)
        if await play.has_news():
            return
    raise LostThreadError("promise")


async def _open_question(play: Script) -> None:
    """Where many decisions wait they stand in one list, the biggest first: a manager opens this one."""
    group, row = play.company.group_id, f"{play.him.name} · "
    listed = await play.manager.newest(lambda one: any(name.startswith(row) for name in one.labels), group)
    if listed is not None:
        await play.press(play.manager, next(name for name in listed.labels if name.startswith(row)), chat_id=group)


async def _asked(play: Script) -> bool:
    """Whether the managers' group shows a question about him."""
    asked = label(Decision.TAKE.value)
    found = await play.manager.newest(
        lambda one: play.him.name in one.text and asked in one.labels, play.company.group_id
    )
    return found is not None
