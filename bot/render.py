"""From the name of a message and plain values to text. One message, one file; the sentences stand in `messages/`.

Telegram texts are HTML and escaped; what goes to customers is plain text. The file of a customer's message is also
the source of its WhatsApp template: each `{{ ... }}` becomes {{1}}, {{2}} ... in order, mechanically, so that a
variable cannot be missing.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.formats import FILTERS

FOLDER = Path(__file__).parent / "messages"
LANGUAGES = ("id", "en")
PLAIN_TEXT = ("customer/", "letters/", "demo/")

_HEAD = re.compile(r"\A\{#.*?#\}\n", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{\s*(.+?)\s*\}\}")
_STATEMENT = re.compile(r"\{%")
_NUMBERED = re.compile(r"\{\{(\d+)\}\}")


class NotMechanical(Exception):
    """A customer's message has logic in it and cannot become a WhatsApp template; a bug of ours."""


class EmptyVariable(Exception):
    """A customer's message has nothing to say in one place; WhatsApp refuses it, and a person would wonder."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerText:
    """A customer's message: the words, and the same as template variables by number; `version` as in its source."""

    message: str
    version: str
    body: str
    variables: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class ContentSource:
    """A WhatsApp template made from a message file; `version` changes with its words."""

    message: str
    language: str
    body: str
    expressions: tuple[str, ...]
    quick_replies: tuple[str, ...]
    version: str
    media: str | None = None  # the address of the paper that goes along, its last part a variable


def command_menu(language: str, place: str) -> dict[str, str]:
    """This function will give the commands of Telegram's menu with what each does; `place`: private or group."""
    table = tomllib.loads((FOLDER / language / "commands.toml").read_text(encoding="utf-8"))
    menu: dict[str, str] = table[place]
    return menu


def text_of(message: str, language: str, values: Mapping[str, Any]) -> str:
    """This function will render a message; a missing variable or file is a bug and raises."""
    return _environment(language).get_template(f"{language}/{message}.j2").render(values).strip()


def line_of(message: str, language: str, values: Mapping[str, Any]) -> str:
    """This function will render a message for a place that knows no markup: the short line over a chat."""
    template = _environment(language, escaped=False).get_template(f"{language}/{message}.j2")
    return template.render(values).strip()


def label_named(name: str, language: str, values: Mapping[str, Any]) -> str:
    """This function will write what stands on a button, or a short fixed word such as the name of a reason."""
    return _snippet(_labels(language)[name], language).render(values)


def customer_text(message: str, language: str, values: Mapping[str, Any]) -> CustomerText:
    """This function will render a customer's message and the template variables that give the same words.

    Every variable is one line, as WhatsApp wants it; raises EmptyVariable where one says nothing.
    """
    source = content_source(message, language)
    filled = {
        str(number): _one_line(_snippet("{{ " + one + " }}", language).render(values))
        for number, one in enumerate(source.expressions, start=1)
    }
    for number, text in filled.items():
        if not text:
            raise EmptyVariable(f"{message}: {source.expressions[int(number) - 1]}")
    body = _NUMBERED.sub(lambda found: filled[found.group(1)], source.body)
    return CustomerText(message=message, version=source.version, body=body, variables=filled)


@cache
def content_source(message: str, language: str) -> ContentSource:
    """This function will turn a customer's message file into a WhatsApp template; raises NotMechanical."""
    text = _HEAD.sub("", (FOLDER / language / f"{message}.j2").read_text(encoding="utf-8")).strip()
    if _STATEMENT.search(text):
        raise NotMechanical(message)
    expressions = tuple(found.group(1) for found in _EXPRESSION.finditer(text))
    numbers = iter(range(1, len(expressions) + 1))
    body = _EXPRESSION.sub(lambda _: f"{{{{{next(numbers)}}}}}", text)
    replies = tuple(_quick_replies(language).get(message.removeprefix("customer/"), ()))
    version = hashlib.sha256("\n".join((body, *replies)).encode()).hexdigest()[:8]
    return ContentSource(
        message=message,
        language=language,
        body=body,
        expressions=expressions,
        quick_replies=replies,
        version=version,
    )


@cache
def content_source_with_paper(message: str, language: str, media_url: str) -> ContentSource:
    """This function will give the template of the same words with a paper, which the provider fetches from us."""
    plain = content_source(message, language)
    media = f"{media_url}{{{{{len(plain.expressions) + 1}}}}}"
    version = hashlib.sha256(f"{plain.version}\n{media}".encode()).hexdigest()[:8]
    return replace(plain, media=media, version=version)


@cache
def customer_messages(language: str) -> tuple[str, ...]:
    """This function will name every customer's message, such as customer/T01."""
    folder = FOLDER / language
    return tuple(sorted(f"customer/{path.stem}" for path in (folder / "customer").glob("*.j2")))


@cache
def _quick_replies(language: str) -> Mapping[str, list[str]]:
    table = tomllib.loads((FOLDER / "whatsapp.toml").read_text(encoding="utf-8"))
    replies: Mapping[str, list[str]] = table["quick_replies"][language]
    return replies


@cache
def _labels(language: str) -> Mapping[str, str]:
    labels: dict[str, str] = {}
    for path in sorted((FOLDER / language / "labels").glob("*.toml")):
        labels |= tomllib.loads(path.read_text(encoding="utf-8"))
    return labels


@cache
def _snippet(text: str, language: str) -> Template:
    """A label or one expression, compiled once: a card has twenty labels, and they never change."""
    return _environment(language, escaped=False).from_string(text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _spoken(written: Callable[[Any, str], str], language: str) -> Callable[[Any], str]:
    return lambda value: written(value, language)


def _worded(language: str) -> Callable[..., str]:
    def word(label: str, /, **values: Any) -> str:  # a value may be called `label` or `name`
        return label_named(label, language, values)

    return word


def _is_escaped(name: str | None) -> bool:
    return name is None or not any(f"/{folder}" in name for folder in PLAIN_TEXT)


@cache
def _environment(language: str, *, escaped: bool = True) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=_is_escaped if escaped else False,  # noqa: S701 - customers get plain text, staff get HTML
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name, written in FILTERS.items():
        environment.filters[name] = _spoken(written, language)
    environment.filters["word"] = _worded(language)
    return environment
