"""Crises read whole: one statement a table, however many crises are asked for."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, bindparam, select

from bot.domain.ids import CrisisId
from bot.storage.cache import Cache, Kept
from bot.storage.parts import PARTS, crisis_of
from bot.storage.tables import crises
from bot.storage.vault import Vault


class Loader:
    """Loads crises for one unit of work, from the cache where it is current."""

    def __init__(self, connection: Connection, vault: Vault, cache: Cache, *, one_snapshot: bool) -> None:
        """`one_snapshot`: all statements of the unit of work see the same state."""
        self._connection = connection
        self._vault = vault
        self._cache = cache
        self._one_snapshot = one_snapshot

    def load(self, query: Select[Any], *, locked: bool, **parameters: str) -> list[Kept]:
        """Load the crises whose rows the query gives, in its order. A locked row cannot change any more."""
        while True:
            rows = self._connection.execute(query, parameters).mappings().all()
            kept = {row["id"]: self._cache.get(row["id"], version=row["version"]) for row in rows}
            missing = [row for row in rows if kept[row["id"]] is None]
            loaded = self._read(missing)
            if locked or self._one_snapshot or not missing or self._unmoved(loaded):
                break
        for crisis in loaded:
            self._cache.keep(crisis)
        found = {crisis_id: crisis for crisis_id, crisis in kept.items() if crisis}
        found |= {crisis.crisis.id: crisis for crisis in loaded}
        for crisis in found.values():
            self._vault.meet(crisis.crisis.id, crisis.key)
        return [found[row["id"]] for row in rows]

    def _read(self, rows: Collection[RowMapping]) -> list[Kept]:
        if not rows:
            return []
        ids = [row["id"] for row in rows]
        self._vault.fetch(ids)
        parts: dict[CrisisId, dict[Table, list[Mapping[str, Any]]]] = {
            crisis_id: {part.table: [] for part in PARTS} for crisis_id in ids
        }
        for part in PARTS:
            for row in self._connection.execute(_parts_of(part.table), {"ids": ids}).mappings():
                crisis_id = row["crisis_id"]
                parts[crisis_id][part.table].append(self._vault.open_row(part.table, crisis_id, row))
        return [
            Kept(
                crisis_of(self._vault.open_row(crises, row["id"], row), parts[row["id"]]),
                self._vault.key(row["id"]),
            )
            for row in rows
        ]

    def _unmoved(self, loaded: Iterable[Kept]) -> bool:
        """Whether nobody committed while these were read: else their parts may not fit together."""
        read = {kept.crisis.id: kept.crisis.version for kept in loaded}
        query = select(crises.c.id, crises.c.version).where(crises.c.id.in_(read))
        return all(read[row.id] == row.version for row in self._connection.execute(query))


@cache
def _parts_of(table: Table) -> Select[Any]:
    query = select(table).where(table.c.crisis_id.in_(bindparam("ids", expanding=True)))
    return query.order_by(*table.primary_key)
