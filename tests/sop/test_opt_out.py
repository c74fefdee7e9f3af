"""Which whole messages ask us to stop, and which only sound like it. (sop 10, G18)"""

from __future__ import annotations

import pytest

from sop.opt_out import asks_to_stop

STOPS = (
    "STOP",
    "stop.",
    " Berhenti ",
    "BERHENTI!!!",
    "unsubscribe",
    "stop ya pak",
    "Tolong berhenti, terima kasih",
    "jangan WA lagi",
    "Jangan wa saya lagi!",
    "jgn WA lg ya",
    "Mohon jangan hubungi saya lagi.",
    "tolong jangan kirim WA lagi",
    "stop kirim pesan",
    "stop wa",
    "jangan di-WA lagi",
    "tidak usah chat lagi",
    "jangan WA lagi, telepon saja ya",
    "jangan ke nomor ini kirim WA lagi",
    "Please don't message me again",
    "🛑 stop 🛑",
)

GOES_ON = (
    "",
    "ok",
    "Stop dulu kirim barang, gudang penuh",
    "jangan kirim barang lagi",
    "saya berhenti kerja bulan lalu",
    "jangan lupa kirim faktur",
    "tolong jangan telat lagi ya kirimannya",
    "jangan WA lagi, telepon saja ke nomor kantor dan tanya Bu Sri, beliau yang pegang pembayaran bulan ini",
    "stop kontrak",
    "besok saya WA lagi",
    "keluarga sedang sakit",
    "stopkontak",
)


@pytest.mark.parametrize("text", STOPS)
def test_a_wish_to_stop_is_believed(text: str) -> None:
    assert asks_to_stop(text)


@pytest.mark.parametrize("text", GOES_ON)
def test_anything_else_is_read_by_a_person(text: str) -> None:
    assert not asks_to_stop(text)


def test_a_very_long_text_is_not_even_looked_at() -> None:
    assert not asks_to_stop("stop " * 100_000)
