"""Logs: whatever a library or we ourselves write, no secret, number, name or word of a person comes out."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import HIDDEN, PHONE, configure_logging, scrubber

TOKEN = "1234567890:" + "A" * 35
AUTH = "0123456789abcdef" * 2
SECRET = "kata-sandi-webhook"

Configure = Callable[..., StringIO]


@pytest.fixture
def configure() -> Iterator[Configure]:
    """Configure logging into a buffer; afterwards all is as before."""
    root = logging.getLogger()
    before, level, structure = root.handlers[:], root.level, structlog.get_config()

    def into_buffer(**options: object) -> StringIO:
        buffer = StringIO()
        configure_logging(stream=buffer, secrets=[SECRET], **options)  # type: ignore[arg-type]
        return buffer

    yield into_buffer
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(False)
    structlog.configure(**structure)


@pytest.mark.parametrize("as_json", [True, False])
def test_nothing_personal_or_secret_comes_out(configure: Configure, as_json: bool) -> None:
    buffer = configure(json=as_json)
    ours = structlog.get_logger("bot.dispatch")
    library = logging.getLogger("telegram.ext")
    ours.info(
        "press taken", text="Saya bayar besok", name="Ibu Contoh", invoice=12, nested={"phone": "x", "n": [SECRET]}
    )
    ours.warning("sent to +62 812-0000-0001", url=f"https://api.telegram.org/bot{TOKEN}/sendMessage")
    library.error("failed at https://api.telegram.org/bot%s/getUpdates", TOKEN)
    logging.getLogger("twilio.http_client").warning("auth %s for 0812 0000 0002", AUTH)
    logging.getLogger("storage").error("postgresql://santun:rahasia@contoh.id/x refused")
    try:
        raise RuntimeError(f"webhook {SECRET} [parameters: ('Ibu Contoh', '+6281200000003')]")
    except RuntimeError:
        ours.exception("broken")
        library.exception("broken")
    written = buffer.getvalue()
    for never in (TOKEN, AUTH, SECRET, "Saya bayar", "Ibu Contoh", "rahasia", "812", "A" * 20):
        assert never not in written
    for kept in ("press taken", "sendMessage", "getUpdates", "Traceback", "RuntimeError", "contoh.id/x", "12"):
        assert kept in written


def test_json_is_one_object_a_line_with_its_origin(configure: Configure) -> None:
    buffer = configure(json=True)
    structlog.get_logger("bot.jobs").info("tick", due=3, chat_id=6281200000001)
    logging.getLogger("alembic.runtime").info("upgrade %s", "0001")
    first, second = map(json.loads, buffer.getvalue().splitlines())
    assert (first["event"], first["due"], first["logger"], first["level"]) == ("tick", 3, "bot.jobs", "info")
    assert first["chat_id"] == 6281200000001  # an id is a number, and stays one
    assert first["timestamp"].endswith("Z")
    assert (second["event"], second["logger"]) == ("upgrade 0001", "alembic.runtime")


@pytest.mark.parametrize(
    "library", ["httpx", "httpcore", "telegram", "twilio.http_client", "aiohttp.access", "sqlalchemy"]
)
def test_talkative_libraries_are_quiet_at_info(configure: Configure, library: str) -> None:
    buffer = configure(json=True, level=logging.INFO)
    logging.getLogger(library).info("HTTP Request: POST")
    assert buffer.getvalue() == ""


def test_context_goes_along(configure: Configure) -> None:
    buffer = configure(json=True)
    with structlog.contextvars.bound_contextvars(event_id="e1"):
        logging.getLogger("storage").warning("slow")
    assert json.loads(buffer.getvalue())["event_id"] == "e1"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"/bot{TOKEN}/getMe", f"/bot{HIDDEN}/getMe"),
        (f"token={TOKEN}", f"token={HIDDEN}"),
        ("/bot42:uji/getMe", f"/bot{HIDDEN}/getMe"),  # a rehearsal's short token
        ("telp 0812-0000-0001.", f"telp {PHONE}."),
        ("telp 081200000001", f"telp {PHONE}"),
        ("whatsapp:+6281200000001", f"whatsapp:{PHONE}"),
        ("https://wa.me/6281200000001?text=x", f"https://wa.me/{PHONE}?text=x"),
        ("Authorization: Basic QUM6eA==", f"Authorization: Basic {HIDDEN}"),
        ("https://t.me/contoh_bot?start=abc-DEF", f"https://t.me/contoh_bot?start={HIDDEN}"),
        ("GET /media/eyJ4Ijox.sig HTTP/1.1", f"GET /media/{HIDDEN} HTTP/1.1"),
        ("surat ke ratna@contoh.co.id", "surat ke [email]"),
        # What must stay readable:
        ("2026-08-21 08:00:05 H+3", "2026-08-21 08:00:05 H+3"),
        ("2026-08-21T08:00:05.123456Z", "2026-08-21T08:00:05.123456Z"),
        ("INV/2026/08/0812", "INV/2026/08/0812"),
        ("Rp8.000.000.000", "Rp8.000.000.000"),
        ("SM" + "0a" * 16, "SM" + "0a" * 16),
        ("http://127.0.0.1:8080/telegram", "http://127.0.0.1:8080/telegram"),
    ],
)
def test_shapes(text: str, clean: str) -> None:
    assert scrubber()(text) == clean


@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_a_known_secret_never_survives(before: str, after: str) -> None:
    assert SECRET not in scrubber([SECRET, ""])(before + SECRET + after)
