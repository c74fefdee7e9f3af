"""The house rules that no linter knows: sizes, names, and what must never stand in the repository."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "storage", "sop", "simulator")
FILE_LINES = 250
FUNCTION_LINES = 40
VAGUE = frozenset("helper helpers utils util service services common core base process data info item misc".split())

NAMED_BY_OTHERS = frozenset({"process_bind_param", "process_result_value"})  # SQLAlchemy calls them so
MOMENTS = frozenset({"now", "today"})

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def sources(*packages: str) -> list[Path]:
    """Every Python file of the packages (all of them) but the migrations, which are written by a tool."""
    found = (path for package in packages or PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return [path for path in found if "versions" not in path.parts]


def definitions(path: Path) -> Iterator[Definition]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node


def where(path: Path, node: Definition) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


def defaults(node: Function) -> Iterator[tuple[ast.arg, ast.expr | None]]:
    """Every parameter with its default."""
    positional = [*node.args.posonlyargs, *node.args.args]
    given = [None] * (len(positional) - len(node.args.defaults)) + list(node.args.defaults)
    yield from zip(positional, given, strict=True)
    yield from zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and module of every import."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def words(name: str) -> set[str]:
    """`load_data` and `LoadData` are both load and data."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def functions(*packages: str) -> Iterator[tuple[Path, Function]]:
    for path in sources(*packages):
        for node in definitions(path):
            if isinstance(node, Function):
                yield path, node


def test_no_file_is_too_long() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in sources()}
    long = [f"{path.relative_to(ROOT)}: {lines} lines" for path, lines in lengths.items() if lines > FILE_LINES]
    assert not long, "\n".join(long)


def test_no_function_is_too_long() -> None:
    lengths = [(where(path, node), (node.end_lineno or 0) - node.lineno + 1) for path, node in functions()]
    long = [f"{place}: {lines} lines" for place, lines in lengths if lines > FUNCTION_LINES]
    assert not long, "\n".join(long)


def test_no_name_is_vague() -> None:
    """The simulator is free of this: it speaks the providers' own words (`getWebhookInfo`)."""
    ours = sources("bot", "storage", "sop")
    files = [str(path.relative_to(ROOT)) for path in ours if words(path.stem) & VAGUE]
    names = [where(path, node) for path in ours for node in definitions(path) if words(node.name) & VAGUE]
    found = files + [name for name in names if name.split()[-1] not in NAMED_BY_OTHERS]
    assert not found, "\n".join(found)


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path in sources() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    found = [str(path.relative_to(ROOT)) for path in silent if path.stat().st_size]
    assert not found, "\n".join(found)


def test_no_moment_has_a_default() -> None:
    """A `now` or `today` with a default is a hidden clock."""
    found = [
        where(path, node)
        for path, node in functions()
        for argument, default in defaults(node)
        if argument.arg in MOMENTS and default is not None
    ]
    assert not found, "\n".join(found)


def test_a_moment_is_given_by_name() -> None:
    """Beside other instants and dates a bare one is easily mistaken. (In `sop` it may stand first.)"""
    found = [
        where(path, node)
        for path, node in functions("bot", "storage")
        if path.name != "clock.py"
        for argument in [*node.args.posonlyargs, *node.args.args]
        if argument.arg in MOMENTS
    ]
    assert not found, "\n".join(found)


def test_the_rules_import_the_standard_library_alone() -> None:
    allowed = {*sys.stdlib_module_names, "sop"}
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in sources("sop")
        for line, name in imports(path)
        if name.partition(".")[0] not in allowed
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-tools.lock"])
def test_a_lock_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    pinned = re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE)
    assert pinned
    assert text.count("--hash=sha256:") > len(pinned)


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    names = {re.split(r"[\[<>=~! ]", line, maxsplit=1)[0].lower() for line in asked}
    assert {name for name in names if not re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE)} == set()


def test_both_languages_have_the_same_messages() -> None:
    def files(language: str) -> set[str]:
        folder = ROOT / "bot" / "messages" / language
        return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}

    assert files("id") == files("en")
