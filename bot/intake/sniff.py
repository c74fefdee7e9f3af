"""What kind of file the bytes are, whatever the name says, and whether it is safe to open."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from bot.intake.result import ListRefused

MEBIBYTE = 1024**2
MAX_FILE_BYTES = 20 * MEBIBYTE
"""Telegram hands out no larger file to a bot."""
MAX_UNZIPPED_BYTES = 200 * MEBIBYTE
"""Reading takes about five times as much memory."""
MAX_MANIFEST_BYTES = MEBIBYTE

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<style", b"<head", b"<body")
_FOREIGN = (b"%PDF", b"{\\rtf")
_SUFFIXES = {
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xlsb": "xlsb",
    ".xls": "xls",
    ".ods": "ods",
    ".csv": "text",
    ".tsv": "text",
    ".txt": "text",
}


def kind_of(content: bytes, *, filename: str) -> str:
    """The kind, one of text, xlsx, xlsb, xls, ods. Raises ListRefused for everything else and for a name that lies."""
    if not content.strip(b"\0\t\r\n \xef\xbb\xbf"):
        raise ListRefused("empty", filename=filename)
    if len(content) > MAX_FILE_BYTES:
        raise ListRefused("too_big", filename=filename, limit=str(MAX_FILE_BYTES // MEBIBYTE))
    kind = _kind(content, filename)
    suffix = PurePath(filename).suffix.lower()
    if suffix and _SUFFIXES.get(suffix) != kind:
        _refuse_name(content, kind=kind, filename=filename)
    if kind == "markup":
        raise ListRefused("not_a_spreadsheet", filename=filename)
    return kind


def _refuse_name(content: bytes, *, kind: str, filename: str) -> None:
    is_sheet_name = PurePath(filename).suffix.lower() in _SUFFIXES
    is_prose = kind == "text" and not any(mark in content for mark in b";,\t|")
    if is_prose or (kind == "markup" and not is_sheet_name):
        raise ListRefused("not_a_spreadsheet", filename=filename)
    raise ListRefused("renamed", filename=filename, actual={"text": "CSV", "markup": "HTML"}.get(kind, kind.upper()))


def _kind(content: bytes, filename: str) -> str:
    if content.startswith(_ZIP):
        return _zip_kind(content, filename)
    if content.startswith(_OLE):
        return _ole_kind(content, filename)
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_MARKUP):
        return "markup"
    if start.startswith(tuple(mark.lower() for mark in _FOREIGN)) or _is_binary(content):
        raise ListRefused("not_a_spreadsheet", filename=filename)
    return "text"


def _is_binary(content: bytes) -> bool:
    return not content.startswith(_UTF16) and any(byte < ord("\t") for byte in content[:65536])


def _ole_kind(content: bytes, filename: str) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise ListRefused("encrypted", filename=filename)
    if holds("_VBA_PROJECT"):
        raise ListRefused("macros", filename=filename)
    if not holds("Workbook") and not holds("Book"):
        raise ListRefused("not_a_spreadsheet", filename=filename)
    return "xls"


def _zip_kind(content: bytes, filename: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _guard(archive, filename)
            return _archive_kind(archive, filename)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise ListRefused("broken_file", filename=filename) from error


def _guard(archive: zipfile.ZipFile, filename: str) -> None:
    """Refuses what would unpack too large, is locked, or runs code: seen in the directory, before unpacking."""
    members = archive.infolist()
    if sum(member.file_size for member in members) > MAX_UNZIPPED_BYTES:
        raise ListRefused("too_big", filename=filename, limit=str(MAX_FILE_BYTES // MEBIBYTE))
    if any(member.flag_bits & 1 for member in members):
        raise ListRefused("encrypted", filename=filename)
    if any("vbaproject" in member.filename.lower() or "macrosheets/" in member.filename.lower() for member in members):
        raise ListRefused("macros", filename=filename)


def _archive_kind(archive: zipfile.ZipFile, filename: str) -> str:
    names = set(archive.namelist())
    for part, kind in (("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb")):
        if part in names:
            return kind
    if "content.xml" not in names or b"opendocument.spreadsheet" not in _start_of(archive, "mimetype", names):
        raise ListRefused("not_a_spreadsheet", filename=filename)
    if b"encryption-data" in _start_of(archive, "META-INF/manifest.xml", names):
        raise ListRefused("encrypted", filename=filename)
    return "ods"


def _start_of(archive: zipfile.ZipFile, name: str, names: set[str]) -> bytes:
    if name not in names:
        return b""
    with archive.open(name) as member:
        return member.read(MAX_MANIFEST_BYTES)
