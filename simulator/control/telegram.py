"""People and groups in Telegram."""

from __future__ import annotations

import base64
from typing import Any

from aiohttp import web

from simulator.control.answers import answering, body_of, newest, number_in
from simulator.telegram.entities import detected
from simulator.telegram.files import picture_size
from simulator.telegram.people import Impossible
from simulator.telegram.view import shown_chat, shown_message
from simulator.wire import Json
from simulator.world import World

DEEDS = (
    "start", "say", "press", "press_data", "photo", "document", "location", "contact", "block", "unblock", "role",
)  # fmt: skip


class TelegramControl:
    """Routes that act for people."""

    def __init__(self, world: World) -> None:
        self._world, self._people, self._groups = world, world.people, world.groups

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        posts = {
            "/sim/users": self.add_user,
            "/sim/groups": self.add_group,
            f"/sim/users/{{id}}/{{act:{'|'.join(DEEDS)}}}": self.act,
            "/sim/groups/{id}/{act:add_bot|migrate|kick|promote|say|join|leave}": self.act_on_group,
        }
        for path, act in posts.items():
            app.router.add_post(path, answering(act))
        app.router.add_get("/sim/users", answering(self.users))
        app.router.add_get("/sim/chats", answering(self.chats))
        app.router.add_get("/sim/chats/{id}/messages", answering(self.messages))
        app.router.add_get("/sim/callbacks/{id}", answering(self.callback))
        app.router.add_get("/sim/files/{id}", self.file)

    async def add_user(self, request: web.Request) -> Json:
        """A new person."""
        facts = await body_of(request)
        if facts.get("id") in self._world.telegram.directory.people:
            raise Impossible(409, f"user {facts['id']} exists")
        person = self._world.telegram.directory.add_person(facts)
        self._world.journal.write("sim", "user_added", user_id=person.id)
        return person.wire()

    async def users(self, _request: web.Request) -> Json:
        """All people."""
        people = self._world.telegram.directory.people.values()
        return {
            "users": [{**p.wire(), "blocked": p.blocked, "started": p.started, "role": p.role} for p in people],
            "bot": self._world.telegram.directory.bot(),
        }

    async def add_group(self, request: web.Request) -> Json:
        """A new group without the bot."""
        body = await body_of(request)
        chat = self._groups.create(str(body["title"]), [int(n) for n in body["members"]])
        self._world.journal.write("sim", "group_added", chat_id=chat.id)
        return shown_chat(chat)

    async def act(self, request: web.Request) -> Any:
        """One deed of a person, written into the journal."""
        body, name = await body_of(request), request.match_info["act"]
        number = number_in(request)
        self._world.journal.write("sim", name, user_id=number, request=_short(body))
        deed = getattr(self, f"_{name}")
        return deed(number, body)

    def _start(self, number: int, body: Json) -> Json:
        return self._people.start(self._people.person(number), str(body.get("payload") or ""))

    def _say(self, number: int, body: Json) -> Json:
        person = self._people.person(number)
        reply_to = body.get("reply_to")
        return self._people.say(person, int(body.get("chat_id") or number), str(body["text"]), reply_to)

    def _press(self, number: int, body: Json) -> Json:
        person = self._people.person(number)
        chat_id, message_id = int(body.get("chat_id") or number), body.get("message_id")
        return self._people.press(person, chat_id, str(body["label"]), message_id)

    def _press_data(self, number: int, body: Json) -> Json:
        person = self._people.person(number)
        chat_id = int(body.get("chat_id") or number)
        return self._people.press_data(person, chat_id, int(body["message_id"]), str(body["data"]))

    def _photo(self, number: int, body: Json) -> Json:
        content = base64.b64decode(body["content"])
        if picture_size(content) == (0, 0):
            raise ValueError("content is no picture")
        name = str(body.get("filename") or "photo.jpg")
        stored = self._world.telegram.files.add(content, name=name, folder="photos")
        return self._send_file(number, body, {"photo": stored.photo()})

    def _document(self, number: int, body: Json) -> Json:
        content, name = base64.b64decode(body["content"]), str(body["filename"])
        stored = self._world.telegram.files.add(content, name=name, folder="documents")
        return self._send_file(number, body, {"document": stored.document()})

    def _send_file(self, number: int, body: Json, fields: Json) -> Json:
        caption = str(body.get("caption") or "")
        if caption:
            fields["caption"] = caption
            if entities := detected(caption):
                fields["caption_entities"] = entities
        return self._send(number, body, fields)

    def _location(self, number: int, body: Json) -> Json:
        point = {"latitude": float(body["latitude"]), "longitude": float(body["longitude"])}
        return self._send(number, body, {"location": point})

    def _contact(self, number: int, body: Json) -> Json:
        person = self._people.person(number)
        own = {"phone_number": str(body["phone_number"]), "first_name": person.first_name, "user_id": person.id}
        return self._send(number, body, {"contact": own})

    def _send(self, number: int, body: Json, fields: Json) -> Json:
        person = self._people.person(number)
        return self._people.send(person, int(body.get("chat_id") or number), fields, reply_to=body.get("reply_to"))

    def _block(self, number: int, _body: Json) -> Json:
        return {"update_id": self._people.block(self._people.person(number))}

    def _unblock(self, number: int, _body: Json) -> Json:
        return {"update_id": self._people.unblock(self._people.person(number))}

    def _role(self, number: int, body: Json) -> Json:
        self._people.person(number).role = body.get("role")
        return {"role": body.get("role")}

    async def act_on_group(self, request: web.Request) -> Json:
        """One deed in a group; `by` is the member who does it (the first one when absent)."""
        body, name, number = await body_of(request), request.match_info["act"], number_in(request)
        chat = self._people.chat(number)
        self._world.journal.write("sim", f"group_{name}", chat_id=number, request=body)
        if name == "migrate":
            return self._groups.migrate(number)
        by = self._people.person(int(body.get("by") or body.get("user_id") or chat.members[0]))
        if name == "add_bot":
            return self._groups.add_bot(number, by, body.get("payload"))
        if name == "say":
            return self._people.say(by, number, str(body["text"]), body.get("reply_to"))
        deeds = {"kick": self._groups.kick, "promote": self._groups.promote}
        moves = {"join": self._groups.join, "leave": self._groups.leave}
        result: Json = {**deeds, **moves}[name](number, by)
        return result

    async def chats(self, _request: web.Request) -> Json:
        """All chats."""
        return {"chats": [shown_chat(chat) for chat in self._world.telegram.directory.chats.values()]}

    async def messages(self, request: web.Request) -> Json:
        """A chat as it shows now."""
        chat = self._people.chat(number_in(request))
        entries = self._world.journal.since(0) if "journal" in request.query else []
        posts = newest(chat.live(), request)
        told: Json = {"chat": shown_chat(chat), "messages": [shown_message(post) for post in posts]}
        if "journal" in request.query:
            told["journal"] = [entry for entry in entries if concerns(entry, chat.id)]
        return told

    async def callback(self, request: web.Request) -> Json:
        """The answer to a press; with ?wait=SECONDS it waits for it."""
        press = self._world.telegram.presses.get(request.match_info["id"])
        if press is None:
            raise Impossible(404, f"no press {request.match_info['id']}")
        wait = float(request.query.get("wait", 0))
        if not press.answered and wait > 0:
            await self._world.telegram.wait_answer(press, wait)
        return press.shown()

    async def file(self, request: web.Request) -> web.Response:
        """Bytes of a file in a chat, by file_id."""
        stored = self._world.telegram.files.by_id.get(request.match_info["id"])
        if stored is None:
            return web.json_response({"error": "no such file"}, status=404)
        return web.Response(body=stored.content, content_type=stored.mime_type)


def concerns(entry: Json, chat_id: int) -> bool:
    """True when a journal entry is about a chat."""
    request, response = entry.get("request") or {}, entry.get("response") or {}
    result = response.get("result") if isinstance(response, dict) else None
    chats = [request.get("chat_id"), entry.get("chat_id"), *(_chat_in(value) for value in request.values())]
    if isinstance(result, dict):
        chats.append(_chat_in(result))
    return str(chat_id) in {str(number) for number in chats}


def _chat_in(value: Any) -> Any:
    if not isinstance(value, dict):
        return None
    inner = value.get("message", value)
    return inner.get("chat", {}).get("id") if isinstance(inner, dict) else None


def _short(body: Json) -> Json:
    return {k: v if k != "content" else f"<{len(str(v))} base64 characters>" for k, v in body.items()}
