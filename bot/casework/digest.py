"""The morning's digest: the day in order, announced once; and the question of a day that nobody began (section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.buttons import ListCards, ListErrands, NextToSend, StartCards
from bot.casework import agenda, errands, escalations, notices
from bot.casework.escalations import Asked
from bot.casework.notices import Post
from bot.reply import Rows, Screen, Tap, screen, tap
from bot.turn import Desk, Turn
from sop.escalation import EscalationReason
from sop.follow_up import ChannelState, FollowUp, FollowUpState
from sop.hours import instant_of, next_allowed, working_hours
from sop.money import Money
from sop.people import Person
from sop.worklist import Candidate, Placed, groups_of, plan_day
from sop.zones import ZONES
from storage import agenda as stored
from storage import card_changes, follow_ups, marks, payers, people
from storage.outbox import URGENT

OPENED = "digest_opened"
MOST_NAMED = 10  # payers named in the managers' message; the rest is a number


@dataclass(frozen=True, kw_only=True, slots=True)
class _Morning:
    """A collector, his new cards, and what each asks for."""

    person: Person
    cards: tuple[FollowUp, ...]
    candidates: tuple[Candidate, ...]


def subject_of(person_id: int) -> str:
    return f"digest:{person_id}"


async def send_due(desk: Desk) -> int:
    """This function will put new cards in order and announce them: at 08:00, and at once what comes later (2.4)."""
    days = {desk.day_in(zone) for zone in ZONES}
    waiting = await card_changes.unplaced(desk.db, now=desk.now, days=sorted(days))
    sent = 0
    for person_id, follow_up_ids in waiting.items():
        person = await people.get(desk.db, person_id)
        if _hour_has_come(desk, person):
            await _send(desk, await _morning_of(desk, person, follow_up_ids))
            sent += 1
    return sent


async def ask_unopened(desk: Desk) -> int:
    """This function will ask the managers what to do with a day that nobody began by 10:00."""
    asked = 0
    for day in sorted({desk.day_in(zone) for zone in ZONES}):
        slots = await stored.digests_of(desk.db, day)
        opened = await marks.marked(desk.db, OPENED, day) if slots else frozenset()
        unopened = {person_id: slot for person_id, slot in slots.items() if person_id not in opened}
        if unopened:
            asked += await _ask_about(desk, unopened)
    return asked


async def note_opened(turn: Turn) -> None:
    """This function will note that somebody began his day; a question about it to the managers is answered by that."""
    if await marks.mark_day(turn.db, OPENED, turn.today, now=turn.now, owner_id=turn.actor.id):
        await escalations.cancel_about(turn, EscalationReason.DIGEST_UNOPENED, turn.actor.id)


async def summary(desk: Desk, person: Person) -> Screen:
    """This function will draw what is left of a collector's day by urgency."""
    waiting = await follow_ups.open_of_collector(desk.db, person.id, now=desk.now)
    candidates = await agenda.candidates_of(desk, waiting, zone=person.zone)
    return await _digest(desk, person, candidates, message="collector/digest")


def _hour_has_come(desk: Desk, person: Person) -> bool:
    local = desk.local(person.zone)
    return local.time() >= desk.policy.desk.digest_at and desk.calendar.is_open(local.date())


async def _morning_of(desk: Desk, person: Person, follow_up_ids: Sequence[int]) -> _Morning:
    new = tuple([await follow_ups.get(desk.db, one) for one in follow_up_ids])
    candidates = await agenda.candidates_of(desk, new, zone=person.zone)
    return _Morning(person=person, cards=new, candidates=candidates)


async def _send(desk: Desk, morning: _Morning) -> None:
    person, today = morning.person, desk.day_in(morning.person.zone)
    is_first = await marks.claim_run(desk.db, job="digest", slot=stored.digest_slot(today, person.id), now=desk.now)
    before = 0 if is_first else await follow_ups.last_place(desk.db, person.id, today)
    placed = await _place(desk, morning, before)
    if not placed and is_first:
        return
    await _retire(desk, person)
    message = "collector/digest" if is_first else "collector/digest_more"
    chosen = [one for one in morning.candidates if one.payer_id in placed]
    shown = await _digest(desk, person, chosen, message=message)
    newest = max(card.id for card in morning.cards)
    key = f"digest:{person.id}:{today.isoformat()}" + ("" if is_first else f":{newest}")
    ends_at = instant_of(today, desk.policy.hours.legal_until, zone=person.zone)
    await notices.tell(desk, person, shown, Post(key=key, urgency=URGENT, expires_at=ends_at))


