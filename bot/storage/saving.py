"""A crisis written where it changed, under a version check."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Delete, Table, bindparam, delete, insert, update

from bot.domain.crisis import Crisis
from bot.storage.batch import Insert, insert_into
from bot.storage.marks import rewrite_marks, write_marks
from bot.storage.parts import PARTS, Part, Row, crisis_row
from bot.storage.tables import crises
from bot.storage.vault import Vault
from bot.store import Conflict

# Sets the columns of the parameters that it is sent with.
_INSERT = insert(crises)
_CHANGE = update(crises).where(
    crises.c.id == bindparam("old_id"), crises.c.version == bindparam("old_version")
)


class Saver:
    """Writes the crises of one unit of work."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def insert(self, crisis: Crisis) -> None:
        """Write a new crisis. Raises `Conflict` when its id or number is taken."""
        row = crisis_row(crisis) | {"version": crisis.version + 1}
        self._connection.execute(_INSERT, self._vault.seal_row(crises, crisis.id, row))
        for part in PARTS:
            self._put(part.table, crisis, list(part.rows(crisis)))
        write_marks(self._connection, self._vault, crisis)

    def update(self, crisis: Crisis, before: Crisis) -> bool:
        """Write what changed since `before`; False when nothing did. Raises `Conflict` if it moved."""
        old_row, new_row = crisis_row(before), crisis_row(crisis)
        changed = {name: value for name, value in new_row.items() if value != old_row[name]}
        parts = [
            (part.table, _by_key(part, before), _by_key(part, crisis))
            for part in PARTS
            if getattr(crisis, part.attribute) != getattr(before, part.attribute)
        ]
        if not (changed or parts or crisis.events):
            return False
        self._move_version(crisis, before, changed)
        for table, old, new in parts:
            self._put(table, crisis, [row for key, row in new.items() if old.get(key) != row])
            self._remove(table, crisis, old.keys() - new.keys())
        rewrite_marks(self._connection, self._vault, crisis, before)
        return True

    def _move_version(self, crisis: Crisis, before: Crisis, changed: Row) -> None:
        values = self._vault.seal_row(crises, crisis.id, changed) | {"version": before.version + 1}
        unmoved = {"old_id": crisis.id, "old_version": before.version}
        if self._connection.execute(_CHANGE, values | unmoved).rowcount != 1:
            raise Conflict

    def _put(self, table: Table, crisis: Crisis, rows: list[Row]) -> None:
        if rows:
            statement = _upsert(table, self._connection.dialect.name)
            sealed = [self._vault.seal_row(table, crisis.id, {"crisis_id": crisis.id, **row}) for row in rows]
            self._connection.execute(statement, sealed)

    def _remove(self, table: Table, crisis: Crisis, keys: set[tuple[Any, ...]]) -> None:
        if keys:
            names = [f"old_{column.name}" for column in table.primary_key]
            rows = [dict(zip(names, (crisis.id, *key), strict=True)) for key in keys]
            self._connection.execute(_delete(table), rows)


def _by_key(part: Part, crisis: Crisis) -> Mapping[tuple[Any, ...], Row]:
    names = [column.name for column in part.table.primary_key if column.name != "crisis_id"]
    return {tuple(row[name] for name in names): row for row in part.rows(crisis)}


@cache
def _upsert(table: Table, dialect: str) -> Insert:
    statement = insert_into(table, dialect)
    keys = [column.name for column in table.primary_key]
    values = {column.name: statement.excluded[column.name] for column in table.c if column.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=values)


@cache
def _delete(table: Table) -> Delete:
    keys = [column == bindparam(f"old_{column.name}") for column in table.primary_key]
    return delete(table).where(*keys)
