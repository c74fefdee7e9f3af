"""How lists head their columns, in Bahasa Indonesia and English. (facts 2.5)

Within a field the surest name stands first: it wins when a list has several.
"""

from __future__ import annotations

import re

MANY = ("amount", "paid", "balance", "phone")
"""Fields that may have several columns: money is decided by arithmetic, phones are all taken."""

_WRITTEN = {
    "number": """no faktur; nomor faktur; faktur; no invoice; nomor invoice; invoice no; invoice number; invoice;
        no faktur zahir; no bukti; nomor bukti; no nota; nomor nota; nota; no transaksi; nomor transaksi;
        no penjualan; nomor penjualan; no penjualan order; doc no; document no; document number; no dokumen;
        no tagihan; nomor tagihan; no kontrak; nomor kontrak; no inv; inv no; number""",
    "customer": """nama pelanggan; pelanggan; nama customer; customer name; customer; nama outlet; outlet; nama toko;
        toko; nama debitur; debitur; debitur merchant channel; nama konsumen; konsumen; nama nasabah; nasabah;
        nama anggota; anggota; nama mitra; mitra; client; klien; nama klien; partner; buyer; pembeli;
        nama pembeli; nama""",
    "customer_code": """kode outlet; kode pelanggan; kode customer; kd customer; kd pelanggan; kd outlet; id pelanggan;
        id customer; customer code; customer id; kode toko; kode debitur; no pelanggan; kode""",
    "issued_on": """tgl faktur; tanggal faktur; tgl invoice; tanggal invoice; invoice date; tgl transaksi;
        tanggal transaksi; tgl nota; tanggal nota; issue date; issued on; doc date; document date; posting date;
        tanggal; tgl; date""",
    "due_on": """tgl jatuh tempo; tanggal jatuh tempo; jatuh tempo; tgl j tempo; tgl jtempo; tgl jt tempo; tgl jt; jt;
        j tempo; jth tempo; tgl jth tempo; due date; due on; invoice due date; duedate""",
    "amount": """faktur netto; nilai faktur; nilai invoice; total faktur; jumlah faktur; total invoice; total tagihan;
        jumlah tagihan; nilai tagihan; netto; grand total; invoice amount; invoice total; amount; total amount;
        total harga; total; jumlah; nilai; total piutang; jumlah piutang; nilai piutang; gross piutang; bruto;
        total bruto; tagihan; piutang; dpp; total penjualan; nilai penjualan""",
    "paid": """sudah bayar; sudah dibayar; dibayar; telah dibayar; terbayar; jumlah dibayar; total dibayar;
        jumlah bayar; total bayar; nilai bayar; bayar; pembayaran; total pembayaran; jumlah pembayaran; pelunasan; paid;
        paid amount; amount paid; payment; payments""",
    "balance": """saldo piutang; sisa piutang; total sisa piutang; sisa tagihan; sisa bayar; sisa faktur; saldo; sisa;
        terutang; jumlah terutang; outstanding; outstanding balance; outstanding amount; os; balance; balance due;
        amount due; open balance; open amount; belum dibayar; belum bayar; kurang bayar; piutang; saldo akhir;
        total piutang; jumlah piutang; tagihan; total tagihan""",
    "phone": """no wa; nomor wa; wa; whatsapp; no whatsapp; no hp; nomor hp; hp; no hp wa; no wa hp; handphone;
        no handphone; telp; no telp; telepon; no telepon; nomor telepon; tlp; no tlp; phone; phone number; mobile;
        no kontak; nomor kontak""",
    "contact": "pic; nama pic; cp; contact person; kontak; nama kontak; contact; contact name; up; u p",
    "salutation": "sapaan; panggilan; salutation; title",
    "collector": """kolektor; nama kolektor; collector; petugas; petugas penagihan; penagih; ao; sales; salesman;
        nama sales; nama salesman; employee; salesperson""",
    "sales": "sales; salesman; nama sales; nama salesman; salesperson; sales person; marketing; nama marketing",
    "province": "provinsi; propinsi; nama provinsi; province; zona waktu; zona; time zone; timezone",
    "consent": """persetujuan wa; persetujuan whatsapp; setuju wa; izin wa; wa consent; whatsapp consent; consent;
        persetujuan""",
    "segment": "segmen; segment; kelompok pelanggan; kelas pelanggan; tipe pelanggan; key account; kategori pelanggan",
    "invoice_segment": "segmen faktur; segment faktur; invoice segment; kelompok faktur",
    "exchange_days": """hari tukar faktur; jadwal tukar faktur; tukar faktur; hari kontra bon; kontra bon; kontrabon;
        invoice exchange days; exchange days""",
    "pay_days": "hari bayar; jadwal bayar; jadwal pembayaran; hari pembayaran; pay days; payment days",
    "term_basis": "dasar tempo; dasar jatuh tempo; tempo dihitung dari; term basis",
    "currency": "mata uang; currency; valuta; kurs; ccy",
}

WEAK_BALANCE = {"total piutang", "jumlah piutang", "tagihan", "total tagihan"}
"""Headings that some lists use for the rest and others for the whole: never a balance without proof."""

_IGNORED = re.compile(r"\((rp|idr|rupiah)\.?\)|\b(dalam rupiah|dlm rp)\b|\b(rp|idr)\b\.?\s*$", re.IGNORECASE)


def squeezed(header: str) -> str:
    """The letters and digits of a header in small letters, without the currency: "*Tgl. J. Tempo" is "tgljtempo"."""
    return re.sub(r"[^a-z0-9]", "", _IGNORED.sub("", header).lower())


SYNONYMS: dict[str, dict[str, int]] = {
    field: {squeezed(name): rank for rank, name in enumerate(names.split(";"))} for field, names in _WRITTEN.items()
}
"""Field -> squeezed heading -> how sure it is (0 is the surest)."""

WEAK_BALANCE_SQUEEZED = frozenset(squeezed(name) for name in WEAK_BALANCE)


def fields_of(header: str) -> tuple[str, ...]:
    """The fields a heading may stand for."""
    key = squeezed(header)
    return tuple(field for field, names in SYNONYMS.items() if key in names)
