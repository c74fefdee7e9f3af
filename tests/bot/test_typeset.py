"""Letters as PDF: in both languages, over pages, whatever a name looks like, and never from a wrong template."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from bot.render import LANGUAGES
from bot.typeset import FOLDER, TEMPLATES, Paper, Stationery, TemplateBroken, sample, set_letter

AT = datetime(2026, 11, 18, tzinfo=UTC)
PLAIN = Stationery(letterhead="PT Contoh|Jl. Contoh 1")
HOSTILE = '#set text(red) *tebal* _miring_ $x$ @acu #read("/etc/passwd") \\ `kode` <label> [ ] = //'


def values(language: str = "id", **more: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / language / "letters" / "sample.json").read_text("utf-8"))
    return read | more


def pages(paper: Paper) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(paper.pdf)).pages]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
async def test_every_letter_can_be_set(template: str, language: str) -> None:
    words = " ".join(pages(await sample(template, language, stationery=PLAIN)))
    for said in ("PT Contoh Pelanggan", "FJ-001", "Rp11.250.000", "Rina", "Ratna", "BCA 0000000000"):
        assert said in words, f"{template} {language}: {said}"
    assert "PT Contoh Jl. Contoh 1" in words  # the letterhead
    assert values(language)["deadline_on"] in words and values(language)["total_in_words"] in words


async def test_many_invoices_go_over_pages_with_the_head_again() -> None:
    row = values()["rows"][0]
    rows = [row | {"number": f"FJ-{place:03}"} for place in range(1, 61)]
    found = pages(await set_letter("SP2", "id", values(rows=rows), stationery=PLAIN, at=AT))
    assert len(found) >= 2
    assert all("No. faktur" in page and "Jatuh tempo" in page for page in found if "FJ-" in page)
    assert f"Halaman 1 dari {len(found)}" in found[0] and f"Halaman {len(found)} dari {len(found)}" in found[-1]
    assert sum("FJ-" in page for page in found) >= 2
    assert "Hormat kami" in found[-1] and "terima kasih" in found[-1]  # the signature never stands alone


async def test_a_name_is_printed_and_never_obeyed() -> None:
    addressees = [{"name": HOSTILE, "lines": [HOSTILE]}]
    words = " ".join(
        pages(await set_letter("SP1", "id", values(addressees=addressees, clause=HOSTILE), stationery=PLAIN, at=AT))
    )
    assert words.count('#read("/etc/passwd")') == 2 and "root:" not in words


async def test_nothing_is_claimed_that_the_contract_does_not_say() -> None:
    bare = values(clause=None, delivery_held=False, states_charges=False, earlier=[])
    words = " ".join(pages(await set_letter("SP2", "id", bare, stationery=PLAIN, at=AT)))
    assert "perjanjian kita" not in words and "tangguhkan" not in words and "Denda" not in words


async def test_the_same_books_give_the_same_bytes() -> None:
    first, second = [await set_letter("SP1", "id", values(), stationery=PLAIN, at=AT) for _ in range(2)]
    assert first == second


@pytest.mark.parametrize(
    "source, code",
    [
        ("#let x = ", "wrong"),
        ("#unknown()", "wrong"),
        ('#read("../../../etc/passwd")', "wrong"),  # nothing outside the folder
        ('#read("/etc/passwd")', "wrong"),
        ('#import "@preview/cetz:0.4.0": canvas', "packages"),
        ("#let f(n) = f(n + 1)\n#f(1)", "wrong"),
    ],
)
async def test_a_wrong_template_is_refused_with_its_place(tmp_path: Path, source: str, code: str) -> None:
    (tmp_path / "SP1.typ").write_text(source)
    with pytest.raises(TemplateBroken) as told:
        await set_letter("SP1", "id", values(), stationery=Stationery(own_templates=tmp_path), at=AT)
    assert (told.value.template, told.value.code) == ("SP1.typ", code)
    assert code == "packages" or (told.value.line and told.value.reason)


async def test_a_template_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.typeset.SECONDS", 1.0)
    (tmp_path / "SP1.typ").write_text("#let x = 1\n#while x > 0 { x = if x == 1 { 2 } else { 1 } }")
    with pytest.raises(TemplateBroken) as told:
        await set_letter("SP1", "id", values(), stationery=Stationery(own_templates=tmp_path), at=AT)
    assert told.value.code in ("endless", "wrong")  # Typst itself gives up on some loops


async def test_the_companys_own_words_and_picture_take_their_place(tmp_path: Path) -> None:
    own, picture = tmp_path / "letters", tmp_path / "kop.svg"
    own.mkdir()
    ours = (FOLDER / "id" / "letters" / "company.typ").read_text("utf-8")
    (own / "company.typ").write_text(ours.replace('town = ""', 'town = "Surabaya"').replace("Manajer", "Direktur"))
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><path d="M0 0h9"/></svg>')
    changed = Stationery(letterhead=str(picture), own_templates=own)
    paper = await sample("SP1", "id", stationery=changed)
    words = " ".join(pages(paper))
    assert "Surabaya, 3 Desember 2026" in words and "Direktur Keuangan" in words
    assert paper.version != (await sample("SP1", "id", stationery=PLAIN)).version
