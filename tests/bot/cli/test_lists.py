"""`santun import` and `santun export`, as a shell sees them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from bot.intake import read_list
from tests.bot.cli.conftest import Santun

MAJU = "F-1;C1;Toko Maju;17/11/2026;1.000.000;0;1.000.000;Rina;081200000001;Jawa Barat;ya"
JAYA = "F-2;C2;Toko Jaya;18/11/2026;2.000.000;500.000;1.500.000;Rina;081200000002;Jawa Barat;tidak"
BROKEN = "F-3;C3;Toko Baru;31/02/2026;3.000.000;0;3.000.000;Rina;081200000003;Jawa Barat;ya"

Write = Callable[..., Path]


def test_without_yes_and_without_a_terminal_it_is_a_preview(santun: Santun, listed: Write) -> None:
    answer = santun("import", listed(MAJU, JAYA, BROKEN))
    assert answer.code == 0
    assert "Baru 2, dibayar 0, tetap 0, ditolak 1." in answer.out
    assert "baris 4, Jatuh Tempo:" in answer.out
    assert 'santun invite collector "Rina"' in answer.out
    assert "--yes" in answer.out
    assert "Baru 2" in santun("import", listed(MAJU, JAYA, BROKEN)).out  # nothing was written


def test_yes_writes_the_good_rows_and_lists_the_refused(santun: Santun, listed: Write) -> None:
    answer = santun("import", listed(MAJU, JAYA, BROKEN), "--yes")
    assert (answer.code, answer.err) == (0, "")
    assert "2 faktur baru" in answer.out
    assert "baris 4" in answer.out
    again = santun("import", listed(MAJU, JAYA, BROKEN), "--yes")
    assert "0 faktur baru, 0 pembayaran dicatat, 2 tetap, 1 baris ditolak" in again.out


def test_json_is_one_object_and_writes_nothing(santun: Santun, listed: Write, tmp_path: Path) -> None:
    told = json.loads(santun("import", listed(MAJU, BROKEN), "--json").out)
    assert told["invoices"] == [
        {
            "number": "F-1",
            "customer": "Toko Maju",
            "customer_code": "C1",
            "issued_on": None,
            "due_on": "2026-11-17",
            "amount": 1_000_000,
            "paid": 0,
            "balance": 1_000_000,
            "phones": ["+6281200000001"],
            "collector": "Rina",
        }
    ]
    assert [(one["row"], one["column"]) for one in told["refused"]] == [(3, "Jatuh Tempo")]
    assert told["questions"] == []
    assert not list(tmp_path.glob("*.db"))


def test_json_with_yes_writes_and_names_what_the_books_refuse(santun: Santun, listed: Write) -> None:
    santun("import", listed(MAJU), "--yes")
    moved = MAJU.replace("17/11", "30/11")
    told = json.loads(santun("import", listed(moved, JAYA), "--json", "--yes").out)
    assert [one["number"] for one in told["invoices"]] == ["F-2"]
    assert [(one["row"], one["column"]) for one in told["refused"]] == [(2, "Jatuh Tempo")]
    assert "2 tetap" in santun("import", listed(MAJU, JAYA), "--yes").out


def test_an_open_question_counts_as_refused_until_it_is_answered(santun: Santun, listed: Write, tmp_path: Path) -> None:
    rows = ("F-1;;Toko Satu;17/11/2026;1.000.000;0;1.000.000;;;;", "F-2;;;17/11/2026;1.000.000;0;1.000.000;;;;")
    grouped = listed(*rows, rows[1].replace("F-2", "F-3"))
    asked = santun("import", grouped, "--yes")
    assert asked.code == 0
    assert "[customer.blank]" in asked.out
    assert "1 faktur baru" in asked.out
    answers = tmp_path / "answers.toml"
    answers.write_text('[customer]\nblank = "fill_down"\n', encoding="utf-8")
    assert "2 faktur baru" in santun("import", grouped, "--yes", "--map", answers).out
    remembered = listed(*rows, rows[1].replace("F-2", "F-4"))  # the same headers: answered as before
    assert "1 faktur baru" in santun("import", remembered, "--yes").out


def test_a_refused_file_is_one_sentence_and_exit_2(santun: Santun, tmp_path: Path) -> None:
    letter = tmp_path / "surat.pdf"
    letter.write_bytes(b"%PDF-1.7")
    answer = santun("import", letter, "--yes")
    assert answer.code == 2
    assert answer.err.strip() == ("surat.pdf bukan daftar piutang. Kirim berkas Excel (.xlsx), CSV, XLS, atau ODS.")
    missing = santun("import", tmp_path / "tidak-ada.xlsx")
    assert missing.code == 2
    assert len(missing.err.splitlines()) == 1


def test_what_goes_out_can_come_in(santun: Santun, listed: Write, tmp_path: Path) -> None:
    santun("import", listed(MAJU, JAYA), "--yes")
    book = tmp_path / "keluar.xlsx"
    assert "2 faktur terbuka" in santun("export", book).out
    read = read_list(book.read_bytes(), filename=book.name)
    assert [(one.number, one.balance.rupiah_exact) for one in read.invoices] == [("F-2", 1_500_000), ("F-1", 1_000_000)]
    assert "Baru 0, dibayar 0, tetap 2, ditolak 0." in santun("import", book).out
