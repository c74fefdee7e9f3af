"""The rehearsal: the same seed tells the same story, and a rule that breaks is told and ends in a failure."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from bot.demo import DemoOptions, rehearse

pytestmark = pytest.mark.timeout(400)  # a day has hundreds of presses, and other tests may run beside it

SHORT = DemoOptions(days=1, seed=3)


async def told(options: DemoOptions) -> tuple[int, str]:
    lines: list[str] = []
    code = await rehearse(options, lines.append)
    return code, "\n".join(lines)


@pytest.mark.slow
async def test_the_same_seed_tells_the_same_story_and_every_rule_holds() -> None:
    code, story = await told(SHORT)
    _, again = await told(SHORT)
    assert story == again
    assert code == 0, story[-2000:]
    assert "Senin, 14 Desember 2026" in story
    assert not re.search(r"\+62\d{6,}|\d{5,}:[\w-]{20,}", story)  # no telephone number, no token


@pytest.mark.slow
async def test_a_closed_day_is_quiet_and_the_frame_speaks_english() -> None:
    sunday = date(2026, 12, 20)
    code, story = await told(DemoOptions(days=1, seed=3, start=sunday, language="en"))
    assert code == 0, story[-2000:]
    assert "Sunday, 20 December 2026 · closed" in story
    assert "WhatsApp to customers" not in story
    assert (sunday + timedelta(days=1)).strftime("%d December") not in story
