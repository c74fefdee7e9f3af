"""Journeys of pressing what one may not: forged, foreign, stale, twice, or in the wrong place."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from sop.outcomes import Outcome
from storage import follow_ups, inbox, outcomes
from tests.journeys.chat import Office
from tests.journeys.phones import Phone

FORGED = (
    "",
    ":",
    "card",
    "card:",
    "card:x",
    "card:1:2",
    "card:99999999999999999999999",
    "card:-1",
    "out:1:nonsense",
    "day:1:p:999999",
    "rec:💥",
    "x" * 64,
)


async def _day_of_two(office: Office) -> tuple[Phone, Phone]:
    """Rina and Budi with one card each."""
    rina, budi = await office.collector("Rina"), await office.collector("Budi")
    for number, (name, whose) in enumerate((("Toko Rina", rina), ("Toko Budi", budi)), start=1):
        toko = await office.customer(name, collector=whose)
        await office.invoice(toko, f"F-{number}", "2026-11-17", 1_000_000)
    await office.morning()
    return rina, budi


async def _open_card(phone: Phone) -> None:
    await phone.say("/tugas")
    await phone.press("Mulai")


@pytest.mark.parametrize("data", [one for one in FORGED if one])
async def test_forged_data_changes_nothing_and_is_answered(office: Office, data: str) -> None:
    rina = await office.collector("Rina")
    await rina.press_data(data)
    assert rina.toast in (
        "Tombol ini sudah tidak berlaku. Silakan buka lagi dari /tugas.",
        "Maaf, data ini tidak ada atau bukan bagian Anda. Tidak ada yang berubah.",
    )


async def test_a_foreign_card_is_not_found(office: Office) -> None:
    rina, budi = await _day_of_two(office)
    await _open_card(budi)
    outcome = budi.button("Belum jelas").data
    assert outcome is not None
    card_id = int(outcome.split(":")[1])
    await rina.say("/bantuan")
    for data in (outcome, f"card:{card_id}", f"hist:{card_id}", f"rec:{card_id}"):
        before = len(rina.from_bot)
        await rina.press_data(data)
        assert rina.toast == "Maaf, data ini tidak ada atau bukan bagian Anda. Tidak ada yang berubah."
        assert len(rina.from_bot) == before
    async with office.transaction() as db:
        assert await outcomes.last_of(db, card_id) is None


async def test_two_presses_at_the_same_instant_have_one_effect(office: Office) -> None:
    rina, _ = await _day_of_two(office)
    await _open_card(rina)
    data = rina.button("Tidak diangkat").data
    assert data is not None
    await rina.press("Tidak diangkat")
    async with office.at_once():
        await rina.press("Sibuk")
        await rina.press("Sibuk")
    async with office.transaction() as db:
        card = await follow_ups.get(db, int(data.split(":")[1]))
        contacts = await outcomes.last_contacts(db, card.payer_id, most=10)
    assert [one.result for one in contacts] == [Outcome.NO_ANSWER.value]


async def test_a_stranger_in_the_managers_group_presses_in_vain(office: Office) -> None:
    budi, tono = await office.manager("Budi"), await office.stranger("Tono")
    group = await office.group(budi, tono)
    for number in (1, 2):
        toko = await office.customer(f"Toko Maju {number}")
        await office.invoice(toko, f"F-{number}", "2026-11-17", 1_000_000)
    await budi.say("/cari maju", chat=group)
    group.seen()
    await tono.press("Toko Maju 1 · Rp1 jt", chat=group)
    assert tono.toast == "Maaf, tombol ini hanya untuk staf yang terdaftar."
    await tono.say("/cari maju", chat=group)
    assert group.news == []


async def test_a_collectors_cards_stay_out_of_groups(office: Office) -> None:
    rina, budi = await _day_of_two(office)
    await _open_card(rina)
    card = rina.button("Belum jelas").data
    manager = await office.manager("Dewi")
    group = await office.group(manager, rina, budi)
    await rina.say("/tugas", chat=group)
    assert "chat pribadi" in group.text
    group.seen()
    assert card is not None
    await rina.press_data(card, on=group.last, chat=group)
    assert rina.toast is not None
    assert "chat pribadi" in rina.toast
    assert group.news == []


async def test_in_a_group_that_is_not_ours_nothing_is_shown(office: Office) -> None:
    budi = await office.manager("Budi")
    family = await office.group(budi, title="Keluarga", linked=False)
    await family.add_bot(budi)
    assert family.from_bot == []
    await office.customer("Toko Maju")
    await budi.say("/cari maju", chat=family)
    assert "tidak terhubung" in family.text


async def test_what_breaks_is_said_with_a_code_and_blocks_nobody(office: Office) -> None:
    rina, sari = await office.collector("Rina"), await office.admin("Sari")
    await office.customer("Toko Maju", collector=rina)
    async with office.transaction() as db:
        await db.execute(text("ALTER TABLE contact_event RENAME TO lost"))
    await rina.say("maju")
    assert "ada kesalahan pada program kami" in rina.text
    code = rina.text.split("kode ")[1].split(" ")[0]
    assert code in sari.text
    await rina.say("/bantuan")
    assert rina.text.startswith("Bantuan")
    async with office.transaction() as db:
        assert [reason for _, reason in await inbox.parked(db)] == [code]
