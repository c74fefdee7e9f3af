"""The program as a process of its own: started, killed without warning, and started again on the same database."""

from __future__ import annotations

import asyncio
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings

STOP_SECONDS = 5.0
_COMMAND = (sys.executable, "-m", "bot.demo.live")


@dataclass(kw_only=True)
class Bot:
    """One program on one database. What it logs goes into a file beside it."""

    settings: Settings
    folder: Path
    _running: asyncio.subprocess.Process | None = field(default=None, repr=False)

    @property
    def is_running(self) -> bool:
        return self._running is not None and self._running.returncode is None

    async def start(self) -> None:
        """This function will start it; where no .env lies, and out of reach of the terminal's Ctrl-C."""
        if self.is_running:
            return
        with (self.folder / "bot.log").open("ab") as log:
            self._running = await asyncio.create_subprocess_exec(
                *_COMMAND,
                env=environment_of(self.settings),
                cwd=self.folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def kill(self) -> None:
        """This function will end it as a power cut does (SIGKILL)."""
        if self._running is not None and self.is_running:
            self._running.kill()
            await self._running.wait()

    async def stop(self) -> None:
        """This function will ask it to end, and end it when it does not."""
        if self._running is None or not self.is_running:
            return
        self._running.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._running.wait()
        except TimeoutError:
            await self.kill()

    def last_words(self, most: int) -> str:
        """This function will give the end of the log, for whoever must know why it does not run."""
        return (self.folder / "bot.log").read_text(encoding="utf-8")[-most:]


def environment_of(settings: Settings) -> dict[str, str]:
    """This function will write settings as the variables they are read from."""
    values = {name.upper(): getattr(settings, name) for name in type(settings).model_fields}
    return {name: _plain(value) for name, value in values.items() if value is not None}


def free_port() -> int:
    """This function will find a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)
