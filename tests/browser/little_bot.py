"""A bot of a few lines, for testing the page: it answers presses, asks, sends, keeps an agenda, can be killed."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from simulator.client import SimClient
from tests.simulator.callers import BotCaller, TwilioCaller

Json = dict[str, Any]
CARD = (
    "<b>Toko Maju</b> · H+1\nIbu Ani, +6281200000001\nF-118 · Rp1.000.000\n"
    "<blockquote expandable><b>Naskah</b>\n1. Sapa\n2. Tanya\n3. Dengarkan\n4. Catat\n5. Terima kasih</blockquote>"
)
ROWS = (
    (("Janji bayar", "promise"), ("Sudah bayar", "paid")),
    (("Catatan", "note"), ("Penting", "alert")),
    (("Ingatkan", "remind"), ("Faktur", "file")),
)
WA_ME = "https://wa.me/6281200000001?text=Yth.%20Ibu%20Ani%2C%20mohon%20kabarnya"


def keys(*rows: tuple[tuple[str, str], ...]) -> Json:
    """An inline keyboard; what looks like an address becomes a link."""

    def key(label: str, data: str) -> Json:
        return {"text": label, "url" if data.startswith("http") else "callback_data": data}

    return {"inline_keyboard": [[key(*one) for one in row] for row in rows]}


CARD_KEYS = keys(*ROWS, (("Kirim WA", WA_ME),))
SCREENS: dict[str, Json] = {
    "promise": {"text": "Kapan?", "reply_markup": keys((("Besok", "tomorrow"), ("Kembali", "back")))},
    "tomorrow": {"text": "Janji dicatat", "reply_markup": keys((("Kembali", "back"),))},
    "back": {"text": CARD, "parse_mode": "HTML", "reply_markup": CARD_KEYS},
}
ANSWERS: dict[str, Json] = {
    "paid": {"text": "Terima kasih, diperiksa finance"},
    "alert": {"text": "Pelanggan ini minta tidak ditelepon", "show_alert": True},
}


@dataclass
class LittleBot:
    """Everything it knows is in `promised_on`: broken promises come up at nine in the morning of the day after."""

    sim: SimClient
    bot: BotCaller
    twilio: TwilioCaller
    collector: int
    group: int
    phone: str
    promised_on: datetime | None = None
    template: str = ""
    offset: int = 0
    orders_seen: int = 0
    _task: asyncio.Task[None] | None = field(default=None, repr=False)
    _clerk: asyncio.Task[None] | None = field(default=None, repr=False)

    async def begin(self) -> None:
        """Register at the page and start to work."""
        await self.sim.tell_company("PT Sumber Rejeki", "Asia/Jakarta")
        title = {"id": "Janji ingkar", "en": "Promise broken"}
        await self.sim.tell_scenarios([{"name": "promise_broken", "title": title, "about": title}])
        controls = [("kill", "Matikan bot", "Kill the bot"), ("restart", "Hidupkan bot", "Start the bot")]
        await self.sim.tell_controls([{"name": n, "title": {"id": i, "en": e}} for n, i, e in controls])
        self.template = await self.twilio.approved("Halo, faktur {{1}} jatuh tempo, mohon dibayar.")
        self._clerk = asyncio.create_task(self._take_orders())
        self._task = asyncio.create_task(self._work())

    async def end(self) -> None:
        """Stop everything."""
        tasks = [task for task in (self._task, self._clerk) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # Work

    async def _work(self) -> None:
        seen = 0
        while True:
            now = await self.sim.now()
            while updates := await self.bot.updates(self.offset):
                for update in updates:
                    await self._take(update)
                self.offset = updates[-1]["update_id"] + 1
            await self._do_due(now)
            following = self._next_due()
            plan = [{"at": following.isoformat(), "title": {"id": "Janji ingkar", "en": "Broken promise"}}]
            await self.sim.tell_agenda(now, following, seen=seen, plan=plan if self.promised_on else [])
            entries = await self.sim.journal(seen, wait=5)
            seen = entries[-1]["seq"] if entries else seen

    def _next_due(self) -> datetime:
        return self.promised_on + timedelta(days=1) if self.promised_on else datetime.fromisoformat("2030-01-01T00:00Z")

    async def _do_due(self, now: datetime) -> None:
        if self.promised_on is None or now < self._next_due():
            return
        self.promised_on = None
        await self.bot.send(
            self.group,
            "Eskalasi: <b>Toko Maju</b>, janji ingkar",
            parse_mode="HTML",
            reply_markup=keys((("Ambil alih", "take"),)),
        )
        await self.bot.send(self.collector, "Janji Toko Maju tidak ditepati")

    async def _take(self, update: Json) -> None:
        if query := update.get("callback_query"):
            await self.sim.trace("handler", "press", update_id=update["update_id"])
            await self._pressed(query)
        elif message := update.get("message"):
            await self._written(message)

    async def _pressed(self, query: Json) -> None:
        message, data = query["message"], query["data"]
        place = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
        await self.bot.call("answerCallbackQuery", callback_query_id=query["id"], **ANSWERS.get(data, {}))
        if data in SCREENS:
            await self.bot.call("editMessageText", **place, **SCREENS[data])
        if data == "tomorrow":
            self.promised_on = await self.sim.now() + timedelta(days=1)
        elif data == "take":
            await self.bot.call("editMessageText", **place, text=f"Diambil alih {query['from']['first_name']}")
        else:
            await self._send(data, place["chat_id"])

    async def _send(self, data: str, chat: int) -> None:
        if data == "note":
            ask = {"force_reply": True, "selective": True, "input_field_placeholder": "Tulis catatan"}
            await self.bot.send(chat, "Apa yang dicatat?", reply_markup=ask)
        elif data == "remind":
            await self._remind()
        elif data == "file":
            await self.bot.upload("sendDocument", "document", b"Faktur F-118\n", "faktur.txt", chat_id=str(chat))

    async def _remind(self) -> None:
        values = json.dumps({"1": "F-118"})
        reply = await self.twilio.send(self.phone, ContentSid=self.template, ContentVariables=values)
        if reply.status >= 500:
            await self.twilio.send(self.phone, ContentSid=self.template, ContentVariables=values)

    async def _written(self, message: Json) -> None:
        chat = message["chat"]["id"]
        if str(message.get("text", "")).startswith("/start"):
            await self.bot.send(chat, CARD, parse_mode="HTML", reply_markup=CARD_KEYS)
        elif "text" in message and "reply_to_message" in message:
            await self.bot.send(chat, f"Tercatat: {message['text']}")
        elif "photo" in message or "location" in message:
            await self.bot.send(chat, "Diterima")

    # Orders of the page

    async def _take_orders(self) -> None:
        while True:
            for order in await self.sim.orders(self.orders_seen, wait=5):
                self.orders_seen = order["number"]
                await self.sim.report(order["number"], "running")
                await self._obey(order["name"])
                await self.sim.report(order["number"], "done")

    async def _obey(self, name: str) -> None:
        if name == "promise_broken":
            caption = {"id": "Toko Maju berjanji, lalu tidak membayar", "en": "Toko Maju promises and does not pay"}
            await self.sim.spotlight(user_id=self.collector, group_id=self.group, phone=self.phone, caption=caption)
            await self.sim.start(self.collector)
        elif name == "kill" and self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            await self.sim.tell_absence()
        elif name == "restart":
            self._task = asyncio.create_task(self._work())
