"""Twilio's error codes as data: what each means for us.

Twilio changes codes without notice, so nothing but this table may look at one; an unknown code is permanent and
rings. The same table reads answers to a request and error codes in status callbacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """What to do after a WhatsApp message failed."""

    LATER = "later"  # the same message may go later, slowly
    WRONG_NUMBER = "wrong_number"  # this contact cannot be reached on WhatsApp
    OPTED_OUT = "opted_out"  # the person said stop: never again
    WINDOW_CLOSED = "window_closed"  # only a template may go now
    PERMANENT = "permanent"  # this message will never go


@dataclass(frozen=True, slots=True)
class Meaning:
    """`alarm`: an operator must look, since it will hit other messages too."""

    verdict: Verdict
    alarm: bool = False


_LATER = Meaning(Verdict.LATER)
_WRONG_NUMBER = Meaning(Verdict.WRONG_NUMBER)
_OPTED_OUT = Meaning(Verdict.OPTED_OUT)
_PERMANENT = Meaning(Verdict.PERMANENT)
ALARM = Meaning(Verdict.PERMANENT, alarm=True)

MEANINGS: dict[int, Meaning] = {
    20003: ALARM,  # wrong credentials
    20429: _LATER,  # too many requests
    21211: _WRONG_NUMBER,  # invalid To
    21408: ALARM,  # region not permitted for this account
    21610: _OPTED_OUT,  # recipient opted out
    21611: _LATER,  # sender's queue is full
    30001: _LATER,  # queue overflow, or too old in the queue
    30007: _PERMANENT,  # filtered
    63003: _WRONG_NUMBER,  # To is not valid on the channel
    63005: ALARM,  # content rejected, or the business is restricted in that country
    63007: ALARM,  # From is no active sender
    63012: _LATER,  # the channel's own internal error
    63013: ALARM,  # parameter or policy violation
    63014: _OPTED_OUT,  # blocked by the user
    63016: Meaning(Verdict.WINDOW_CLOSED),  # outside the 24-hour window
    63018: _LATER,  # sender's rate or daily limit, up to 24 h
    63019: ALARM,  # media could not be fetched
    63021: ALARM,  # content invalid, e.g. longer than 1024 characters
    63024: _WRONG_NUMBER,  # not on WhatsApp
    63027: ALARM,  # template missing in that language
    63028: ALARM,  # number of parameters differs
    63029: ALARM,  # template text differs
    63030: ALARM,  # parameter format differs
    63032: _PERMANENT,  # the user is under a limitation of Meta's
    63049: _PERMANENT,  # Meta chose not to deliver
    63050: _OPTED_OUT,  # user stopped this kind of message
    63051: ALARM,  # meaning disputed
    63112: ALARM,  # business account disabled: stop the channel
}


def meaning_of(code: int | None) -> Meaning:
    """This function will say what an error code means; unknown or missing codes are permanent and ring."""
    return MEANINGS.get(code or 0, ALARM)
