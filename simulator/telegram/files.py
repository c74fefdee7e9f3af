"""Files people and the bot exchange: stored bytes, ids, and the size of pictures."""

from __future__ import annotations

import itertools
import mimetypes
from dataclasses import dataclass

from simulator.telegram.errors import bad_request
from simulator.telegram.params import Params, Upload
from simulator.wire import Json

PNG_HEAD, GIF_HEAD = 24, 10
"""Bytes needed to know a picture's size."""

JPEG_MARK = 0xFF
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_DOCUMENT_BYTES = 50 * 1024 * 1024
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """One file; `path` is what getFile tells."""

    file_id: str
    unique_id: str
    path: str
    name: str
    content: bytes
    mime_type: str

    def wire(self) -> Json:
        """The File object."""
        size = len(self.content)
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": size, "file_path": self.path}

    def document(self) -> Json:
        """The Document object."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_size": len(self.content),
        }

    def photo(self) -> list[Json]:
        """The PhotoSize objects of a picture (one size)."""
        width, height = picture_size(self.content)
        size: Json = {"file_id": self.file_id, "file_unique_id": self.unique_id, "width": width, "height": height}
        return [{**size, "file_size": len(self.content)}]


class FileStore:
    """All files by id and path."""

    def __init__(self) -> None:
        self._count = itertools.count(1)
        self.by_id: dict[str, Stored] = {}
        self.by_path: dict[str, Stored] = {}

    def add(self, content: bytes, *, name: str, folder: str) -> Stored:
        """Keep a file; `folder` is photos or documents."""
        number = next(self._count)
        suffix = "." + name.rsplit(".", 1)[1].lower() if "." in name else ".jpg" if folder == "photos" else ""
        stored = Stored(
            file_id=f"SIMFILE{folder[:3].upper()}{number:024d}",
            unique_id=f"SIMU{number:011d}",
            path=f"{folder}/file_{number}{suffix}",
            name=name,
            content=content,
            mime_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        )
        self.by_id[stored.file_id] = self.by_path[stored.path] = stored
        return stored

    def sent(self, params: Params, field: str) -> Stored:
        """The file a send call names: an upload, or the id of a stored file. Raises ApiError."""
        upload = _upload(params, field)
        if upload is not None:
            return self._take(upload, field)
        value = params.text(field)
        if not value:
            raise bad_request(f"there is no {field} in the request")
        if value in self.by_id:
            return self.by_id[value]
        if value.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        raise bad_request("wrong file identifier/HTTP URL specified")

    def _take(self, upload: Upload, field: str) -> Stored:
        if not upload.content:
            raise bad_request("file must be non-empty")
        limit = MAX_PHOTO_BYTES if field == "photo" else MAX_DOCUMENT_BYTES
        if len(upload.content) > limit:
            raise bad_request("file is too big")
        if field == "photo" and picture_size(upload.content) == (0, 0):
            raise bad_request("IMAGE_PROCESS_FAILED")
        return self.add(upload.content, name=upload.name, folder="photos" if field == "photo" else "documents")


def _upload(params: Params, field: str) -> Upload | None:
    value = params.text(field)
    if value.startswith("attach://"):
        return params.files.get(value.removeprefix("attach://"))
    return params.files.get(field)


def picture_size(content: bytes) -> tuple[int, int]:
    """(width, height) of a PNG, GIF, WebP or JPEG in pixels; (0, 0) when it is no picture."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= PNG_HEAD:
        return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    if content.startswith(b"GIF8") and len(content) >= GIF_HEAD:
        return int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")
    return (512, 512) if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else (0, 0)


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(content) and content[at] == JPEG_MARK:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in JPEG_FRAMES:
            height = int.from_bytes(content[at + 5 : at + 7], "big")
            return int.from_bytes(content[at + 7 : at + 9], "big"), height
        at += 2 + length
    return 640, 480
