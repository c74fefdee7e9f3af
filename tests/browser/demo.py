"""What `santun demo` shows, in a process of its own until it is stopped; its stories do not wait for eyes."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = (
    sys.executable,
    "-c",
    "import asyncio; from bot.demo import DemoOptions; from bot.demo.live.show import show; "
    "asyncio.run(show(DemoOptions(port=0, look_seconds=0), lambda told: print(told, flush=True)))",
)
OPEN_SECONDS = 90.0
STOP_SECONDS = 30.0


@asynccontextmanager
async def running_demo() -> AsyncIterator[str]:
    """The address it prints. Afterwards it is interrupted, and must end well."""
    demo = await asyncio.create_subprocess_exec(*COMMAND, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        async with asyncio.timeout(OPEN_SECONDS):
            url = await _address(demo)
        yield url
        demo.terminate()
        async with asyncio.timeout(STOP_SECONDS):
            assert await demo.wait() == 0
    finally:
        if demo.returncode is None:
            demo.kill()
            await demo.wait()


async def _address(demo: asyncio.subprocess.Process) -> str:
    assert demo.stdout is not None
    told = ""
    while line := (await demo.stdout.readline()).decode():
        told += line
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found.group()
    raise AssertionError(f"the demo did not open: {told}")
