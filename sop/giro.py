"""A bilyet giro: a promise of the bank's, not money, until it has cleared. (sop 3; indonesia 2.3)"""

from __future__ import annotations

from enum import Enum


class GiroState(Enum):
    HELD = "held"
    CLEARED = "cleared"
    BOUNCED = "bounced"
    WITHDRAWN = "withdrawn"  # undone, or handed back
