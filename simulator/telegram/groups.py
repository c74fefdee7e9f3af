"""What happens to groups: the bot is added, removed, and the group becomes a supergroup."""

from __future__ import annotations

from simulator.telegram.chats import Chat, Person
from simulator.telegram.people import Impossible, People
from simulator.telegram.side import Draft, TelegramSide
from simulator.wire import Json


class Groups:
    """Acts on groups for their members."""

    def __init__(self, side: TelegramSide, people: People) -> None:
        self._side = side
        self._people = people

    def create(self, title: str, members: list[int]) -> Chat:
        """A new group of people, without the bot."""
        for number in members:
            self._people.person(number)
        return self._side.directory.add_group(title, members)

    def add_bot(self, chat_id: int, by: Person, payload: str | None) -> Json:
        """Add the bot; with a payload as by ?startgroup=, which also sends /start@bot PAYLOAD."""
        chat = self._people.chat(chat_id)
        if by.id not in chat.members:
            raise Impossible(409, f"user {by.id} is not a member of chat {chat.id}")
        old = chat.bot_status
        if old in ("member", "administrator"):
            raise Impossible(409, "the bot is in that group")
        chat.bot_status = "member"
        by.known = True
        for number in chat.members:
            self._side.directory.people[number].known = True
        self._side.queue.add("my_chat_member", chat.id, self._people.standing(chat, by, old, "member"))
        bot = self._side.directory.bot()
        self._service(chat, by, {"new_chat_members": [bot]})
        if payload is None:
            return {"chat_id": chat.id, "update_id": None}
        return self._people.say(by, chat.id, f"/start@{self._side.config.bot_username} {payload}".strip())

    def kick(self, chat_id: int, by: Person) -> Json:
        """Remove the bot."""
        chat = self._people.chat(chat_id)
        if chat.bot_status not in ("member", "administrator"):
            raise Impossible(409, "the bot is not in that group")
        old, chat.bot_status = chat.bot_status, "kicked"
        update_id = self._side.queue.add("my_chat_member", chat.id, self._people.standing(chat, by, old, "kicked"))
        return {"chat_id": chat.id, "update_id": update_id}

    def promote(self, chat_id: int, by: Person) -> Json:
        """Make the bot an administrator: from now on it sees every message."""
        chat = self._people.chat(chat_id)
        old, chat.bot_status = chat.bot_status, "administrator"
        body = self._people.standing(chat, by, old, "administrator")
        return {"chat_id": chat.id, "update_id": self._side.queue.add("my_chat_member", chat.id, body)}

    def migrate(self, chat_id: int) -> Json:
        """Turn a group into a supergroup: new id, two service messages."""
        old = self._people.chat(chat_id)
        if old.kind != "group" or not old.members:
            raise Impossible(409, "only a group with members can become a supergroup")
        new = self._side.directory.upgrade(old)
        owner = self._people.person(old.members[0])
        self._service(old, owner, {"migrate_to_chat_id": new.id})
        self._service(new, owner, {"migrate_from_chat_id": old.id})
        return {"chat_id": new.id, "migrated_from": old.id}

    def join(self, chat_id: int, person: Person) -> Json:
        """A person joins."""
        chat = self._people.chat(chat_id)
        if person.id not in chat.members:
            chat.members.append(person.id)
            person.known = person.known or chat.bot_status in ("member", "administrator")
            self._service(chat, person, {"new_chat_members": [person.wire()]})
        return {"chat_id": chat.id, "members": chat.members}

    def leave(self, chat_id: int, person: Person) -> Json:
        """A person leaves."""
        chat = self._people.chat(chat_id)
        if person.id in chat.members:
            chat.members.remove(person.id)
            self._service(chat, person, {"left_chat_member": person.wire()})
        return {"chat_id": chat.id, "members": chat.members}

    def _service(self, chat: Chat, by: Person, fields: Json) -> None:
        post = self._side.post(chat, by, Draft(fields=fields))
        if chat.bot_status in ("member", "administrator"):
            self._side.queue.add("message", chat.id, post.wire)
