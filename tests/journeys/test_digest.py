"""Journeys of the morning: the digest, the order of the day, what comes back, and a day that nobody begins (3)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.casework import planning
from tests.journeys.chat import Office, Phone


async def rina_with(office: Office, *debts: tuple[str, str, int], **more: object) -> Phone:
    """Rina with customers: (name, due on, rupiah)."""
    rina = await office.collector("Rina")
    for number, (name, due_on, amount) in enumerate(debts, start=1):
        toko = await office.customer(name, collector=rina, **more)  # type: ignore[arg-type]
        await office.invoice(toko, f"F-{number:03}", due_on, amount)
    return rina


async def plan_now(office: Office) -> None:
    """What an import does in the end."""
    async with office.transaction() as db:
        await planning.plan_now(office.app.world.desk(db, now=await office.app.clock.now()))
    await office.settle()


async def test_the_digest_comes_at_eight_once_with_the_day_by_urgency(office: Office) -> None:
    rina = await rina_with(
        office,
        ("Toko Besok", "2026-11-21", 250_000),
        ("Toko Jatuh Tempo", "2026-11-18", 2_000_000),
        ("Toko Lewat", "2026-11-17", 5_000_000),
    )
    await office.travel(to="07:59")
    assert rina.news == []

    await office.travel(to="08:00")

    (digest,) = rina.news
    assert "Tugas Rabu, 18 November 2026" in digest.text
    assert "3 pelanggan, total Rp7.250.000." in digest.text
    assert digest.text.index("Jatuh tempo hari ini: 1") < digest.text.index("Lewat jatuh tempo: 1, Rp5 jt")
    assert digest.labels == ["Mulai", "Daftar", "Kirim WA (2)"]
    await office.travel(to="09:30")
    assert rina.news == [digest]


async def test_start_puts_the_most_urgent_card_in_the_digests_place(office: Office) -> None:
    rina = await rina_with(office, ("Toko Lewat", "2026-11-17", 5_000_000), ("Toko Tempo", "2026-11-18", 1_000_000))
    await office.travel(to="08:00")
    digest = rina.last

    await rina.press("Mulai")

    assert rina.last.id == digest.id
    assert "1/2 · Toko Tempo" in rina.text
    assert "jatuh tempo hari ini" in rina.text


async def test_a_collector_elsewhere_gets_it_at_his_own_eight(office: Office) -> None:
    yohana = await office.collector("Yohana", zone="Asia/Jayapura")
    toko = await office.customer("Toko Timur", collector=yohana, zone="Asia/Jayapura")
    await office.invoice(toko, "F-001", "2026-11-18", 1_000_000)
    await plan_now(office)  # it is 06:30 there already

    await office.travel(to="05:59")
    assert yohana.news == []
    await office.travel(to="06:00")
    assert "Tugas Rabu" in yohana.text


async def test_who_has_nothing_to_do_and_who_has_a_day_off_hears_nothing(office: Office) -> None:
    dewi = await office.collector("Dewi")
    rina = await rina_with(office, ("Toko Maju", "2026-11-22", 1_000_000))
    await office.travel(to="2026-11-22 12:00")  # Sunday; Saturday had no step
    assert dewi.news == []
    rina.seen()

    await office.travel(to="2026-11-23 08:00")

    assert "Jatuh tempo hari ini: 1" in rina.text
    assert dewi.news == []


async def test_an_import_after_eight_reaches_the_collector_at_once(office: Office) -> None:
    rina = await rina_with(office, ("Toko Maju", "2026-11-18", 1_000_000))
    await office.travel(to="10:07")
    await rina.press("Mulai")
    rina.seen()
    baru = await office.customer("Toko Baru", collector=rina)
    await office.invoice(baru, "F-900", "2026-11-17", 3_000_000, listed_on="2026-11-18")

    await plan_now(office)

    (more,) = rina.news
    assert "1 pelanggan lagi, total Rp3.000.000." in more.text
    await rina.press("Mulai")
    assert "/2 · " in rina.text


async def test_beyond_the_cap_the_managers_see_what_will_not_be_called(
    open_office: Callable[..., Awaitable[Office]], tmp_path: Path
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("[desk]\ncard_cap = 2\n")
    office = await open_office(SOP_POLICY=str(policy))
    budi = await office.manager("Budi")
    rina = await rina_with(
        office,
        ("Toko A", "2026-11-17", 9_000_000),
        ("Toko B", "2026-11-17", 8_000_000),
        ("Toko C", "2026-11-17", 7_000_000),
        ("Toko Kecil", "2026-11-17", 90_000),
    )

    await office.travel(to="08:00")

    assert "3 pelanggan" in rina.text  # the small one only needs his message
    assert "Tidak terlayani hari ini: Rina" in budi.text
    assert "Toko C, Rp7.000.000" in budi.text
    assert "1 pelanggan kecil hanya dikirimi pesan." in budi.text


async def test_a_day_that_nobody_begins_is_asked_about_at_ten(office: Office) -> None:
    budi = await office.manager("Budi")
    await rina_with(office, ("Toko Maju", "2026-11-18", 1_000_000))

    await office.travel(to="09:59")
    assert budi.news == []
    await office.travel(to="10:00")

    assert len(budi.news) == 1
    assert "Alihkan hari ini" in budi.labels


@pytest.mark.parametrize("label", ["Mulai", "Daftar"])
async def test_a_day_that_was_begun_is_not_asked_about(office: Office, label: str) -> None:
    budi = await office.manager("Budi")
    rina = await rina_with(office, ("Toko Maju", "2026-11-18", 1_000_000))
    await office.travel(to="08:00")
    await rina.press(label)

    await office.travel(to="12:00")

    assert budi.news == []


async def test_a_card_comes_back_as_a_new_message_and_its_old_keyboard_goes(office: Office) -> None:
    rina = await rina_with(office, ("Toko Maju", "2026-11-17", 1_000_000))
    await office.travel(to="08:00")
    await rina.press("Mulai")
    await rina.press("Daftar") if "Daftar" in rina.labels else None
    await rina.press("Telepon lagi")
    await rina.press("1 jam lagi")
    rina.seen()

    await office.travel(to="09:00")  # the customer asked for it: the quiet hours do not hold it

    (card,) = rina.news
    assert "Toko Maju" in card.text
    assert "Janji bayar" in card.labels


async def test_a_number_that_was_not_answered_waits_until_the_quiet_hours_end(office: Office) -> None:
    rina = await rina_with(office, ("Toko Maju", "2026-11-17", 1_000_000))
    await office.travel(to="08:10")
    await rina.press("Mulai")
    await rina.press("Tidak diangkat")
    await rina.press("Sibuk")
    rina.seen()

    await office.travel(to="11:29")
    assert rina.news == []
    await office.travel(to="11:30")
    assert "Toko Maju" in rina.news[-1].text


async def test_yesterdays_digest_cannot_be_pressed_for_today(office: Office) -> None:
    rina = await rina_with(office, ("Toko Maju", "2026-11-17", 1_000_000))
    await office.travel(to="08:00")
    old = rina.last

    await office.travel(to="2026-11-19 08:00")

    assert rina.last.id != old.id
    (past,) = [one for one in rina.from_bot if one.id == old.id]
    assert past.labels == []


async def test_the_plan_of_a_day_is_made_once_however_often_it_is_asked(office: Office) -> None:
    rina = await rina_with(office, ("Toko Maju", "2026-11-18", 1_000_000))
    await office.travel(to="08:00")
    for _ in range(3):
        await plan_now(office)
    assert len(rina.news) == 1
