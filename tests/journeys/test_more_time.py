"""Journeys of more time and instalments: within authority at once, beyond it with the managers, and undone."""

from __future__ import annotations

from datetime import date

from sop.escalation import EscalationReason
from sop.extension import Extension, ExtensionState
from sop.hold import HoldKind
from sop.outbox import OutboxState, Way
from storage import escalations, holds, outbox, promises, requests
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


async def test_beyond_a_managers_row_the_admin_decides(office: Office) -> None:
    budi, sari = await office.manager("Budi"), await office.admin("Sari")
    rina, toko = await with_card(office, DUE_ON)
    await rina.press("Minta waktu")
    await rina.say("31 Des")  # forty days: more than a manager may give
    await rina.press("Dana belum ada")
    await office.travel(hours=1)
    await budi.press("Setujui")
    assert budi.toast is not None and "diteruskan ke admin" in budi.toast
    (extension,) = await extensions_of(office, toko)
    assert extension.state is ExtensionState.REQUESTED
    await budi.press("Setujui")  # once is enough
    assert budi.toast is not None and "Di luar wewenang Anda" in budi.toast
    await sari.press("Setujui")
    (extension,) = await extensions_of(office, toko)
    assert (extension.state, extension.decided_by_id) == (ExtensionState.GRANTED, sari.person_id)
    assert await letters(office) == ["customer/T17"]


async def test_a_request_nobody_answers_is_over_the_day_after_the_due_date(office: Office) -> None:
    budi = await office.manager("Budi")
    rina, toko = await with_card(office, DUE_ON)
    await rina.press("Minta waktu")
    await rina.say("10 Des")
    await rina.press("Dana belum ada")
    rina.seen()
    await office.travel(to="2026-11-23 12:00")  # Saturday's due date has passed, Sunday is closed
    (extension,) = await extensions_of(office, toko)
    assert extension.state is ExtensionState.EXPIRED
    assert any("permintaan berakhir" in one.text for one in rina.news)
    assert any("permintaan berakhir" in one.text for one in budi.messages)
    assert not {"customer/T17", "customer/T18"} & set(await letters(office))


async def test_when_the_time_is_over_the_ladder_goes_on_from_that_day(office: Office) -> None:
    await office.manager("Budi")
    rina, toko = await with_card(office, DUE_ON)
    await rina.press("Minta waktu")
    await rina.press("Kam 26 Nov")
    await rina.press("Dokumen")
    await office.travel(to="2026-11-26 09:00")
    assert await held(office, toko) == [HoldKind.EXTENSION]
    async with office.transaction() as db:
        assert await escalations.of_payer(db, toko.payer_id) == ()
    await office.travel(to="2026-11-27 09:00")  # the fifth open day after the due date
    (extension,) = await extensions_of(office, toko)
    assert extension.state is ExtensionState.ENDED
    assert await held(office, toko) == []
    async with office.transaction() as db:
        (asked,) = await escalations.of_payer(db, toko.payer_id)
    assert asked.reason is EscalationReason.H4
