"""Every message of every audience in both languages, rendered with sample values within its channel's limits.

A failure names the file and says what to do.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import TemplateError

from bot.render import FOLDER, LANGUAGES, PLAIN_TEXT, label_named, line_of, text_of
from tests.bot.samples import head_of, labels, used_in, variants

TELEGRAM_CHARACTERS = 4000  # of 4096: the mark of a repetition needs a little
TOAST_CHARACTERS = 200
LABEL_CHARACTERS = 64
ALLOWED_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "a", "code", "pre"}
ALLOWED_TAGS |= {"blockquote"}
BARE_AMPERSAND = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)")
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")

FILES = sorted(path.relative_to(FOLDER) for language in LANGUAGES for path in (FOLDER / language).rglob("*.j2"))
SHOWN = [path for path in FILES if path.parts[1] != "demo"]  # the rehearsal's printout is read whole, by its own test

# Buttons that people are told to press: exactly these words. (sop 3 and 5)
FIXED_LABELS = """Mulai; Daftar; Alihkan hari ini; Lainnya; Kirim WA; Kirim faktur; Riwayat; Lewati; Batalkan; Kembali
    Batal; Simpan; Benar; Ubah; Sudah dikirim; Impor sekarang; 1 jam lagi; Sore ini; Besok pagi
    Janji bayar; Sudah bayar; Bayar sebagian; Tidak diangkat; Telepon lagi; Belum jelas; Minta waktu; Cicilan; Sanggah
    Menolak; Salah nomor; Eskalasi; Terima tunai; Terima giro; Sudah tukar faktur; Bukan PIC; Toko tutup; Meninggal
    Pelanggan menghubungi; Minta stop WA; Catat persetujuan WA; Catatan
    Hari ini; Besok; Lusa; Akhir bulan; Pilih tanggal; Sebagian; Pilih faktur; Semua
    Dana belum ada; Tunggu pembeli; Dokumen; Pemilik tidak ada; Jadwal bayar
    Sibuk; Tidak aktif; Tersambung tidak dijawab; Setoran diterima; Tolak
    Ambil alih; Beri waktu; Kunjungan; Surat peringatan; Tahan kiriman; Buka kiriman; Kembalikan; Libatkan sales
    Ambil barang; Gugatan sederhana; Serahkan ke legal; Hentikan; Setujui"""

# Of these, what nothing shows yet: the stored invoice.
NOT_YET: set[str] = set()


class TelegramHtml(HTMLParser):
    """Telegram's small HTML: known tags, closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED_TAGS:
            self.faults.append(f"Telegram knows no <{tag}>")
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing that is open")

    def handle_data(self, data: str) -> None:
        self.words += data


def language_of(path: Path) -> str:
    return path.parts[0]


def message_of(path: Path) -> str:
    return "/".join(path.with_suffix("").parts[1:])


@cache
def parts_of_sentences() -> tuple[str, ...]:
    """The beginnings of labels that files write into their texts (`("held_" ~ reason) | word`): no buttons."""
    texts = ((FOLDER / path).read_text("utf-8") for path in FILES)
    return tuple(sorted({start for text in texts for start in re.findall(r"\(\s*[\"'](\w+_)[\"']\s*~", text)}))


def is_toast(path: Path) -> bool:
    return path.stem.endswith("_toast") or path.stem.startswith("refused_")


@cache
def rendered(path: Path, *, plain: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_rendered(path, plain=plain)))


