"""A payer's class, score and signs as a card and a record show them (section 11)."""

from __future__ import annotations

from typing import Any

from sop.signs import Standing


def standing_values(known: Standing | None) -> dict[str, Any] | None:
    """This function will give the score with its parts and the signs with their evidence; None: never counted yet."""
    if known is None:
        return None
    return {
        "abc": known.abc.value.upper(),
        "score": known.score.points,
        "heat": known.score.heat,
        "overdue": known.score.overdue,
        "exposure": known.score.exposure,
        "behaviour": known.score.behaviour,
        "signs": [{"sign": one.sign, "count": one.count} for one in known.signs],
    }
