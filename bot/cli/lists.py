"""`santun import` and `santun export`: receivable lists in, and out."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.casework import imports
from bot.casework.imports import Preview, RefusedLine
from bot.cli.frame import Mistake, Office, in_office, settings
from bot.cli.sheets import open_invoices_sheet
from bot.cli.words import words
from bot.formats import money
from bot.intake import ListRefused, ReadList, as_json, choice_label, question_text, read_list, sentence
from bot.settings import Settings
from storage import exports

AnswersFile = Annotated[
    Path | None, typer.Option("--map", help="TOML or JSON: which column is which, and other answers.")
]


def import_list(
    file: Annotated[Path, typer.Argument(help="The list: .xlsx, .xls, .ods or .csv.")],
    yes: Annotated[bool, typer.Option("--yes", help="Write the good rows without asking.")] = False,
    as_object: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    answers_file: AnswersFile = None,
) -> None:
    """Read a receivable list, show what it would change, and put it into the books."""
    given = settings()
    answers = answers_of(answers_file, given) if answers_file else {}
    content = _content(file, given)
    if as_object and not yes:
        _print(as_json(_read(content, file, answers, given), language=given.language))
        return

    async def work(office: Office) -> None:
        shown = await _preview(office, content, file, answers)
        if not as_object:
            _show(office, shown, file)
        if not yes and not _confirmed(office, shown):
            return
        written = await _write(office, shown)
        if as_object:
            _print(_as_written(written, office.language))
        else:
            office.say("import.done", **written.counts)

    in_office(work, given=given)


def export_list(
    file: Annotated[Path | None, typer.Argument(help="Where to; default piutang-DATE.xlsx.")] = None,
) -> None:
    """Write every open invoice into a workbook."""

    async def work(office: Office) -> None:
        async with office.desk() as desk:
            rows = await exports.open_invoices(desk.db)
            today = desk.day_in(None)
        path = file or Path(f"piutang-{today:%Y-%m-%d}.xlsx")
        try:
            path.write_bytes(open_invoices_sheet(rows, today=today, language=office.language))
        except OSError as fault:
            raise office.mistake("general.unwritable", path=path, reason=fault.strerror) from None
        office.say("export.done", count=len(rows), path=path)

    in_office(work)


def answers_of(path: Path, given: Settings) -> dict[str, str]:
    """This function will read answers: "column.FIELD" = header, and question keys; tables may stand for the dots."""
    try:
        text = path.read_text("utf-8-sig")
        tree = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except OSError as fault:
        raise Mistake(words("general.unreadable", given.language, path=path, reason=fault.strerror)) from None
    except ValueError as fault:
        raise Mistake(words("general.unreadable", given.language, path=path, reason=fault)) from None
    return dict(_flat(tree, ""))


def _flat(tree: Any, path: str) -> list[tuple[str, str]]:
    if not isinstance(tree, dict):
        return [(path, str(tree))]
    return [pair for name, inner in tree.items() for pair in _flat(inner, f"{path}.{name}" if path else name)]


def _content(file: Path, given: Settings) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise Mistake(words("general.unreadable", given.language, path=file, reason=fault.strerror)) from None


def _read(content: bytes, file: Path, answers: Mapping[str, str], given: Settings) -> ReadList:
    try:
        return read_list(content, filename=file.name, answers=answers)
    except ListRefused as refused:
        raise Mistake(sentence(refused.reason, language=given.language)) from None


async def _preview(office: Office, content: bytes, file: Path, answers: Mapping[str, str]) -> Preview:
    """The list beside the books, read with the answers that the last list with these headers was given."""
    read = _read(content, file, answers, office.settings)
    async with office.desk() as desk:
        earlier = await imports.remembered(desk, read)
        if read.questions and earlier:
            answers = {**earlier, **answers}
            read = _read(content, file, answers, office.settings)
        return await imports.preview(desk, read, answers)


async def _write(office: Office, shown: Preview) -> Preview:
    """Compared once more in the transaction that writes: the chat may have been faster."""
    async with office.desk() as desk:
        fresh = await imports.preview(desk, shown.read, shown.answers)
        await imports.put(desk, fresh, person_id=None)
        return fresh


def _confirmed(office: Office, shown: Preview) -> bool:
    """Without a terminal there is nobody to ask: then it stays a preview."""
    if shown.is_settled:
        office.say("import.nothing")
        return False
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        office.say("import.preview_only")
        return False
    return typer.confirm(words("import.ask", office.language))


def _show(office: Office, shown: Preview, file: Path) -> None:
    counts = shown.counts
    office.say("import.read", file=file.name, count=len(shown.read.invoices))
    office.say("import.counts", **counts, balance=money(shown.open_balance.sen, office.language))
    for key in ("missing", "without_consent"):
        if counts[key]:
            office.say(f"import.{key}", count=counts[key])
    if shown.imported_at is not None:
        office.say("import.seen", at=shown.imported_at.astimezone(office.settings.zone).strftime("%Y-%m-%d %H.%M"))
    _show_collectors(office, shown)
    _show_questions(office, shown.read)
    for line in imports.refused_lines(shown, language=office.language):
        office.say("import.refused" if line.column else "import.refused_row", **_line(line))


def _show_collectors(office: Office, shown: Preview) -> None:
    for name in shown.unknown_collectors:
        office.say("import.collector_unknown", name=name)
    for kept in imports.kept_lines(shown):
        office.say("import.kept", **kept)


def _show_questions(office: Office, read: ReadList) -> None:
    for question in read.questions:
        choices = " | ".join(f"{one} ({choice_label(one, language=office.language)})" for one in question.choices)
        text = question_text(question, language=office.language)
        office.say("import.question", key=question.key, question=text, choices=choices)


def _line(line: RefusedLine) -> dict[str, Any]:
    return {"row": line.row, "column": line.column, "reason": line.reason}


def _as_written(shown: Preview, language: str) -> dict[str, Any]:
    """What was read, with the rows that the books refused among the refused ones."""
    told = as_json(shown.read, language=language)
    refused = imports.refused_lines(shown, language=language)
    out = {line.row for line in refused}
    kept = [one.listed.number for one in shown.comparison.judged if one.listed.row not in out]
    told["invoices"] = [one for one in told["invoices"] if one["number"] in set(kept)]
    return told | {"refused": [_line(line) for line in refused]}


def _print(told: dict[str, Any]) -> None:
    typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
