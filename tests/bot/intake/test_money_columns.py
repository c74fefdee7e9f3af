"""Which column is the amount: proved by amount - paid = balance, asked about when nothing proves it."""

from __future__ import annotations

from bot.intake import ReadList, read_list
from sop.money import Money
from tests.bot.intake.sheets import HEADER, csv_of, keys, read_rows, reasons, with_cells, xlsx_of

DISTRIBUTOR = (
    "No Faktur", "Outlet", "Tgl J. Tempo", "Total Harga", "Potongan", "DPP", "PPN", "Faktur Netto", "Sudah Bayar",
    "Saldo Piutang",
)  # fmt: skip
NET = [
    ("F-1", "Toko Melati", "31 Des 2026", 1000, 100, 900, 99, 999, 99, 900),
    ("F-2", "Toko Melati", "31 Des 2026", 2000, 0, 2000, 220, 2220, 0, 2220),
    ("F-3", "Toko Melati", "31 Des 2026", 3000, 300, 2700, 297, 2997, 2997, 0),
]


def distributor(*rows: tuple[str | int, ...], header: tuple[str, ...] = DISTRIBUTOR, **answers: str) -> ReadList:
    return read_list(xlsx_of(header, *rows), filename="daftar.xlsx", answers=answers)


def test_of_several_amounts_the_one_that_adds_up_is_taken() -> None:
    read = distributor(*NET)
    assert not read.questions
    assert not read.refused
    assert read.columns["amount"] == "Faktur Netto"
    assert [invoice.amount for invoice in read.invoices] == [Money.rupiah(n) for n in (999, 2220, 2997)]
    assert [invoice.number for invoice in read.open_invoices] == ["F-1", "F-2"]


def test_a_row_that_does_not_add_up_is_refused_alone() -> None:
    wrong = ("F-4", "Toko Melati", "31 Des 2026", 4000, 0, 4000, 440, 4440, 1000, 3400)
    read = distributor(*NET, wrong)
    assert not read.questions
    assert reasons(read) == [(5, "Saldo Piutang", "sum_mismatch")]
    assert read.refused[0].reason.values == {"amount": "Rp4.440", "paid": "Rp1.000", "balance": "Rp3.400"}


def test_amounts_of_which_none_adds_up_are_asked_about() -> None:
    rows = [(*row[:9], row[9] + 7) for row in NET]
    read = distributor(*rows)
    assert keys(read) == ["column.amount"]
    assert read.questions[0].choices == ("Total Harga", "DPP", "Faktur Netto")
    assert not read.invoices


def test_without_paid_several_amounts_are_asked_about_and_the_answer_is_used() -> None:
    header = (*DISTRIBUTOR[:8], DISTRIBUTOR[9])
    rows = [(*row[:8], row[9]) for row in NET]
    assert keys(distributor(*rows, header=header)) == ["column.amount"]
    read = distributor(*rows, header=header, **{"column.amount": "Faktur Netto"})
    assert [invoice.paid for invoice in read.invoices] == [Money.rupiah(n) for n in (99, 0, 2997)]


def test_without_paid_one_amount_and_the_balance_are_enough() -> None:
    header = ("Faktur", "Nama Pelanggan", "Jatuh Tempo", "Nilai Faktur", "Sisa piutang")
    read = read_rows(
        ("F-1", "Toko Melati", "31/12/2026", "Rp. 1,250,000", "Rp. 1,000,000"),
        ("F-2", "Toko Melati", "31/12/2026", "Rp. 1,000,000", "Rp. 1,250,000"),
        header=header,
    )
    assert [(invoice.amount, invoice.paid) for invoice in read.invoices] == [
        (Money.rupiah(1_250_000), Money.rupiah(250_000))
    ]
    assert reasons(read) == [(3, "Sisa piutang", "balance_above_amount")]


def test_a_balance_alone_is_a_balance() -> None:
    read = read_rows(("F-1", "Toko Melati", "31/12/2026", "1.000.000"), header=(*HEADER[:2], "Jatuh Tempo", "Saldo"))
    assert [(invoice.amount, invoice.paid, invoice.balance) for invoice in read.invoices] == [
        (Money.rupiah(1_000_000), Money.ZERO, Money.rupiah(1_000_000))
    ]


def test_an_amount_alone_may_be_the_whole_or_the_rest_and_is_asked_about() -> None:
    header = (*HEADER[:2], "Jatuh Tempo", "Total Piutang")
    row = ("F-1", "Toko Melati", "31/12/2026", "1.000.000")
    assert keys(read_rows(row, header=header)) == ["column.balance"]
    read = read_rows(row, header=header, **{"column.balance": "Total Piutang"})
    assert [invoice.balance for invoice in read.invoices] == [Money.rupiah(1_000_000)]


