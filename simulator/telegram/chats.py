"""People, chats and the messages that stand in them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from simulator.config import SimConfig
from simulator.telegram.errors import ApiError, bad_request, forbidden, migrated
from simulator.wire import Json

FIRST_USER_ID = 700_000_001
FIRST_GROUP_ID = 4_000_001
FIRST_SUPERGROUP_ID = 1_002_000_000_001


@dataclass
class Person:
    """A human with Telegram. `known` means the bot has met him (in a group or by a press).

    `role` is what the rehearsed company calls him; it is for those who watch, never told to the bot.
    """

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    known: bool = False
    role: str | None = None

    def wire(self) -> Json:
        """The User object."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if getattr(self, name):
                user[name] = getattr(self, name)
        return user


@dataclass
class Posted:
    """A message in a chat: its wire form, its HTML, and what the wire form does not show."""

    wire: Json
    html: str
    from_bot: bool
    at: float
    other_markup: Json | None = None
    deleted: bool = False

    @property
    def id(self) -> int:
        """The message_id."""
        number: int = self.wire["message_id"]
        return number


@dataclass
class Chat:
    """A private chat with the bot, a group or a supergroup. `bot_status` is the bot's own ChatMember status."""

    id: int
    kind: str
    title: str = ""
    person: Person | None = None
    members: list[int] = field(default_factory=list)
    bot_status: str = "left"
    migrated_to: int | None = None
    migrated_from: int | None = None
    pinned: int | None = None
    posts: dict[int, Posted] = field(default_factory=dict)

    @property
    def is_group(self) -> bool:
        """True for groups and supergroups."""
        return self.kind != "private"

    def wire(self) -> Json:
        """The Chat object."""
        if self.person:
            names = {k: v for k, v in self.person.wire().items() if k in ("first_name", "last_name", "username")}
            return {"id": self.id, "type": "private", **names}
        return {"id": self.id, "type": self.kind, "title": self.title}

    def live(self) -> list[Posted]:
        """Messages not deleted, oldest first."""
        return [post for post in self.posts.values() if not post.deleted]


class Directory:
    """Everyone and every chat. Message ids: one counter for private chats and groups, one per supergroup."""

    def __init__(self, config: SimConfig) -> None:
        self._config = config
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self._user_ids = itertools.count(FIRST_USER_ID)
        self._group_ids = itertools.count(FIRST_GROUP_ID)
        self._supergroup_ids = itertools.count(FIRST_SUPERGROUP_ID)
        self._mailbox = itertools.count(1)
        self._channels: dict[int, itertools.count[int]] = {}

    def bot(self) -> Json:
        """The bot's User object as it stands in messages."""
        config = self._config
        return {"id": config.bot_id(), "is_bot": True, "first_name": config.bot_name, "username": config.bot_username}

    def add_person(self, facts: Json) -> Person:
        """A new person; without an id the next free one."""
        number = facts.get("id")
        while number is None or (facts.get("id") is None and number in self.people):
            number = next(self._user_ids)
        person = Person(id=int(number), first_name=str(facts.get("first_name") or "Person"))
        for name in ("last_name", "username", "language_code", "role"):
            setattr(person, name, facts.get(name))
        self.people[person.id] = person
        self.chats[person.id] = Chat(id=person.id, kind="private", person=person, bot_status="member")
        return person

    def add_group(self, title: str, members: list[int]) -> Chat:
        """A new basic group; the bot is not in it yet."""
        chat = Chat(id=-next(self._group_ids), kind="group", title=title, members=members)
        self.chats[chat.id] = chat
        return chat

    def upgrade(self, group: Chat) -> Chat:
        """Turn a group into a supergroup with a new id."""
        chat = Chat(id=-next(self._supergroup_ids), kind="supergroup", title=group.title, members=group.members)
        chat.bot_status, chat.migrated_from = group.bot_status, group.id
        group.migrated_to = chat.id
        self.chats[chat.id] = chat
        self._channels[chat.id] = itertools.count(1)
        return chat

    def next_message_id(self, chat: Chat) -> int:
        """The next message_id in a chat."""
        return next(self._channels.get(chat.id, self._mailbox))

    def bot_chat(self, chat_id: str) -> Chat:
        """The chat a call names, when the bot may act in it. Raises ApiError as the Bot API does."""
        if not chat_id:
            raise bad_request("chat_id is empty")
        try:
            chat = self.chats.get(int(chat_id))
        except ValueError:
            chat = None
        if chat is None:
            raise bad_request("chat not found")
        if refusal := _group_refusal(chat) if chat.person is None else _private_refusal(chat.person):
            raise refusal
        return chat


def _private_refusal(person: Person) -> ApiError | None:
    if person.deactivated:
        return forbidden("user is deactivated")
    if person.blocked:
        return forbidden("bot was blocked by the user")
    if person.started:
        return None
    if person.known:
        return forbidden("bot can't initiate conversation with a user")
    return bad_request("chat not found")


def _group_refusal(chat: Chat) -> ApiError | None:
    if chat.migrated_to is not None:
        return migrated(chat.migrated_to)
    if chat.bot_status == "kicked":
        return forbidden(f"bot was kicked from the {chat.kind} chat")
    if chat.bot_status == "left" and chat.posts:
        return forbidden(f"bot is not a member of the {chat.kind} chat")
    if chat.bot_status == "left":
        return bad_request("chat not found")
    return None
