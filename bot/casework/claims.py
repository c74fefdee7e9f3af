"""`Sudah bayar` is asked of finance, and the customer is left alone until finance has looked (sections 6, 8; 004)."""

from __future__ import annotations

from bot.turn import Desk


async def ask_finance(desk: Desk, claim_id: int) -> None:
    """This function will ask finance, or the managers without a finance person, whether a claimed payment came."""
    del desk, claim_id


async def chase_claims(desk: Desk) -> int:
    """This function will take claims that finance has not answered for two working days to the managers, daily."""
    del desk
    return 0


async def morning(desk: Desk) -> int:
    """This function will ask finance each working morning whether yesterday's bank statement is posted."""
    del desk
    return 0