def test_amount_and_paid_give_the_balance_but_a_blank_payment_is_asked_about() -> None:
    header = (*HEADER[:2], "Jatuh Tempo", "Nilai Faktur", "Dibayar")
    rows = [
        ("F-1", "Toko Melati", "31/12/2026", "1.250.000", "250.000,00"),
        ("F-2", "Toko Melati", "31/12/2026", "1.250.000", ""),
        ("F-3", "Toko Melati", "31/12/2026", "1.250.000", "-"),
    ]
    read = read_rows(*rows, header=header)
    assert keys(read) == ["paid.empty"]
    assert [(invoice.number, invoice.balance) for invoice in read.invoices] == [
        ("F-1", Money.rupiah(1_000_000)),
        ("F-3", Money.rupiah(1_250_000)),
    ]
    zero = read_rows(*rows, header=header, **{"paid.empty": "zero"})
    assert [invoice.balance.rupiah_exact for invoice in zero.invoices] == [1_000_000, 1_250_000, 1_250_000]
    assert reasons(read_rows(*rows, header=header, **{"paid.empty": "refuse"})) == [(3, "Dibayar", "amount_missing")]


def test_a_blank_payment_is_zero_where_the_balance_proves_it() -> None:
    read = read_rows(with_cells(amount="1.250.000", paid="", balance="1.250.000"))
    assert [invoice.paid for invoice in read.invoices] == [Money.ZERO]


def test_an_ambiguous_column_is_proved_by_the_arithmetic() -> None:
    read = read_rows(with_cells(amount="1.250.500", paid="250.500", balance="1.000.000"))
    assert [invoice.paid for invoice in read.invoices] == [Money.rupiah(250_500)]


def test_an_ambiguous_column_is_written_as_its_neighbours_are() -> None:
    header = (*HEADER[:2], "Jatuh Tempo", "Nilai Faktur", "Sisa")
    read = read_rows(("F-1", "Toko Melati", "31/12/2026", "1.250.500", "250.500"), header=header)
    assert [invoice.balance for invoice in read.invoices] == [Money.rupiah(250_500)]


def test_amounts_that_can_be_read_in_two_ways_throughout_are_asked_about() -> None:
    row = with_cells(amount="1.250", paid="0", balance="1.250")
    read = read_rows(row)
    assert keys(read) == ["amounts.Nilai Faktur", "amounts.Sisa Piutang"]
    assert not read.invoices
    style = {"amounts.Nilai Faktur": "1.250.000,00", "amounts.Sisa Piutang": "1.250.000,00"}
    assert [invoice.balance for invoice in read_rows(row, **style).invoices] == [Money.rupiah(1_250)]


def test_in_a_column_of_both_styles_only_what_is_certain_is_read() -> None:
    read = read_rows(
        with_cells(number="F-1", amount="1.250.000", paid="0", balance="1.250.000"),
        with_cells(number="F-2", amount="1,250,000", paid="0", balance="1,250,000"),
        with_cells(number="F-3", amount="1.250", paid="0", balance="1.250"),
    )
    assert [invoice.amount.rupiah_exact for invoice in read.invoices] == [1_250_000, 1_250_000]
    assert reasons(read) == [(4, "Nilai Faktur", "amount_ambiguous")]


def test_a_number_that_a_spreadsheet_made_of_a_text_is_refused() -> None:
    """Typed into an English Excel, 555.000 becomes 555 while 1.250.000 stays a text."""
    row = ("F-1", "Toko Melati", "3 Nov 2026", "28 Nov 2026")
    content = xlsx_of(HEADER, (*row, "1.250.000", "0", "1.250.000"), ("F-2", *row[1:], 555, 0, 555))
    read = read_list(content, filename="daftar.xlsx")
    assert reasons(read) == [(3, "Nilai Faktur", "amount_converted")]


def test_sen_are_kept() -> None:
    read = read_rows(with_cells(amount="1.250.000,55", paid="0", balance="1.250.000,55"))
    assert [invoice.balance for invoice in read.invoices] == [Money(125_000_055)]


def test_a_duplicate_heading_is_told_apart_by_its_letter() -> None:
    header = ("No Faktur", "Pelanggan", "Jatuh Tempo", "Jatuh Tempo", "Sisa")
    content = csv_of(header, ("F-1", "Toko Melati", "30/11/2026", "31/12/2026", "1.000.000"))
    read = read_list(content, filename="daftar.csv")
    assert [(question.key, question.choices) for question in read.questions] == [
        ("column.due_on", ("Jatuh Tempo [C]", "Jatuh Tempo [D]"))
    ]
    answered = read_list(content, filename="daftar.csv", answers={"column.due_on": "Jatuh Tempo [D]"})
    assert [invoice.due_on.month for invoice in answered.invoices] == [12]
