"""What the commands say: sentences from messages/LANGUAGE/cli.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from bot.render import FOLDER


@cache
def sentences(language: str) -> Mapping[str, Mapping[str, str]]:
    """Every sentence, by command and name."""
    return tomllib.loads((FOLDER / language / "cli.toml").read_text(encoding="utf-8"))


def words(key: str, language: str, /, **values: object) -> str:
    """The sentence `command.name` (such as `import.done`), filled in."""
    section, _, name = key.partition(".")
    return sentences(language)[section][name].format(**values)
