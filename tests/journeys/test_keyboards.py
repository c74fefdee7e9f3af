"""Journeys of old keyboards: of all the cards in a chat only the newest can be pressed (section 3)."""

from __future__ import annotations

from tests.journeys.chat import Office, Phone
from tests.journeys.test_calls import at_first_card


def pressable(phone: Phone) -> list[int]:
    """The messages with buttons of a card, oldest first."""
    return [one.id for one in phone.from_bot if {"Lewati", "Batalkan", "Benar", "Jadwal bayar"} & set(one.labels)]


async def test_after_a_typed_answer_the_card_above_has_no_buttons(office: Office) -> None:
    rina, _ = await at_first_card(office, cards=2)
    old = rina.last

    await rina.press("Lainnya")
    await rina.press("Catatan")
    await rina.reply("Minta ditelepon setelah makan siang")

    assert "Lewati" in rina.labels
    assert rina.last.id != old.id
    assert pressable(rina) == [rina.last.id]


async def test_a_typed_part_leaves_only_the_echo_to_press(office: Office) -> None:
    rina, _ = await at_first_card(office)

    await rina.press("Janji bayar")
    await rina.press("Besok")
    await rina.press("Sebagian")
    await rina.reply("400 ribu")

    assert "Jadwal bayar" in rina.labels
    assert pressable(rina) == [rina.last.id]


async def test_the_card_of_a_newer_list_takes_the_place_of_the_older(office: Office) -> None:
    rina, _ = await at_first_card(office)

    await rina.say("/tugas")
    await rina.press("Mulai")

    assert pressable(rina) == [rina.last.id]


async def test_a_card_that_comes_back_is_the_only_one_and_can_still_undo(office: Office) -> None:
    rina, _ = await at_first_card(office, cards=2)
    await rina.press("Telepon lagi")
    await rina.press("1 jam lagi")
    await office.travel(to="09:55")
    await rina.press("Belum jelas")
    old = rina.last

    await office.travel(to="10:01")

    assert "Toko Maju" in rina.text
    assert pressable(rina) == [rina.last.id]
    assert rina.labels[-1] == "Batalkan"
    await rina.press("Batalkan")
    assert "Toko 2" in rina.text
    assert rina.last.id != old.id


async def test_a_press_on_a_keyboard_that_is_gone_does_not_bring_it_back(office: Office) -> None:
    rina, _ = await at_first_card(office)
    old, kept = rina.last, rina.button("Menolak")
    await rina.press("Sudah bayar")

    await rina.say("/tugas")
    assert rina.labels == ["Batalkan"]  # still within ten minutes
    await rina.press_data(kept.data or "", on=old)

    assert rina.toast is not None
    assert pressable(rina) == [rina.last.id]
    assert rina.last.id != old.id


async def test_a_question_that_telegram_delays_still_opens_the_answer_field(office: Office) -> None:
    rina, _ = await at_first_card(office)
    await office.sim.fault("telegram", "429", method="sendMessage", retry_after=2)

    await rina.press("Eskalasi")
    await office.travel(hours=0.01)

    assert rina.last.force_reply
    await rina.reply("Gudang menahan retur")
    assert "diteruskan ke pimpinan" in rina.with_text("Tercatat").text


async def test_a_card_that_only_waits_for_a_message_by_hand_lets_the_next_one_come_first(office: Office) -> None:
    rina, _ = await at_first_card(office, cards=2)

    await rina.press("Lainnya")
    await rina.press("Toko tutup")

    assert "Toko 2" in rina.text
    await rina.press("Sudah bayar")
    assert "Toko Maju" in rina.text
    assert "Perlu: kirim WA" in rina.text
