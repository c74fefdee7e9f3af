"""People, copies, evidence and outbox from the command line."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from storage import Store
from storage.invoices import find_by_number
from tests.bot.cli.conftest import Santun

MAJU = "F-1;C1;Toko Maju;17/11/2026;1.000.000;0;1.000.000;Rina;081200000001;Jawa Barat;ya"


def test_a_link_without_the_network_is_its_token(santun: Santun) -> None:
    answer = santun("invite", "collector", "Rina", "Dewi", "--no-network")
    assert answer.code == 0
    assert re.fullmatch(r"[\w-]{20,64}\n", answer.out)
    assert "Akses Rina Dewi" in santun("revoke", "rina", "dewi").out
    gone = santun("revoke", "Rina", "Dewi")
    assert gone.code == 2
    assert "Rina Dewi" in gone.err


def test_a_link_with_the_network_needs_a_token(santun: Santun) -> None:
    answer = santun("invite", "manager", "Joko")
    assert answer.code == 2
    assert "TELEGRAM_BOT_TOKEN" in answer.err


def test_who_is_invited_gets_the_customers_a_list_names_after_him(
    santun: Santun, listed: Callable[..., Path], tmp_path: Path
) -> None:
    santun("import", listed(MAJU), "--yes")
    santun("invite", "collector", "RINA", "--no-network")
    with closing(sqlite3.connect(tmp_path / "santun.db")) as books:
        assert books.execute("SELECT p.name FROM customer c JOIN person p ON p.id = c.collector_id").fetchall() == [
            ("RINA",)
        ]


def test_a_copy_can_be_put_back(santun: Santun, listed: Callable[..., Path], tmp_path: Path) -> None:
    santun("import", listed(MAJU), "--yes")
    copy = tmp_path / "salinan.db"
    assert santun("backup", copy).code == 0
    assert santun("backup", copy).code == 2  # never over another copy
    santun("import", listed(MAJU.replace("F-1", "F-9")), "--yes")
    assert "2 faktur terbuka" in santun("export", tmp_path / "dua.xlsx").out
    restored = santun("restore", copy)
    assert restored.code == 0
    assert "santun.db.replaced-1" in restored.out
    assert "1 faktur terbuka" in santun("export", tmp_path / "satu.xlsx").out


def test_a_copy_is_not_put_back_under_a_running_program(santun: Santun, tmp_path: Path) -> None:
    santun("db", "upgrade")
    copy = tmp_path / "salinan.db"
    santun("backup", copy)
    santun("outbox")  # the server's way of opening it: a log of changes
    with closing(sqlite3.connect(tmp_path / "santun.db")) as server:
        server.execute("SELECT count(*) FROM person").fetchall()
        assert santun("restore", copy).code == 2


def test_what_is_no_copy_is_refused(santun: Santun, tmp_path: Path) -> None:
    santun("db", "upgrade")
    other = tmp_path / "lain.db"
    other.write_bytes(b"not a database at all" * 100)
    answer = santun("restore", other)
    assert answer.code == 2
    assert "bukan salinan" in answer.err
    assert santun("outbox").code == 0  # the database in use was not touched


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE journal SET actor = 'person:9' WHERE seq = 2", "baris 2"),
        ("UPDATE journal SET payer_id = 9 WHERE seq = 2", "baris 2"),
        ("UPDATE journal SET policy_version = 'x' WHERE seq = 2", "baris 2"),
        ("UPDATE journal SET at = '2026-01-01 00:00:00' WHERE seq = 1", "baris 1"),
        ("UPDATE journal_payload SET body = '{}' WHERE seq = 1", "isi yang disimpan"),
        ("DELETE FROM journal WHERE seq = 1", "hilang"),
        ("DELETE FROM journal WHERE seq = 3", "dipotong"),
        ("DELETE FROM journal_head", "dipotong"),
        (
            "UPDATE journal SET seq = -1 WHERE seq = 1; UPDATE journal SET seq = 1 WHERE seq = 2;"
            " UPDATE journal SET seq = 2 WHERE seq = -1",
            "baris 1",
        ),
    ],
)
def test_changed_evidence_is_found(santun: Santun, tmp_path: Path, tampering: str, found: str) -> None:
    for name in ("Rina", "Budi", "Dewi"):
        santun("invite", "collector", name, "--no-network")
    assert santun("audit", "verify").out == "Rantai bukti utuh: 3 baris.\n"
    with closing(sqlite3.connect(tmp_path / "santun.db")) as books:
        books.executescript(tampering)
    broken = santun("audit", "verify")
    assert broken.code == 1
    assert found in broken.out


def test_erased_texts_leave_the_evidence_whole_and_are_counted(santun: Santun, tmp_path: Path) -> None:
    santun("invite", "collector", "Rina", "--no-network")
    with closing(sqlite3.connect(tmp_path / "santun.db")) as books:
        books.executescript("DELETE FROM journal_payload")
    sound = santun("audit", "verify")
    assert sound.code == 0
    assert sound.out == "Rantai bukti utuh: 1 baris.\nIsi pribadi yang sudah dihapus: 1 baris.\n"


def test_an_empty_outbox_says_so(santun: Santun) -> None:
    assert santun("outbox").out == "Kotak keluar kosong.\n"


def test_every_customer_message_can_be_previewed(santun: Santun) -> None:
    for language, word in (("id", "Yth."), ("en", "Dear")):
        answer = santun("templates", "preview", LANGUAGE=language)
        assert answer.code == 0
        assert "santun_t01_" in answer.out
        assert word in answer.out
        assert "{{" not in answer.out


async def test_a_list_comes_in_beside_a_running_server(
    santun: Santun, listed: Callable[..., Path], tmp_path: Path
) -> None:
    """The command waits while the server writes, and the server sees its work without being told."""
    santun("db", "upgrade")
    server = Store(f"sqlite:///{tmp_path / 'santun.db'}")
    async with server.transaction() as db:
        importing = asyncio.create_task(asyncio.to_thread(santun, "import", listed(MAJU), "--yes"))
        assert await asyncio.wait({importing}, timeout=2) == (set(), {importing})  # it cannot end before we do
        assert await find_by_number(db, "F-1") is None
    answer = await importing
    assert (answer.code, answer.err) == (0, "")
    async with server.transaction() as db:
        assert await find_by_number(db, "F-1") is not None
    await server.close()
