"""Who signed: against a signer written down from Twilio's description, not against the SDK itself."""

from __future__ import annotations

import base64
import hmac

import pytest

from bot.channels.signature import reference_of, signed_reference, valid_signature

TOKEN = "invented-auth-token"
URL = "https://contoh.example/twilio/inbound?b=2&a=1"
PAIRS = [("From", "whatsapp:+62812000077"), ("Body", " sudah saya bayar, terima kasih "), ("ButtonPayload", "")]
SETTINGS = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"


def signature(url: str, pairs: list[tuple[str, str]], algorithm: str = "sha1", token: str = TOKEN) -> str:
    text = url + "".join(name + value for name, value in sorted(pairs))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), algorithm).digest()).decode()


def test_a_signed_form_is_taken() -> None:
    assert valid_signature(URL, PAIRS, signature(URL, PAIRS), token=TOKEN)
    assert valid_signature(URL, PAIRS, signature(URL, PAIRS, "sha256"), token=TOKEN, settings_header=SETTINGS)


def test_repeated_fields_count() -> None:
    pairs = [*PAIRS, ("MediaUrl0", "a"), ("MediaUrl0", "b")]
    assert valid_signature(URL, pairs, signature(URL, pairs), token=TOKEN)


GOOD = signature(URL, PAIRS)


@pytest.mark.parametrize(
    ("url", "pairs", "header", "settings"),
    [
        (URL, PAIRS, None, None),  # no header: no, and no crash
        (URL, PAIRS, "", None),
        (URL, PAIRS, GOOD[:-2] + "x=", None),
        (URL, PAIRS, "é" * 28, None),
        (URL, PAIRS, signature(URL, PAIRS, token="another"), None),
        (URL.replace("https", "http"), PAIRS, GOOD, None),
        (URL.replace("contoh", "lain"), PAIRS, GOOD, None),
        (URL.replace("b=2&a=1", "a=1&b=2"), PAIRS, GOOD, None),
        (URL, [(name, value.strip()) for name, value in PAIRS], GOOD, None),  # trimmed
        (URL, [pair for pair in PAIRS if pair[1]], GOOD + "=", None),
        (URL, [*PAIRS, ("To", "x")], GOOD, None),
        (URL, PAIRS, GOOD, SETTINGS),  # the weaker scheme under the name of the stronger
        (URL, PAIRS, GOOD, "key=x,algorithm=none"),
        ("https://[", PAIRS, GOOD, None),
        (URL + "\udcff", PAIRS, GOOD, None),  # bytes in the path that are no text
    ],
)
def test_anything_else_is_refused(
    url: str, pairs: list[tuple[str, str]], header: str | None, settings: str | None
) -> None:
    assert not valid_signature(url, pairs, header, token=TOKEN, settings_header=settings)


def test_a_reference_comes_back_only_as_we_signed_it() -> None:
    signed = signed_reference("outbox:42", token=TOKEN)
    assert reference_of(signed, token=TOKEN) == "outbox:42"
    for forged in (None, "", "outbox:42", "outbox:43" + signed[9:], signed[:-1], signed + "0", "é.é"):
        assert reference_of(forged, token=TOKEN) is None
    assert reference_of(signed, token="another") is None
