"""A customer for a scenario: he stands in a list with one invoice, and the list is imported like every other."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta

from bot.casework import imports
from bot.demo.live.company import Company
from bot.intake import read_list
from sop.money import Money

_NAMES = ("Toko Kenanga", "Toko Flamboyan", "UD Cahaya Fajar", "CV Mitra Lestari", "Toko Dahlia", "Toko Teratai")
_FIRST_PHONE = 99_001
_TERM = timedelta(days=30)
_COLUMNS = (
    "Kode Outlet",
    "Outlet",
    "Tgl Faktur",
    "No Faktur",
    "Tgl J. Tempo",
    "Faktur Netto",
    "Sudah Bayar",
    "Saldo Piutang",
    "Kolektor",
    "PIC",
    "No HP",
    "Provinsi",
    "Persetujuan WA",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Debtor:
    """The customer a scenario is about, with his one invoice."""

    name: str
    phone: str
    number: str
    amount: Money
    due_on: date


async def bring_debtor(company: Company, collector: str, *, due_in_days: int, amount: int) -> Debtor:
    """This function will import a list of one invoice over so many rupiah, and give its customer a telephone."""
    count, company.customers = company.customers, company.customers + 1
    again = count // len(_NAMES)
    debtor = Debtor(
        name=_NAMES[count % len(_NAMES)] + (f" {again + 1}" if again else ""),
        phone=f"+62812000{_FIRST_PHONE + count}",
        number=f"LC-9{count + 1:03}",
        amount=Money.rupiah(amount),
        due_on=company.today + timedelta(days=due_in_days),
    )
    async with company.books.transaction() as db:
        desk = company.world.desk(db, now=company.now)
        read = read_list(_list_of(debtor, collector, code=f"S{count + 1:03}"), filename="faktur-baru.csv")
        await imports.put(desk, await imports.preview(desk, read), person_id=None)
    await company.sim.add_customer(debtor.phone, name=debtor.name)  # an entry in the journal: the program looks
    return debtor


def _list_of(debtor: Debtor, collector: str, *, code: str) -> bytes:
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(_COLUMNS)
    amount = debtor.amount.rupiah_exact
    issued_on = f"{debtor.due_on - _TERM:%d/%m/%Y}"
    invoice = (debtor.number, f"{debtor.due_on:%d/%m/%Y}", amount, 0, amount)
    writer.writerow((code, debtor.name, issued_on, *invoice, collector, "Ibu Sri", debtor.phone, "DKI Jakarta", "ya"))
    return sheet.getvalue().encode()
