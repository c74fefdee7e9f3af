"""Sample values for message files, found by looking at what a file does with each of its variables.

A variable that goes through `| money` is an amount, one that is looped over a list, one that is compared with "open"
is at times "open". What cannot be seen is written into the first line: `variables: state=open|closed, payer`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import Environment, meta, nodes

from bot.formats import FILTERS
from bot.render import FOLDER

TEXT = "Toko Sumber Rejeki & Anak <Jaya> (Cabang 2)"
AMOUNT = 1_234_567_890_00
DAY = "2026-11-25"
INSTANT = "2026-11-25T14:30:00+07:00"
NUMBER = 12
MOST_VARIANTS = 60
LIST_LENGTH = 8  # a card names at most eight invoices

_HEAD = re.compile(r"\A\{#(.*?)#\}\n", re.DOTALL)
_REMARK = re.compile(r"\s*\([^)]*\)")
_AMOUNTS = {"money", "short_money"}
_DAYS = {"date", "short_date", "weekday_date", "month"}
_LISTS = {"length", "count", "join", "first", "last", "batch", "slice"}
_SAME = {
    "upper",
    "lower",
    "title",
    "capitalize",
    "trim",
    "e",
    "escape",
    "default",
    "d",
    "string",
    "replace",
    "truncate",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The first line of a message file; `hints`: path -> alternatives."""

    audience: str
    variables: tuple[str, ...]
    hints: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class Shape:
    """What a message does with one value."""

    kind: str = "text"
    fields: dict[str, Shape] = field(default_factory=dict)
    element: Shape | None = None
    options: list[Any] = field(default_factory=list)
    may_be_absent: bool = False
    is_hinted: bool = False

    def named(self, name: str) -> Shape:
        return self.fields.setdefault(name, Shape())

    def offer(self, options: list[Any]) -> None:
        """What a first line says is all there is; else what is seen is added."""
        if not self.is_hinted:
            self.options += [one for one in options if one not in self.options]

    def each(self) -> Shape:
        self.element = self.element or Shape()
        return self.element


def head_of(text: str) -> Head | None:
    """This function will read `{# audience: ...; what for; variables: a, b.c=x|y; clause: ... #}`, if it is there.

    The parts after the audience stand in any order; no `variables:` means none; remarks in brackets are passed over.
    """
    found = _HEAD.match(text)
    parts = [part.strip() for part in found.group(1).strip().removesuffix(".").split(";")] if found else []
    if not parts or not parts[0].startswith("audience:"):
        return None
    listed = next((part.removeprefix("variables:") for part in parts if part.startswith("variables:")), "none")
    listed = _REMARK.sub("", listed)
    paths = dict(_path_and_options(one) for one in listed.split(",") if one.strip() not in ("", "none"))
    return Head(
        audience=parts[0].removeprefix("audience:").strip(),
        variables=tuple(dict.fromkeys(path.split(".")[0] for path in paths)),
        hints={path: options for path, options in paths.items() if options},
    )


def _path_and_options(written: str) -> tuple[str, tuple[str, ...]]:
    path, _, options = written.strip().partition("=")
    return path, tuple(options.split("|")) if options else ()


@cache
def environment() -> Environment:
    """Knows the names of our filters, to read files with; it renders nothing."""
    knowing = Environment(autoescape=True)
    knowing.filters |= dict.fromkeys([*FILTERS, "word"], str)
    return knowing


@cache
def labels(language: str) -> dict[str, str]:
    files = sorted((FOLDER / language / "labels").glob("*.toml"))
    return {name: text for path in files for name, text in tomllib.loads(path.read_text("utf-8")).items()}


@cache
def used_in(text: str) -> frozenset[str]:
    """This function will name the variables of a file and of those it includes."""
    parsed = environment().parse(text)
    return frozenset(meta.find_undeclared_variables(parsed)).union(*(used_in(one) for one in _included(parsed)))


