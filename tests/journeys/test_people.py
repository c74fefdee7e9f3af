"""Journeys of people: invited, welcomed, helped, revoked, and turned away."""

from __future__ import annotations

from sop.people import Role
from storage import people
from tests.journeys.chat import Office
from tests.journeys.phones import Phone

WELCOME = "Selamat datang, Rina."


async def _revoke(office: Office, phone: Phone) -> None:
    assert phone.person_id is not None
    async with office.transaction() as db:
        await people.revoke(db, phone.person_id)


async def test_a_collector_opens_his_link_and_is_told_his_next_step(office: Office) -> None:
    token = await office.invite(Role.COLLECTOR, "Rina")
    rina = await office.stranger("Rina")
    await rina.start(token)
    assert WELCOME in rina.text
    assert "pukul 08.00" in rina.text
    assert rina.labels == ["Mulai", "Bantuan", "English"]
    await rina.press("Bantuan")
    assert "/tugas" in rina.text
    await rina.start(token)  # Telegram offers the link again
    assert WELCOME in rina.text


async def test_every_role_is_welcomed_and_helped_in_both_languages(office: Office) -> None:
    for role in Role:
        for language in ("id", "en"):
            phone = await office.staff(f"{role.value} {language}", role, language=language)
            assert phone.name in phone.text
            await phone.say("/bantuan")
            assert phone.text.startswith("Bantuan" if language == "id" else "Help")


async def test_a_used_link_is_refused_and_names_whom_to_ask(office: Office) -> None:
    await office.admin("Sari")
    token = await office.invite(Role.COLLECTOR, "Rina")
    rina, budi = await office.stranger("Rina"), await office.stranger("Budi")
    await rina.start(token)
    await budi.start(token)
    assert "sudah dipakai" in budi.text
    assert "Sari" in budi.text
    await budi.say("/tugas")
    assert "hanya untuk staf PT Sumber Rejeki" in budi.text


async def test_a_link_is_over_after_two_days(office: Office) -> None:
    token = await office.invite(Role.COLLECTOR, "Rina")
    rina = await office.stranger("Rina")
    await office.travel(hours=48)
    await rina.start(token)
    assert "lewat waktunya" in rina.text


async def test_of_two_who_open_one_link_at_once_one_gets_in(office: Office) -> None:
    token = await office.invite(Role.COLLECTOR, "Rina")
    both = [await office.stranger("Rina"), await office.stranger("Rini")]
    async with office.at_once():
        for one in both:
            await one.start(token)
    assert sorted(WELCOME in one.text for one in both) == [False, True]


async def test_a_link_nobody_made_says_so_and_names_nobody(office: Office) -> None:
    await office.admin("Sari")
    stranger = await office.stranger("Tono")
    await stranger.start("x" * 32)
    assert "tidak dikenal" in stranger.text
    assert "Sari" not in stranger.text


async def test_who_works_here_already_does_not_take_a_colleagues_place(office: Office) -> None:
    sari = await office.admin("Sari")
    token = await office.invite(Role.COLLECTOR, "Rina")
    await sari.start(token)
    assert "Sari, Anda sudah terdaftar" in sari.text
    rina = await office.stranger("Rina")
    await rina.start(token)
    assert WELCOME in rina.text
    await sari.say("/bantuan")
    assert "/impor" in sari.text


async def test_a_persons_link_is_no_group_link_and_the_reverse(office: Office) -> None:
    sari = await office.admin("Sari")
    budi = await office.stranger("Budi")
    group = await office.group(sari, budi, linked=False)
    await group.add_bot(sari, await office.invite(Role.MANAGER, "Budi"))
    assert "chat pribadi" in group.text
    await budi.start(await office.invite(None, "Manajemen"))
    assert "untuk grup manajemen" in budi.text


async def test_a_collector_of_the_list_has_his_customers_when_he_comes(office: Office) -> None:
    toko = await office.customer("Toko Maju", listed_collector="RINA")
    await office.invoice(toko, "F-001", "2026-11-17", 1_000_000)
    rina = await office.stranger("Rina")
    await rina.start(await office.invite(Role.COLLECTOR, "Rina"))
    await rina.say("maju")
    assert "Toko Maju" in rina.text
    assert "F-001" in rina.text


async def test_a_stranger_gets_one_polite_sentence_and_nothing_else(office: Office) -> None:
    await office.customer("Toko Maju")
    tono = await office.stranger("Tono")
    for text in ("/start", "/tugas", "/cari maju", "Toko Maju", "/bayar F-001 1000"):
        await tono.say(text)
        assert "hanya untuk staf PT Sumber Rejeki" in tono.text
        assert tono.labels == []
    await tono.send_photo()
    assert "hanya untuk staf" in tono.text


async def test_revoking_works_at_the_next_press(office: Office) -> None:
    rina = await office.collector("Rina")
    await rina.say("/bahasa")
    await _revoke(office, rina)
    await rina.press("English")
    assert rina.toast == "Maaf, tombol ini hanya untuk staf yang terdaftar."
    await rina.say("/tugas")
    assert "hanya untuk staf" in rina.text


async def test_a_link_that_was_not_opened_dies_with_the_revocation(office: Office) -> None:
    token = await office.invite(Role.COLLECTOR, "Rina")
    async with office.transaction() as db:
        known = await people.find_by_name(db, "rina")
        assert known is not None
        await people.revoke(db, known.id)
    rina = await office.stranger("Rina")
    await rina.start(token)
    assert "tidak dikenal" in rina.text


async def test_who_comes_back_with_a_new_phone_finds_his_customers_again(office: Office) -> None:
    old = await office.collector("Rina")
    toko = await office.customer("Toko Maju", collector=old)
    await office.invoice(toko, "F-001", "2026-11-17", 1_000_000)
    await _revoke(office, old)
    new = await office.stranger("Rina")
    await new.start(await office.invite(Role.COLLECTOR, "Rina"))
    await new.say("maju")
    assert "F-001" in new.text
    await old.say("maju")
    assert "hanya untuk staf" in old.text


async def test_the_language_changes_with_the_answer_itself(office: Office) -> None:
    rina = await office.collector("Rina")
    await rina.say("/bahasa")
    await rina.press("English")
    assert rina.text == "Done, from now on in English."
    await rina.say("/bantuan")
    assert rina.text.startswith("Help")
    await rina.press_data("lang:xx")
    assert rina.toast == "This button is no longer valid. Please start again from /tugas."
    await rina.say("/bahasa")
    await rina.press("Bahasa Indonesia")
    assert rina.text == "Baik, mulai sekarang dalam Bahasa Indonesia."


async def test_a_command_nobody_knows_is_answered_with_those_there_are(office: Office) -> None:
    rina = await office.collector("Rina")
    await rina.say("/apa")
    assert rina.text.startswith("Bantuan")


async def test_managers_hear_that_somebody_blocked_the_bot_and_came_back(office: Office) -> None:
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    await rina.block()
    assert "Rina (kolektor) memblokir bot" in budi.text
    budi.seen()
    await rina.start()
    assert [one.text for one in budi.news] == ["Rina (kolektor) sudah membuka bot lagi."]
    assert WELCOME in rina.text
