"""A mistake at the terminal is one plain sentence on stderr and exit 2: no traceback, no secret."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from bot.cli.words import sentences
from tests.bot.cli.conftest import Santun


@pytest.mark.parametrize("command", [["outbox"], ["run"], ["invite", "collector", "Rina"], ["db", "upgrade"]])
def test_a_database_that_does_not_answer(santun: Santun, command: list[str]) -> None:
    url = "postgresql://santun:topsecret@127.0.0.1:1/santun"
    answer = santun(*command, DATABASE_URL=url, TELEGRAM_BOT_TOKEN="123456789:" + "a" * 35)
    assert answer.code == 2
    assert answer.err.startswith("Basis data tidak dapat dibuka:")
    assert "topsecret" not in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("command", [["outbox"], ["run"], ["doctor"]])
def test_a_clock_that_does_not_answer(santun: Santun, command: list[str]) -> None:
    here = "http://127.0.0.1:1"
    rehearsal = {"TELEGRAM_API_URL": here, "SANTUN_CLOCK_URL": f"{here}/sim/clock"}
    answer = santun(*command, TELEGRAM_BOT_TOKEN="123456789:" + "a" * 35, **rehearsal)
    assert answer.code == 2
    assert answer.err.startswith(f"Jam simulator di SANTUN_CLOCK_URL={here}/sim/clock tidak menjawab.")
    assert answer.err.count("\n") == 1


def test_a_wrong_policy_is_named_with_file_and_line(santun: Santun, tmp_path: Path) -> None:
    policy = tmp_path / "kebijakan.toml"
    policy.write_text('[promise]\ntolerance = "many"\n', encoding="utf-8")
    for command in (["outbox"], ["sop", "show"], ["sop", "check", str(policy)]):
        answer = santun(*command, SOP_POLICY=str(policy))
        assert answer.code == 2
        assert f"{policy}, baris 2: promise.tolerance" in answer.err


def test_a_sound_policy_is_called_so(santun: Santun, tmp_path: Path) -> None:
    policy = tmp_path / "kebijakan.toml"
    policy.write_text("[desk]\ninvoices_on_card = 6\n", encoding="utf-8")
    answer = santun("sop", "check", policy)
    assert answer.code == 0
    assert "sah" in answer.out
    assert "invoices_on_card = 6" in santun("sop", "show", "--numbers", SOP_POLICY=str(policy)).out


def test_a_wrong_holidays_file_is_named_with_its_line(santun: Santun, tmp_path: Path) -> None:
    days = tmp_path / "libur.csv"
    days.write_text("tanggal,tindakan,jenis,nama\n2026-02-30,tambah,nasional,x\n", encoding="utf-8")
    answer = santun("outbox", HOLIDAYS_FILE=str(days))
    assert answer.code == 2
    assert "baris 2" in answer.err


def test_a_wrong_setting_is_one_sentence(santun: Santun) -> None:
    answer = santun("outbox", TIMEZONE="Mars/Olympus", LANGUAGE="en")
    assert answer.code == 2
    assert answer.err.startswith("TIMEZONE ")


def test_an_unknown_role_is_refused(santun: Santun) -> None:
    assert santun("invite", "king", "Rina").code == 2


def test_both_languages_have_the_same_sentences() -> None:
    indonesian, english = sentences("id"), sentences("en")
    assert {name: set(part) for name, part in indonesian.items()} == {name: set(part) for name, part in english.items()}


def test_the_demo_says_when_its_port_is_taken(santun: Santun) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = santun("demo", "--port", str(port))
    assert answer.code == 2
    assert str(port) in answer.err
    assert answer.err.count("\n") == 1
