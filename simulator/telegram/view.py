"""A chat as its people see it now."""

from __future__ import annotations

from simulator.telegram.chats import Chat, Posted
from simulator.wire import Json

SERVICE = ("new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id")


def shown_message(post: Posted) -> Json:
    """One message: plain text, HTML, buttons by row, file, reply."""
    wire = post.wire
    reply = wire.get("reply_to_message")
    sender = wire["from"]
    return {
        "id": post.id,
        "from_bot": post.from_bot,
        "from_id": sender["id"],
        "from_name": " ".join(filter(None, (sender["first_name"], sender.get("last_name")))),
        "date": wire["date"],
        "text": wire.get("text") or wire.get("caption") or "",
        "html": post.html,
        "buttons": [[_button(b) for b in row] for row in wire.get("reply_markup", {}).get("inline_keyboard", [])],
        "reply_markup": post.other_markup,
        "force_reply": bool(post.other_markup and post.other_markup.get("force_reply")),
        "edited": "edit_date" in wire,
        "reply_to": reply["message_id"] if reply else None,
        "file": _file(wire),
        "location": wire.get("location"),
        "contact": wire.get("contact"),
        "service": {name: wire[name] for name in SERVICE if name in wire} or None,
    }


def _button(button: Json) -> Json:
    return {"label": button["text"], "data": button.get("callback_data"), "url": button.get("url"), "wire": button}


def _file(wire: Json) -> Json | None:
    if "photo" in wire:
        return {"kind": "photo", "file_id": wire["photo"][-1]["file_id"], "name": None}
    if "document" in wire:
        return {"kind": "document", "file_id": wire["document"]["file_id"], "name": wire["document"]["file_name"]}
    return None


def shown_chat(chat: Chat) -> Json:
    """A chat in a list."""
    newest = chat.live()[-1:]
    return {
        "id": chat.id,
        "type": chat.kind,
        "title": chat.title or (chat.person.first_name if chat.person else ""),
        "members": [chat.person.id] if chat.person else chat.members,
        "bot_status": chat.bot_status,
        "migrated_to": chat.migrated_to,
        "pinned": chat.pinned,
        "messages": len(chat.live()),
        "last": shown_message(newest[0]) if newest else None,
    }
