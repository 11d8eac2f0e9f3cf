"""Seals and opens the words of one unit of work, and knows the keys of the crises it met."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, delete, insert, select, update

from bot.domain.ids import CrisisId
from bot.storage.columns import Sealed
from bot.storage.seal import Key, Keyring, Purpose
from bot.storage.tables import crises, crisis_keys, crisis_marks, metadata

_SEALED = {
    table: frozenset(column.name for column in table.c if isinstance(column.type, Sealed))
    for table in metadata.sorted_tables
}


class Erased(Exception):
    """The key of this crisis was erased: nothing can be written in its name any more."""


def erase_words(connection: Connection, crisis: CrisisId) -> None:
    """Erase for ever what was written in a crisis: its texts read as empty, its journal still verifies.

    Its version moves, so that no process goes on using what it has kept.
    """
    connection.execute(update(crisis_keys).where(crisis_keys.c.crisis_id == crisis).values(wrapped=None))
    connection.execute(delete(crisis_marks).where(crisis_marks.c.crisis_id == crisis))
    connection.execute(update(crises).where(crises.c.id == crisis).values(version=crises.c.version + 1))


class Vault:
    """The keys of one unit of work; what it makes is not shared before the commit."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring
        self._keys: dict[CrisisId, Key | None] = {}
        self._made: set[CrisisId] = set()

    def make_key(self, crisis: CrisisId) -> None:
        """Give a new crisis its key."""
        key = Key.new()
        self._connection.execute(
            insert(crisis_keys), {"crisis_id": crisis, "wrapped": self._keyring.wrap(key, crisis=crisis)}
        )
        self._keys[crisis] = key
        self._made.add(crisis)

    def made(self, crisis: CrisisId) -> bool:
        """Whether this unit of work made its key: nothing was written about it before."""
        return crisis in self._made

    def meet(self, crisis: CrisisId, key: Key | None) -> None:
        """Take over a key that is known to be current."""
        self._keys[crisis] = key

    def meet_all(self, ids: Iterable[CrisisId]) -> None:
        """Fetch the keys that are not known yet."""
        if unknown := set(ids) - self._keys.keys():
            self.fetch(unknown)

    def fetch(self, ids: Collection[CrisisId]) -> None:
        """Fetch keys as they are now: one that was known may have been erased since."""
        query = select(crisis_keys).where(crisis_keys.c.crisis_id.in_(ids))
        for crisis, wrapped in self._connection.execute(query):
            self._keys[crisis] = wrapped and self._keyring.unwrap(wrapped, crisis=crisis)

    def key(self, crisis: CrisisId) -> Key | None:
        """None: it was erased. Raises `KeyError` for a crisis that does not exist."""
        self.meet_all([crisis])
        return self._keys[crisis]

    def seal(self, crisis: CrisisId | None, value: bytes, *, column: str) -> bytes:
        """Raises `Erased`."""
        if crisis is None:
            return self._keyring.seal(Purpose.OUTSIDE_A_CRISIS, value, bound_to=column)
        key = self.key(crisis)
        if key is None:
            raise Erased
        return key.seal(value, bound_to=f"{crisis}:{column}")

    def open(self, crisis: CrisisId | None, sealed: bytes, *, column: str) -> bytes | None:
        """None: it was erased. Raises `InvalidTag` or `WrongKey` for a value that was changed or moved."""
        if crisis is None:
            return self._keyring.open(Purpose.OUTSIDE_A_CRISIS, sealed, bound_to=column)
        key = self.key(crisis)
        return None if key is None else key.open(sealed, bound_to=f"{crisis}:{column}")

    def marks(self, likeness: str) -> Sequence[bytes]:
        """By each secret, the newest first."""
        return self._keyring.marks(likeness.encode())

    def seal_row(self, table: Table, crisis: CrisisId | None, row: Mapping[str, Any]) -> dict[str, Any]:
        """Seal what the table holds sealed. An empty text is no secret: it becomes NULL."""
        sealed = dict(row)
        for name in _SEALED[table] & row.keys():
            column = f"{table.name}.{name}"
            sealed[name] = self.seal(crisis, row[name].encode(), column=column) if row[name] else None
        return sealed

    def open_row(self, table: Table, crisis: CrisisId | None, row: RowMapping) -> dict[str, Any]:
        """Open what `seal_row` sealed; erased words read as empty."""
        opened = dict(row)
        for name in _SEALED[table]:
            value = row[name] and self.open(crisis, row[name], column=f"{table.name}.{name}")
            opened[name] = value.decode() if value else ""
        return opened
