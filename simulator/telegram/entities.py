"""HTML of the Bot API to plain text with entities, refused as strictly as the real parser does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from simulator.telegram.errors import ApiError, bad_request
from simulator.wire import Json

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));?")
PLAIN = re.compile(r"[^<&]+")
OPENING = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)((?:\s+[^<>]*)?)>")
CLOSING = re.compile(r"</\s*([A-Za-z][A-Za-z0-9-]*)?\s*>")
ATTRIBUTE = re.compile(r"([A-Za-z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?(?![A-Za-z0-9_/])")
LINK = re.compile(r"https?://\S+")


def units(text: str) -> int:
    """Length in UTF-16 code units, the measure of entity offsets."""
    return len(text.encode("utf-16-le")) // 2


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    start: int


@dataclass
class _Reader:
    source: str
    at: int = 0
    out: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def fault(self, reason: str) -> ApiError:
        offset = len(self.source[: self.at].encode())
        return bad_request(f"can't parse entities: {reason.replace('@', f'at byte offset {offset}')}")

    def put(self, text: str, consumed: int) -> None:
        self.out.append(text)
        self.length += units(text)
        self.at += consumed

    def read(self) -> None:
        while self.at < len(self.source):
            if plain := PLAIN.match(self.source, self.at):
                self.put(plain.group(), len(plain.group()))
            elif self.source[self.at] == "<":
                self.tag()
            else:
                self.reference()
        if self.stack:
            raise self.fault(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')

    def reference(self) -> None:
        found = REFERENCE.match(self.source, self.at)
        if not found:
            self.put("&", 1)
            return
        name, decimal, hexa = found.groups()
        code = int(decimal) if decimal else int(hexa or "0", 16)
        self.put(NAMED[name] if name else chr(min(code, 0x10FFFF)), len(found.group()))

    def tag(self) -> None:
        closing = CLOSING.match(self.source, self.at)
        if closing:
            self.close(closing)
            return
        opening = OPENING.match(self.source, self.at)
        if not opening:
            named = re.match(r"<([^\s<>]*)", self.source[self.at :])
            name = named.group(1) if named else ""
            if name.lower() in TAGS:
                raise self.fault("Unclosed start tag @")
            raise self.fault(f'Unsupported start tag "{name.lower()}" @')
        self.open(opening)

    def open(self, found: re.Match[str]) -> None:
        tag = found.group(1).lower()
        if tag not in TAGS:
            raise self.fault(f'Unsupported start tag "{tag}" @')
        attributes = {
            name.lower(): unescape(double or single or bare)
            for name, double, single, bare in ATTRIBUTE.findall(found.group(2))
        }
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self.fault('Tag "span" must have class "tg-spoiler" @')
        self.stack.append(_Open(tag, attributes, self.length))
        self.at = found.end()

    def close(self, found: re.Match[str]) -> None:
        if not self.stack:
            raise self.fault("Unexpected end tag @")
        opened = self.stack[-1]
        name = (found.group(1) or opened.tag).lower()
        if name != opened.tag:
            raise self.fault(f'Unmatched end tag @, expected "</{opened.tag}>", found "</{name}>"')
        self.stack.pop()
        self.at = found.end()
        if self.length > opened.start:
            self.add(opened)

    def add(self, opened: _Open) -> None:
        entity: Json = {"type": TAGS[opened.tag], "offset": opened.start, "length": self.length - opened.start}
        if opened.tag == "a":
            address = opened.attributes.get("href") or "".join(self.out)[-entity["length"] :]
            if "." not in address and "://" not in address:
                return
            entity["url"] = address
        elif opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
        self.entities.append(entity)


def unescape(text: str) -> str:
    """Undo the four references in an attribute's value."""
    for name, char in NAMED.items():
        text = text.replace(f"&{name};", char)
    return text


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Plain text and entities. Raises ApiError "can't parse entities: ..."."""
    reader = _Reader(source)
    reader.read()
    entities = sorted(reader.entities, key=lambda e: (e["offset"], -e["length"]))
    return trimmed("".join(reader.out), entities)


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without white space around, as messages are stored; entities move along."""
    kept = text.strip()
    shift = units(text[: len(text) - len(text.lstrip())])
    limit = units(kept)
    moved: list[Json] = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] + entity["length"] - shift, limit)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return kept, moved


def detected(text: str) -> list[Json]:
    """Entities the server finds by itself in plain text: commands and links."""
    found = [("bot_command", m) for m in COMMAND.finditer(text)] + [("url", m) for m in LINK.finditer(text)]
    return [
        {"type": kind, "offset": units(text[: m.start()]), "length": units(m.group())}
        for kind, m in sorted(found, key=lambda pair: pair[1].start())
    ]


def shown_html(text: str) -> str:
    """Plain text as HTML, for messages that were sent without a parse mode."""
    return escape(text, quote=False)
