"""Rows: what is left out knowingly, what is refused, what belongs to one customer."""

from __future__ import annotations

import pytest

from bot.intake import read_list
from tests.bot.intake.sheets import GOOD, HEADER, csv_of, keys, read_rows, reasons, with_cells, xlsx_of


def test_totals_titles_and_footers_are_left_out_and_reported_as_such() -> None:
    content = csv_of(
        ("PT CONTOH DISTRIBUSI",),
        ("DAFTAR PIUTANG per 18 November 2026",),
        HEADER,
        GOOD,
        ("", "Subtotal Toko Melati", "", "", "1.250.000", "250.000", "1.000.000"),
        HEADER,  # the next page
        with_cells(number="F-2"),
        ("", "", "Jumlah", "", "2.500.000", "500.000", "2.000.000"),
        ("TOTAL", "", "", "", "2.500.000", "500.000", "2.000.000"),
        ("Grand Total:", "2", "", "", "2.500.000", "500.000", "2.000.000"),
        ("Dicetak: 18/11/2026 09:15", "", "", "", "", "", ""),
        ("Mengetahui,", "", "", "Andi", "", "", ""),
    )
    read = read_list(content, filename="daftar.csv")
    assert [invoice.row for invoice in read.invoices] == [4, 7]
    assert not read.refused
    assert read.dropped == (1, 2, 5, 6, 8, 9, 10, 11, 12)


def test_a_customer_whose_name_sounds_like_a_total_stays() -> None:
    read = read_rows(with_cells(customer="Total Jaya, PT"), with_cells(number="F-2", customer="Total Jaya, PT", due=""))
    assert [invoice.customer for invoice in read.invoices] == ["Total Jaya, PT"]
    assert reasons(read) == [(3, "Jatuh Tempo", "due_missing")]


@pytest.mark.parametrize(
    ("cells", "column", "key"),
    [
        ({"number": ""}, "No Faktur", "number_missing"),
        ({"number": "1,23E+15"}, "No Faktur", "number_digits_lost"),
        ({"customer": ""}, "Pelanggan", "customer_missing"),
        ({"customer": "-"}, "Pelanggan", "customer_missing"),
        ({"due": ""}, "Jatuh Tempo", "due_missing"),
        ({"due": "segera"}, "Jatuh Tempo", "date_unreadable"),
        ({"amount": ""}, "Nilai Faktur", "amount_missing"),
        ({"amount": "1,5jt"}, "Nilai Faktur", "amount_abbreviated"),
        ({"balance": "Rp900.000,00"}, "Sisa Piutang", "sum_mismatch"),
        ({"amount": "(250.000,00)", "paid": "0", "balance": "(250.000,00)"}, "Sisa Piutang", "credit_note"),
        ({"amount": "-250.000,00", "paid": "0", "balance": "250.000,00-"}, "Sisa Piutang", "credit_note"),
        ({"paid": "Rp1.500.000,00", "balance": "-Rp250.000,00"}, "Sisa Piutang", "credit_note"),
        ({"paid": "-Rp250.000,00", "balance": "Rp1.500.000,00"}, "Dibayar", "paid_negative"),
        ({"amount": "USD 100"}, "Nilai Faktur", "amount_foreign"),
    ],
)
def test_a_row_is_refused_with_its_reason(cells: dict[str, str], column: str, key: str) -> None:
    others = [with_cells(number=f"G-{place}") for place in range(3)]
    read = read_rows(*others, with_cells(**cells))
    assert reasons(read) == [(5, column, key)]
    assert len(read.invoices) == 3
    assert not read.questions


def test_a_foreign_currency_column_refuses_its_rows() -> None:
    read = read_rows((*GOOD, "IDR"), (*with_cells(number="F-2"), "USD"), header=(*HEADER, "Mata Uang"))
    assert reasons(read) == [(3, "Mata Uang", "amount_foreign")]


