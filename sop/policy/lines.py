"""On which line of a TOML file a key stands: the parser of the standard library does not tell."""

from __future__ import annotations

import re

Path = tuple[str, ...]

_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_PATH = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER = re.compile(rf"\s*\[\s*({_PATH})\s*\]")
_KEY = re.compile(rf"\s*({_PATH})\s*=")
_QUOTES = re.compile(r'"""|' + "'''")


class Lines:
    """The lines of a file that tomllib has already accepted."""

    def __init__(self, text: str) -> None:
        self._line_of: dict[Path, int] = {}
        self._read(text)

    def of(self, path: Path) -> int:
        """The line (from 1) of the key, or of the nearest table around it."""
        while path and path not in self._line_of:
            path = path[:-1]
        return self._line_of.get(path, 1)

    def knows(self, path: Path) -> bool:
        """True when the file writes this key itself."""
        return path in self._line_of

    def _read(self, text: str) -> None:
        table: Path = ()
        quoted = False
        for number, line in enumerate(text.splitlines(), start=1):
            if not quoted:
                table = self._take(line, number, table)
            # Inside a text of several lines nothing is a key; an even number of marks opens and closes on one line.
            quoted ^= len(_QUOTES.findall(line)) % 2 == 1

    def _take(self, line: str, number: int, table: Path) -> Path:
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            table = _path(header.group(1))
        here = (*table, *(_path(key.group(1)) if key else ()))
        if header or key:
            # A header or a dotted key also opens every table above it; the first line counts.
            for depth in range(1, len(here) + 1):
                self._line_of.setdefault(here[:depth], number)
        return table


def _path(written: str) -> Path:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, written))
