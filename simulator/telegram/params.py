"""Parameters of a Bot API call, whichever of the three encodings they came in."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from multidict import MultiMapping

from simulator.telegram.errors import bad_request
from simulator.wire import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """One uploaded file."""

    name: str
    content: bytes
    mime_type: str


@dataclass
class Params:
    """Values by name: strings from forms, native from JSON."""

    values: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """A string; numbers are taken as written."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """An integer; anything unreadable counts as the default, as in the real server."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """A boolean: true, True, 1, yes."""
        return str(self.values.get(name, "")).lower() in ("true", "1", "yes")

    def structure(self, name: str) -> Any:
        """A nested object or array; a string is read as JSON. None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def loggable(self) -> Json:
        """For the journal: values, and uploads by name and size."""
        uploads = {name: {"file_name": f.name, "size": len(f.content)} for name, f in self.files.items()}
        return {**self.values, **uploads}


async def read_params(request: web.Request) -> Params:
    """Parameters of the query string and of a JSON, urlencoded or multipart body."""
    values: Json = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values.update(_json_body(await request.text()))
    elif request.can_read_body:
        _take_form(await request.post(), values, files)
    return Params(values, files)


def _json_body(text: str) -> Json:
    try:
        body = json.loads(text or "{}")
    except ValueError:
        raise bad_request("can't parse request body as JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("can't parse request body as JSON object")
    return {name: value for name, value in body.items() if value is not None}


def _take_form(form: MultiMapping[Any], values: Json, files: dict[str, Upload]) -> None:
    for name, value in form.items():
        if isinstance(value, web.FileField):
            files[name] = Upload(name=value.filename, content=value.file.read(), mime_type=value.content_type)
        elif isinstance(value, bytes | bytearray):
            values[name] = bytes(value).decode()
        else:
            values[name] = str(value)
