"""The documents say what is so: buttons, commands, settings and links they name exist."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bot.cli.commands import application
from bot.routing.typed import COMMANDS

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GUIDES = sorted((ROOT / "docs").glob("panduan-*.md"))


def quoted(path: Path) -> set[str]:
    """What stands in `backticks` within a line."""
    return {one for line in path.read_text("utf-8").splitlines() for one in re.findall(r"`([^`]+)`", line)}


def labels() -> set[str]:
    files = (ROOT / "bot" / "messages" / "id" / "labels").glob("*.toml")
    return {text for path in files for text in tomllib.loads(path.read_text("utf-8")).values()}


def commands() -> set[str]:
    """Every command with those of its groups: `santun import`, `santun sop show`."""
    top = {one.name for one in application.registered_commands}
    groups = [(one.name, one.typer_instance) for one in application.registered_groups]
    within = {f"{name} {one.name}" for name, group in groups if group for one in group.registered_commands}
    return {*filter(None, top), *within}


def slug(title: str) -> str:
    return re.sub(r"[^\w -]", "", title.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        assert there.exists(), f"{path.name} links to {target}"
        if anchor:
            titles = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.MULTILINE)
            assert anchor in map(slug, titles), f"{path.name} links to {target}"


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_a_guide_names_buttons_that_exist(path: Path) -> None:
    buttons = {one for one in quoted(path) if not re.match(r"/|santun |[A-Z_]+$", one)}
    assert buttons
    missing = buttons - labels()
    assert not missing, f"{path.name} tells people to press {sorted(missing)}, but no button is called so"


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_a_guide_names_chat_commands_that_exist(path: Path) -> None:
    named = {one.split()[0] for one in quoted(path) if one.startswith("/")}
    assert {one.removeprefix("/") for one in named} <= COMMANDS.keys()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_exist(path: Path) -> None:
    known = commands()
    for one in re.findall(r"`(?:\.venv/bin/)?santun ([a-z][^`]*)`", path.read_text("utf-8")):
        parts = one.split()
        assert parts[0] in known or " ".join(parts[:2]) in known, f"{path.name} names santun {one}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_settings_exist(path: Path) -> None:
    known = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    named = {one.partition("=")[0] for one in quoted(path) if re.fullmatch(r"[A-Z]+(?:_[A-Z]+)+(?:=.*)?", one)}
    ours = {one for one in named if not one.startswith("SANTUN_TEST")}
    assert ours <= known, f"{path.name} names settings that do not exist: {sorted(ours - known)}"


def test_every_decision_is_listed_and_dated() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\]\(([\w-]+\.md)\)", (folder / "README.md").read_text("utf-8")))
    files = {path.name for path in folder.glob("*.md")} - {"README.md"}
    assert listed == files
    undated = [
        name for name in sorted(files) if not re.search(r"^\d{4}-\d\d-\d\d$", (folder / name).read_text("utf-8"), re.M)
    ]
    assert not undated, f"put the day under the title of {undated}"
