"""Warning letters: SP1, SP2, SP3, somasi, in order and with gaps, each approved. (sop 9, G13; 001)"""

from __future__ import annotations

from enum import Enum


class LetterKind(Enum):
    SP1 = "SP1"
    SP2 = "SP2"
    SP3 = "SP3"
    SOMASI = "SOMASI"  # a draft for a lawyer or the management, never sent by the program


class LetterState(Enum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