def _rendered(path: Path, *, plain: bool) -> Iterator[str]:
    text = (FOLDER / path).read_text("utf-8")
    written = line_of if plain else text_of
    for values in variants(text, language_of(path)):
        try:
            yield written(message_of(path), language_of(path), values)
        except (TemplateError, KeyError, TypeError, ValueError) as fault:
            pytest.fail(
                f"{path} does not render: {type(fault).__name__} {fault}. If the file is right, tell the test what the "
                f"variable can be, in the first line: `variables: name=one|another` (a part: `name.part=...`, "
                f"of a list: `name.*.part=...`). Tried with {values}"
            )


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_message_says_whom_it_is_for(path: Path) -> None:
    text = (FOLDER / path).read_text("utf-8")
    head = head_of(text)
    shape = "{# audience: collector; what for; variables: payer, amount; clause: sop 3. #}"
    assert head is not None, f"{path}: the first line must be {shape}"
    assert head.audience, f"{path}: say who reads it"
    used = used_in(text)
    assert set(head.variables) == used, f"{path}: `variables:` must name exactly {', '.join(sorted(used)) or 'none'}"


@pytest.mark.parametrize("path", SHOWN, ids=str)
def test_a_message_has_words(path: Path) -> None:
    for text in rendered(path, plain=True):
        assert text, f"{path}: nothing is left of it with some values"
        assert text != path.stem, f"{path}: still a placeholder, write it"


@pytest.mark.parametrize(
    "path",
    [one for one in SHOWN if not message_of(one).startswith(PLAIN_TEXT) and not one.stem.endswith("_toast")],
    ids=str,
)
def test_telegram_takes_the_message(path: Path) -> None:
    for text in rendered(path, plain=False):
        parsed = TelegramHtml(text)
        assert not parsed.faults, f"{path}: {'; '.join(parsed.faults)}\n{text}"
        assert not BARE_AMPERSAND.search(text), f"{path}: write &amp; for &\n{text}"
        letters = len(parsed.words.encode("utf-16-le")) // 2  # Telegram counts so
        assert letters <= TELEGRAM_CHARACTERS, (
            f"{path}: {letters} characters, at most {TELEGRAM_CHARACTERS}; shorten it"
        )


@pytest.mark.parametrize("path", [one for one in SHOWN if is_toast(one)], ids=str)
def test_a_short_line_fits_over_the_chat(path: Path) -> None:
    for text in rendered(path, plain=True):
        assert len(text) <= TOAST_CHARACTERS, f"{path}: {len(text)} characters, at most {TOAST_CHARACTERS}: {text}"
    written = (FOLDER / path).read_text("utf-8")
    assert not re.search(r"<[a-z/]|&\w+;", written), f"{path}: shown without markup, so write no tags and no &amp;"


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_on_buttons(language: str) -> None:
    for name, text in labels(language).items():
        for values in variants(text, language):
            shown = label_named(name, language, values)
            where = f"{language}/labels, {name}: {shown!r}"
            assert shown == shown.strip() != "", f"{where} is empty or begins or ends with a space"
            assert not EMOJI.search(text), f"{where} has an emoji"
            if "{" not in text and not name.startswith(parts_of_sentences()):
                assert len(shown) <= LABEL_CHARACTERS, f"{where} has more than {LABEL_CHARACTERS} characters"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_has_one_home(language: str) -> None:
    homes: dict[str, list[str]] = {}
    for path in sorted((FOLDER / language / "labels").glob("*.toml")):
        for name in tomllib.loads(path.read_text("utf-8")):
            homes.setdefault(name, []).append(path.name)
    twice = {name: files for name, files in homes.items() if len(files) > 1}
    assert not twice, f"{language}: these labels stand in two files, keep one: {twice}"


def test_both_languages_have_the_same_labels() -> None:
    bahasa, english = labels("id"), labels("en")
    assert bahasa.keys() == english.keys(), f"add to the other language: {sorted(bahasa.keys() ^ english.keys())}"


def test_the_buttons_people_are_told_about_exist() -> None:
    wanted = {label.strip() for line in FIXED_LABELS.splitlines() for label in line.split(";")}
    missing = wanted - set(labels("id").values())
    assert not missing - NOT_YET, f"these labels are fixed by the procedure, write them exactly: {sorted(missing)}"
    assert missing == NOT_YET, f"take from NOT_YET what is there now: {sorted(NOT_YET - missing)}"
