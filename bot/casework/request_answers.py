"""What an answer to a collector's request does: the plan, the relief or the terms it is about (section 5)."""

from __future__ import annotations

from bot.casework import extensions, plans, promises, reliefs
from bot.render import label_named
from bot.turn import Desk, Turn
from sop.escalation import Decision, Escalation, EscalationReason

RELIEFS = frozenset({EscalationReason.RELIEF, EscalationReason.NEW_TERMS})
OTHERS = RELIEFS | {EscalationReason.INSTALMENTS}
"""Requests that are about more than a day."""


async def agree(turn: Turn, one: Escalation, decision: Decision) -> None:
    """This function will do what `Setujui` means, or `Ubah` with words: a plan, a relief, another term."""
    subject_id = one.subject_id or 0
    if one.reason is EscalationReason.INSTALMENTS and decision is Decision.CHANGE:
        await plans.change(turn, subject_id, one.instruction or "")
    elif one.reason is EscalationReason.INSTALMENTS:
        await plans.offer(turn, subject_id)
    elif one.reason in RELIEFS and decision is Decision.CHANGE:
        await reliefs.change(turn, subject_id, one.instruction or "")
    elif one.reason in RELIEFS:
        await reliefs.grant(turn, subject_id)


async def decline(turn: Turn, one: Escalation) -> None:
    """This function will record that what was asked for is not granted."""
    subject_id = one.subject_id or 0
    if one.reason is EscalationReason.PROMISE_BEYOND:
        await promises.decline(turn, subject_id)
    elif one.reason is EscalationReason.EXTENSION_BEYOND:
        await extensions.decline(turn, subject_id)
    elif one.reason is EscalationReason.INSTALMENTS:
        await plans.decline(turn, subject_id)
    elif one.reason in RELIEFS:
        await reliefs.decline(turn, subject_id)


def named(desk: Desk, one: Escalation) -> dict[str, str]:
    """This function will give how a customer's message names what was asked for (T18)."""
    language = desk.company.language
    words = {"request": label_named(f"request_{one.reason.value}", language, {})}
    if one.reason is EscalationReason.NEW_TERMS:
        words["alternative"] = label_named("terms_as_before", language, {})
    return words