def variants(text: str, language: str) -> list[dict[str, Any]]:
    """This function will give values to render with: every alternative once, and once with all absent that may be."""
    parsed = environment().parse(text)
    reader = _Reader(language)
    for whole in (text, *_included(parsed)):
        reader.hint(head_of(whole))
    reader.read(parsed)
    count = min(MOST_VARIANTS, max(1, _most_options(reader.variables)))
    return [_sample(reader.variables, turn, is_full=is_full) for is_full in (True, False) for turn in range(count)]


def _included(parsed: nodes.Template) -> list[str]:
    named = [one.template for one in parsed.find_all(nodes.Include)]
    return [(FOLDER / str(name.value)).read_text("utf-8") for name in named if isinstance(name, nodes.Const)]


class _Reader:
    """Walks through a parsed message and notes what becomes of its variables."""

    def __init__(self, language: str) -> None:
        self.variables = Shape(kind="fields")
        self._aliases: dict[str, Shape] = {"loop": Shape(), "range": Shape(), "namespace": Shape()}
        self._language = language
        self._labels = labels(language)

    def hint(self, head: Head | None) -> None:
        """This function will take the alternatives that a first line names."""
        for path, options in head.hints.items() if head else ():
            shape = self.variables
            for name in path.split("."):
                shape = shape.each() if name == "*" else shape.named(name)
            shape.options = [int(one) if one.isdecimal() else one for one in options]
            shape.is_hinted = True

    def read(self, node: nodes.Node) -> Shape:
        """This function will note what a part of a message does, and give the shape of what it stands for."""
        known = getattr(self, f"_read_{type(node).__name__.lower()}", None)
        if known is not None:
            shape: Shape = known(node)
            return shape
        for child in node.iter_child_nodes():
            self.read(child)
        return Shape()

    def _read_name(self, node: nodes.Name) -> Shape:
        return self._aliases.get(node.name) or self.variables.named(node.name)

    def _read_getattr(self, node: nodes.Getattr) -> Shape:
        return self.read(node.node).named(node.attr)

    def _read_getitem(self, node: nodes.Getitem) -> Shape:
        of = self.read(node.node)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return of.named(node.arg.value)
        self.read(node.arg)
        return of.each()

    def _read_for(self, node: nodes.For) -> Shape:
        element = self.read(node.iter).each()
        before = dict(self._aliases)
        if isinstance(node.target, nodes.Name):
            self._aliases[node.target.name] = element
        for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
            self.read(child)
        self._aliases = before
        return Shape()

    def _read_assign(self, node: nodes.Assign) -> Shape:
        value = self.read(node.node)
        if isinstance(node.target, nodes.Name):
            self._aliases[node.target.name] = value
        return Shape()

    def _read_if(self, node: nodes.If) -> Shape:
        self._asked(node.test)
        for child in (*node.body, *node.elif_, *node.else_):
            self.read(child)
        return Shape()

    def _read_condexpr(self, node: nodes.CondExpr) -> Shape:
        self._asked(node.test)
        otherwise = self.read(node.expr2) if node.expr2 else Shape()
        first = self.read(node.expr1)
        return otherwise if isinstance(node.expr1, nodes.Const) else first

    def _asked(self, test: nodes.Node) -> None:
        """What an `if` asks for may be absent."""
        if isinstance(test, nodes.And | nodes.Or):
            self._asked(test.left)
            self._asked(test.right)
        elif isinstance(test, nodes.Not | nodes.Test):
            self._asked(test.node)
        else:
            shape = self.read(test)
            shape.may_be_absent = isinstance(test, nodes.Name | nodes.Getattr | nodes.Getitem)

    def _read_include(self, node: nodes.Include) -> Shape:
        if isinstance(node.template, nodes.Const):
            self.read(environment().parse((FOLDER / node.template.value).read_text("utf-8")))
        return Shape()

    def _read_or(self, node: nodes.Or) -> Shape:
        self._asked(node.left)
        return self.read(node.right)

    def _read_test(self, node: nodes.Test) -> Shape:
        self._asked(node)
        return Shape()

    def _read_compare(self, node: nodes.Compare) -> Shape:
        sides = [node.expr, *(operand.expr for operand in node.ops)]
        constants = [one for side in sides for one in _constants(side)]
        for side in sides:
            shape = self.read(side)
            shape.offer(constants)
            if any(type(one) is int for one in constants):
                shape.kind = "number" if shape.kind == "text" else shape.kind
                shape.offer([one + 1 for one in constants if type(one) is int])
        return Shape()

    def _read_filter(self, node: nodes.Filter) -> Shape:
        if node.name == "word":
            return self._worded(node)
        shape = self.read(node.node) if node.node is not None else Shape()
        for argument in (*node.args, *(pair.value for pair in node.kwargs)):
            self.read(argument)
        if node.name in _AMOUNTS | _DAYS | {"time"}:
            shape.kind = "amount" if node.name in _AMOUNTS else "day" if node.name in _DAYS else "instant"
        elif node.name in _LISTS:
            return shape.each() if node.name in {"first", "last"} else (shape.each(), Shape(kind="number"))[1]
        return shape if node.name in _SAME else Shape()

    def _worded(self, node: nodes.Filter) -> Shape:
        """A label by its name: every label that fits the written beginning and end, and needs no more than is given."""
        for pair in node.kwargs:
            self.read(pair.value)
        written = node.node.nodes if isinstance(node.node, nodes.Concat) else [node.node]
        open_parts = [part for part in written if part is not None and not isinstance(part, nodes.Const)]
        if len(open_parts) != 1:
            return Shape()
        place = written.index(open_parts[0])
        start = "".join(str(part.value) for part in written[:place] if isinstance(part, nodes.Const))
        end = "".join(str(part.value) for part in written[place + 1 :] if isinstance(part, nodes.Const))
        shape = self.read(open_parts[0])
        shape.kind = "label"
        if node.dyn_kwargs is not None:
            self._fill(self.read(node.dyn_kwargs), [f"{start}{one}{end}" for one in shape.options])
        fitting = self._fitting(start, end, given={str(pair.key) for pair in node.kwargs})
        shape.offer(fitting if start or end else fitting[:1])
        return Shape()

    def _fitting(self, start: str, end: str, *, given: set[str]) -> list[str]:
        return [
            name[len(start) : len(name) - len(end)]
            for name, text in self._labels.items()
            if name.startswith(start) and name.endswith(end) and used_in(text) <= given and len(name) > len(start + end)
        ]

    def _fill(self, given: Shape, names: list[str]) -> None:
        """The labels take their values from one mapping: it must have all they need."""
        for text in (self._labels.get(name) for name in names):
            if text is not None:
                inner = _Reader(self._language)
                inner.variables = given
                inner.read(environment().parse(text))

    def _read_add(self, node: nodes.Add) -> Shape:
        return self._counted(node)

    def _read_sub(self, node: nodes.Sub) -> Shape:
        return self._counted(node)

    def _counted(self, node: nodes.BinExpr) -> Shape:
        for side in (node.left, node.right):
            shape = self.read(side)
            shape.kind = "number" if shape.kind == "text" else shape.kind
        return Shape(kind="number")


