"""How fast we may send: sliding windows per chat and overall, and the pauses providers ask for.

Pure and driven by the `now` passed in (aware), so it works on a simulated clock; it never sleeps. A chat is Telegram's
number (below zero: a group) or, for WhatsApp, our own sender's address as text. A clock set back clears what lies in
its future, so that nobody waits for a moment that was a mistake.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

Chat: TypeAlias = int | str
Scope: TypeAlias = Literal["chat", "global"]


@dataclass(frozen=True, slots=True)
class Window:
    """At most `most` sends in any stretch of `seconds`."""

    most: int
    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The providers' limits as they were measured; a private chat gets 1/s with a burst of 3."""

    private: tuple[Window, ...] = (Window(3, 3.0),)
    group: tuple[Window, ...] = (Window(3, 3.0), Window(20, 60.0))
    sender: tuple[Window, ...] = (Window(80, 1.0),)
    overall: tuple[Window, ...] = (Window(30, 1.0),)  # Telegram only


# Telegram never says whom a pause is for: so many chats told to wait within the time mean all of us.
_CHATS_FOR_ALL: Final = 3
_TOGETHER: Final = timedelta(seconds=2)
_MOST_CHATS: Final = 4096


@dataclass(slots=True)
class _Lane:
    """What was sent along one lane, newest last, and until when it is closed."""

    windows: tuple[Window, ...]
    sent: deque[datetime] = field(init=False)
    told_at: datetime | None = None
    pause: timedelta = timedelta()

    def __post_init__(self) -> None:
        self.sent = deque(maxlen=max(window.most for window in self.windows))

    def free_at(self, *, now: datetime) -> datetime:
        self._forget_future(now=now)
        return max([now, *self._window_ends(), *self._pause_end()])

    def note_sent(self, *, now: datetime) -> None:
        self._forget_future(now=now)
        self.sent.append(now)

    def close(self, seconds: float, *, now: datetime) -> None:
        self._forget_future(now=now)
        pause = timedelta(seconds=seconds)
        if self.told_at is None or now + pause > self.told_at + self.pause:
            self.told_at, self.pause = now, pause

    def is_idle(self, *, now: datetime) -> bool:
        longest = timedelta(seconds=max(window.seconds for window in self.windows))
        return self.free_at(now=now) <= now and (not self.sent or self.sent[-1] + longest <= now)

    def _window_ends(self) -> Iterable[datetime]:
        for window in self.windows:
            if len(self.sent) >= window.most:
                yield self.sent[-window.most] + timedelta(seconds=window.seconds)

    def _pause_end(self) -> Iterable[datetime]:
        if self.told_at is not None:
            yield self.told_at + self.pause

    def _forget_future(self, *, now: datetime) -> None:
        while self.sent and self.sent[-1] > now:
            self.sent.pop()
        if self.told_at is not None and self.told_at > now:
            self.told_at = None


class Pacer:
    """One for everything this process sends; the holder of the sender lease has it."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._overall = _Lane(self._limits.overall)
        self._lanes: dict[Chat, _Lane] = {}
        self._told: deque[tuple[datetime, Chat]] = deque(maxlen=_CHATS_FOR_ALL)

    def free_at(self, chat: Chat, *, now: datetime) -> datetime:
        """The earliest moment, not before `now`, at which this chat may be sent to."""
        moments = [lane.free_at(now=now) for lane in self._lanes_of(chat)]
        return max(moments)

    def note_sent(self, chat: Chat, *, now: datetime) -> None:
        """Count a send, at the moment it left."""
        for lane in self._lanes_of(chat):
            lane.note_sent(now=now)
        if len(self._lanes) > _MOST_CHATS:
            self._lanes = {known: lane for known, lane in self._lanes.items() if not lane.is_idle(now=now)}

    def note_retry_after(self, scope: Scope, chat: Chat, seconds: float, *, now: datetime) -> None:
        """Keep a pause the provider asked for: for this chat, or for all chats of its provider."""
        lane, *overall = self._lanes_of(chat)
        lane.close(seconds, now=now)
        self._told.append((now, chat))
        if scope == "global" or self._concerns_all(now=now):
            for everything in overall:
                everything.close(seconds, now=now)

    def _concerns_all(self, *, now: datetime) -> bool:
        recent = {chat for at, chat in self._told if abs(now - at) <= _TOGETHER}
        return len(recent) >= _CHATS_FOR_ALL

    def _lanes_of(self, chat: Chat) -> tuple[_Lane, ...]:
        """This chat's lane, and the one all Telegram chats share; a WhatsApp sender has all its own."""
        if chat not in self._lanes:
            self._lanes[chat] = _Lane(self._windows_of(chat))
        lane = self._lanes[chat]
        return (lane,) if isinstance(chat, str) else (lane, self._overall)

    def _windows_of(self, chat: Chat) -> tuple[Window, ...]:
        if isinstance(chat, str):
            return self._limits.sender
        return self._limits.group if chat < 0 else self._limits.private
