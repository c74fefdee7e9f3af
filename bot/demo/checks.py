"""What must hold whatever people do: asked after every moment of a rehearsal, after every day, and at its end."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.demo.scene import Scene
from sop.calendar import WorkCalendar
from sop.hours import allowed_at, legal_hours, machine_hours
from sop.journal import verify
from sop.ladder import escalation_threshold
from sop.money import Money
from sop.zones import ZONES
from storage import Database, journal, soundness
from storage.soundness import Chase

PATIENCE = timedelta(minutes=30)
_SECRETS = re.compile(r"\d{5,}:[\w-]{20,}|\+62\d{8,}|(?<!\d)628\d{7,}")


@dataclass(kw_only=True)
class Checks:
    """Collects what was broken: (rule, what exactly), each once, in the order found."""

    scene: Scene
    logs: io.StringIO
    broken: dict[tuple[str, str], None] = field(default_factory=dict)
    _chases: int = 0
    _on_the_way: int = 0
    _listed_paid: dict[int, Money] = field(default_factory=dict)

    async def begin(self) -> None:
        """Before the first day: how the list came in."""
        async with self.scene.app.store.transaction() as db:
            self._balances(await soundness.balances(db))

    async def at_each_moment(self) -> None:
        """After every settling: presses were answered, and nobody at rest was chased."""
        unanswered = await self.scene.presses.unanswered(self.scene.sim)
        self._note("press_unanswered", [f"{unanswered}"] if unanswered else [])
        on_the_way, self._on_the_way = self._on_the_way, self.scene.sent_count()
        if on_the_way == self._on_the_way:
            return
        async with self.scene.app.store.transaction() as db:
            sent = await soundness.chases(db)
            fresh, self._chases = sent[self._chases :], len(sent)
            if fresh:
                at_rest = await soundness.payers_at_rest(db, [one.payer_id for one in fresh])
                self._note("chased_at_rest", [f"{name} {self.scene.now:%d/%m %H:%M}" for name in at_rest])

    async def at_day_end(self) -> None:
        """In the evening: everything else that the books must say."""
        async with self.scene.app.store.transaction() as db:
            self._caps(await soundness.chases(db))
            self._balances(await soundness.balances(db))
            self._note("promise_astray", await soundness.promises_astray(db))
            self._note("repeated", await soundness.repeated_messages(db))
            late = self.scene.now - PATIENCE
            self._note("stuck_message", await soundness.stuck_messages(db, before=late))
            await self._overdue(db)
            await self._cards(db)
        self._note("log_tells", _SECRETS.findall(self.logs.getvalue()))
        self._note("job_failed", re.findall(r"job_failed[^\n]*|event_failed[^\n]*", self.logs.getvalue()))
        self._note("stuck_person", self.scene.stuck)

    async def at_end(self) -> None:
        """The chain of evidence."""
        async with self.scene.app.store.transaction() as db:
            entries = [one async for one in journal.entries(db)]
            fault = verify(entries, head=await journal.head(db))
        self._note("journal", [] if fault is None else [f"{fault.seq} {fault.fault.value}"])

    def _caps(self, chases: Iterable[Chase]) -> None:
        """One a day, three in seven days, and only in the hours of the customer's own place (7)."""
        policy, calendar = self.scene.app.world.policy, self.scene.calendar
        days: defaultdict[str, list[date]] = defaultdict(list)
        for one in chases:
            hours = machine_hours(policy) if one.by_machine else legal_hours(policy)
            if not allowed_at(one.sent_at, zone=one.zone, hours=hours, calendar=calendar) or _is_closed(one, calendar):
                self._note("outside_hours", [f"{one.payer} {one.sent_at:%d/%m %H:%M} UTC"])
            days[one.payer].append(_day_of(one))
        window, most = timedelta(days=policy.caps.window_days), policy.caps.chase_in_window
        for payer, sent in days.items():
            crowded = [on for on in sent if sum(on <= other < on + window for other in sent) > most]
            self._note("two_a_day", [f"{payer} {on:%d/%m}" for on in sent if sent.count(on) > 1])
            self._note("four_in_seven_days", [f"{payer} {on:%d/%m}" for on in crowded])

    def _balances(self, found: Iterable[soundness.Balance]) -> None:
        for one in found:
            if one.balance != one.amount - one.paid - one.credited or one.balance < Money.ZERO:
                self._note("balance", [one.number])
            # What a list called paid already when it first came in was no payment of ours.
            if one.paid - one.allocated != self._listed_paid.setdefault(one.id, one.paid - one.allocated):
                self._note("paid_differs", [one.number])

    async def _cards(self, db: Database) -> None:
        """A closed day is not planned, so what the day before left open is closed on the next open one."""
        today = self.scene.today
        count = await soundness.cards_left_open(db, before=today, now=self.scene.now)
        self._note("card_left_open", [f"{count} {today:%d/%m}"] if count and self.scene.calendar.is_open(today) else [])

    async def _overdue(self, db: Database) -> None:
        """Who is at H+4 or later with money that nothing holds has one living question, or a decision (5)."""
        if not self.scene.calendar.is_open(self.scene.today):
            return
        policy, calendar = self.scene.app.world.policy, self.scene.calendar
        up_to = escalation_threshold(self.scene.today, calendar=calendar, policy=policy)
        for one in await soundness.overdue(db, due_up_to=up_to):
            if one.alive > 1:
                self._note("two_questions", [f"{one.payer} {self.scene.today:%d/%m}"])
            if one.amount >= policy.escalation.small_payer_below and not one.alive + one.ended:
                self._note("no_question", [f"{one.payer} {self.scene.today:%d/%m}"])

    def _note(self, rule: str, what: Iterable[str]) -> None:
        for one in what:
            self.broken.setdefault((rule, str(one)), None)


def _day_of(chase: Chase) -> date:
    return chase.sent_at.astimezone(ZoneInfo(chase.zone or ZONES[0])).date()


def _is_closed(chase: Chase, calendar: WorkCalendar) -> bool:
    return chase.by_machine and not calendar.is_open(_day_of(chase))
