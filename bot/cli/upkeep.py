"""`santun db upgrade`, `backup`, `restore`, `audit verify` and `outbox`: looking after the data."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated

import typer

from bot.channels.faults import masked
from bot.cli.frame import Mistake, Office, in_office, settings, upgrade
from bot.cli.words import words
from sop.journal import Break, Entry, Head, verify
from storage import Database, backup, journal, outbox_report, schema
from storage.backup import InUse, NotACopy

AT_ONCE = 1_000  # rows of evidence held in memory

Copy = Annotated[Path, typer.Argument(help="The copy's file.")]


def upgrade_schema() -> None:
    """Bring the database's schema up to date; `run` and `import` do it themselves."""
    given = settings()
    upgrade(given)
    typer.echo(words("db.upgraded", given.language, revision=schema.head()))


def back_up(file: Copy) -> None:
    """Copy the SQLite database, also while the program runs."""
    given = settings()
    database = _sqlite(given.database_url, given.language)
    upgrade(given)
    try:
        backup.copy_out(database, file)
    except FileExistsError:
        raise Mistake(words("backup.exists", given.language, path=file)) from None
    typer.echo(words("backup.done", given.language, path=file))


def restore(file: Copy) -> None:
    """Put a copy in the database's place; the program must not be running."""
    given = settings()
    database = _sqlite(given.database_url, given.language)
    try:
        kept = backup.put_back(file, database)
    except NotACopy:
        raise Mistake(words("backup.unsound", given.language, path=file)) from None
    except InUse:
        raise Mistake(words("backup.in_use", given.language, path=database)) from None
    upgrade(given)
    key = "backup.restored_over" if kept else "backup.restored"
    typer.echo(words(key, given.language, path=database, kept=kept))


def verify_journal() -> None:
    """Check that no row of the evidence was changed, dropped or cut off."""

    async def work(office: Office) -> bool:
        async with office.desk() as desk:
            count, erased, broken = await _verified(desk.db)
        if broken is None:
            office.say("audit.sound", count=count)
            if erased:
                office.say("audit.erased", count=erased)
        else:
            fault = words(f"audit.{broken.fault.value}", office.language)
            office.say("audit.broken", seq=broken.seq, fault=fault)
        return broken is None

    if not in_office(work):
        raise typer.Exit(1)


def show_outbox() -> None:
    """Count what waits or left, and list what failed, is held, or may have left, with the reason."""

    async def work(office: Office) -> None:
        async with office.desk() as desk:
            counts = await outbox_report.counts(desk.db)
            stuck = await outbox_report.stuck(desk.db)
        for way, state, count in counts:
            office.say(
                "outbox.count", way=way.value, state=words(f"outbox.{state.value}", office.language), count=count
            )
        if not counts:
            office.say("outbox.empty")
        for one in stuck:
            reason = masked(one.hold_reason or one.error_code or "-")
            told = words(f"outbox.{one.state.value}", office.language)
            at = one.send_after.astimezone(office.settings.zone).strftime("%Y-%m-%d %H.%M")
            office.say("outbox.stuck", id=one.id, state=told, message=one.message, at=at, reason=reason)

    in_office(work)


async def _verified(db: Database) -> tuple[int, int, Break | None]:
    """The number of rows, of those whose text was erased, and the first row that does not hold."""
    last, erased, head = Head(), 0, await journal.head(db)
    async for some in _some_at_once(journal.entries(db)):
        broken = verify(some, after=last)
        if broken is not None:
            return last.seq, erased, broken
        last = Head(seq=some[-1].seq, chain=some[-1].chain)
        erased += sum(one.payload is None for one in some)
    return last.seq, erased, verify((), after=last, head=head or Head())  # rows without a head: it was taken away


async def _some_at_once(entries: AsyncIterator[Entry]) -> AsyncIterator[list[Entry]]:
    some: list[Entry] = []
    async for one in entries:
        some.append(one)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _sqlite(url: str, language: str) -> Path:
    path = backup.sqlite_path(url)
    if path is None:
        raise Mistake(words("backup.postgres", language))
    return path
