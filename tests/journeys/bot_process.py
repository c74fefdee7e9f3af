"""The program as a process of its own, for tests that kill it: `python -m tests.journeys.bot_process`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.running import run
from bot.settings import load_settings

if __name__ == "__main__":
    asyncio.run(run(load_settings(env_file=Path("none.env"))))
