"""Journeys of the managers' group: linked, moved, left."""

from __future__ import annotations

from datetime import UTC

from bot.casework import notices
from bot.reply import screen
from storage import people
from tests.journeys.chat import Office


async def _tell_managers(office: Office) -> None:
    """News of any kind for the managers."""
    async with office.transaction() as db:
        desk = office.app.world.desk(db, now=office.now.astimezone(UTC))
        await notices.tell_managers(desk, screen("event_parked", reference="A1B2C3"))
    await office.settle()


async def _linked(office: Office) -> int | None:
    async with office.transaction() as db:
        return await people.group_of_managers(db)


async def test_a_link_makes_a_group_the_managers(office: Office) -> None:
    dewi, budi = await office.manager("Dewi"), await office.manager("Budi")
    group = await office.group(dewi, budi, linked=False)
    await group.add_bot(dewi, await office.invite(None, "Manajemen"))
    assert "grup manajemen PT Sumber Rejeki" in group.text
    assert "baru saja dihubungkan" in budi.text
    await _tell_managers(office)
    assert "A1B2C3" in group.text


async def test_without_a_link_the_bot_stays_silent_in_a_group(office: Office) -> None:
    tono = await office.stranger("Tono")
    group = await office.group(tono, linked=False)
    await group.add_bot(tono)
    assert group.from_bot == []
    await tono.say("/start@santun_sim_bot", chat=group)
    assert group.from_bot == []
    assert await _linked(office) is None


async def test_a_group_link_works_once(office: Office) -> None:
    dewi = await office.manager("Dewi")
    token = await office.invite(None, "Manajemen")
    first, second = await office.group(dewi, linked=False), await office.group(dewi, linked=False)
    await first.add_bot(dewi, token)
    await second.add_bot(dewi, token)
    assert "sudah dipakai" in second.text
    assert await _linked(office) == first.chat_id


async def test_a_supergroup_is_followed(office: Office) -> None:
    dewi = await office.manager("Dewi")
    group = await office.group(dewi)
    old = group.chat_id
    new = await group.migrate()
    assert new != old
    assert await _linked(office) == new
    await _tell_managers(office)
    assert "A1B2C3" in group.text


async def test_a_move_nobody_told_us_of_is_learned_when_sending(office: Office) -> None:
    dewi = await office.manager("Dewi")
    group = await office.group(dewi)
    old = group.chat_id
    await group.migrate()
    async with office.transaction() as db:  # as if both tellings had been lost
        await people.move_group(db, old_chat_id=group.chat_id, new_chat_id=old)
    await _tell_managers(office)
    assert "A1B2C3" in group.text
    assert await _linked(office) == group.chat_id


async def test_managers_hear_in_private_that_the_bot_was_put_out(office: Office) -> None:
    dewi, rina = await office.manager("Dewi"), await office.collector("Rina")
    group = await office.group(dewi, rina)
    await group.kick_bot(rina)
    assert "tidak ada di grup manajemen" in dewi.text
    dewi.seen()
    await _tell_managers(office)
    assert "A1B2C3" in dewi.news[0].text
    assert rina.news == []


async def test_being_put_out_of_a_group_that_was_not_ours_is_no_news(office: Office) -> None:
    dewi = await office.manager("Dewi")
    group = await office.group(dewi, linked=False)
    await group.add_bot(dewi)
    await group.kick_bot(dewi)
    assert dewi.news == []


async def test_a_new_group_takes_the_place_of_the_old_one(office: Office) -> None:
    dewi = await office.manager("Dewi")
    old = await office.group(dewi)
    new = await office.group(dewi, linked=False, title="Baru")
    await new.add_bot(dewi, await office.invite(None, "Baru"))
    old.seen()
    await _tell_managers(office)
    assert "A1B2C3" in new.text
    assert old.news == []


async def test_help_in_the_group_is_the_groups(office: Office) -> None:
    dewi = await office.manager("Dewi")
    group = await office.group(dewi)
    await dewi.say("/bantuan", chat=group)
    assert "datang ke grup ini" in group.text
