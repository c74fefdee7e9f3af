"""How much more time somebody may give by himself: his row of the policy, and how often it was given before (4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.turn import Desk
from sop.authority import Power, row_of
from sop.people import Person
from storage import requests


async def power_of(desk: Desk, person: Person, payer_id: int, invoice_ids: Sequence[int]) -> Power:
    """This function will say what a person may still grant a payer for these invoices."""
    since = desk.now - timedelta(days=desk.policy.extension.window_days)
    given = await requests.given(desk.db, payer_id, invoice_ids, since=since)
    return Power(row=row_of(person.role, policy=desk.policy), given=given)
