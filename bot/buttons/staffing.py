"""Buttons of leave, the pool, reassignment and the managers' view of their people (sections 3, 12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.buttons.packing import Button, verb

POOL = 0
"""Stands for the pool where a person's id would stand."""


@verb("lvask")
@dataclass(frozen=True, slots=True)
class AskLeave(Button):
    """`Cuti` and `Ubah`: the days are typed."""

    person_id: int


@verb("lvdays")
@dataclass(frozen=True, slots=True)
class ConfirmLeave(Button):
    """`Benar` under the days: who works in his place is asked next."""

    person_id: int
    from_on: date
    until_on: date


@verb("lvcover")
@dataclass(frozen=True, slots=True)
class ChooseCover(Button):
    """One name, or the pool: the leave is written down."""

    person_id: int
    from_on: date
    until_on: date
    cover_id: int


@verb("lvend")
@dataclass(frozen=True, slots=True)
class EndLeave(Button):
    """`Batalkan cuti` before it begins, `Sudah kembali` after."""

    absence_id: int


@verb("pool")
@dataclass(frozen=True, slots=True)
class ListPool(Button):
    """`Ambil dari pool`: what nobody works today."""

    page: int = 0


@verb("pooltake")
@dataclass(frozen=True, slots=True)
class TakeFromPool(Button):
    follow_up_id: int


@verb("people")
@dataclass(frozen=True, slots=True)
class ListCollectors(Button):
    """The managers' list of collectors, and back to it."""


@verb("person")
@dataclass(frozen=True, slots=True)
class OpenCollector(Button):
    person_id: int


@verb("pcards")
@dataclass(frozen=True, slots=True)
class ListCollectorCards(Button):
    """The open cards of a collector, for his manager."""

    person_id: int
    page: int = 0


@verb("pproms")
@dataclass(frozen=True, slots=True)
class ListCollectorPromises(Button):
    person_id: int


@verb("pcap")
@dataclass(frozen=True, slots=True)
class AskCap(Button):
    """`Batas kartu`: how many cards a day is typed."""

    person_id: int


@verb("mvall")
@dataclass(frozen=True, slots=True)
class MoveAll(Button):
    """`Pindahkan semua`: which of a collector's customers."""

    person_id: int


@verb("mvwhom")
@dataclass(frozen=True, slots=True)
class MoveSome(Button):
    """All of his customers, those of one city, or of one class; the place in the list as it was shown."""

    person_id: int
    part: str


@verb("mvto")
@dataclass(frozen=True, slots=True)
class MoveTo(Button):
    """To one collector, or spread evenly over all (`to_id` POOL): the preview."""

    person_id: int
    part: str
    to_id: int


@verb("mvok")
@dataclass(frozen=True, slots=True)
class ConfirmMove(Button):
    """`Benar` under the preview; `seen` is how many customers it named, so that no other number moves."""

    person_id: int
    part: str
    to_id: int
    seen: int


@verb("mvpayer")
@dataclass(frozen=True, slots=True)
class MovePayer(Button):
    """`Pindahkan` in a record: to whom."""

    payer_id: int


@verb("mvpto")
@dataclass(frozen=True, slots=True)
class MovePayerTo(Button):
    payer_id: int
    to_id: int


@verb("phist")
@dataclass(frozen=True, slots=True)
class ShowPayerHistory(Button):
    """`Riwayat` in a record, page by page."""

    payer_id: int
    page: int = 0
