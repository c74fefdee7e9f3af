"""A contact: one attempt to reach a customer or to be reached by him, documented as proof (000-VI.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Channel(Enum):
    CALL = "call"
    WHATSAPP = "whatsapp"  # sent by the machine
    WHATSAPP_BY_HAND = "whatsapp_by_hand"  # sent by the collector through the wa.me link
    VISIT = "visit"
    LETTER = "letter"
    NOTE = "note"


class Direction(Enum):
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """What happened, through which channel, in which direction, with which result."""

    at: datetime
    channel: Channel
    direction: Direction
    result: str
    by: str | None
