"""From a table's row to a frozen record of the rules, by the names of its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Column, ColumnElement, Row, Select, Table, func, select, true, type_coerce
from sqlalchemy.dialects import postgresql, sqlite

from sop.money import Money
from storage.engine import Database, NotFound

Record = TypeVar("Record")


def columns(table: Table, kind: type[Any]) -> list[Column[Any]]:
    """This function will name the columns of a table that a record has as fields."""
    return [table.c[field.name] for field in fields(kind) if field.name in table.c]


def record(kind: type[Record], row: Row[Any], **more: Any) -> Record:
    return kind(**row._mapping, **more)


def of(table: Table, kind: type[Any]) -> Select[Any]:
    """This function will start a SELECT of just the columns that the record needs."""
    return select(*columns(table, kind))


async def found(db: Database, query: Select[Any], kind: type[Record]) -> Record | None:
    row = (await db.execute(query)).first()
    return None if row is None else record(kind, row)


async def got(db: Database, query: Select[Any], kind: type[Record]) -> Record:
    """This function will give the one record; raises NotFound."""
    one = await found(db, query, kind)
    if one is None:
        raise NotFound(kind.__name__)
    return one


async def listed(db: Database, query: Select[Any], kind: type[Record]) -> tuple[Record, ...]:
    return tuple(record(kind, row) for row in (await db.execute(query)).all())


def new_id(result: Any) -> int:
    """This function will give the number of the row just inserted."""
    return int(result.inserted_primary_key[0])


def sum_of(column: ColumnElement[Any]) -> ColumnElement[int]:
    """This function will add up a money column in SQL, as sen; zero where there are no rows."""
    return func.coalesce(func.sum(as_sen(column)), 0)


def as_sen(column: ColumnElement[Any]) -> ColumnElement[int]:
    """This function will read a money column in SQL as a plain number."""
    return type_coerce(column, BigInteger)


async def one_sum(db: Database, query: Select[Any]) -> Money:
    return Money(int((await db.execute(query)).scalar_one()))


async def add_once(db: Database, table: Table, values: Mapping[str, Any]) -> bool:
    """This function will insert a row unless its unique key is taken; false when it was."""
    added = await db.execute(_insert(db, table).values(dict(values)).on_conflict_do_nothing())
    return bool(added.rowcount == 1)


async def add_new(db: Database, table: Table, values: Mapping[str, Any]) -> int | None:
    """This function will insert a row and give its number; none when its unique key is taken."""
    query = _insert(db, table).values(dict(values)).on_conflict_do_nothing().returning(table.c.id)
    number: int | None = (await db.execute(query)).scalar_one_or_none()
    return number


async def add_selected(db: Database, table: Table, names: Sequence[str], query: Select[Any]) -> int:
    """This function will insert what a SELECT gives, passing over taken keys; gives how many rows are new."""
    # Without a WHERE, SQLite would read ON CONFLICT as the condition of a join.
    chosen = query if query.whereclause is not None else query.where(true())
    added = await db.execute(_insert(db, table).from_select(list(names), chosen).on_conflict_do_nothing())
    if added.rowcount >= 0:
        return int(added.rowcount)
    # sqlite3 does not count the rows of a statement that begins with WITH; SQLite itself does.
    return int((await db.execute(select(func.changes()))).scalar_one())


def _insert(db: Database, table: Table) -> Any:
    return sqlite.insert(table) if db.dialect.name == "sqlite" else postgresql.insert(table)
