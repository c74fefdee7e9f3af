"""The page's files without a browser: both languages, and nothing said that no language knows."""

from __future__ import annotations

import json
import re

from simulator.page.files import FOLDER, TYPES

TEXTS = {one: json.loads((FOLDER / "texts" / f"{one}.json").read_text("utf-8")) for one in ("id", "en")}
USED = re.compile(
    r"""text\(\s*["']([a-z_.]+)["']|data-(?:text|label)="([a-z_.]+)"|button\("([a-z.]+)",|head\("([a-z.]+)"\)"""
)
BUILT = (
    "role.",
    "slot.",
    "status.",
    "order.",
    "faults.",
    "step.",
    "plan.",
    "telegram.",
    "whatsapp.",
    "clock.",
    "attach",
    "compose",
)
FILE_LINES = 250


def test_both_languages_say_the_same_things() -> None:
    def holes(words: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", words))

    assert TEXTS["id"].keys() == TEXTS["en"].keys()
    assert [key for key, words in TEXTS["id"].items() if holes(words) != holes(TEXTS["en"][key])] == []


def test_everything_said_is_known() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in FOLDER.rglob("*") if path.suffix in (".js", ".html"))
    used = {next(filter(None, found)) for found in USED.findall(sources)}
    assert used - TEXTS["id"].keys() == set()
    assert {key for key in TEXTS["id"].keys() - used if not key.startswith(BUILT)} == set()


def test_the_files_are_small_and_name_no_other_host() -> None:
    for path in (one for one in FOLDER.rglob("*") if one.is_file()):
        text = path.read_text("utf-8")
        assert path.suffix in TYPES, path
        assert len(text.splitlines()) <= FILE_LINES or path.suffix == ".json", path
        hosts = set(re.findall(r"https?://([\w.-]+)", text)) - {"www.w3.org"}
        assert not hosts, (path, hosts)
