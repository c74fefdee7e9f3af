"""Sets one letter as PDF; started by its parent as a process of its own, and run by path.

A template that the company has changed may loop for ever or ask for more memory than there is: here that ends this
child alone. It reads a JSON order from stdin ({"folder", "template", "values", "at"}) and writes the PDF to stdout, or
exits with 1 and says on stderr, in Typst's own words, where the template is wrong. Standard library and typst only.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

MEMORY_BYTES = 1024**3
WRONG = 1
"""Exit status: the template is wrong."""


def limit_memory() -> None:
    """Caps the address space and switches core dumps off, where the system can."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  (exists on Unix only)

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def pdf_of(order: dict[str, Any]) -> bytes:
    """The letter; only the fonts that come with Typst, so that it looks the same on every machine."""
    folder = Path(order["folder"])
    pdf = typst.compile(
        folder / order["template"],
        root=folder,  # nothing outside can be read
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"values": json.dumps(order["values"])},
        package_path=folder / "packages",
        package_cache_path=folder / "packages",
        timestamp=datetime.fromisoformat(order["at"]),
    )
    return bytes(pdf)


if __name__ == "__main__":
    limit_memory()
    try:
        made = pdf_of(json.load(sys.stdin))
    except typst.TypstError as wrong:
        sys.stderr.write(wrong.diagnostic)
        sys.exit(WRONG)
    sys.stdout.buffer.write(made)
