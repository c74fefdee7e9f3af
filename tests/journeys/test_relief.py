"""Journeys of relief: a settlement paid in time or not, a waived penalty, another credit term (002, 003; section 5)."""

from __future__ import annotations

from sop.relief import Relief, ReliefState
from storage import invoices, outbox_screens, reliefs
from tests.journeys.chat import Debtor, Office, Phone

OVERDUE = "2026-11-17"


async def with_card(office: Office) -> tuple[Phone, Phone, Phone, Debtor]:
    """Rina has Toko Maju's others on screen; Budi decides, Dewi is finance."""
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    dewi = await office.finance("Dewi")
    toko = await office.customer("Toko Maju", collector=rina, term_days=30)
    await office.invoice(toko, "F-001", OVERDUE, 5_000_000)
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Lainnya", on=rina.last)
    return rina, budi, dewi, toko


async def relief_of(office: Office, toko: Debtor) -> Relief:
    async with office.transaction() as db:
        return (await reliefs.of_payer(db, toko.payer_id))[-1]


async def letters(office: Office) -> list[str]:
    async with office.transaction() as db:
        return await outbox_screens.customer_messages(db)


async def open_balance(office: Office, toko: Debtor) -> int:
    async with office.transaction() as db:
        return sum(one.balance.whole() for one in await invoices.open_of(db, toko.payer_id))


async def test_a_settlement_paid_in_time_lets_the_rest_off(office: Office) -> None:
    rina, budi, dewi, toko = await with_card(office)
    await rina.press("Keringanan")
    await rina.say("sebagian saja")
    assert "Belum terbaca" in rina.text
    await rina.say("500rb sampai 30 Nov")
    assert "Dibayar Rp4.500.000" in rina.text and "Senin, 30 November 2026" in rina.text
    await rina.press("Potongan pelunasan")
    await office.travel(hours=1)
    assert "Diminta: Potongan pelunasan Rp500.000" in budi.text
    await budi.press("Setujui")
    assert "customer/settlement_agreed" in await letters(office)

    await dewi.say("/bayar F-001 4,5jt")
    await dewi.press("Benar")

    assert (await relief_of(office, toko)).state is ReliefState.USED
    assert await open_balance(office, toko) == 0
    assert (await letters(office))[-1] == "customer/T10"


async def test_changed_by_the_manager_and_not_paid_it_lapses(office: Office) -> None:
    rina, budi, _, toko = await with_card(office)
    await rina.press("Keringanan")
    await rina.say("500rb sampai 25 Nov")
    await rina.press("Potongan pelunasan")
    await office.travel(hours=1)
    await budi.press("Ubah")
    await budi.reply("300rb sampai 23 Nov")
    granted = await relief_of(office, toko)
    assert granted.state is ReliefState.GRANTED
    assert granted.amount is not None and granted.amount.whole() == 300_000
    rina.seen()
    await office.travel(to="2026-11-25 12:00")  # Monday and its day of grace are over
    assert (await relief_of(office, toko)).state is ReliefState.LAPSED
    assert any("tawaran berakhir" in one.text for one in rina.news)
    assert await open_balance(office, toko) == 5_000_000


async def test_a_waived_penalty_is_credited_at_once_and_another_term_moves_no_due_date(office: Office) -> None:
    sari = await office.sales("Sari")
    rina, budi, _, toko = await with_card(office)
    await rina.press("Keringanan")
    await rina.say("200rb")
    await rina.press("Hapus denda")
    await office.travel(hours=1)
    await budi.press("Setujui")
    assert await open_balance(office, toko) == 4_800_000
    assert "customer/penalty_waived" in await letters(office)

    await office.travel(to="2026-11-19 09:00")
    await rina.say("/tugas")
    await rina.press("Mulai")
    await rina.press("Lainnya", on=rina.last)
    await rina.press("Ubah tempo")
    assert "Tempo sekarang 30 hari" in rina.text and "30 hari" not in rina.labels
    await rina.press("60 hari")
    await office.travel(hours=1)
    await budi.press("Setujui")
    assert "customer/terms_changed" in await letters(office)
    assert "tempo untuk faktur berikutnya menjadi 60 hari" in sari.with_text("Toko Maju").text
    async with office.transaction() as db:
        assert [one.due_on.isoformat() for one in await invoices.open_of(db, toko.payer_id)] == [OVERDUE]
        assert [one.term_days for one in await reliefs.terms_of(db, toko.payer_id)] == [60]