def _constants(node: nodes.Node) -> list[Any]:
    if isinstance(node, nodes.Const):
        return [node.value] if isinstance(node.value, str | int) else []
    return (
        [one for item in node.items for one in _constants(item)] if isinstance(node, nodes.Tuple | nodes.List) else []
    )


def _most_options(shape: Shape) -> int:
    inner = [*shape.fields.values(), *([shape.element] if shape.element else [])]
    return max([len(shape.options) + 1, *map(_most_options, inner)])


def _sample(shape: Shape, turn: int, *, is_full: bool) -> Any:
    if shape.may_be_absent and not is_full:
        return [] if shape.element else None
    if shape.element is not None:
        return [_sample(shape.element, turn + place, is_full=is_full) for place in range(LIST_LENGTH if is_full else 1)]
    if shape.fields:
        return {name: _sample(one, turn, is_full=is_full) for name, one in shape.fields.items()}
    other = [] if shape.kind != "text" or shape.is_hinted else [TEXT]  # what no branch asks for
    options = [*shape.options, *other]
    if shape.options:
        return options[turn % len(options)]
    plain = {"amount": AMOUNT, "day": DAY, "instant": INSTANT, "number": NUMBER, "label": "start", "fields": {}}
    return plain.get(shape.kind, TEXT)
