"""Headers of the programs that customers export from, one small list each."""

from __future__ import annotations

from datetime import date

import pytest

from bot.intake import ListRefused, as_json, read_list
from tests.bot.intake.sheets import GOOD, HEADER, Written, csv_of, read_rows, with_cells, xlsx_of

DUE = date(2026, 11, 28)

SOURCES: dict[str, tuple[tuple[Written, ...], tuple[Written, ...]]] = {
    "distributor": (
        ("Kode Outlet", "Outlet", "Tgl Faktur", "No Faktur", "Tgl J. Tempo", "Total Harga", "Potongan", "DPP", "PPN",
         "Faktur Netto", "Sudah Bayar", "Saldo Piutang"),
        ("C1", "Toko Melati", "03/11/2026", "F-1", "28/11/2026", 1_200_000, 100_000, 1_100_000, 121_000, 1_221_000,
         221_000, 1_000_000),
    ),
    "small shop": (
        ("Nomor Faktur", "Nama Pelanggan", "Tgl. Transaksi", "Tgl. Jatuh Tempo", "Usia Piutang", "Nilai Faktur",
         "Dibayar", "Piutang"),
        ("F-1", "Toko Melati", "03-Nov-26", "28-Nov-26", "10 hari", "1.250.000,00", "250.000,00", "1.000.000,00"),
    ),
    "web export": (
        ("Faktur", "Nama Pelanggan", "Jatuh Tempo", "Jumlah piutang", "Telah Dibayar", "Sisa piutang", "Status"),
        ("F-1", "Toko Melati", "28 November 2026", "Rp. 1,250,000", "Rp. 250,000", "Rp. 1,000,000", "Belum lunas"),
    ),
    "point of sale": (
        ("No.", "Kategori AR", "Debitur / Merchant Channel", "Tanggal", "Jam", "No.Penjualan / Order",
         "Gross Piutang (Rp)", "Sisa Piutang (Rp)", "Status Settlement", "Usia Piutang", "Jatuh Tempo"),
        (1, "A", "Toko Melati", "03/11/2026", "10:15", "F-1", 1_250_000, 1_000_000, "belum", 3, "28/11/2026"),
    ),
    "migration sheet": (
        ("no_faktur_zahir", "kd_customer", "nama_pelanggan", "tanggal_faktur", "jatuh_tempo", "total_faktur",
         "sisa_piutang"),
        ("F-1", "C1", "Toko Melati", "2026-11-03", "2026-11-28", "1,250,000.00", "1,000,000.00"),
    ),
    "changed by its user": (
        ("No. Faktur", "Tgl Faktur", "Nama Pelanggan", "Jatuh Tempo", "Umur", "Nilai Faktur", "Terutang"),
        ("F-1", "3 Nop 2026", "Toko Melati", "28 Nop 2026", 10, 32_400_000.000001, 1_000_000),
    ),
    "English": (
        ("Customer Code", "Customer Name", "Doc. No.", "Posting Date", "Due Date", "Balance Due", "0-30", "31-60"),
        ("C1", "Toko Melati", "F-1", "03/11/2026", "28/11/2026", 1_000_000, 1_000_000, 0),
    ),
}  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
def test_a_known_export_is_read_without_questions(source: str) -> None:
    header, row = SOURCES[source]
    titles = [("LAPORAN PIUTANG",), ("per 18 November 2026",), ("",), ("Cabang: semua",)]
    other = tuple("F-2" if cell == "F-1" else "25/11/2026" if cell == "03/11/2026" else cell for cell in row)
    read = read_list(xlsx_of(*titles, header, row, other), filename="laporan.xlsx")
    assert not read.questions
    assert not read.refused
    first = read.invoices[0]
    assert (first.number, first.customer, first.due_on) == ("F-1", "Toko Melati", DUE)
    assert first.balance.rupiah_exact == 1_000_000


@pytest.mark.parametrize(
    ("header", "key"),
    [
        (("Kode", "Nama", "0-30 hari", "31-60 hari", "Jumlah"), "no_invoice_column"),  # an ageing recap
        (("NO", "NAMA DEBITUR", "SALDO PIUTANG", "TANGGAL TRANSAKSI", "LEWAT HARI"), "no_invoice_column"),
        (("Date", "Employee", "Invoice No.", "Customer", "Total", "Sisa Bayar", "Late By"), "no_due_column"),
        (("No Faktur", "Tgl Faktur", "Total Piutang", "Umur Piutang", "Nilai BG", "No BG"), "no_customer_column"),
    ],
)
def test_a_report_without_single_invoices_is_refused(header: tuple[str, ...], key: str) -> None:
    with pytest.raises(ListRefused) as refused:
        read_list(csv_of(header, ("1",) * len(header)), filename="laporan.csv")
    assert refused.value.reason.key == key


def test_json_has_the_documented_shape() -> None:
    read = read_rows(
        (*GOOD, "0812-0000-1234", "Sari"),
        (*with_cells(number="F-2", amount="10,50", paid="0", balance="10,50"), "", ""),
        (*with_cells(number="F-3", due=""), "", ""),
        header=(*HEADER, "No HP", "Kolektor"),
    )
    answer = as_json(read, language="id")
    assert answer == {
        "invoices": [
            {
                "number": "F-1",
                "customer": "Toko Melati",
                "customer_code": None,
                "issued_on": "2026-11-03",
                "due_on": "2026-11-28",
                "amount": 1_250_000,
                "paid": 250_000,
                "balance": 1_000_000,
                "phones": ["+6281200001234"],
                "collector": "Sari",
            },
            {
                "number": "F-2",
                "customer": "Toko Melati",
                "customer_code": None,
                "issued_on": "2026-11-03",
                "due_on": "2026-11-28",
                "amount": 10.5,
                "paid": 0,
                "balance": 10.5,
                "phones": [],
                "collector": None,
            },
        ],
        "refused": [{"row": 4, "column": "Jatuh Tempo", "reason": "Tanggal jatuh tempo kosong."}],
        "questions": [],
    }
    assert isinstance(answer["invoices"][0]["amount"], int)


def test_json_asks_in_words() -> None:
    read = read_rows(with_cells(issued="05/10/2026", due="28 Nov 2026"))
    assert as_json(read, language="id")["questions"] == [
        {
            "key": "dates.issued_on",
            "question": "Tanggal di kolom Tgl Faktur bisa dibaca dengan dua cara (misalnya 05/10/2026). "
            "Mana yang lebih dulu?",
            "choices": [
                {"answer": "day_first", "label": "Hari dulu (hari/bulan/tahun)"},
                {"answer": "month_first", "label": "Bulan dulu (bulan/hari/tahun)"},
            ],
            "rows": [2],
        }
    ]
