"""Words that never leave, and the polite ones that look like them."""

from __future__ import annotations

import pytest

from sop.lexicon import DAGANG, PUK, Category, forbidden_in


def found(text: str, *, profile: str = DAGANG, clause: bool = False) -> list[Category]:
    return [hit.category for hit in forbidden_in(text, profile=profile, has_penalty_clause=clause)]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Kami kirim preman ke toko", Category.VIOLENCE),
        ("awas ya kalau tidak bayar", Category.VIOLENCE),
        ("Hati2 di jalan, Pak", Category.VIOLENCE),  # a veiled threat when it comes from a collector
        ("kami laporkan ke polisi", Category.POLICE),
        ("KAMI LAPORKAN KE POLISI!!!", Category.POLICE),
        ("p.o.l.i.s.i", Category.POLICE),
        ("p o l i s i sudah tahu", Category.POLICE),
        ("pol1si", Category.POLICE),
        ("poliiisi", Category.POLICE),
        ("Bapak bisa dipidanakan", Category.POLICE),
        ("memenjarakan", Category.POLICE),
        ("nanti saya viralkan", Category.SHAMING),
        ("kami hubungi istri Bapak", Category.SHAMING),
        ("akan disebarkan ke tetangganya", Category.SHAMING),
        ("barang kami sita", Category.SEIZURE),
        ("penyitaan", Category.SEIZURE),  # the prefix swallows the s
        ("disegel", Category.SEIZURE),
        ("kami tarik paksa", Category.SEIZURE),
        ("dasar penipu", Category.INSULT),
        ("tidak tahu malu", Category.INSULT),
        ("bayar sekarang juga", Category.PRESSURE),
        ("jangan main-main", Category.PRESSURE),
        ("kami tempuh jalur hukum", Category.LEGAL),
        ("kami gugat", Category.LEGAL),
        ("nama Bapak masuk BI checking", Category.FALSE_AUTHORITY),
        ("ada denda 2 %", Category.HIDDEN_CHARGE),
        ("bunganya jalan terus", Category.HIDDEN_CHARGE),
    ],
)
def test_forbidden(text: str, category: Category) -> None:
    assert category in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mohon informasi jadwal pembayarannya ya, Pak",  # "ormas"
        "Selamat pagi, penawaran menarik dari kami",  # tarik
        "Bapak bisa tarik tunai di ATM",
        "situasi sedang sulit",  # sita
        "segelas kopi",  # segel
        "Kami turut prihatin atas kecelakaan itu",  # celaka
        "kejadian kemarin",
        "bahan bakar dan ayam bakar",
        "daging babi beku 5 karton",
        "faktur Toko Bunga Melati",
        "bebas bunga, tanpa denda, tidak ada biaya lain",
        "Jalan Veteran 5, RT 3",  # an address, not a neighbourhood threat
        "pembayaran a.n. PT Maju Jaya, SP 1 2 3",
        "Bapak belajar dari pengalaman",  # hajar
        "Faktur INV/2026/11/001 jatuh tempo Jumat, 20 November 2026, Rp32.400.000",
        "Terima kasih, salam untuk keluarga",
        "siapa yang menghadiri rapat pukul 10.00",
        "",
    ],
)
def test_polite(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "dagang", "puk"),
    [
        ("tercatat di SLIK", True, False),  # true only where the company reports there
        ("kami datang ke kantor Bapak", False, True),  # in trade the customer is an office
    ],
)
def test_the_profiles_differ(text: str, dagang: bool, puk: bool) -> None:
    assert bool(found(text)) is dagang
    assert bool(found(text, profile=PUK)) is puk


def test_charges_may_be_named_where_the_contract_names_them() -> None:
    assert found("denda 2 % per bulan", clause=True) == []
    assert found("denda 2 % dan polisi", clause=True) == [Category.POLICE]


def test_hits_come_in_the_order_of_the_text() -> None:
    hits = forbidden_in("polisi menyita, dasar maling", profile=DAGANG, has_penalty_clause=False)
    assert [hit.word for hit in hits] == ["polisi", "menyita", "maling"]
