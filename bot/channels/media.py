"""The address at which a provider fetches a paper from us: signed, for a day, and telling nothing of what it is."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from hashlib import sha256

SAMPLE = "contoh.pdf"
"""What stands in the place of a paper while WhatsApp looks at the template."""

_PURPOSE = b"santun media:"
_MAC_CHARACTERS = 32  # 128 bits
_SUFFIX = ".pdf"


def signed_paper(attachment_id: int, *, until: datetime, token: str) -> str:
    """This function will give the last part of a paper's address; it opens nothing after `until`."""
    named = f"{attachment_id}.{int(until.timestamp())}"
    return f"{named}.{_mac(named, token)}{_SUFFIX}"


def paper_of(signed: str, *, now: datetime, token: str) -> int | None:
    """This function will give the paper that an address opens now; none for another's, a changed or an old one."""
    named, dot, mac = signed.removesuffix(_SUFFIX).rpartition(".")
    if not dot or not hmac.compare_digest(mac.encode(), _mac(named, token).encode()):
        return None
    attachment_id, _, until = named.partition(".")
    if now >= datetime.fromtimestamp(int(until), UTC):
        return None
    return int(attachment_id)


def _mac(named: str, token: str) -> str:
    return hmac.new(token.encode(), _PURPOSE + named.encode(), sha256).hexdigest()[:_MAC_CHARACTERS]
