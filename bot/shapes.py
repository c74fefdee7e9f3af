"""The shape of single settings. A wrong one raises the code of its sentence in `messages/<language>/settings.toml`."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, SecretStr
from pydantic_core import PydanticCustomError

PICTURES = {".png", ".jpg", ".jpeg", ".svg"}


def is_loopback(url: str) -> bool:
    """Whether the address can only mean this computer."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise PydanticCustomError("url", "no address")
    return text.rstrip("/")


def _listen(text: str) -> str:
    _, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or int(port) >= 1 << 16:
        raise PydanticCustomError("address", "no host and port")
    return text


def _time_zone(name: str) -> str:
    if name not in available_timezones():
        raise PydanticCustomError("time_zone", "no time zone")
    return name


def _existing_file(path: Path) -> Path:
    if not path.is_file():
        raise PydanticCustomError("no_file", "no such file", {"path": str(path)})
    return path


def _existing_folder(path: Path) -> Path:
    if not path.is_dir():
        raise PydanticCustomError("no_folder", "no such folder", {"path": str(path)})
    return path


def _letterhead(text: str) -> str:
    if Path(text).suffix.lower() in PICTURES:
        _existing_file(Path(text))
    return text


def shape(code: str, pattern: str) -> AfterValidator:
    """The whole text has the pattern, else the sentence `code`."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise PydanticCustomError(code, "wrong shape")
        return text

    return AfterValidator(check)


def secret_shape(code: str, pattern: str) -> AfterValidator:
    """The same for a secret."""

    def check(secret: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, secret.get_secret_value()):
            raise PydanticCustomError(code, "wrong shape")
        return secret

    return AfterValidator(check)


Address = Annotated[str, AfterValidator(_web_address)]
Listen = Annotated[str, AfterValidator(_listen)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
ExistingFile = Annotated[Path, AfterValidator(_existing_file)]
ExistingFolder = Annotated[Path, AfterValidator(_existing_folder)]
Letterhead = Annotated[str, AfterValidator(_letterhead)]
