"""Column types of our own, and the columns that many tables share."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def microseconds(at: datetime) -> int:
    """Count the microseconds since 1970, UTC. Raises `ValueError` for a naive hour."""
    if at.tzinfo is None:
        raise ValueError("an hour without its zone cannot be stored")
    return (at - EPOCH) // MICROSECOND


class Utc(TypeDecorator[datetime]):
    """An aware hour, as microseconds since 1970: exact, and compared the same way by both databases.

    Read by hand: `to_timestamp(at / 1e6)` in PostgreSQL, `datetime(at / 1e6, 'unixepoch')` in SQLite.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else microseconds(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002
        return None if value is None else EPOCH + timedelta(microseconds=value)


class OneOf(TypeDecorator[StrEnum]):
    """A word of a closed set."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else str(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> StrEnum | None:  # noqa: ANN401, ARG002
        return None if value is None else self.words(value)


class ManyOf(TypeDecorator[tuple[StrEnum, ...]]):
    """Words of a closed set in their order, joined by commas."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: tuple[StrEnum, ...] | None, dialect: Dialect) -> str:  # noqa: ARG002
        return ",".join(value or ())

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[StrEnum, ...]:  # noqa: ANN401, ARG002
        return tuple(map(self.words, value.split(","))) if value else ()


class Numbers(TypeDecorator[tuple[str, ...]]):
    """Numbers of crises, joined by commas."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:  # noqa: ARG002
        return ",".join(value or ())

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...]:  # noqa: ANN401, ARG002
        return tuple(value.split(",")) if value else ()


class Sealed(LargeBinary):
    """Words of a person, encrypted (`seal.py`); NULL when there are none."""


def of_crisis() -> Column[str]:
    """The crisis that a row is a part of. Checked at commit, so that rows may be written in any order."""
    reference = ForeignKey("crises.id", deferrable=True, initially="DEFERRED")
    return Column("crisis_id", String, reference, primary_key=True)


def in_order(name: str = "position") -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def arrival() -> Column[int]:
    """A row's own number, in the order of arrival. SQLite counts by itself in `INTEGER` alone."""
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def word(name: str) -> Column[str]:
    return Column(name, String, nullable=False)


def one_of(name: str, words: type[StrEnum]) -> Column[StrEnum]:
    return Column(name, OneOf(words), nullable=False)


def count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def ordinal() -> Column[int]:
    """Which of its kind and subject; for what is said at a moment, that moment in microseconds."""
    return Column("ordinal", BigInteger, nullable=False)


def hour(name: str) -> Column[datetime]:
    return Column(name, Utc, nullable=False)


def index_where(condition: str, name: str, *columns: str) -> Index:
    """An index of the rows alone that the condition holds for; each query says it in the same words.

    The migrations make it so. As options here, the condition would load both dialects: 2 MB.
    """
    return Index(name, *columns, info={"where": condition})
