"""Logs: every logger of the process, ours or a library's, goes through one chain that hides what must not be written.

Hidden: secrets (by value and by shape), telephone numbers, e-mail addresses, credentials in URLs, signed links, SQL
parameters, and whatever stands under a key that carries a person's words or name. Libraries log such things on
their own: httpx prints the bot's token with every request.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TextIO

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

HIDDEN = "[hidden]"
PHONE = "[phone]"

# Under these keys every text goes whole; numbers stay, since an id names nobody.
PERSONAL_KEYS = frozenset(
    "address body caption contact customer email first_name last_name name note password phone secret text token"
    " username".split()
)
SHORTEST_SECRET = 4  # hiding a shorter one would riddle every line

SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"/bot\d+:[\w-]+"), f"/bot{HIDDEN}"),  # a bot's token in a Bot API URL, and bare
    (re.compile(r"(?<!\d)\d{5,}:[\w-]{20,}"), HIDDEN),
    (re.compile(r"(?<=://)[^\s/@:]*:[^\s/@]*(?=@)"), HIDDEN),  # user:password@ in a URL
    (re.compile(r"\b(Basic|Bearer)\s+[\w+/=.~-]+", re.IGNORECASE), rf"\1 {HIDDEN}"),
    (re.compile(r"\b[0-9a-f]{32}\b"), HIDDEN),  # Twilio's auth token; its sids begin with two letters and stay
    (re.compile(r"([?&](?:start|startgroup|token|secret|signature)=)[^\s&\"']+"), rf"\1{HIDDEN}"),
    (re.compile(r"(/media/)[^\s\"'?]+"), rf"\1{HIDDEN}"),
    (re.compile(r"\[parameters: .*", re.DOTALL), f"[parameters: {HIDDEN}]"),  # SQLAlchemy quotes the row in errors
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[email]"),
    (re.compile(r"\+\d[\d\s().-]{6,16}\d"), PHONE),
    (re.compile(r"(?<![\d.-])(?:62|0)[\s.-]?8(?:[\s.-]?\d){7,11}(?!\d)"), PHONE),
)

# Below these levels the libraries tell too much.
QUIET: Mapping[str, int] = {
    "aiohttp.access": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "telegram": logging.WARNING,
    "twilio": logging.WARNING,
    "urllib3": logging.WARNING,
}


def configure_logging(
    *, json: bool, secrets: Iterable[str] = (), stream: TextIO | None = None, level: int = logging.INFO
) -> None:
    """Send every log record through the redaction to `stream` (standard error).

    `secrets` are hidden wherever they stand. May be called again; the last call holds.
    """
    redact = redaction(secrets)
    told: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    written: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        redact,
        _renderer(json=json),
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=told, processors=written))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.captureWarnings(True)
    for name, lowest in QUIET.items():
        logging.getLogger(name).setLevel(max(lowest, level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *told,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


def redaction(secrets: Iterable[str] = ()) -> Processor:
    """The link of the chain that hides: in every text of a record, at any depth, tracebacks included."""
    scrub = scrubber(secrets)

    def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {key: _clean(key, value, scrub) for key, value in event.items()}

    return redact


def scrubber(secrets: Iterable[str] = ()) -> Callable[[str], str]:
    """A function that returns a text without secrets, telephone numbers and the rest."""
    known = sorted({secret for secret in secrets if len(secret) >= SHORTEST_SECRET}, key=len, reverse=True)
    exact = re.compile("|".join(map(re.escape, known))) if known else None

    def scrub(text: str) -> str:
        if exact is not None:
            text = exact.sub(HIDDEN, text)
        for shape, stead in SHAPES:
            text = shape.sub(stead, text)
        return text

    return scrub


def _clean(key: str, value: Any, scrub: Callable[[str], str]) -> Any:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if key in PERSONAL_KEYS:
        return HIDDEN
    if isinstance(value, Mapping):
        return {str(inner_key): _clean(str(inner_key), inner, scrub) for inner_key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_clean(key, inner, scrub) for inner in value]
    return scrub(value if isinstance(value, str) else repr(value))


def _renderer(*, json: bool) -> Processor:
    if json:
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
