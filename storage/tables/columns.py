"""The column types of our facts: instants in UTC, money in sen, coded values as text.

SQLite knows neither time zones nor enums; these types make both databases give back the same Python values.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Date, DateTime, Dialect, ForeignKey, Integer, MetaData, String, Text
from sqlalchemy.types import TypeDecorator

from sop.money import Money

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Key = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers only an INTEGER primary key by itself


class InstantType(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; a naive one is refused, because nobody could say what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class MoneyType(TypeDecorator[Money]):
    """Money as a whole number of sen."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        return None if value is None else value.sen

    def process_result_value(self, value: int | None, dialect: Dialect) -> Money | None:
        return None if value is None else Money(int(value))

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        return self if isinstance(value, Money) else BigInteger()


class CodedType(TypeDecorator[Enum]):
    """A member of one enumeration, kept as its value."""

    impl = String(40)
    cache_ok = True

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Enum | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value.value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Enum | None:
        return None if value is None else self.kind(value)


def key() -> Column[Any]:
    return Column("id", Key, primary_key=True, autoincrement=True)


def link(name: str, target: str, *, optional: bool = False, index: bool = False) -> Column[Any]:
    return Column(name, Key, ForeignKey(f"{target}.id"), nullable=optional, index=index)


def instant(name: str, *, optional: bool = False, index: bool = False) -> Column[Any]:
    return Column(name, InstantType(), nullable=optional, index=index)


def day(name: str, *, optional: bool = False, index: bool = False) -> Column[Any]:
    return Column(name, Date, nullable=optional, index=index)


def money(name: str, *, optional: bool = False) -> Column[Any]:
    return Column(name, MoneyType(), nullable=optional)


def coded(name: str, kind: type[Enum], *, optional: bool = False) -> Column[Any]:
    return Column(name, CodedType(kind), nullable=optional)


def text(name: str, *, optional: bool = False, unique: bool = False) -> Column[Any]:
    return Column(name, Text, nullable=optional, unique=unique)


def record(name: str, *, optional: bool = False) -> Column[Any]:
    """A small bag of plain values, such as the variables of a message."""
    return Column(name, JSON, nullable=optional)
