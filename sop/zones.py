"""The time zone of a customer, from the province of his billing address. (sop 7; G2)"""

from __future__ import annotations

import re

WIB, WITA, WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"
ZONES: tuple[str, ...] = (WIB, WITA, WIT)
"""The three zones of Indonesia, from west (UTC+7) to east (UTC+9)."""

# Every province with the ways lists write it: the official name, the abbreviation, the English name.
_PROVINCES: dict[str, str] = {
    WIB: """
        wib; indonesia barat; jawa; java; sumatera; sumatra
        aceh; nad; nanggroe aceh darussalam
        sumatera utara; sumatra utara; sumut; north sumatra
        sumatera barat; sumatra barat; sumbar; west sumatra
        sumatera selatan; sumatra selatan; sumsel; south sumatra
        riau; kepulauan riau; kepri; riau islands; jambi; bengkulu; lampung
        kepulauan bangka belitung; bangka belitung; babel; bangka belitung islands
        banten; dki jakarta; daerah khusus ibukota jakarta; daerah khusus jakarta; dki; dkj; jakarta
        jakarta pusat; jakarta utara; jakarta barat; jakarta selatan; jakarta timur
        jawa barat; jabar; west java; jawa tengah; jateng; central java; jawa timur; jatim; east java
        di yogyakarta; daerah istimewa yogyakarta; diy; yogyakarta; jogjakarta; jogja; special region of yogyakarta
        kalimantan barat; kalbar; west kalimantan; kalimantan tengah; kalteng; central kalimantan
    """,
    WITA: """
        wita; indonesia tengah; sulawesi
        bali; nusa tenggara barat; ntb; west nusa tenggara; nusa tenggara timur; ntt; east nusa tenggara
        kalimantan selatan; kalsel; south kalimantan; kalimantan timur; kaltim; east kalimantan
        kalimantan utara; kaltara; kalut; north kalimantan
        sulawesi utara; sulut; north sulawesi; gorontalo; sulawesi tengah; sulteng; central sulawesi
        sulawesi barat; sulbar; west sulawesi; sulawesi selatan; sulsel; south sulawesi
        sulawesi tenggara; sultra; southeast sulawesi
    """,
    WIT: """
        wit; indonesia timur
        maluku; maluku utara; malut; north maluku
        papua; irian; irian jaya; papua barat; west papua; papua barat daya; southwest papua
        papua tengah; central papua; papua selatan; south papua; papua pegunungan; highland papua
    """,
}
_ZONE_OF = {name.strip(): zone for zone, names in _PROVINCES.items() for name in re.split(r"[;\n]", names)}
_ZONE_OF |= {zone.lower(): zone for zone in ZONES}
_ZONE_OF.pop("")  # between two lines of the table
_PREFIX = re.compile(r"^(provinsi|propinsi|prov|prop|province of) ")
_SUFFIX = re.compile(r" (province|indonesia)$")


def zone_of_province(text: str) -> str | None:
    """The zone name ("Asia/Jakarta") of a province, abbreviated or in English; None when it is not known for sure.

    In a longer address only a whole part between commas counts, the last first: "Jl. Bali 5, Malang" is unknown,
    "Jl. Bali 5, Malang, Jawa Timur 65111" is not. A city is never guessed.
    """
    for part in (text, *reversed(text.split(","))):
        zone = _ZONE_OF.get(_plain(part))
        if zone is not None:
            return zone
    return None


def _plain(part: str) -> str:
    """The part in small letters without dots, digits (postcodes) and the word for province."""
    letters = re.sub(r"[.\d]", "", part.lower())
    words = " ".join(re.sub(r"[^a-z/]", " ", letters).split())
    return _SUFFIX.sub("", _PREFIX.sub("", words))
