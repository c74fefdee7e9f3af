"""`python -m bot.demo`: the rehearsal without the command line around it."""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import date

from bot.demo import DemoOptions, rehearse


def main() -> int:
    """This function will read the options and run."""
    reader = argparse.ArgumentParser(prog="python -m bot.demo")
    reader.add_argument("--days", type=int, default=DemoOptions().days)
    reader.add_argument("--seed", type=int, default=DemoOptions().seed)
    reader.add_argument("--start", type=date.fromisoformat, default=DemoOptions().start)
    reader.add_argument("--port", type=int, default=0)
    reader.add_argument("--language", choices=("id", "en"), default="id")
    return asyncio.run(rehearse(DemoOptions(**vars(reader.parse_args())), print))


sys.exit(main())