async def _place(desk: Desk, morning: _Morning, before: int) -> frozenset[int]:
    """Number the cards that fit into the day; the rest goes to the pool or stays with messages. Gives the payers."""
    by_payer = {card.payer_id: card for card in morning.cards}
    day = plan_day(morning.candidates, policy=desk.policy, taken=before, own_cap=morning.person.card_cap)
    order = [(by_payer[one.payer_id].id, one.reason) for one in day.cards]
    await follow_ups.place_cards(desk.db, order, after=before)
    only, pool = [by_payer[one] for one in day.messages_only], [by_payer[one] for one in day.to_pool]
    pool += [card for card in only if card.message not in _SENDS]
    quiet = [card for card in only if card.message in _SENDS]
    for place, card in enumerate(quiet, start=before + len(order) + 1):
        state = FollowUpState.OPEN if card.message is ChannelState.BY_HAND else FollowUpState.MACHINE
        held = {"call": ChannelState.HELD, "state": state, "place": place}
        await follow_ups.change(desk.db, card.id, **held)
    for card in pool:
        await follow_ups.change(desk.db, card.id, collector_id=None)
    if pool or quiet:
        await _tell_managers(desk, morning, pool, quiet)
    return frozenset(_payers(day.cards) + [card.payer_id for card in quiet if card.message is ChannelState.BY_HAND])


_SENDS = (ChannelState.DUE, ChannelState.BY_HAND)


def _payers(placed: Sequence[Placed]) -> list[int]:
    return [one.payer_id for one in placed]


async def _tell_managers(desk: Desk, morning: _Morning, pool: Sequence[FollowUp], quiet: Sequence[FollowUp]) -> None:
    amounts = {one.payer_id: one.amount for one in morning.candidates}
    first = sorted(pool, key=lambda card: -amounts[card.payer_id].sen)[:MOST_NAMED]
    names = await payers.names(desk.db, [card.payer_id for card in first])
    shown = screen(
        "manager/not_called",
        collector=morning.person.name,
        called=len(morning.cards) - len(pool) - len(quiet),
        pool=len(pool),
        pool_amount=Money.total(amounts[card.payer_id] for card in pool),
        named=[{"payer": names[card.payer_id], "amount": amounts[card.payer_id]} for card in first],
        others=len(pool) - len(first),
        messages_only=len(quiet),
    )
    newest = max(card.id for card in morning.cards)
    await notices.tell_managers(desk, shown, Post(key=f"not_called:{morning.person.id}:{newest}"))


async def _digest(desk: Desk, person: Person, candidates: Sequence[Candidate], *, message: str) -> Screen:
    by_hand, beside = len(await stored.to_send_by_hand(desk.db, person.id)), await errands.count_for(desk, person)
    return screen(
        message,
        *start_rows(by_hand, beside),
        subject=subject_of(person.id),
        name=person.name,
        on=desk.day_in(person.zone),
        count=len(candidates),
        total=Money.total(one.amount for one in candidates),
        groups=[
            {"urgency": f"urgency_{one.urgency.value}", "payers": one.payers, "amount": one.amount}
            for one in groups_of(candidates)
        ],
        by_hand=by_hand,
        errands=beside,
    )


def start_rows(by_hand: int, beside: int) -> Rows:
    """This function will give `Mulai`, `Daftar`, the batch list where messages wait to be sent by hand (7), and what
    is to be done beside the calls."""
    batch = (tap("send_batch", NextToSend(), count=by_hand),) if by_hand else ()
    return ((tap("start", StartCards()), tap("list", ListCards())), batch, errand_row(beside))


def errand_row(beside: int) -> tuple[Tap, ...]:
    """This function will give `Tugas lain` where there is any."""
    return (tap("errands", ListErrands(), count=beside),) if beside else ()


async def _retire(desk: Desk, person: Person) -> None:
    """The digest before this one loses its buttons; it cannot be pressed for the wrong day."""
    await notices.redraw(desk, subject_of(person.id), screen("collector/digest_past"), retire=True)


async def _ask_about(desk: Desk, unopened: dict[int, str]) -> int:
    asked_before = await marks.claimed(desk.db, "digest_unopened", list(unopened.values()))
    sent = await marks.claimed(desk.db, "digest", list(unopened.values()))
    asked = 0
    for person_id, slot in unopened.items():
        person = await people.get(desk.db, person_id)
        if slot in asked_before or not _is_late(desk, person, sent[slot]):
            continue
        await marks.claim_run(desk.db, job="digest_unopened", slot=slot, now=desk.now)
        if await follow_ups.open_of_collector(desk.db, person_id, now=desk.now):
            new = Asked(reason=EscalationReason.DIGEST_UNOPENED, subject_id=person_id)
            await escalations.open_escalation(desk, new)
            asked += 1
    return asked


def _is_late(desk: Desk, person: Person, sent_at: datetime) -> bool:
    """Past 10:00 of that day; a digest that came later in the day gets the same two hours. Not after work."""
    terms, day = desk.policy.desk, sent_at.astimezone(desk.local(person.zone).tzinfo).date()
    by = instant_of(day, terms.digest_unpressed_at, zone=person.zone)
    wait = by - instant_of(day, terms.digest_at, zone=person.zone)
    at_work = next_allowed(desk.now, zone=person.zone, hours=working_hours(desk.policy), calendar=desk.calendar)
    return desk.now >= max(by, sent_at + wait) and at_work == desk.now
