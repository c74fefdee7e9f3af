"""A province names its zone, in every way lists write it; a doubtful one names none."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from sop.zones import WIB, WIT, WITA, ZONES, zone_of_province

# The 38 provinces under their official names, by zone.
PROVINCES = {
    WIB: "Aceh, Sumatera Utara, Sumatera Barat, Riau, Kepulauan Riau, Jambi, Bengkulu, Sumatera Selatan, Lampung, "
    "Kepulauan Bangka Belitung, Banten, DKI Jakarta, Jawa Barat, Jawa Tengah, DI Yogyakarta, Jawa Timur, "
    "Kalimantan Barat, Kalimantan Tengah",
    WITA: "Bali, Nusa Tenggara Barat, Nusa Tenggara Timur, Kalimantan Selatan, Kalimantan Timur, Kalimantan Utara, "
    "Sulawesi Utara, Gorontalo, Sulawesi Tengah, Sulawesi Barat, Sulawesi Selatan, Sulawesi Tenggara",
    WIT: "Maluku, Maluku Utara, Papua, Papua Barat, Papua Barat Daya, Papua Tengah, Papua Selatan, Papua Pegunungan",
}
OFFICIAL = [(name.strip(), zone) for zone, names in PROVINCES.items() for name in names.split(",")]


def test_there_are_38_provinces() -> None:
    assert len(OFFICIAL) == 38


@pytest.mark.parametrize(("province", "zone"), OFFICIAL)
def test_every_province_has_its_zone(province: str, zone: str) -> None:
    for written in (province, province.upper(), f"Provinsi {province}", f" {province.lower()}  "):
        assert zone_of_province(written) == zone


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("NTT", WITA),  # abbreviations
        ("N.T.B.", WITA),
        ("D.I. Yogyakarta", WIB),
        ("DIY", WIB),
        ("Kaltim", WITA),
        ("KALBAR", WIB),
        ("Sulsel", WITA),
        ("Prov. Jatim", WIB),
        ("West Java, Indonesia", WIB),  # English lists
        ("Bali Province", WITA),
        ("Jl. Bali 5, Malang, Jawa Timur 65111", WIB),  # an address: the last part that is a province
        ("Asia/Jayapura", WIT),  # the zone itself
        ("WITA", WITA),
    ],
)
def test_the_ways_lists_write_a_province(written: str, zone: str) -> None:
    assert zone_of_province(written) == zone


@pytest.mark.parametrize(
    "written",
    [
        "",
        "-",
        "Kalimantan",  # two zones
        "Nusa Tenggara Street",
        "Jl. Bali 5, Malang",  # a street is not a province
        "Surabaya",  # a city is never guessed
        "Papuan Barat",  # a typing mistake is not repaired either
        "Singapore",
    ],
)
def test_a_doubtful_province_has_no_zone(written: str) -> None:
    assert zone_of_province(written) is None


def test_the_zones_exist() -> None:
    assert [ZoneInfo(zone).key for zone in ZONES] == ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
