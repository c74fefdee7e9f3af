"""Journeys of what a role sees: its menu of commands, a sales person's tasks, a list beside a reassignment."""

from __future__ import annotations

import aiohttp

from bot.menus import Menus
from simulator.config import DEFAULT_TOKEN
from storage import people
from tests.journeys.chat import Office, Phone

HEADER = "No Faktur;Kode;Pelanggan;Jatuh Tempo;Nilai Faktur;Dibayar;Sisa;Kolektor"


async def menu_of(office: Office, phone: Phone) -> dict[str, str]:
    """What Telegram shows in this chat."""
    url = f"{office.settings.telegram_api_url}/bot{DEFAULT_TOKEN}/getMyCommands"
    scope = {"scope": {"type": "chat", "chat_id": phone.user_id}}
    async with aiohttp.ClientSession() as session, session.post(url, json=scope) as answer:
        found = (await answer.json())["result"]
    return {one["command"]: one["description"] for one in found}


async def test_everybody_is_shown_the_commands_of_his_role_in_his_language(office: Office) -> None:
    rina, budi = await office.collector("Rina"), await office.manager("Budi", language="en")
    menus = Menus(app=office.app)
    assert await menus.follow() == 2
    assert await menus.follow() == 0

    collectors, managers = await menu_of(office, rina), await menu_of(office, budi)
    assert {"tugas", "cuti", "laporan"} <= collectors.keys()
    assert not {"kolektor", "impor", "bayar"} & collectors.keys()
    assert managers["kolektor"] == "Collectors and their tasks"
    async with office.transaction() as db:
        await people.set_language(db, rina.person_id or 0, "en")
    assert await menus.follow() == 1
    assert (await menu_of(office, rina))["cuti"] == "Leave and cover"


async def test_a_sales_persons_tasks_are_his_late_customers(office: Office) -> None:
    rina, agus = await office.collector("Rina"), await office.sales("Agus")
    for name, due_on, seller in (("Toko Satu", "2026-11-10", agus), ("Toko Dua", "2026-11-25", agus)):
        toko = await office.customer(name, collector=rina, sales_id=seller.person_id)
        await office.invoice(toko, f"F-{name}", due_on, 3_000_000)
    other = await office.customer("Toko Lain", collector=rina)
    await office.invoice(other, "F-9", "2026-11-10", 9_000_000)

    await agus.say("/tugas")
    assert "Pelanggan Anda yang lewat jatuh tempo: 1, Rp3.000.000" in agus.text
    assert agus.labels == ["Toko Satu · Rp3 jt"]
    await agus.press("Toko Satu · Rp3 jt")
    assert "F-Toko Satu" in agus.text
    await agus.say("/cari Toko Lain")
    assert "F-9" not in agus.text


async def test_a_list_does_not_move_a_customer_back_and_the_preview_says_so(office: Office) -> None:
    rina, dewi, budi = await office.collector("Rina"), await office.collector("Dewi"), await office.manager("Budi")
    first = "F-1;C1;Toko Satu;25/11/2026;1.000.000;0;1.000.000;Rina"
    await budi.send_document(f"{HEADER}\n{first}\n".encode(), "daftar.csv")
    await budi.press("Impor sekarang")
    await budi.say("/cari Toko Satu")
    await budi.press("Pindahkan")
    await budi.press("Dewi")

    newer = "F-2;C1;Toko Satu;26/11/2026;2.000.000;0;2.000.000;Rina"
    await budi.send_document(f"{HEADER}\n{first}\n{newer}\n".encode(), "daftar baru.csv")
    assert "Toko Satu: Dewi (daftar: Rina)" in budi.text
    await budi.press("Impor sekarang")

    await dewi.say("/cari Toko Satu")
    assert "F-2" in dewi.text
    await rina.say("/cari Toko Satu")
    assert "F-2" not in rina.text
