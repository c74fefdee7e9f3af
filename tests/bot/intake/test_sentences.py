"""Every reason and question has its sentence in both languages, with the same values."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from bot import intake
from bot.intake.columns import MONEY
from bot.intake.sentences import sentences
from bot.intake.synonyms import SYNONYMS

SOURCE = "\n".join(path.read_text("utf-8") for path in sorted(Path(intake.__file__).parent.glob("*.py")))
KEY = re.compile(r"""(?:\bkey="|ListRefused\("|Unreadable\("|"refused": ")([a-z_]+)\"""")


def values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_say_the_same() -> None:
    indonesian, english = sentences("id"), sentences("en")
    for table in ("reasons", "choices", "fields"):
        assert indonesian[table].keys() == english[table].keys()
    for key, text in indonesian["reasons"].items():
        assert values(text) == values(english["reasons"][key]), key


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_field_can_be_asked_about(language: str) -> None:
    assert {*SYNONYMS, *MONEY} == set(sentences(language)["fields"])


def test_every_reason_in_the_code_has_a_sentence_and_every_sentence_a_use() -> None:
    written = sentences("id")["reasons"].keys()
    used = set(KEY.findall(SOURCE)) - {"sheet"}  # a question's own key
    assert len(used) > len(written) / 2
    assert used <= written
    unused = {key for key in written if f'"{key}"' not in SOURCE}
    assert not unused
