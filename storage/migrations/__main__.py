"""Writes a revision from what the tables are now: `make migration TITLE="what changes"`.

`--anew` writes the one initial revision again and drops the others. That is for the time before a first release only:
databases in use would be lost to it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from storage.schema import MIGRATIONS, config

VERSIONS = MIGRATIONS / "versions"


def write(title: str, *, anew: bool) -> Path:
    """This function will write the difference between the revisions there are and the tables as they are."""
    if anew:
        for old in VERSIONS.glob("*.py"):
            old.unlink()
    number = f"{len(list(VERSIONS.glob('*.py'))) + 1:04}"
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        configured = config()
        configured.attributes["connection"] = connection
        configured.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        command.upgrade(configured, "head")
        command.revision(configured, title, autogenerate=True, rev_id=number)
    engine.dispose()
    written = next(VERSIONS.glob(f"{number}_*.py"))
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", "--no-force-exclude", written], check=True)  # noqa: S603
    return written


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("title")
    parser.add_argument("--anew", action="store_true")
    given = parser.parse_args()
    print(write(given.title, anew=given.anew))
