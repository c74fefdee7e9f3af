"""The days off: the country's, corrected by the company's own file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.holidays import HolidaysInvalid, calendar_gaps, read_changes, work_calendar

TITLES = "tanggal,tindakan,jenis,nama\n"


@pytest.fixture
def changes(tmp_path: Path) -> Path:
    """The company's holidays file, with titles only."""
    path = tmp_path / "libur.csv"
    path.write_text(TITLES, "utf-8")
    return path


def test_the_countrys_days_of_2026_are_known() -> None:
    calendar = work_calendar([2026], None)
    assert calendar.is_national(date(2026, 8, 17))  # independence
    assert not calendar.is_open(date(2026, 8, 17))
    assert date(2026, 12, 24) in calendar.joint_leave  # the day before Christmas: joint leave, no national holiday
    assert not calendar.is_national(date(2026, 12, 24))
    assert calendar.next_open(date(2026, 12, 23)) == date(2026, 12, 26)
    assert calendar.is_open(date(2026, 11, 21))  # a Saturday
    assert len(calendar.national) == 17
    assert len(calendar.joint_leave) == 8


def test_only_the_years_asked_for() -> None:
    calendar = work_calendar([2025, 2026], None)
    assert {day.year for day in calendar.national} == {2025, 2026}


def test_the_companys_file_adds_and_removes(changes: Path) -> None:
    changes.write_text(
        "\ufeff"
        + TITLES.replace(",", ";")  # as a spreadsheet in Indonesia saves it
        + "# cuti perusahaan\n"
        "2026-12-28;Tambah;Cuti Bersama;Cuti bersama akhir tahun\n"
        "\n"
        "2026-12-24;hapus;cuti bersama;tetap masuk\n"
        "2026-12-31;tambah;nasional;\n"
        "2027-01-02;tambah;nasional;tahun lain\n",
        "utf-8",
    )
    calendar = work_calendar([2026], changes)
    assert date(2026, 12, 28) in calendar.joint_leave
    assert calendar.is_open(date(2026, 12, 24))
    assert calendar.is_national(date(2026, 12, 31))
    assert date(2027, 1, 2) not in calendar.national


def test_english_titles_and_words_are_good_too(changes: Path) -> None:
    changes.write_text("date,action,kind,name\n2026-12-28,add,joint leave,Year end\n", "utf-8")
    assert date(2026, 12, 28) in work_calendar([2026], changes).joint_leave


@pytest.mark.parametrize(
    ("text", "line", "named"),
    [
        ("", 1, "tanggal"),
        ("2026-12-28,tambah,nasional,x\n", 1, "tanggal"),  # no titles
        (TITLES + "2026-12-28,tambah,nasional\n", 2, "empat kolom"),
        (TITLES + "28/12/2026,tambah,nasional,x\n", 2, "28/12/2026"),
        (TITLES + "2026-02-30,tambah,nasional,x\n", 2, "2026-02-30"),
        (TITLES + "20261228,tambah,nasional,x\n", 2, "20261228"),
        (TITLES + "\n2026-12-28,ubah,nasional,x\n", 3, "ubah"),
        (TITLES + "2026-12-28,tambah,pribadi,x\n", 2, "pribadi"),
        (TITLES + "2026-12-29,hapus,nasional,x\n", 2, "2026-12-29"),  # nothing there to remove
        (TITLES + "2026-12-28,tambah,nasional,x\n2026-12-28,hapus,nasional,x\n", 3, "2026-12-28"),
    ],
)
def test_a_mistake_names_its_line(changes: Path, text: str, line: int, named: str) -> None:
    changes.write_text(text, "utf-8")
    with pytest.raises(HolidaysInvalid) as caught:
        work_calendar([2026], changes)
    assert f"baris {line}:" in caught.value.sentence("id")
    assert named in caught.value.sentence("id")
    assert f"line {line}:" in caught.value.sentence("en")


def test_a_file_that_is_no_text_is_told(changes: Path) -> None:
    changes.write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(HolidaysInvalid) as caught:
        read_changes(changes)
    assert "UTF-8" in caught.value.sentence("id")


def test_joint_leave_not_decreed_is_a_gap_from_october() -> None:
    def missing(today: date, override_file: Path | None = None) -> list[tuple[str, int]]:
        gaps = calendar_gaps(today=today, override_file=override_file)
        return [(gap.key, gap.year) for gap in gaps if gap.key != "national_estimated"]

    assert missing(date(2026, 9, 30)) == []
    assert missing(date(2100, 1, 1)) == [("joint_leave_missing", 2100)]  # no decree reaches that far
    assert missing(date(2099, 9, 30)) == [("joint_leave_missing", 2099)]
    assert missing(date(2099, 10, 1)) == [("joint_leave_missing", 2099), ("joint_leave_missing", 2100)]


def test_the_companys_file_closes_a_gap(changes: Path) -> None:
    def gaps() -> list[str]:
        return [gap.key for gap in calendar_gaps(today=date(2099, 5, 1), override_file=changes)]

    assert gaps() == ["national_estimated", "joint_leave_missing"]
    changes.write_text(TITLES + "2099-06-02,tambah,cuti bersama,SKB\n", "utf-8")
    assert gaps() == ["national_estimated"]


def test_a_confirmed_estimate_is_none(changes: Path) -> None:
    changes.write_text(TITLES + "2099-06-03,tambah,nasional,Waisak menurut SKB\n", "utf-8")
    before = calendar_gaps(today=date(2099, 5, 1), override_file=None)[0]
    after = calendar_gaps(today=date(2099, 5, 1), override_file=changes)[0]
    assert (after.key, after.count) == ("national_estimated", before.count - 1)
    assert after.sentence("id").startswith(f"{after.count} hari libur nasional 2099")
    assert "2099" in after.sentence("en")
