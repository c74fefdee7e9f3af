"""Sentences for mistakes that are found at the start, before anybody has chosen a conversation.

They stand in `messages/<language>/settings.toml`, one a mistake. A sentence never shows the value of a secret.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import ValidationError
from pydantic_core import ErrorDetails

Language = Literal["id", "en"]
MESSAGES = Path(__file__).parent / "messages"


@cache
def sections(language: Language) -> Mapping[str, Mapping[str, str]]:
    """Every sentence, by section and name."""
    return tomllib.loads((MESSAGES / language / "settings.toml").read_text("utf-8"))


def sentence(key: str, language: Language, /, **values: object) -> str:
    """The sentence `section.key` of settings.toml (such as `holidays.date`), filled in."""
    section, _, name = key.partition(".")
    return sections(language)[section][name].format(**values)


def sentences_of(failure: ValidationError, language: Language) -> tuple[str, ...]:
    """One sentence a mistake, each once, in the order of the fields."""
    found = [text for error in failure.errors() for text in _sentences_of_error(error, language)]
    return tuple(dict.fromkeys(found))


def _sentences_of_error(error: ErrorDetails, language: Language) -> list[str]:
    values = error.get("ctx", {})
    if error["type"] == "together":
        return [sentence(f"settings.{code}", language, **shown) for code, shown in values["mistakes"].items()]
    if "expected" in values:  # pydantic lists choices in English: 'id' or 'en'
        values = {"expected": values["expected"].replace(" or ", ", ").replace("'", "")}
    known = error["type"] in sections(language)["settings"]
    code = error["type"] if known else "invalid"
    return [sentence(f"settings.{code}", language, name=str(error["loc"][0]).upper(), **values)]
