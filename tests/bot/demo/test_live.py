"""The words and the plan of the page, and what the program tells about its own work."""

from __future__ import annotations

import ast
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import world_of
from bot.demo.live import agenda, scenarios
from bot.demo.live.replica import environment_of
from bot.demo.live.words import spoken
from bot.render import FOLDER, LANGUAGES
from bot.settings import settings_of
from sop.guard import MessageKind
from sop.outbox import Way
from storage.outlook import Awaited, Leaving, Outlook

WORLD = world_of(settings_of({}), today_year=2026)
NOTHING = Outlook(leaving=(), returning=(), deadlines=())


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def captions_used() -> set[str]:
    """Every sentence a story names."""
    tree = ast.parse(Path(scenarios.__file__).read_text("utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    first = (node.args[0] for node in calls if isinstance(node.func, ast.Attribute) and node.func.attr == "caption")
    return {str(one.value) for one in first if isinstance(one, ast.Constant)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_story_has_its_words_and_no_word_is_left_over(language: str) -> None:
    words = tomllib.loads((FOLDER / language / "demo" / "live.toml").read_text("utf-8"))
    assert set(words["captions"]) == captions_used() | {"welcome"}
    assert set(words["scenarios"]) == {f"{name}{part}" for name in scenarios.SCENARIOS for part in ("", "_about")}


def test_words_come_in_both_languages_filled_in() -> None:
    assert spoken("plan.reminders", count=3) == {"id": "Pengingat: 3", "en": "Reminders: 3"}


@pytest.mark.parametrize(
    ("now", "following"),
    [
        (utc(14, 1, 5), utc(14, 1, 30)),  # 08:05 in Jakarta: the next hour that the policy names
        (utc(14, 10, 5), utc(14, 10, 30)),  # 17:05: the team's report, wherever in the policy its hour stands
        (utc(14, 14), utc(14, 20)),  # by night: until 05:00 in Jayapura
        (utc(14, 20), utc(14, 21)),  # then 05:00 in Makassar
        (utc(14, 21), utc(14, 22)),  # and 05:00 in Jakarta
    ],
)
def test_it_looks_again_at_the_hours_of_the_procedure(now: datetime, following: datetime) -> None:
    assert agenda.next_due_at(NOTHING, WORLD, now=now) == following


def test_a_row_is_looked_at_at_its_own_moment() -> None:
    at = utc(14, 1, 7)
    outlook = Outlook(leaving=(), returning=(Awaited(at=at, payer="Toko Maju"),), deadlines=())
    assert agenda.next_due_at(outlook, WORLD, now=utc(14, 1, 5)) == at


def test_the_strip_names_hours_and_rows_in_their_order_and_a_number_says_more_than_an_hour() -> None:
    nine = utc(14, 2)
    reminders = Leaving(at=nine, way=Way.WHATSAPP, kind=MessageKind.CHASE, count=13)
    owed = (Awaited(at=utc(14, 9), payer="Toko Maju"), Awaited(at=utc(14, 9), payer="Toko Lain"))
    rows = agenda.plan(Outlook(leaving=(reminders,), returning=(), deadlines=owed), WORLD, now=utc(14, 1, 5))
    of_monday = [(row["at"][11:16], row["title"]["en"]) for row in rows if row["at"].startswith("2026-12-14")]
    assert of_monday == [
        ("05:00", "The day's plan is made"),
        ("08:00", "Collectors' morning message"),
        ("02:00", "Reminders: 13"),
        ("10:00", "Who has not begun? Managers are asked"),
        ("09:00", "Managers' decisions due: 2"),
        ("16:30", "Reminders end for today"),
    ]


def test_a_closed_day_has_no_hours_of_its_own() -> None:
    rows = agenda.plan(NOTHING, WORLD, now=utc(24, 2))
    assert {row["at"][:10] for row in rows} == {"2026-12-26"}  # joint leave, Christmas, and then Sunday


def test_a_program_is_started_with_the_very_settings() -> None:
    given = settings_of(
        {"TELEGRAM_BOT_TOKEN": "1000000000:SIM", "TELEGRAM_API_URL": "http://127.0.0.1:9", "LANGUAGE": "en"}
    )
    assert settings_of(environment_of(given)) == given
