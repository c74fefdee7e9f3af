"""The pacer by table: when each chat is free, from what was sent and what was asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.pacing import Chat, Pacer

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
BUDI, SITI, MANAGERS = 5000000001, 5000000002, -1001234567890123
SENDER = "+62812000001"


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def after(pacer: Pacer, chat: Chat, *moments: float) -> Pacer:
    for moment in moments:
        pacer.note_sent(chat, now=at(moment))
    return pacer


@pytest.mark.parametrize(
    ("chat", "sent", "now", "free"),
    [
        (BUDI, [], 0, 0),
        (BUDI, [0, 0], 0, 0),  # a burst of three may go
        (BUDI, [0, 0, 0], 0, 3),  # then one a second on the average
        (BUDI, [0, 1, 2], 2, 3),
        (BUDI, [0, 1, 2], 10, 10),  # long free: never before now
        (MANAGERS, [0, 0, 0], 0, 3),  # a group is a chat too
        (MANAGERS, [3 * n for n in range(20)], 58, 60),  # 20 a minute
        (MANAGERS, [3 * n for n in range(20)], 60, 60),
        (SENDER, [0] * 79, 0, 0),
        (SENDER, [0] * 80, 0, 1),  # 80 a second
    ],
)
def test_when_a_chat_is_free(chat: Chat, sent: list[float], now: float, free: float) -> None:
    assert after(Pacer(), chat, *sent).free_at(chat, now=at(now)) == at(free)


def test_all_telegram_chats_together_have_thirty_a_second() -> None:
    pacer = Pacer()
    for chat in range(1, 31):
        assert pacer.free_at(chat, now=at(0)) == at(0)
        pacer.note_sent(chat, now=at(0))
    assert pacer.free_at(31, now=at(0)) == at(1)
    assert pacer.free_at(SENDER, now=at(0)) == at(0)  # WhatsApp is counted by itself


def test_the_whole_limit_is_used() -> None:
    """Asking and sending for a minute over many chats reaches the limit, and no second holds more than 30."""
    pacer, sent, now = Pacer(), [], at(0)
    for number in range(1800):
        now = pacer.free_at(number + 1, now=now)
        pacer.note_sent(number + 1, now=now)
        sent.append(now)
    assert sent[-1] == at(59)
    assert all(sent[n + 30] - sent[n] >= timedelta(seconds=1) for n in range(len(sent) - 30))


def test_a_pause_is_for_the_chat_it_was_told_for() -> None:
    pacer = Pacer()
    pacer.note_retry_after("chat", BUDI, 7, now=at(0))
    assert pacer.free_at(BUDI, now=at(1)) == at(7)
    assert pacer.free_at(SITI, now=at(1)) == at(1)
    pacer.note_retry_after("chat", BUDI, 1, now=at(2))  # a shorter one takes nothing back
    assert pacer.free_at(BUDI, now=at(2)) == at(7)
    assert pacer.free_at(BUDI, now=at(8)) == at(8)


def test_a_global_pause_is_for_all_of_its_provider() -> None:
    pacer = Pacer()
    pacer.note_retry_after("global", BUDI, 7, now=at(0))
    assert pacer.free_at(SITI, now=at(0)) == at(7)
    assert pacer.free_at(SENDER, now=at(0)) == at(0)
    pacer.note_retry_after("global", SENDER, 9, now=at(0))
    assert pacer.free_at(SENDER, now=at(0)) == at(9)


@pytest.mark.parametrize(("moments", "free"), [((0, 0, 1), 6), ((0, 0, 3), 3), ((0, 0, 0), 5)])
def test_three_chats_told_to_wait_together_mean_all(moments: tuple[float, ...], free: float) -> None:
    pacer = Pacer()
    for chat, moment in enumerate(moments, start=1):
        pacer.note_retry_after("chat", chat, 5, now=at(moment))
    assert pacer.free_at(99, now=at(moments[-1])) == at(free)


def test_a_clock_set_back_frees_what_lies_in_its_future() -> None:
    pacer = after(Pacer(), BUDI, 3600, 3600, 3600)
    pacer.note_retry_after("global", BUDI, 60, now=at(3600))
    assert pacer.free_at(BUDI, now=at(0)) == at(0)


def test_a_clock_set_forward_is_no_trouble() -> None:
    pacer = after(Pacer(), BUDI, 0, 0, 0)
    pacer.note_retry_after("chat", BUDI, 60, now=at(0))
    assert pacer.free_at(BUDI, now=at(86400)) == at(86400)


def test_many_chats_do_not_pile_up() -> None:
    pacer = Pacer()
    for chat in range(1, 10_001):
        pacer.note_sent(chat, now=at(chat))
    assert len(pacer._lanes) < 5_000
    assert pacer.free_at(10_000, now=at(10_000)) == at(10_000)
