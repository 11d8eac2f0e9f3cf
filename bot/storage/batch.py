"""Writes that wait for the commit, or for a read that must see them."""

from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import sqlite

from bot.storage.engine import SQLITE

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

    Insert = sqlite.Insert | postgresql.Insert
else:
    Insert = sqlite.Insert


def insert_into(table: Table, dialect: str) -> Insert:
    """An INSERT that knows ON CONFLICT, which both databases write alike."""
    if dialect == SQLITE:
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415  (2 MB that SQLite does without)

    return postgresql.insert(table)


class Batch:
    """Statements in their order; a run of the same statement is sent as one, with all its parameters."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: list[tuple[Executable, Mapping[str, Any]]] = []

    def add(self, statement: Executable, parameters: Mapping[str, Any]) -> None:
        """Keep a write for later. The same statement object makes a run."""
        self._waiting.append((statement, parameters))

    def flush(self) -> None:
        """Send what waits."""
        waiting, self._waiting = self._waiting, []
        for _, run in groupby(waiting, key=lambda write: id(write[0])):
            writes = list(run)
            self._connection.execute(writes[0][0], [parameters for _, parameters in writes])
