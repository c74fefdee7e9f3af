"""Every message and label that the code names is there; a name is only found wrong when somebody presses otherwise."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
import sop
import storage
from bot.render import FOLDER
from bot.routing.typed import COMMANDS
from sop.refusal import Refused
from tests.bot.samples import labels

ROOT = Path(__file__).parents[2]
SOURCES = [path for package in ("bot", "sop") for path in sorted((ROOT / package).rglob("*.py"))]
MESSAGE_CALLS = {"screen": 0, "toast": 0, "text_of": 0, "line_of": 0, "customer_text": 0}
MESSAGE_KEYWORDS = {"message", "toast"}
LABEL_CALLS = {"tap": 0, "label_named": 0}
CHOSEN_AT_SENDING = {"customer/reminder"}  # the plan's word for "the reminder that fits when it leaves"


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in our code, with where it stands."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def constants(node: ast.expr) -> list[str]:
    """The texts an argument may be: itself, or either side of a choice."""
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def named(places: dict[str, int], keywords: set[str]) -> Iterator[tuple[str, str]]:
    """What is named at these places of these calls, and by these keywords of any call."""
    for where, call in calls():
        place = places.get(name_of(call))
        given = [call.args[place]] if place is not None and len(call.args) > place else []
        given += [one.value for one in call.keywords if one.arg in keywords]
        yield from ((where, text) for one in given for text in constants(one))


def test_every_message_named_in_the_code_is_there() -> None:
    found = list(named(MESSAGE_CALLS, MESSAGE_KEYWORDS))
    assert found
    missing = [
        f"{where} names {message}: write bot/messages/id/{message}.j2, and in English"
        for where, message in found
        if message not in CHOSEN_AT_SENDING and not (FOLDER / "id" / f"{message}.j2").is_file()
    ]
    assert not missing, "\n".join(missing)


def test_every_label_named_in_the_code_is_there() -> None:
    known, found = labels("id"), list(named(LABEL_CALLS, set()))
    assert found
    missing = [
        f"{where} names the label {label}: add it to labels/*.toml" for where, label in found if label not in known
    ]
    assert not missing, "\n".join(missing)


def refusals() -> list[type[Refused]]:
    for package in (sop, storage, bot):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__") and ".migrations" not in module.name:
                importlib.import_module(module.name)

    def below(kind: type[Refused]) -> Iterator[type[Refused]]:
        for one in kind.__subclasses__():
            yield one
            yield from below(one)

    return sorted({one for one in below(Refused) if hasattr(one, "message")}, key=lambda one: one.__qualname__)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_refusal_says_why(language: str) -> None:
    found = refusals()
    assert found
    missing = [
        f"{one.__module__}.{one.__qualname__}: write bot/messages/{language}/{one.message}.j2"
        for one in found
        if not (FOLDER / language / f"{one.message}.j2").is_file()
    ]
    assert not missing, "\n".join(missing)


def test_a_command_of_the_menu_is_one_that_answers() -> None:
    menu = tomllib.loads((FOLDER / "id" / "commands.toml").read_text("utf-8"))
    silent = {name for place in menu.values() for name in place} - COMMANDS.keys()
    assert not silent, f"commands.toml offers what nothing in handlers/__init__.py answers: {sorted(silent)}"
