"""Journeys of more time and instalments: within authority at once, beyond it with the managers, and undone."""

from __future__ import annotations

from datetime import date

from sop.extension import Extension, ExtensionState
from sop.hold import HoldKind
from sop.outbox import OutboxState, Way
from storage import holds, outbox, promises, requests
from tests.journeys.chat import Debtor, Office, Phone

DUE_ON = "2026-11-21"  # a Saturday; on Wednesday the card asks whether he is ready to pay


async def with_card(office: Office, due_on: str, *, another: bool = False) -> tuple[Phone, Debtor]:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", due_on, 1_000_000)
    if another:
        later = await office.customer("Toko Lain", collector=rina)
        await office.invoice(later, "L-001", due_on, 500_000)
    await office.morning()
    await rina.say("/tugas")
    await rina.press("Mulai")
    return rina, toko


async def extensions_of(office: Office, toko: Debtor) -> tuple[Extension, ...]:
    async with office.transaction() as db:
        return await requests.extensions_of_payer(db, toko.payer_id)


async def held(office: Office, toko: Debtor) -> list[HoldKind]:
    async with office.transaction() as db:
        return [one.kind for one in await holds.active(db, toko.payer_id)]


async def letters(office: Office) -> list[str]:
    async with office.transaction() as db:
        return [one.message for one in await outbox.in_state(db, OutboxState.QUEUED, way=Way.WHATSAPP)]


async def test_more_time_within_authority_is_granted_at_once(office: Office) -> None:
    rina, toko = await with_card(office, DUE_ON)
    await rina.press("Minta waktu")
    assert "Hari ini" not in rina.labels  # before the due date no more time is needed
    await rina.press("Kam 26 Nov")
    assert "Kamis, 26 November 2026" in rina.text
    await rina.press("Tunggu pembeli")
    (extension,) = await extensions_of(office, toko)
    assert (extension.until_on, extension.state) == (date(2026, 11, 26), ExtensionState.GRANTED)
    assert extension.reason == "awaiting_buyer"
    assert await held(office, toko) == [HoldKind.EXTENSION]
    assert await letters(office) == ["customer/T17"]


async def test_beyond_authority_the_ladder_goes_on_until_the_managers_agree(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, toko = await with_card(office, DUE_ON)
    await rina.press("Minta waktu")
    await rina.say("10 Des")
    assert "Perlu persetujuan pimpinan" in rina.text
    await rina.press("Dana belum ada")
    (extension,) = await extensions_of(office, toko)
    assert extension.state is ExtensionState.REQUESTED
    assert await held(office, toko) == []
    assert "customer/T17" not in await letters(office)
    await office.travel(hours=1)
    await budi.press("Setujui")
    (extension,) = await extensions_of(office, toko)
    assert extension.state is ExtensionState.GRANTED
    assert await held(office, toko) == [HoldKind.EXTENSION]


async def test_a_day_before_the_due_date_is_no_more_time(office: Office) -> None:
    rina, toko = await with_card(office, DUE_ON)
    await rina.press("Minta waktu")
    await rina.say("besok")
    assert "belum lewat jatuh tempo" in rina.text
    assert await extensions_of(office, toko) == ()


async def test_from_the_due_date_on_it_is_a_promise(office: Office) -> None:
    rina, toko = await with_card(office, "2026-11-18")
    await rina.press("Minta waktu")
    await rina.press("Besok")
    await rina.press("Dokumen")
    assert await extensions_of(office, toko) == ()
    async with office.transaction() as db:
        (promise,) = await promises.of_payer(db, toko.payer_id)
    assert promise.reason == "documents"


async def test_undo_takes_the_time_back(office: Office) -> None:
    rina, toko = await with_card(office, DUE_ON, another=True)
    await rina.press("Minta waktu")
    await rina.press("Kam 26 Nov")
    await rina.press("Dokumen")
    await rina.press("Batalkan")
    (extension,) = await extensions_of(office, toko)
    assert extension.state is ExtensionState.WITHDRAWN
    assert await held(office, toko) == []
    assert await letters(office) == []


async def test_two_presses_grant_once(office: Office) -> None:
    rina, toko = await with_card(office, DUE_ON)
    await rina.press("Minta waktu")
    await rina.press("Kam 26 Nov")
    async with office.at_once():
        await rina.press("Dokumen")
        await rina.press("Dokumen")
    assert len(await extensions_of(office, toko)) == 1
