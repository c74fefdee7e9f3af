"""Words that never leave to a customer, whoever typed them. (sop 7; G9, G12, G16)

Whole words with their affixes, after spelling tricks are undone: "p.o.l.i.s.i" and "dipolisikan" are found,
"informasi" (which contains "ormas") is not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

DAGANG = "dagang"
PUK = "puk"


class Category(Enum):
    VIOLENCE = "violence"
    POLICE = "police"
    SHAMING = "shaming"
    SEIZURE = "seizure"
    INSULT = "insult"
    PRESSURE = "pressure"
    LEGAL = "legal"  # only letters say it, after approval
    FALSE_AUTHORITY = "false_authority"
    HIDDEN_CHARGE = "hidden_charge"


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """One list: `stems` take prefixes and suffixes, `exact` words and phrases stand as they are.

    `profile` limits the list to one profile; `unless_clause`: not forbidden where the contract names a penalty.
    """

    category: Category
    stems: str = ""
    exact: str = ""
    profile: str | None = None
    unless_clause: bool = False


_YOURS = ("anda", "bapak", "ibu", "pak", "bu", "kamu")
_RELATIVES = ("keluarga", "istri", "suami", "orang tua", "anak", "mertua", "atasan", "hrd", "bos")
_YOUR_RELATIVES = "; ".join(f"{who} {yours}" for who in _RELATIVES for yours in _YOURS)

LISTS: tuple[Words, ...] = (
    Words(
        category=Category.VIOLENCE,
        stems="hajar gebuk bacok bunuh bakar tembak ancam",
        exact="""habisi; dihabisi; celaka; celakakan; celakai; mencelakai; mencelakakan; dicelakai; dipukul; memukul
            pukuli; dipukuli; preman; ormas; awas ya; awas kalau; awas nanti; awas kamu; lihat saja nanti
            hati hati di jalan; orang lapangan kami; debt collector; dept collector; dc lapangan""",
    ),
    Words(
        category=Category.POLICE,
        stems="polisi penjara pidana borgol kriminal",
        exact="""polda; polres; polsek; ditangkap; menangkap; penangkapan; dpo; tersangka; dibui; masuk bui
            police; prison; jail; arrest; arrested""",
    ),
    Words(
        category=Category.SHAMING,
        stems="viral sebar medsos tetangga",
        exact=f"""umumkan; diumumkan; permalukan; dipermalukan; mempermalukan; media sosial; foto ktp; rt rw; ketua rt
            pak rt; ketua rw; grup wa; group wa; grup whatsapp; group whatsapp; {_YOUR_RELATIVES}
            keluargamu; istrimu; suamimu; orang tuamu; anakmu""",
    ),
    # In trade the customer is an office; to a consumer's office nothing is said. (UU 27/2022)
    Words(category=Category.SHAMING, exact="; ".join(f"kantor {yours}" for yours in _YOURS), profile=PUK),
    Words(
        category=Category.SEIZURE,
        stems="sita segel eksekusi gembok rampas",
        exact="""tarik paksa; menarik paksa; ditarik paksa; penarikan paksa; ambil paksa; mengambil paksa
            diambil paksa; angkut barang; mengangkut barang; tarik barang; menarik barang; tarik unit""",
    ),
    Words(
        category=Category.INSULT,
        stems="maling goblok tolol bodoh bangsat anjing babi monyet bajingan brengsek keparat",
        exact="""penipu; menipu; pembohong; bohong; berbohong; tidak tahu malu; tak tahu malu; tidak tahu diri
            tak tahu diri; kurang ajar; tidak punya otak; tak punya otak; sialan; kafir; thief; liar; idiot; stupid""",
    ),
    Words(
        category=Category.PRESSURE,
        exact="""detik ini; sekarang juga; jangan main main; jangan banyak alasan; terakhir kali; terakhir kalinya
            tanggung akibatnya; tanggung sendiri akibatnya; tanggung risikonya; tidak ada ampun; tanpa ampun
            jangan coba coba; ultimatum""",
    ),
    Words(
        category=Category.LEGAL,
        stems="gugat somasi",
        exact="""langkah hukum; jalur hukum; upaya hukum; proses hukum; tuntutan hukum; tuntut secara hukum
            pengadilan; kuasa hukum kami; pengacara kami; tim hukum kami; legal action; court; lawsuit""",
    ),
    # An ordinary company does not report there: said in trade it is always untrue.
    Words(
        category=Category.FALSE_AUTHORITY,
        exact="bi checking; slik; daftar hitam; blacklist; black list; ojk",
        profile=DAGANG,
    ),
    Words(
        category=Category.HIDDEN_CHARGE,
        stems="denda penalti",
        exact="""bunga; bunganya; berbunga; biaya penagihan; biaya keterlambatan; biaya tagih; late fee; late charge
            penalty""",
        unless_clause=True,
    ),
)

# Harmless neighbours of the words above; they are taken out before anything is looked for.
_HARMLESS = """bahan bakar; ayam bakar; ikan bakar; roti bakar; sate bakar; batu bakar; daging babi; toko bunga
    karangan bunga; florist bunga; bunga potong; tanpa denda; tanpa bunga; bebas denda; bebas bunga
    tidak ada denda; tidak ada bunga; tidak dikenakan denda; tidak dikenakan bunga; penghapusan denda"""

_PREFIX = r"(?:memper|diper|menge|meng|meny|mem|men|me|peng|peny|pem|pen|per|pe|di|ter|ber|ke|ku|kau)?"
_SUFFIX = r"(?:kan|an|i)?(?:nya|lah|kah|ku|mu)?"
# A prefix with m or n swallows the first letter of these stems: sita, menyita; pidana, memidanakan.
_SWALLOWED = {"p": r"(?:mem|pem)", "t": r"(?:men|pen)", "k": r"(?:meng|peng)", "s": r"(?:meny|peny)"}

_TRICKS = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s"})
_SPACED = re.compile(r"\b(?:[a-z][\s.*_-]+){3,}[a-z]\b")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_DOUBLED = re.compile(r"\b([a-z]{2,})2\b")  # hati2
_MIXED = re.compile(r"\b(?=\w*[a-z])(?=\w*[\d@$])[\w@$]+\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A forbidden word as it was found, and the reason it is one."""

    word: str
    category: Category


