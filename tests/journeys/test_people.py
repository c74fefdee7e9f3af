"""Journeys of people: invited, welcomed, helped, and turned away."""

from __future__ import annotations

from tests.journeys.chat import Office


async def test_the_harness_carries_a_press(office: Office) -> None:
    rina = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=rina)
    await office.invoice(toko, "F-001", "2026-11-17", 1_000_000)
    await office.plan()
    await office.travel(to="09:00")
    await rina.say("/tugas")
    await rina.press("Mulai")
    assert "Toko Maju" in rina.text
