"""The life of a message that must go out: statuses only move forward, an unknown outcome is never resent blindly."""

from __future__ import annotations

from enum import Enum


class Way(Enum):
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"


class OutboxState(Enum):
    QUEUED = "queued"
    SENDING = "sending"  # leased: somebody is at it right now
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    HELD = "held"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"  # it may have left; asked about, not repeated


# How far along a message is. A report may only raise it: callbacks come late, twice and out of order.
_ADVANCE = {
    OutboxState.QUEUED: 0,
    OutboxState.SENDING: 1,
    OutboxState.UNKNOWN: 2,
    OutboxState.SENT: 3,
    OutboxState.FAILED: 4,
    OutboxState.DELIVERED: 5,
    OutboxState.READ: 6,
}

LEFT = frozenset({OutboxState.SENT, OutboxState.DELIVERED, OutboxState.READ})
WAITING = frozenset({OutboxState.QUEUED, OutboxState.HELD})


def moves_forward(now: OutboxState, reported: OutboxState) -> bool:
    """This function will say whether a reported status is news; held and cancelled messages never moved at all."""
    if now not in _ADVANCE or reported not in _ADVANCE:
        return False
    return _ADVANCE[reported] > _ADVANCE[now]
