"""The command `santun`: thin; each command reads what is asked, calls the program, and prints what came of it.

A mistake that can be put right is one plain sentence on stderr and exit 2, never a traceback.
"""

from __future__ import annotations

import sys

from bot.cli.commands import application
from bot.cli.frame import Mistake
from bot.settings import SettingsInvalid

MISTAKE = 2


def main() -> None:
    """This function will run the command that was asked for."""
    try:
        application()
    except SettingsInvalid as wrong:
        _stop(*wrong.sentences)
    except Mistake as wrong:
        _stop(str(wrong))


def _stop(*sentences: str) -> None:
    for one in sentences:
        print(one, file=sys.stderr)
    sys.exit(MISTAKE)
