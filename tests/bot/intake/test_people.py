"""Contacts, phones, consent and time zones of customers."""

from __future__ import annotations

import pytest

from bot.intake import ListedInvoice, read_list
from bot.intake.people import read_consent, read_contact
from bot.intake.phones import DigitsLost, PhoneUnreadable, may_have_whatsapp, read_phones
from tests.bot.intake.sheets import GOOD, HEADER, csv_of, keys, read_rows, reasons, with_cells, xlsx_of

MOBILE, OTHER, LANDLINE = "+6281200001234", "+6281200005678", "+62215550123"


@pytest.mark.parametrize(
    ("written", "phones"),
    [
        ("0812-0000-1234", (MOBILE,)),
        ("62 812 0000 1234", (MOBILE,)),
        ("+62 812-0000-1234", (MOBILE,)),
        ("81200001234", (MOBILE,)),  # a spreadsheet ate the zero
        (81200001234.0, (MOBILE,)),
        (6281200001234.0, (MOBILE,)),
        ("'081200001234", (MOBILE,)),
        ("HP: 081200001234", (MOBILE,)),
        ("0812-0000-1234 / 0812-0000-5678", (MOBILE, OTHER)),
        ("081200001234, 081200005678", (MOBILE, OTHER)),
        ("081200001234\n081200001234", (MOBILE,)),
        ("(021) 555-0123", (LANDLINE,)),
        ("", ()),
        ("-", ()),
        ("0", ()),
        ("tidak ada", ()),
    ],
)
def test_phones_are_read(written: str | float, phones: tuple[str, ...]) -> None:
    assert read_phones(written) == phones


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("6.2812E+12", DigitsLost),
        ("6,2812E+12", DigitsLost),
        (6281200000000.0, DigitsLost),  # the same after it was saved once more
        ("0812", PhoneUnreadable),
        ("0812-0000-1234 / 5", PhoneUnreadable),
        ("Bapak Andi", PhoneUnreadable),
        (812.5, PhoneUnreadable),
    ],
)
def test_phones_are_refused(written: str | float, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_phones(written)


def test_a_landline_is_no_whatsapp_number() -> None:
    assert may_have_whatsapp(MOBILE)
    assert not may_have_whatsapp(LANDLINE)
    read = read_rows((*GOOD, "021-5550123 / 0812-0000-1234"), header=(*HEADER, "No HP"))
    assert read.invoices[0].phones == (MOBILE, LANDLINE)
    assert read.invoices[0].whatsapp_phones == (MOBILE,)


def test_phones_of_several_columns_come_together_and_a_broken_one_refuses_the_row() -> None:
    header = (*HEADER, "Telepon", "No. WA")
    read = read_rows(
        (*GOOD, "(021) 555-0123", "081200001234"), (*with_cells(number="F-2"), "", "6.2812E+12"), header=header
    )
    assert read.invoices[0].phones == (MOBILE, LANDLINE)
    assert reasons(read) == [(3, "No. WA", "phone_digits_lost")]


@pytest.mark.parametrize(
    ("written", "contact"),
    [
        ("Bapak Andi", ("Bapak", "Andi")),
        ("Bpk. Andi Wijaya", ("Bapak", "Andi Wijaya")),
        ("Pak Andi", ("Bapak", "Andi")),
        ("Ibu Siti", ("Ibu", "Siti")),
        ("Bu Siti", ("Ibu", "Siti")),
        ("Pak Haji Umar", ("Pak Haji", "Umar")),
        ("Koh Aliong", ("Koh", "Aliong")),
        ("Bapak/Ibu Sri", (None, "Sri")),
        ("Andi", (None, "Andi")),  # a name does not tell
        ("Uni Lestari", (None, "Uni Lestari")),  # a given name too
        ("Ibunda Catering", (None, "Ibunda Catering")),
        ("Bapak", (None, "Bapak")),
        ("", (None, None)),
        ("-", (None, None)),
    ],
)
def test_a_salutation_is_taken_as_written_and_never_guessed(
    written: str, contact: tuple[str | None, str | None]
) -> None:
    assert read_contact(written) == contact


@pytest.mark.parametrize(
    ("written", "name", "phones"),
    [
        ("Bapak Andi (0812-0000-1234)", "Andi", (MOBILE,)),
        ("081200001234", None, (MOBILE,)),
        (81200001234, None, (MOBILE,)),
        ("Andi 081200001234 / Budi 081200005678", None, (MOBILE, OTHER)),  # whose is the first name?
        ("Andi", "Andi", ()),
        ("Toko 88", "Toko 88", ()),
    ],
)
def test_a_contact_may_hold_a_phone(written: str | int, name: str | None, phones: tuple[str, ...]) -> None:
    content = xlsx_of((*HEADER, "Kontak"), (*GOOD, written))
    invoice = read_list(content, filename="daftar.xlsx").invoices[0]
    assert (invoice.contact_name, invoice.phones) == (name, phones)


def test_a_salutation_in_its_own_column_wins() -> None:
    read = read_rows((*GOOD, "Andi", "Bpk."), header=(*HEADER, "PIC", "Sapaan"))
    assert (read.invoices[0].salutation, read.invoices[0].contact_name) == ("Bapak", "Andi")


@pytest.mark.parametrize(
    ("written", "consent"), [("ya", True), ("YA", True), ("Tidak", False), ("", None), ("-", None)]
)
def test_consent_is_ya_or_tidak(written: str, consent: bool | None) -> None:
    assert read_consent(written) is consent


def of_customer(
    *pairs: tuple[str, str], answers: dict[str, str] | None = None
) -> tuple[list[str], list[ListedInvoice]]:
    """The questions and invoices of a customer whose rows say (province, consent)."""
    rows = [(*with_cells(number=f"F-{place}"), "C1", *pair) for place, pair in enumerate(pairs)]
    header = (*HEADER, "Kode Pelanggan", "Provinsi", "Persetujuan WA")
    read = read_list(csv_of(header, *rows), filename="daftar.csv", answers=answers or {})
    return keys(read), list(read.invoices)


@pytest.mark.parametrize(
    ("provinces", "zone"),
    [
        (("Jawa Tengah", "DKI Jakarta", "Banten"), "Asia/Jakarta"),  # branches inside one zone
        (("NTT",), "Asia/Makassar"),
        (("Papua",), "Asia/Jayapura"),
        (("Bali", ""), "Asia/Makassar"),
        (("",), None),
        (("Negeri Antah Berantah",), None),
        (("Bali", "Negeri Antah Berantah"), None),  # the unknown one may lie elsewhere
    ],
)
def test_the_zone_of_a_customer(provinces: tuple[str, ...], zone: str | None) -> None:
    questions, invoices = of_customer(*((province, "ya") for province in provinces))
    assert not questions
    assert {invoice.zone for invoice in invoices} == {zone}


def test_a_customer_in_two_zones_is_asked_about() -> None:
    pairs = [("Bali", "ya"), ("Jawa Timur", "ya")]
    assert of_customer(*pairs) == (["zone.C1"], [])
    for answer, zone in (("Asia/Makassar", "Asia/Makassar"), ("unknown", None)):
        questions, invoices = of_customer(*pairs, answers={"zone.C1": answer})
        assert not questions
        assert [invoice.zone for invoice in invoices] == [zone, zone]


def test_a_consent_given_once_counts_for_the_customer_and_a_contradiction_is_asked_about() -> None:
    assert [invoice.consent for invoice in of_customer(("Bali", "ya"), ("Bali", ""))[1]] == [True, True]
    pairs = [("Bali", "ya"), ("Bali", "tidak")]
    assert of_customer(*pairs) == (["consent.C1"], [])
    assert [i.consent for i in of_customer(*pairs, answers={"consent.C1": "tidak"})[1]] == [False, False]


def test_an_unreadable_consent_refuses_the_row() -> None:
    read = read_rows((*GOOD, "mungkin"), header=(*HEADER, "Persetujuan WA"))
    assert reasons(read) == [(2, "Persetujuan WA", "consent_unreadable")]


def test_collector_code_and_segment_are_optional() -> None:
    plain = read_rows(GOOD).invoices[0]
    assert (plain.collector, plain.customer_code, plain.segment, plain.phones) == (None, None, None, ())
    content = xlsx_of((*HEADER, "Kolektor", "Kode Outlet", "Segmen", "Sales"), (*GOOD, " Sari ", 17, "utama", "Joko"))
    full = read_list(content, filename="daftar.xlsx").invoices[0]
    assert (full.collector, full.customer_code, full.segment) == ("Sari", "17", "utama")
    assert (full.sales, plain.sales) == ("Joko", None)


def test_a_list_with_sales_people_only_names_them_as_collectors_too() -> None:
    read = read_list(xlsx_of((*HEADER, "Salesman"), (*GOOD, "Joko")), filename="daftar.xlsx").invoices[0]
    assert (read.collector, read.sales) == ("Joko", "Joko")
