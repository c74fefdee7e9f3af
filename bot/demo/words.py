"""What the invented people say; the sentences stand in `messages/LANGUAGE/demo/words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from bot.render import FOLDER


@cache
def words_of(speaker: str, language: str) -> Mapping[str, list[str]]:
    """This function will give everything a kind of person says, by occasion."""
    spoken: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
        (FOLDER / language / "demo" / "words.toml").read_text(encoding="utf-8")
    )
    return spoken[speaker]