def _split(written: str) -> list[str]:
    return [one.strip() for one in re.split(r"[;\n]", written) if one.strip()]


def _stem_pattern(stem: str) -> str:
    plain = f"{_PREFIX}{stem}{_SUFFIX}"
    swallowed = _SWALLOWED.get(stem[0])
    return f"{plain}|{swallowed}{stem[1:]}{_SUFFIX}" if swallowed else plain


def _compiled(words: Words) -> re.Pattern[str]:
    phrases = [re.escape(phrase).replace(r"\ ", " ") for phrase in _split(words.exact)]
    return re.compile(rf"\b(?:{'|'.join([*map(_stem_pattern, words.stems.split()), *phrases])})\b")


_PATTERNS: tuple[tuple[Words, re.Pattern[str]], ...] = tuple((words, _compiled(words)) for words in LISTS)
_HARMLESS_PATTERN = re.compile(rf"\b(?:{'|'.join(_split(_HARMLESS))})(?:nya)?\b")


def forbidden_in(text: str, *, profile: str, has_penalty_clause: bool) -> tuple[Hit, ...]:
    """This function will list the forbidden words of a text, in the order they stand; empty: it may go."""
    plain = _HARMLESS_PATTERN.sub(" ; ", _plain(text))
    found = [
        (match.start(), Hit(word=match.group(), category=words.category))
        for words, pattern in _PATTERNS
        if words.profile in (None, profile) and not (words.unless_clause and has_penalty_clause)
        for match in pattern.finditer(plain)
    ]
    return tuple(hit for _, hit in sorted(found, key=lambda one: one[0]))


def _plain(text: str) -> str:
    """Small letters without accents and punctuation; spaced, stretched and disguised words written out."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    letters = _DOUBLED.sub(r"\1 \1", letters)
    letters = _MIXED.sub(lambda match: match.group().translate(_TRICKS), letters)
    letters = _SPACED.sub(lambda match: re.sub(r"[^a-z]", "", match.group()), letters)
    return " ".join(re.sub(r"[^a-z0-9]", " ", _STRETCHED.sub(r"\1", letters)).split())
