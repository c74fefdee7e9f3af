"""Names of people in a list, and the customer's consent to WhatsApp."""

from __future__ import annotations

import re

_SALUTATIONS = {
    "bapak": "Bapak",
    "bpk": "Bapak",
    "bp": "Bapak",
    "pak": "Bapak",
    "tn": "Bapak",
    "tuan": "Bapak",
    "ibu": "Ibu",
    "bu": "Ibu",
    "ny": "Ibu",
    "nyonya": "Ibu",
    "kak": "Kak",
    "kakak": "Kak",
    "mas": "Mas",
    "mbak": "Mbak",
    "mba": "Mbak",
    "koh": "Koh",
    "cik": "Cik",
    "bang": "Bang",
    "kang": "Kang",
    "teh": "Teh",
    "uda": "Uda",
    "uni": "Uni",
    "bli": "Bli",
    "pak haji": "Pak Haji",
    "bu haji": "Bu Haji",
    "bu hajah": "Bu Haji",
    "sdr": "Saudara",
    "saudara": "Saudara",
    "sdri": "Saudari",
    "saudari": "Saudari",
}
_ALSO_NAMES = {"uni"}
"""Salutations that are given names too: taken from a column of their own only."""
_BOTH = re.compile(r"^(bapak|bpk|pak)\.?\s*/\s*(ibu|bu)\.?\s+", re.IGNORECASE)
_PHONE = re.compile(r"\+?\d[\d\s().\-]{6,}\d")
_YES = {"ya", "y", "yes", "true", "1", "setuju", "sudah", "sudah setuju", "opt in", "opt-in"}
_NO = {"tidak", "tdk", "no", "n", "false", "0", "belum", "tidak setuju", "belum setuju", "opt out", "opt-out"}


class ConsentUnreadable(ValueError):
    """Neither ya nor tidak."""


def read_contact(text: str) -> tuple[str | None, str | None]:
    """(salutation, name): "Bapak Andi" is ("Bapak", "Andi"); without a written salutation none is guessed.

    "Bapak/Ibu Andi" says that nobody knows: the salutation is None.
    """
    written = " ".join(text.split())
    if written in ("", "-"):
        return None, None
    neutral = _BOTH.sub("", written)
    if neutral != written:
        return None, neutral
    words = written.split(" ")
    for count in (2, 1):
        salutation = salutation_of(" ".join(words[:count]))
        if salutation is not None and len(words) > count and words[0].lower() not in _ALSO_NAMES:
            return salutation, " ".join(words[count:])
    return None, written


def split_contact(text: str) -> tuple[str, tuple[str, ...]]:
    """(name, phones as written) of a contact cell that may hold both: "Bapak Andi 0812-...".

    Beside several numbers nobody can tell whose the name is: then it is "".
    """
    phones = tuple(found.strip() for found in _PHONE.findall(text))
    if not phones:
        return text, ()
    name = re.sub(r"[\s/,;:()\-]+$|^[\s/,;:()\-]+", "", _PHONE.sub(" ", text))
    return (name if len(phones) == 1 else ""), phones


def salutation_of(text: str) -> str | None:
    """The form of address that a word or two stand for ("Bpk." is "Bapak"); None when it is none we know."""
    return _SALUTATIONS.get(text.lower().replace(".", "").strip())


def read_consent(text: str) -> bool | None:
    """True for ya, False for tidak, None when blank. Raises ConsentUnreadable for anything else."""
    written = " ".join(text.lower().split())
    if written in ("", "-"):
        return None
    if written not in _YES | _NO:
        raise ConsentUnreadable(text)
    return written in _YES
