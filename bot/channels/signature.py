"""Proof that a webhook comes from Twilio, and that a reference in a status callback is one of ours."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from hashlib import sha256

from multidict import MultiDict
from twilio.request_validator import (  # type: ignore[import-untyped]
    RequestValidator,
    get_signature_algorithm,
)

SIGNATURE_HEADER = "X-Twilio-Signature"
SETTINGS_HEADER = "X-Twilio-Webhooks-Signature-Settings"

_KNOWN_ALGORITHMS = frozenset({"HMAC_SHA1", "HMAC_SHA256"})
_PURPOSE = b"santun status reference:"
_MAC_CHARACTERS = 32  # 128 bits


def valid_signature(
    url: str, params: Iterable[tuple[str, str]], header: str | None, *, token: str, settings_header: str | None = None
) -> bool:
    """This function will say whether Twilio signed this form for this address; a missing header is simply no.

    `url` is the public address with its query, from the settings and never from the Host header; `params` are all
    fields as posted, blank ones and repetitions included.
    """
    algorithm = str(get_signature_algorithm(settings_header)).upper()
    if not header or algorithm not in _KNOWN_ALGORITHMS:
        return False
    try:
        return bool(RequestValidator(token).validate(url, MultiDict(params), header, algorithm))
    except ValueError:  # bytes in the path that are no text, or no address at all
        return False


def signed_reference(reference: str, *, token: str) -> str:
    """This function will sign an outbox reference for the `ref` of a status callback's address."""
    return f"{reference}.{_mac(reference, token)}"


def reference_of(signed: str | None, *, token: str) -> str | None:
    """This function will read a signed reference back; None for anything we did not sign."""
    reference, dot, mac = (signed or "").rpartition(".")
    if not dot or not hmac.compare_digest(mac.encode(), _mac(reference, token).encode()):
        return None
    return reference


def _mac(reference: str, token: str) -> str:
    return hmac.new(token.encode(), _PURPOSE + reference.encode(), sha256).hexdigest()[:_MAC_CHARACTERS]
