"""The receivable list of the demo: forty invented customers in all three time zones, with work for every step.

The same day and seed give the same bytes. Names and numbers are invented; the phones are in a range for examples.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

import xlsxwriter

COLLECTORS = ("Sari", "Budi", "Wulan")
COMPANY = "PT LANGIT CONTOH DISTRIBUSI"
HEADER = (
    "Kode Outlet",
    "Outlet",
    "Tgl Faktur",
    "No Faktur",
    "Tgl J. Tempo",
    "Total Harga",
    "Potongan",
    "DPP",
    "PPN",
    "Faktur Netto",
    "Sudah Bayar",
    "Saldo Piutang",
    "Kolektor",
    "PIC",
    "No HP",
    "Provinsi",
    "Persetujuan WA",
)
_CUSTOMERS = {
    "Jawa Barat": "Toko Anggrek Bogor|CV Cipta Rasa|UD Parahyangan Jaya|PT Kujang Pangan|Toko Sinar Cimahi",
    "DKI Jakarta": "PT Cempaka Raya|Toko Kemuning|Toko Melati Pasar Lama|Toko Melati Pasar Baru|CV Bintang Timur Kota",
    "Banten": "UD Serang Abadi|Toko Karang Indah|CV Tirta Cilegon",
    "Jawa Tengah": "Toko Kembang Setaman|PT Muria Boga|UD Sumber Waras|CV Laju Bersama|Warung Bu Darmi",
    "DI Yogyakarta": "Toko Gudang Rasa|CV Kaliurang",
    "Jawa Timur": "PT Brantas Niaga|Toko Rejo Agung|UD Semeru|CV Madu Manis|Toko Pelita Malang",
    "Sumatera Utara": "PT Toba Lestari|Toko Deli Makmur",
    "Lampung": "UD Way Rasa",
    "Sumatera Barat": "Toko Singgalang|CV Ranah Boga",
    "Bali": "PT Dewata Boga|Toko Jepun",
    "Sulawesi Selatan": "CV Losari Niaga|Toko Pinisi",
    "Kalimantan Timur": "PT Mahakam Pangan|UD Samarinda Baru",
    "NTT": "Toko Sasando",
    "Maluku": "UD Pala Banda|Toko Siwalima",
    "Papua": "CV Cenderawasih",
}
_CONTACTS = (
    "Bapak Rudi",
    "Ibu Ratna",
    "Bapak Made",
    "Ibu Tuti",
    "Bapak Anton",
    "Ibu Fitri",
    "Bapak Slamet",
    "Ibu Nur",
    "Pak Haji Umar",
    "Koh Aliong",
)
_TWIN = ("Toko Melati Pasar Lama", "Toko Melati Pasar Baru")
"""Two shops of one owner: one phone, one contact."""
_SMALL = "Warung Bu Darmi"
"""Owes less than a million, long overdue: stays in the daily list."""
_SMALL_PRICE, _SMALL_DAYS = 600_000, -6

_DUE_IN_DAYS = (
    *(-day for day in (1, 2, 3) for _ in range(4)),
    *(-day for day in range(4, 11) for _ in range(2)),
    *(0,) * 6,
    *(day for day in range(1, 15) for _ in range(6)),
)
_OLD_INVOICES, _LATER_INVOICES = 8, 24
_PAID_OFF = 4
_TERMS_DAYS = (14, 30, 45)
_CONSENTS = ("ya",) * 30 + ("tidak",) * 6 + ("",) * 4
_PPN_PERCENT = 11


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shop:
    code: str
    name: str
    province: str
    contact: str
    phone: str
    collector: str
    consent: str


def demo_list(*, today: date, seed: int) -> bytes:
    """A workbook as a distributor's program exports it: title rows, a header, about 150 invoices, a totals row."""
    random = Random(seed)  # noqa: S311  (repeatable numbers are wanted)
    shops = tuple(_shops(random))
    rows = sorted(_rows(shops, random, today=today), key=lambda row: (str(row[0]), str(row[3])))
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime.combine(today, time())})  # else the bytes would tell the hour
        day_format = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Piutang Aktif")
        titles: tuple[tuple[str | int | date, ...], ...] = (
            (COMPANY,),
            (f"DAFTAR PIUTANG AKTIF per {today:%d/%m/%Y}",),
            (),
            HEADER,
        )
        for number, row in enumerate((*titles, *rows, _totals(rows))):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day_format)
                else:
                    sheet.write(number, column, cell)
    return out.getvalue()


def _shops(random: Random) -> Iterator[_Shop]:
    consents = random.sample(_CONSENTS, len(_CONSENTS))
    named = [(name, province) for province, names in _CUSTOMERS.items() for name in names.split("|")]
    for place, (name, province) in enumerate(named):
        like = next(at for at, (other, _) in enumerate(named) if other == _TWIN[0]) if name in _TWIN else place
        yield _Shop(
            code=f"P{place + 1:03}",
            name=name,
            province=province,
            contact=_CONTACTS[like % len(_CONTACTS)],
            phone=f"+62 812-000{like % 10}-{1001 + 37 * like}",
            collector=COLLECTORS[like % len(COLLECTORS)],
            consent=consents[place],
        )


def _rows(shops: tuple[_Shop, ...], random: Random, *, today: date) -> Iterator[tuple[str | int | date, ...]]:
    others = [shop for shop in shops if shop.name != _SMALL]
    small = next(shop for shop in shops if shop.name == _SMALL)
    old = [-random.randint(11, 40) for _ in range(_OLD_INVOICES)]
    later = [random.randint(15, 30) for _ in range(_LATER_INVOICES)]
    yield _row(small, (1, today + timedelta(days=_SMALL_DAYS)), random, price=_SMALL_PRICE, paid_in_quarters=0)
    for number, due_in_days in enumerate((*_DUE_IN_DAYS, *old, *later), start=2):
        shop = others[(number - 2) % len(others)] if number - 2 < len(others) else random.choice(others)
        price = 50_000 * random.randint(40, 900)
        quarters = (
            4 if number > len(_DUE_IN_DAYS) + len(old) + len(later) + 1 - _PAID_OFF else random.choice((0,) * 5 + (2,))
        )
        yield _row(shop, (number, today + timedelta(days=due_in_days)), random, price=price, paid_in_quarters=quarters)


def _row(
    shop: _Shop, number_due: tuple[int, date], random: Random, *, price: int, paid_in_quarters: int
) -> tuple[str | int | date, ...]:
    """One invoice; prices are in rupiah and multiples of 50,000, so that discount and tax have no sen."""
    number, due_on = number_due
    issued_on = due_on - timedelta(days=random.choice(_TERMS_DAYS))
    discount = price * random.choice((0, 0, 2, 5)) // 100
    base = price - discount
    tax = base * _PPN_PERCENT // 100
    net = base + tax
    paid = net * paid_in_quarters // 4
    figures = (price, discount, base, tax, net, paid, net - paid)
    people = (shop.collector, shop.contact, shop.phone, shop.province, shop.consent)
    return shop.code, shop.name, issued_on, f"LC-{issued_on:%y%m}-{number:04}", due_on, *figures, *people


def _totals(rows: list[tuple[str | int | date, ...]]) -> tuple[str | int | date, ...]:
    first, last = HEADER.index("Faktur Netto"), HEADER.index("Saldo Piutang")
    sums = (sum(int(str(row[column])) for row in rows) for column in range(first, last + 1))
    return "TOTAL", *("",) * (first - 1), *sums
