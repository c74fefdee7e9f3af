"""A typed client of the control API, for tests and for the demo's people."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

from simulator.machine import SimRefusedError
from simulator.shown import Button, ChatMessage, CustomerMessage, chat_message, customer_message
from simulator.staging import Staging
from simulator.wire import Json

__all__ = ["Button", "ChatMessage", "CustomerMessage", "SimClient", "SimRefusedError"]


class TelegramPeople(Staging):
    """What people do in Telegram. `chat_id` None means the private chat with the bot."""

    async def add_user(self, first_name: str, **facts: Any) -> int:
        """A new person (id, last_name, username, language_code); returns the id."""
        return int((await self.call("POST", "/sim/users", {"first_name": first_name, **facts}))["id"])

    async def add_group(self, title: str, members: list[int]) -> int:
        """A new group without the bot; returns the chat id."""
        return int((await self.call("POST", "/sim/groups", {"title": title, "members": members}))["id"])

    async def _do(self, user_id: int, deed: str, body: Json | None = None) -> Json:
        kept = {k: v for k, v in (body or {}).items() if v is not None}
        return await self.call("POST", f"/sim/users/{user_id}/{deed}", kept)

    async def start(self, user_id: int, payload: str = "") -> Json:
        """Open the bot, by a deep link when there is a payload."""
        return await self._do(user_id, "start", {"payload": payload})

    async def say(self, user_id: int, text: str, *, chat_id: int | None = None, reply_to: int | None = None) -> Json:
        """Write a text; returns chat_id, message_id and update_id (None when the bot does not see it)."""
        return await self._do(user_id, "say", {"text": text, "chat_id": chat_id, "reply_to": reply_to})

    async def press(
        self, user_id: int, label: str, *, chat_id: int | None = None, message_id: int | None = None
    ) -> str | None:
        """Press the newest button with exactly this label; returns the callback id (None: it opened a link)."""
        body = {"label": label, "chat_id": chat_id, "message_id": message_id}
        identity = (await self._do(user_id, "press", body)).get("callback_id")
        return None if identity is None else str(identity)

    async def press_data(self, user_id: int, message_id: int, data: str, *, chat_id: int | None = None) -> str:
        """Send forged callback data; returns the callback id."""
        body = {"message_id": message_id, "data": data, "chat_id": chat_id}
        return str((await self._do(user_id, "press_data", body))["callback_id"])

    async def photo(self, user_id: int, content: bytes, **more: Any) -> Json:
        """Send a picture (chat_id, caption, reply_to)."""
        return await self._do(user_id, "photo", {"content": base64.b64encode(content).decode(), **more})

    async def document(self, user_id: int, content: bytes, filename: str, **more: Any) -> Json:
        """Send a file (chat_id, caption, reply_to)."""
        body = {"content": base64.b64encode(content).decode(), "filename": filename, **more}
        return await self._do(user_id, "document", body)

    async def location(self, user_id: int, latitude: float, longitude: float, **more: Any) -> Json:
        """Send a place (chat_id, reply_to)."""
        return await self._do(user_id, "location", {"latitude": latitude, "longitude": longitude, **more})

    async def block(self, user_id: int) -> None:
        """Block the bot."""
        await self._do(user_id, "block")

    async def unblock(self, user_id: int) -> None:
        """Unblock the bot."""
        await self._do(user_id, "unblock")

    async def add_bot(self, group_id: int, by: int, payload: str | None = None) -> Json:
        """Add the bot to a group; with a payload as by ?startgroup=."""
        body = {"by": by} if payload is None else {"by": by, "payload": payload}
        return await self.call("POST", f"/sim/groups/{group_id}/add_bot", body)

    async def migrate(self, group_id: int) -> int:
        """Make a supergroup of a group; returns the new chat id."""
        return int((await self.call("POST", f"/sim/groups/{group_id}/migrate"))["chat_id"])

    async def kick(self, group_id: int, by: int) -> None:
        """Remove the bot from a group."""
        await self.call("POST", f"/sim/groups/{group_id}/kick", {"by": by})

    async def messages(self, chat_id: int) -> list[ChatMessage]:
        """A chat as it shows now, oldest first."""
        rows = (await self.call("GET", f"/sim/chats/{chat_id}/messages"))["messages"]
        return [chat_message(row) for row in rows]

    async def last(self, chat_id: int) -> ChatMessage | None:
        """The newest message of the bot in a chat."""
        return next((m for m in reversed(await self.messages(chat_id)) if m.from_bot), None)

    async def labels(self, chat_id: int) -> list[str]:
        """Labels of all inline buttons in a chat, newest message first."""
        return [button.label for m in reversed(await self.messages(chat_id)) for button in m.buttons]

    async def callback(self, callback_id: str, *, wait: float = 5.0) -> Json:
        """The bot's answer to a press: answered, text, show_alert; waits at most `wait` real seconds for it."""
        return await self.call("GET", f"/sim/callbacks/{callback_id}?wait={wait}")

    async def file(self, file_id: str) -> bytes:
        """Bytes of a file in a chat."""
        return await self.bytes_at(f"/sim/files/{file_id}")


class SimClient(TelegramPeople):
    """The whole control API: machine, people in Telegram, customers in WhatsApp."""

    async def add_customer(self, phone: str, **facts: Any) -> Json:
        """A customer (name, user_id, on_whatsapp, reads, blocked); again: changes him."""
        return await self.call("POST", "/sim/customers", {"phone": phone, **facts})

    async def customer_says(self, phone: str, text: str, *, to: str | None = None) -> str:
        """He writes; returns the message sid."""
        return await self._customer_does(phone, {"text": text, "to": to})

    async def customer_presses(self, phone: str, label: str) -> str:
        """He presses a quick reply on the newest message that has it; returns the message sid."""
        return await self._customer_does(phone, {"button": label})

    async def customer_sends_photo(
        self, phone: str, content: bytes, *, text: str = "", content_type: str = "image/jpeg"
    ) -> str:
        """He sends a picture or file; returns the message sid."""
        body = {"photo": base64.b64encode(content).decode(), "text": text, "content_type": content_type}
        return await self._customer_does(phone, body)

    async def customer_sends_location(self, phone: str, latitude: float, longitude: float) -> str:
        """He sends a place; returns the message sid."""
        return await self._customer_does(phone, {"location": {"latitude": latitude, "longitude": longitude}})

    async def _customer_does(self, phone: str, body: Json) -> str:
        kept = {k: v for k, v in body.items() if v is not None}
        return str((await self.call("POST", f"/sim/customers/{phone}/say", kept))["sid"])

    async def write_by_hand(self, phone: str, name: str, text: str) -> str:
        """Somebody of the company writes to him from his own WhatsApp; returns the message sid."""
        return str((await self.call("POST", f"/sim/customers/{phone}/by_hand", {"name": name, "text": text}))["sid"])

    async def customer_messages(self, phone: str) -> list[CustomerMessage]:
        """His conversation with the business, oldest first."""
        rows = (await self.call("GET", f"/sim/customers/{phone}/messages"))["messages"]
        return [customer_message(row) for row in rows]

    async def window_until(self, phone: str) -> datetime | None:
        """End of the 24-hour window, None when he never wrote."""
        text = (await self.call("GET", f"/sim/customers/{phone}/messages"))["window_until"]
        return datetime.fromisoformat(text) if text else None

    async def review_template(self, sid: str, status: str) -> Json:
        """WhatsApp changes a template's status: approved, rejected, paused, disabled."""
        return await self.call("POST", f"/sim/templates/{sid}", {"status": status})
