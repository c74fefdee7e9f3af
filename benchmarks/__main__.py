"""`python -m benchmarks` runs them all, `python -m benchmarks planning [postgresql://...]` or `... page` one."""

from __future__ import annotations

import asyncio
import sys

from benchmarks import page, planning

BENCHMARKS = {"planning": planning.main, "page": page.main}


def main() -> None:
    """This function will run the benchmarks named, or all."""
    postgres = next((one for one in sys.argv[1:] if "://" in one), None)
    for name in [one for one in sys.argv[1:] if "://" not in one] or list(BENCHMARKS):
        asyncio.run(BENCHMARKS[name](postgres=postgres))


if __name__ == "__main__":
    main()
