"""Files that cannot be read safely: each has its own sentence, and none brings the program down."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date

import pytest
import xlsxwriter

from bot.intake import ListRefused, read_list, sentence
from bot.intake.sniff import MAX_FILE_BYTES
from tests.bot.intake.sheets import GOOD, HEADER, book_of, csv_of, read_rows, xlsx_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LIST = (HEADER, GOOD)


def zip_of(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_member(content: bytes, name: str, member: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, member)
    return out.getvalue()


def locked(content: bytes) -> bytes:
    """The zip with the flag "encrypted" set on each entry of its directory."""
    changed = bytearray(content)
    place = changed.find(b"PK\x01\x02")
    while place >= 0:
        (flags,) = struct.unpack_from("<H", changed, place + 8)
        struct.pack_into("<H", changed, place + 8, flags | 1)
        place = changed.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


def far_corner() -> bytes:
    """Seven kilobytes with one cell in the last corner of the sheet: a reader wants half a terabyte for it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "No Faktur")
        sheet.write(1_048_575, 16_383, 1)
    return out.getvalue()


UTF16 = "utf-16-le"
REFUSED = {
    "empty": ("daftar.xlsx", b"", "empty"),
    "blank": ("daftar.csv", b"\xef\xbb\xbf \r\n", "empty"),
    "pdf": ("daftar.pdf", b"%PDF-1.7 ...", "not_a_spreadsheet"),
    "picture": ("daftar.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_spreadsheet"),
    "prose": ("daftar.xlsx", b"halo, apa kabar".replace(b",", b""), "not_a_spreadsheet"),
    "other zip": ("daftar.xlsx", zip_of(**{"word/document.xml": b"<w/>"}), "not_a_spreadsheet"),
    "other ole": ("daftar.xls", OLE + b"\0" * 512 + "WordDocument".encode(UTF16), "not_a_spreadsheet"),
    "csv named xlsx": ("daftar.xlsx", csv_of(*LIST), "renamed"),
    "xlsx named csv": ("daftar.csv", xlsx_of(*LIST), "renamed"),
    "xlsx named xls": ("daftar.xls", xlsx_of(*LIST), "renamed"),
    "html named xls": ("daftar.xls", b"<html><table><tr><td>No Faktur</td></tr></table></html>", "renamed"),
    "locked workbook": ("daftar.xlsx", OLE + b"\0" * 512 + "EncryptedPackage".encode(UTF16), "encrypted"),
    "locked zip": ("daftar.xlsx", locked(xlsx_of(*LIST)), "encrypted"),
    "macros": ("daftar.xlsm", with_member(xlsx_of(*LIST), "xl/vbaProject.bin", b"\0"), "macros"),
    "old macros": ("daftar.xls", OLE + b"\0" * 512 + "Workbook_VBA_PROJECT".encode(UTF16), "macros"),
    "too many bytes": ("daftar.csv", b"a;b\n" * (MAX_FILE_BYTES // 4 + 1), "too_big"),
    "zip bomb": ("daftar.xlsx", with_member(xlsx_of(*LIST), "xl/big.xml", b"\0" * (201 * 1024**2)), "too_big"),
    "far corner": ("daftar.xlsx", far_corner(), "too_big"),
    "cut off": ("daftar.xlsx", xlsx_of(*LIST)[:-200], "broken_file"),
    "broken sheet": ("daftar.xlsx", zip_of(**{"xl/workbook.xml": b"<workbook"}), "broken_file"),
    "open quote": ("daftar.csv", csv_of(*LIST) + b'"F-2;Toko\r\nF-3;Toko\r\n', "broken_csv"),
    "no delimiter": ("daftar.csv", b"halo\napa kabar\n", "no_header"),
    "no header": ("daftar.csv", csv_of(GOOD, GOOD), "no_header"),
    "no invoice column": ("daftar.csv", csv_of(HEADER[1:], GOOD[1:]), "no_invoice_column"),
    "no customer column": ("daftar.csv", csv_of((HEADER[0], *HEADER[2:]), (GOOD[0], *GOOD[2:])), "no_customer_column"),
    "no due column": ("daftar.csv", csv_of((*HEADER[:3], *HEADER[4:]), (*GOOD[:3], *GOOD[4:])), "no_due_column"),
    "no amount column": ("daftar.csv", csv_of(HEADER[:4], GOOD[:4]), "no_amount_column"),
    "no rows": ("daftar.csv", csv_of(HEADER, ("TOTAL", "", "", "", "0", "0", "0")), "no_rows"),
    "in thousands": ("daftar.csv", csv_of(("Piutang (dalam ribuan)",), *LIST), "amounts_scaled"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_file_is_refused_with_its_own_sentence(case: str) -> None:
    filename, content, key = REFUSED[case]
    with pytest.raises(ListRefused) as refused:
        read_list(content, filename=filename)
    assert refused.value.reason.key == key
    for language in ("id", "en"):
        text = sentence(refused.value.reason, language=language)
        assert filename in text
        assert "{" not in text


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    row = (GOOD[0], "Toko Café", *GOOD[2:])
    read = read_list(csv_of(HEADER, row, delimiter=delimiter, encoding=encoding), filename="daftar.csv")
    assert [invoice.customer for invoice in read.invoices] == ["Toko Café"]
    assert read.invoices[0].balance.rupiah_exact == 1_000_000


def test_a_line_that_names_the_delimiter_is_no_row() -> None:
    read = read_list(b"sep=;\r\n" + csv_of(*LIST), filename="daftar.csv")
    assert [invoice.row for invoice in read.invoices] == [2]


def test_a_cell_pushed_aside_by_a_stray_delimiter_is_refused() -> None:
    read = read_rows(GOOD, ("F-2", "Toko Melati", "03/11/2026", "28/11/2026", "1", "250", "000", "0", "1"))
    assert [(refused.row, refused.reason.key) for refused in read.refused] == [(3, "too_many_cells")]


def test_the_only_visible_sheet_with_a_list_is_read() -> None:
    content = book_of({"Petunjuk": [["Cara mengisi"]], "Piutang": LIST})
    assert len(read_list(content, filename="daftar.xlsx").invoices) == 1


def test_two_sheets_with_a_list_are_asked_about() -> None:
    other = (HEADER, ("F-9", *GOOD[1:]))
    content = book_of({"Oktober": LIST, "November": other})
    read = read_list(content, filename="daftar.xlsx")
    assert [(question.key, question.choices) for question in read.questions] == [("sheet", ("Oktober", "November"))]
    assert not read.invoices
    answered = read_list(content, filename="daftar.xlsx", answers={"sheet": "November"})
    assert [invoice.number for invoice in answered.invoices] == ["F-9"]


def test_rows_are_numbered_as_in_the_sheet() -> None:
    blank = ("",) * len(HEADER)
    title = ("PT CONTOH",)
    rows = (title, blank, HEADER, blank, GOOD)
    for name, content in (("daftar.csv", csv_of(*rows)), ("daftar.xlsx", xlsx_of(*rows))):
        assert [invoice.row for invoice in read_list(content, filename=name).invoices] == [5]


def test_the_same_headers_have_the_same_fingerprint_and_only_the_same_file_the_same_digest() -> None:
    one, other = read_rows(GOOD), read_rows(("F-2", *GOOD[1:]))
    assert one.source_fingerprint == other.source_fingerprint
    assert one.file_digest != other.file_digest
    assert one.file_digest == read_rows(GOOD).file_digest
    assert read_rows((*GOOD, "Rina"), header=(*HEADER, "Kolektor")).source_fingerprint != one.source_fingerprint


def ods_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def ods_of(*rows: tuple[str, ...]) -> bytes:
    """The smallest OpenDocument sheet there is, all texts."""
    texts = ("".join(ods_cell(cell) for cell in row) for row in rows)
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in texts)
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="P">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    return zip_of(**{"mimetype": mimetype, "content.xml": content.encode(), "META-INF/manifest.xml": b"<m/>"})


def test_an_open_document_sheet_is_read() -> None:
    read = read_list(ods_of(HEADER, GOOD), filename="daftar.ods")
    assert [invoice.number for invoice in read.invoices] == ["F-1"]


def test_numbers_and_real_dates_of_a_workbook() -> None:
    row = (1001, "Toko Melati", date(2026, 11, 3), date(2026, 11, 28), 1_250_000, 250_000, 1_000_000)
    read = read_list(xlsx_of(HEADER, row), filename="daftar.xlsx")
    assert [(invoice.number, invoice.due_on) for invoice in read.invoices] == [("1001", date(2026, 11, 28))]
