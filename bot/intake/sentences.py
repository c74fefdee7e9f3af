"""Reasons and questions as sentences, from messages/LANGUAGE/intake.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.intake.result import Question, Reason

MESSAGES = Path(__file__).parents[1] / "messages"


def sentence(reason: Reason, *, language: str) -> str:
    """The reason in "id" or "en". A field name among the values is worded too."""
    texts = sentences(language)
    values = dict(reason.values)
    if "field" in values:
        values["field"] = texts["fields"][values["field"]]
    return texts["reasons"][reason.key].format_map(values)


def choice_label(choice: str, *, language: str) -> str:
    """What a choice says to a person; a header or a name is itself."""
    return sentences(language)["choices"].get(choice, choice)


def question_text(question: Question, *, language: str) -> str:
    """The question as a sentence, without its choices."""
    return sentence(question.reason, language=language)


@cache
def sentences(language: str) -> Mapping[str, Mapping[str, str]]:
    """The sentences of a language in the tables reasons, choices and fields."""
    return tomllib.loads((MESSAGES / language / "intake.toml").read_text(encoding="utf-8"))
