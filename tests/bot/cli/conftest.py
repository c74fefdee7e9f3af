"""The command line in a folder of its own: `santun("import", path, "--yes")` gives exit code and what was printed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import Settings

HEADER = "No Faktur;Kode;Pelanggan;Jatuh Tempo;Nilai Faktur;Dibayar;Sisa;Kolektor;No HP;Provinsi;Persetujuan WA"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    code: int
    out: str
    err: str


Santun = Callable[..., Answer]


@pytest.fixture
def santun(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Santun:
    """Runs one command with nothing of the machine's environment; a SQLite file lies in the folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*words: str | Path, **settings: str) -> Answer:
        with monkeypatch.context() as here:
            for name, value in settings.items():
                here.setenv(name, value)
            here.setattr(sys, "argv", ["santun", *map(str, words)])
            with pytest.raises(SystemExit) as ended:
                main()
        told = capsys.readouterr()
        return Answer(code=int(ended.value.code or 0), out=told.out, err=told.err)

    return run


@pytest.fixture
def listed(tmp_path: Path) -> Callable[..., Path]:
    """Writes a list of the given rows and gives its path."""

    def write(*rows: str, name: str = "piutang.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
        return path

    return write
