"""Updates as Telegram sends them, and the events they become."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.telegram_events import UnreadableUpdate, event_of
from bot.events import (
    BotMembership,
    ChatMigrated,
    CommandGiven,
    Event,
    FileSent,
    LocationSent,
    Pressed,
    Typed,
)

PERSON = {"id": 5000000001, "is_bot": False, "first_name": "Budi", "language_code": "id"}
BOT = {"id": 7000000001, "is_bot": True, "first_name": "Santun"}
PRIVATE = {"id": 5000000001, "type": "private", "first_name": "Budi"}
GROUP = {"id": -1001234567890123, "type": "supergroup", "title": "Manajemen"}
SAID = {"message_id": 31, "date": 1790000000, "chat": PRIVATE, "from": PERSON}
WHO: dict[str, Any] = {
    "update_id": 900,
    "chat_id": 5000000001,
    "chat_kind": "private",
    "user_id": 5000000001,
    "language_code": "id",
}


def message(**fields: Any) -> dict[str, Any]:
    return {"update_id": 900, "message": SAID | fields}


def press(**fields: Any) -> dict[str, Any]:
    query = {"id": "4711", "from": PERSON, "chat_instance": "9", "data": "promise:12"}
    return {"update_id": 900, "callback_query": query | fields}


def membership(old: str, new: str, chat: dict[str, Any] = PRIVATE, **extra: Any) -> dict[str, Any]:
    def member(status: str) -> dict[str, Any]:
        return {"user": BOT, "status": status} | extra

    change = {"chat": chat, "from": PERSON, "date": 1790000000}
    return {
        "update_id": 900,
        "my_chat_member": change | {"old_chat_member": member(old), "new_chat_member": member(new)},
    }


DOCUMENT = {
    "file_id": "BQ1",
    "file_unique_id": "u",
    "file_name": "daftar.xlsx",
    "file_size": 9000,
    "mime_type": "a/x",
}
SIZES = [{"file_id": f"P{s}", "file_unique_id": str(s), "width": s, "height": s, "file_size": s} for s in (800, 90)]
PRESSED = Pressed(**WHO, message_id=31, data="promise:12", callback_id="4711")
ASKED = message()["message"] | {"message_id": 30}

CASES: list[tuple[str, dict[str, Any], Event | None]] = [
    ("a press", press(message=SAID), PRESSED),
    (
        "a press on a message too old for Telegram to show",
        press(message={"chat": PRIVATE, "message_id": 31, "date": 0}),
        PRESSED,
    ),
    (
        "a press on a message Telegram hides: the person's own chat",
        press(inline_message_id="x"),
        Pressed(**WHO, message_id=None, data="promise:12", callback_id="4711"),
    ),
    ("a game's press", {"update_id": 900, "callback_query": {"id": "1", "from": PERSON, "chat_instance": "9"}}, None),
    (
        "a press in a group is the presser's",
        press(message=SAID | {"chat": GROUP, "from": BOT}),
        Pressed(
            **WHO | {"chat_id": GROUP["id"], "chat_kind": "group"}, message_id=31, data="promise:12", callback_id="4711"
        ),
    ),
    ("a text", message(text="besok jam 9"), Typed(**WHO, message_id=31, text="besok jam 9")),
    (
        "a typed answer",
        message(text="2.500.000", reply_to_message=ASKED),
        Typed(**WHO, message_id=31, text="2.500.000", reply_to_message_id=30),
    ),
    ("a command", message(text="/tugas"), CommandGiven(**WHO, message_id=31, command="tugas")),
    (
        "an invitation",
        message(text="/start AbC-d_9"),
        CommandGiven(**WHO, message_id=31, command="start", argument="AbC-d_9"),
    ),
    (
        "a command to us by name",
        message(text="/Bayar@santun_uji_bot  INV-1   2500000 "),
        CommandGiven(**WHO, message_id=31, command="bayar", argument="INV-1   2500000"),
    ),
    ("a command to another bot", message(text="/bayar@lain_bot INV-1"), None),
    ("no command: a path", message(text="/a/b"), Typed(**WHO, message_id=31, text="/a/b")),
    ("no command: a lone slash", message(text="/"), Typed(**WHO, message_id=31, text="/")),
    (
        "a document",
        message(document=DOCUMENT, caption="piutang"),
        FileSent(
            **WHO,
            message_id=31,
            file_id="BQ1",
            size=9000,
            kind="document",
            filename="daftar.xlsx",
            mime="a/x",
            caption="piutang",
        ),
    ),
    (
        "a photo: its largest size, in whatever order",
        message(photo=SIZES, reply_to_message=ASKED),
        FileSent(
            **WHO, message_id=31, file_id="P800", size=800, kind="photo", mime="image/jpeg", reply_to_message_id=30
        ),
    ),
    (
        "a place",
        message(location={"latitude": -6.2, "longitude": 106.8}),
        LocationSent(**WHO, message_id=31, latitude=-6.2, longitude=106.8),
    ),
    ("a contact card", message(contact={"phone_number": "+62812000001", "first_name": "A"}), None),
    ("an edited text", {"update_id": 900, "edited_message": SAID | {"text": "x", "edit_date": 1790000001}}, None),
    ("a post in a channel", {"update_id": 900, "channel_post": SAID | {"chat": GROUP | {"type": "channel"}}}, None),
    (
        "the old group tells its new id",
        message(chat=GROUP | {"id": -5, "type": "group"}, migrate_to_chat_id=-1009),
        ChatMigrated(update_id=900, chat_id=-5, old_chat_id=-5, new_chat_id=-1009),
    ),
    (
        "the new group tells its old id",
        message(chat=GROUP | {"id": -1009}, migrate_from_chat_id=-5),
        ChatMigrated(update_id=900, chat_id=-1009, old_chat_id=-5, new_chat_id=-1009),
    ),
    ("a kind Telegram invents tomorrow", {"update_id": 900, "hologram": {"x": 1}}, None),
]


@pytest.mark.parametrize(("update", "event"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_an_update_means(update: dict[str, Any], event: Event | None) -> None:
    assert event_of(update, bot_username="santun_uji_bot") == event


@pytest.mark.parametrize(
    ("update", "kind", "status"),
    [
        (membership("member", "kicked"), "private", "blocked"),
        (membership("kicked", "member"), "private", "unblocked"),
        (membership("left", "member", GROUP), "group", "added"),
        (membership("member", "left", GROUP), "group", "removed"),
        (membership("administrator", "kicked", GROUP), "group", "removed"),
    ],
)
def test_coming_and_going(update: dict[str, Any], kind: str, status: str) -> None:
    event = event_of(update)
    assert isinstance(event, BotMembership)
    assert (event.chat_kind, event.status, event.by_user_id) == (kind, status, 5000000001)


def test_a_new_right_is_no_coming() -> None:
    assert event_of(membership("member", "administrator", GROUP)) is None


def test_one_restricted_but_inside_has_not_gone() -> None:
    assert event_of(membership("member", "restricted", GROUP, is_member=True)) is None
    gone = event_of(membership("member", "restricted", GROUP, is_member=False))
    assert isinstance(gone, BotMembership)
    assert gone.status == "removed"


def test_a_corner_we_never_look_at_may_be_new() -> None:
    """A text with something beside it that the library cannot read is still a text."""
    event = event_of(message(text="halo", gift={"new": True}, reply_markup=7, via_bot="?"))
    assert event == Typed(**WHO, message_id=31, text="halo")


def test_every_event_has_the_key_of_its_inbox_row() -> None:
    event = event_of(press(message=SAID))
    assert event is not None
    assert (event.channel, event.external_id) == ("telegram", "900")


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"update_id": "900"},
        {"update_id": 900, "message": "hello"},
        {"update_id": 900, "message": {"message_id": 1}},
        {"update_id": 900, "callback_query": {"id": 1}},
    ],
)
def test_what_is_no_update_is_refused_without_quoting_it(update: dict[str, Any]) -> None:
    with pytest.raises(UnreadableUpdate) as refused:
        event_of(update)
    assert "hello" not in str(refused.value)


def test_what_a_person_wrote_stays_out_of_the_repr() -> None:
    event = event_of(message(text="Toko Makmur tidak mau bayar"))
    assert "Makmur" not in repr(event)
