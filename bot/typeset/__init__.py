"""Letters as PDF from templates that the company may change; a wrong template is refused, never half followed.

The templates are Typst files: `messages/letters` holds how a letter looks, `messages/<language>/letters` what it says.
A file of the same name in the company's own folder takes the place of ours. Values travel as data, so that a customer
called `#set` is printed as that.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

FOLDER = Path(__file__).parent.parent / "messages"
OWN_FOLDER = "letters"
"""Beside the policy file: the company's own templates."""
PICTURE = "letterhead"
SECONDS = 10.0
TEMPLATES = ("SP1", "SP2", "SP3", "SOMASI")
_SAMPLE_AT = datetime(2026, 1, 1, tzinfo=UTC)
_CHILD = Path(__file__).with_name("child.py")
_PACKAGE = re.compile(r"""["']@[\w-]+/""")
_NOWHERE = "http://127.0.0.1:9"  # no template fetches anything
_REASON = re.compile(r"error: (.+)")
_PLACE = re.compile(r"─ (\S+?):(\d+)")


class TemplateBroken(Exception):
    """A template cannot be set: which file, in which line, and why.

    `code` is "wrong" (then `reason` is Typst's own word on it), "packages" (it wants to fetch something) or "endless".
    """

    def __init__(self, template: str, code: str, *, line: str = "", reason: str = "") -> None:
        super().__init__(f"{template}:{line} {code} {reason}")
        self.template = template
        self.code = code
        self.line = line
        self.reason = reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A letter that was set; `version` changes with the words and the look of its templates."""

    pdf: bytes
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Stationery:
    """What the company writes on: its letterhead (a picture's path, or text) and its own templates."""

    letterhead: str = ""
    own_templates: Path | None = None

    @property
    def picture(self) -> Path | None:
        path = Path(self.letterhead)
        return path if self.letterhead and path.suffix.lower() in {".png", ".jpg", ".jpeg", ".svg"} else None


async def set_letter(
    template: str, language: str, values: Mapping[str, Any], *, stationery: Stationery, at: datetime
) -> Paper:
    """This function will set a letter (`template` such as "SP1"); raises TemplateBroken. `at` stands in the file."""
    with TemporaryDirectory(prefix="santun-letter-") as name:
        folder = Path(name)
        version = _gathered(folder, language, stationery)
        head = _letterhead(folder, stationery, company=str(values["company"]["name"]))
        order = {
            "folder": str(folder),
            "template": f"{template}.typ",
            "values": {**values, "letterhead": head},
            "at": at.isoformat(),
        }
        return Paper(pdf=await _pdf(order), version=version)


async def sample(template: str, language: str, *, stationery: Stationery) -> Paper:
    """This function will set a letter of nobody's, to see whether the templates can be set. Raises TemplateBroken."""
    values = json.loads((FOLDER / language / "letters" / "sample.json").read_text(encoding="utf-8"))
    return await set_letter(template, language, values, stationery=stationery, at=_SAMPLE_AT)


def _gathered(folder: Path, language: str, stationery: Stationery) -> str:
    """Every template in one folder, the company's last; gives the digest of them all. Raises TemplateBroken."""
    sources = [FOLDER / "letters", FOLDER / language / "letters"]
    if stationery.own_templates is not None:
        sources.append(stationery.own_templates)
    for source in sources:
        for path in sorted(source.glob("*.typ")):
            copyfile(path, folder / path.name)
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.typ")):
        text = path.read_text(encoding="utf-8", errors="replace")
        if _PACKAGE.search(text):
            raise TemplateBroken(path.name, "packages")
        digest.update(f"{path.name}\n{text}\n".encode())
    return digest.hexdigest()[:8]


def _letterhead(folder: Path, stationery: Stationery, *, company: str) -> dict[str, Any]:
    picture = stationery.picture
    if picture is not None:
        copied = f"{PICTURE}{picture.suffix.lower()}"
        copyfile(picture, folder / copied)
        return {"picture": copied, "lines": []}
    # A line break in .env is written as \n, or the lines are set apart by a bar.
    lines = [one.strip() for one in re.split(r"\\n|\n|\|", stationery.letterhead)]
    return {"picture": None, "lines": [one for one in lines if one] or [company]}


async def _pdf(order: Mapping[str, Any]) -> bytes:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", str(_CHILD)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={"HTTPS_PROXY": _NOWHERE, "HTTP_PROXY": _NOWHERE, "ALL_PROXY": _NOWHERE},
    )
    try:
        async with asyncio.timeout(SECONDS):
            pdf, said = await child.communicate(json.dumps(order).encode())
    except TimeoutError:
        child.kill()
        await child.wait()
        raise TemplateBroken(order["template"], "endless") from None
    if child.returncode != 0:
        raise _broken(order["template"], said.decode(errors="replace"))
    return pdf


def _broken(template: str, said: str) -> TemplateBroken:
    """The first error and its place, out of what Typst said; no word at all: it asked for too much memory."""
    reason, place = _REASON.search(said), _PLACE.search(said)
    if reason is None:
        return TemplateBroken(template, "endless")
    file, line = (Path(place.group(1)).name, place.group(2)) if place is not None else (template, "")
    return TemplateBroken(file, "wrong", line=line, reason=reason.group(1))
