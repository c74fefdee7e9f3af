"""What people do in Telegram: write, press, send files, block the bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simulator.telegram.chats import Chat, Person, Posted
from simulator.telegram.entities import COMMAND, detected, shown_html
from simulator.telegram.methods import member_of
from simulator.telegram.side import Draft, TelegramSide
from simulator.wire import Json


class Impossible(Exception):
    """A person cannot do that. `status` is the HTTP status of the control API."""

    def __init__(self, status: int, reason: str, **facts: Any) -> None:
        super().__init__(reason)
        self.status = status
        self.facts = facts


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A button that was looked for by its label."""

    post: Posted
    button: Json


class People:
    """Acts for people; what the bot may see becomes an update."""

    def __init__(self, side: TelegramSide) -> None:
        self.side = side

    def person(self, number: int) -> Person:
        """The person with this id. Raises Impossible."""
        person = self.side.directory.people.get(number)
        if person is None:
            raise Impossible(404, f"no user {number}")
        return person

    def chat(self, number: int) -> Chat:
        """The chat with this id, the new one after a migration. Raises Impossible."""
        chat = self.side.directory.chats.get(number)
        if chat is None:
            raise Impossible(404, f"no chat {number}")
        return self.chat(chat.migrated_to) if chat.migrated_to is not None else chat

    def start(self, person: Person, payload: str) -> Json:
        """Press Start or open a deep link: unblocks the bot and sends /start."""
        self.unblock(person)
        return self.say(person, person.id, f"/start {payload}".strip())

    def say(self, person: Person, chat_id: int, text: str, reply_to: int | None = None) -> Json:
        """Write a text."""
        fields: Json = {"text": text}
        if entities := detected(text):
            fields["entities"] = entities
        return self.send(person, chat_id, fields, html=shown_html(text), reply_to=reply_to)

    def send(self, person: Person, chat_id: int, fields: Json, *, html: str = "", reply_to: int | None = None) -> Json:
        """Post anything into a chat."""
        chat = self._writable(person, chat_id)
        target = chat.posts.get(reply_to) if reply_to else None
        if reply_to and (target is None or target.deleted):
            raise Impossible(404, f"no message {reply_to} in chat {chat.id}")
        post = self.side.post(chat, person, Draft(fields=fields, html=html, reply_to=target))
        update_id = None
        if self._bot_sees(chat, post):
            update_id = self.side.queue.add("message", chat.id, post.wire)
        return {"chat_id": chat.id, "message_id": post.id, "update_id": update_id}

    def _writable(self, person: Person, chat_id: int) -> Chat:
        chat = self.chat(chat_id)
        if chat.person is None:
            if person.id not in chat.members:
                raise Impossible(409, f"user {person.id} is not a member of chat {chat.id}")
            return chat
        if chat.person is not person:
            raise Impossible(409, "that is another person's private chat")
        if person.blocked:
            raise Impossible(409, "the person has blocked the bot: unblock or start first")
        person.started = person.known = True
        return chat

    def _bot_sees(self, chat: Chat, post: Posted) -> bool:
        """Privacy mode: in groups commands for the bot, replies to it, and nothing else."""
        if not chat.is_group:
            return True
        if chat.bot_status not in ("member", "administrator"):
            return False
        if chat.bot_status == "administrator":
            return True
        reply = post.wire.get("reply_to_message")
        if reply and reply["from"]["id"] == self.side.config.bot_id():
            return True
        return self._is_command_for_bot(str(post.wire.get("text") or ""))

    def _is_command_for_bot(self, text: str) -> bool:
        command = COMMAND.match(text)
        if not command:
            return False
        _, _, addressed = command.group().partition("@")
        return not addressed or addressed.lower() == self.side.config.bot_username.lower()

    def find_button(self, chat: Chat, label: str, message_id: int | None) -> Found:
        """The button with exactly this label, on the newest message that has it. Raises Impossible with all labels."""
        posts = [p for p in reversed(chat.live()) if p.from_bot and message_id in (None, p.id)]
        visible: list[str] = []
        for post in posts:
            for button in buttons_of(post):
                if button["text"] == label:
                    return Found(post=post, button=button)
                visible.append(button["text"])
        raise Impossible(404, f"no button {label!r} in chat {chat.id}", labels=visible)

    def press(self, person: Person, chat_id: int, label: str, message_id: int | None = None) -> Json:
        """Press a button by its label."""
        chat = self._writable(person, chat_id)
        try:
            found = self.find_button(chat, label, message_id)
        except Impossible:
            if message_id is None and label in reply_keyboard(chat):
                return self.say(person, chat_id, label)
            raise
        if "callback_data" not in found.button:
            return {"callback_id": None, "message_id": found.post.id, "button": found.button}
        return self._pressed(person, chat, found.post, found.button["callback_data"])

    def press_data(self, person: Person, chat_id: int, message_id: int, data: str) -> Json:
        """Send forged callback data, as a modified client can: for any message, also a deleted one."""
        chat = self.chat(chat_id)
        post = chat.posts.get(message_id)
        if post is None:
            raise Impossible(404, f"no message {message_id} in chat {chat.id}")
        return self._pressed(person, chat, post, data)

    def _pressed(self, person: Person, chat: Chat, post: Posted, data: str) -> Json:
        press = self.side.press(person, data)
        gone: Json = {"chat": chat.wire(), "message_id": post.id, "date": 0}
        query: Json = {
            "id": press.id,
            "from": person.wire(),
            "message": gone if post.deleted else post.wire,
            "chat_instance": str(8_000_000_000_000_000_000 + abs(chat.id)),
            "data": data,
        }
        update_id = self.side.queue.add("callback_query", chat.id, query)
        return {"callback_id": press.id, "message_id": post.id, "data": data, "update_id": update_id}

    def block(self, person: Person) -> int | None:
        """Block the bot."""
        if person.blocked:
            return None
        person.blocked = True
        return self._bot_standing(person, "member", "kicked")

    def unblock(self, person: Person) -> int | None:
        """Unblock the bot."""
        if not person.blocked:
            return None
        person.blocked = False
        return self._bot_standing(person, "kicked", "member")

    def _bot_standing(self, person: Person, old: str, new: str) -> int | None:
        chat = self.side.directory.chats[person.id]
        return self.side.queue.add("my_chat_member", chat.id, self.standing(chat, person, old, new))

    def standing(self, chat: Chat, by: Person, old: str, new: str) -> Json:
        """A ChatMemberUpdated object about the bot."""
        bot = self.side.directory.bot()
        return {
            "chat": chat.wire(),
            "from": by.wire(),
            "date": int(self.side.clock.now().timestamp()),
            "old_chat_member": member_of(bot, old),
            "new_chat_member": member_of(bot, new),
        }


def buttons_of(post: Posted) -> list[Json]:
    """All inline buttons under a message, row by row."""
    return [button for row in post.wire.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


def reply_keyboard(chat: Chat) -> list[str]:
    """Labels of the reply keyboard that is open in a chat."""
    for post in reversed(chat.live()):
        markup = post.other_markup or {}
        if "keyboard" in markup:
            return [button["text"] for row in markup["keyboard"] for button in row]
        if markup.get("remove_keyboard"):
            return []
    return []