def test_a_number_that_stands_twice_with_different_rows_is_refused_in_both() -> None:
    read = read_rows(GOOD, with_cells(customer="Toko Mawar"), with_cells(number="f-1 ", customer="Toko Anggrek"))
    assert reasons(read) == [
        (2, "No Faktur", "number_twice"),
        (3, "No Faktur", "number_twice"),
        (4, "No Faktur", "number_twice"),
    ]
    assert [refused.reason.values["other_row"] for refused in read.refused] == ["3", "2", "2"]


def test_a_row_that_is_merely_repeated_counts_once() -> None:
    read = read_rows(GOOD, GOOD)
    assert [invoice.row for invoice in read.invoices] == [2]
    assert reasons(read) == [(3, "No Faktur", "number_twice")]


def test_paid_invoices_are_kept_with_balance_zero() -> None:
    read = read_rows(with_cells(paid="1.250.000,00", balance="0"))
    assert [bool(invoice.balance) for invoice in read.invoices] == [False]
    assert not read.open_invoices


GROUPED = (
    GOOD,
    with_cells(number="F-2", customer=""),
    with_cells(number="F-3", customer="Toko Mawar"),
    with_cells(number="F-4", customer=""),
)


def test_customers_named_on_the_first_row_of_their_group_only_are_asked_about() -> None:
    read = read_rows(*GROUPED)
    assert keys(read) == ["customer.blank"]
    assert [invoice.number for invoice in read.invoices] == ["F-1", "F-3"]
    filled = read_rows(*GROUPED, **{"customer.blank": "fill_down"})
    assert [invoice.customer for invoice in filled.invoices] == [
        "Toko Melati",
        "Toko Melati",
        "Toko Mawar",
        "Toko Mawar",
    ]
    refused = read_rows(*GROUPED, **{"customer.blank": "refuse"})
    assert reasons(refused) == [(3, "Pelanggan", "customer_missing"), (5, "Pelanggan", "customer_missing")]


def test_a_row_with_another_customer_code_does_not_continue_the_group() -> None:
    codes = ("C1", "C1", "C2", "C3")
    rows = [(*row, code) for row, code in zip(GROUPED, codes, strict=True)]
    read = read_rows(*rows, header=(*HEADER, "Kode Outlet"), **{"customer.blank": "fill_down"})
    assert [invoice.number for invoice in read.invoices] == ["F-1", "F-2", "F-3"]
    assert reasons(read) == [(5, "Pelanggan", "customer_missing")]


def test_a_merged_customer_belongs_to_all_its_rows_and_a_merged_amount_to_one() -> None:
    day = ("3 Nov 2026", "28 Nov 2026")
    rows = [("F-1", "", *day, "", 0, 500_000), ("F-2", "", *day, "", 0, 500_000)]
    content = xlsx_of(HEADER, *rows, merges=[("B2:B3", "Toko Melati"), ("E2:E3", "500.000,00")])
    read = read_list(content, filename="daftar.xlsx")
    assert [(invoice.number, invoice.customer) for invoice in read.invoices] == [("F-1", "Toko Melati")]
    assert reasons(read) == [(3, "Nilai Faktur", "amount_missing")]


def test_a_header_of_two_rows_with_merged_cells() -> None:
    content = xlsx_of(
        ("No Faktur", "Pelanggan", "", "", "", "", ""),
        ("", "", "Faktur", "Jatuh Tempo", "Nilai Faktur", "Dibayar", "Sisa"),
        ("F-1", "Toko Melati", "3 Nov 2026", "28 Nov 2026", 500_000, 0, 500_000),
        merges=[("C1:D1", "Tgl"), ("E1:G1", "Rupiah"), ("A1:A2", "No Faktur"), ("B1:B2", "Pelanggan")],
    )
    read = read_list(content, filename="daftar.xlsx")
    assert [(invoice.row, str(invoice.issued_on)) for invoice in read.invoices] == [(3, "2026-11-03")]
