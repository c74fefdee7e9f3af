"""An ordinary Telegram client takes the simulator for the real thing."""

from __future__ import annotations

import pytest
import telegram
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter

from simulator.client import SimClient
from simulator.config import DEFAULT_TOKEN
from tests.simulator.callers import PNG


async def test_python_telegram_bot(url: str, sim: SimClient, budi: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    markup = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Ya", callback_data="y")]])
    async with telegram.Bot(DEFAULT_TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as bot:
        [start] = await bot.get_updates(timeout=1)
        assert start.message is not None
        assert start.message.text == "/start"
        sent = await bot.send_message(budi, "<b>Halo</b>", parse_mode="HTML", reply_markup=markup)
        assert sent.entities[0].type == "bold"
        await sim.press(budi, "Ya")
        [pressed] = await bot.get_updates(offset=start.update_id + 1, timeout=1)
        assert pressed.callback_query is not None
        assert await pressed.callback_query.answer("ok")
        await pressed.callback_query.edit_message_text("Selesai")
        photo = await bot.send_photo(budi, PNG, caption="slip")
        stored = await photo.photo[-1].get_file()
        assert bytes(await stored.download_as_bytearray()) == PNG
        with pytest.raises(BadRequest, match=r"(?i)not modified"):
            await bot.edit_message_text("Selesai", budi, sent.message_id)
        assert [m.text for m in await sim.messages(budi) if m.from_bot] == ["Selesai", "slip"]


async def test_its_errors_are_told_apart(url: str, sim: SimClient, budi: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    group = await sim.add_group("Tim", [budi])
    await sim.add_bot(group, budi)
    new = await sim.migrate(group)
    async with telegram.Bot(DEFAULT_TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as bot:
        with pytest.raises(ChatMigrated) as migrated:
            await bot.send_message(group, "x")
        assert migrated.value.new_chat_id == new
        await sim.fault("telegram", "429", method="sendMessage", retry_after=9)
        with pytest.raises(RetryAfter, match="9"):
            await bot.send_message(budi, "x")
        await sim.block(budi)
        with pytest.raises(Forbidden, match="blocked"):
            await bot.send_message(budi, "x")
