"""What the page says about the demo, in both languages at once; the sentences stand in `demo/live.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from bot.render import FOLDER, LANGUAGES


def spoken(key: str, /, **values: object) -> dict[str, str]:
    """This function will give the sentence `section.name` in every language, filled in."""
    return {language: told(key, language, **values) for language in LANGUAGES}


def told(key: str, language: str, /, **values: object) -> str:
    """This function will give a sentence in one language."""
    section, _, name = key.partition(".")
    return _sentences(language)[section][name].format(**values)


@cache
def _sentences(language: str) -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((FOLDER / language / "demo" / "live.toml").read_text(encoding="utf-8"))
