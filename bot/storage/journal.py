"""The *main courante*: one hash chain a crisis, over the sealed bytes: it holds when words were erased."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, tuple_

from bot.domain.events import Event
from bot.domain.ids import CrisisId, PersonId
from bot.reactions.texts import EVENTS
from bot.storage.cache import Cache, JournalEnd
from bot.storage.columns import microseconds
from bot.storage.tables import journal
from bot.storage.vault import Vault
from bot.store import JournalEntry

_INSERT = insert(journal)
PAYLOAD = "journal.payload"
START = bytes(32)
"""What the first entry of a chain follows."""


def entry_hash(
    previous: bytes,
    *,
    crisis: CrisisId,
    seq: int,
    kind: str,
    by: PersonId | None,
    occurred_at: datetime,
    recorded_at: datetime,
    payload: bytes,
) -> bytes:
    """SHA-256 over the previous hash and these fields in this order.

    Each field is preceded by its length in bytes (eight, big-endian): nothing can move from one to another.
    Texts are UTF-8, numbers decimal, hours microseconds since 1970; what Cellule did has an empty `by`.
    """
    texts = (crisis, str(seq), kind, by or "", str(microseconds(occurred_at)), str(microseconds(recorded_at)))
    digest = sha256(previous)
    for field in (*(text.encode() for text in texts), payload):
        digest.update(len(field).to_bytes(8) + field)
    return digest.digest()


class SqlJournal:
    """The journals that one unit of work reads and writes."""

    def __init__(self, connection: Connection, vault: Vault, cache: Cache) -> None:
        self._connection = connection
        self._vault = vault
        self._cache = cache
        self._waiting: list[tuple[CrisisId, Event, datetime]] = []
        self._ends: dict[CrisisId, JournalEnd] = {}

    def append(self, crisis_id: CrisisId, events: Sequence[Event], *, recorded_at: datetime) -> None:
        self._waiting += [(crisis_id, event, recorded_at) for event in events]

    def of(self, crisis_id: CrisisId, *, last: int | None = None) -> Sequence[JournalEntry]:
        """Entries whose words were erased stay in the chain, and are left out here."""
        self.flush()
        query = (
            select(journal).where(journal.c.crisis_id == crisis_id).order_by(journal.c.seq.desc()).limit(last)
        )
        entries = [self._entry(row) for row in self._connection.execute(query)]
        return [entry for entry in reversed(entries) if entry is not None]

    def broken_at(self, crisis_id: CrisisId) -> int | None:
        self.flush()
        query = select(journal).where(journal.c.crisis_id == crisis_id).order_by(journal.c.seq)
        previous = START
        for row in self._connection.execute(query):
            expected = entry_hash(
                previous,
                crisis=crisis_id,
                seq=row.seq,
                kind=row.kind,
                by=row.by,
                occurred_at=row.occurred_at,
                recorded_at=row.recorded_at,
                payload=row.payload,
            )
            if row.hash != expected:
                return int(row.seq)
            previous = expected
        return None

    def flush(self) -> None:
        """Write what was appended. Two that append at the same instant end in a `Conflict`."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        ends = self._ends
        ends |= self._read_ends({crisis_id for crisis_id, _, _ in waiting} - ends.keys())
        rows = []
        for crisis_id, event, recorded_at in waiting:
            new = self._row(crisis_id, event, recorded_at, after=ends[crisis_id])
            ends[crisis_id] = (new["seq"], new["hash"])
            rows.append(new)
        self._connection.execute(_INSERT, rows)

    def committed(self) -> None:
        """Take note that all is written."""
        for crisis_id, end in self._ends.items():
            self._cache.keep_end(crisis_id, end)

    def _read_ends(self, ids: Collection[CrisisId]) -> Mapping[CrisisId, JournalEnd]:
        """How these journals end; the database is asked only about those that nobody here wrote last."""
        ends = {
            crisis_id: (0, START) if self._vault.made(crisis_id) else self._cache.take_end(crisis_id)
            for crisis_id in ids
        }
        found = {crisis_id: end for crisis_id, end in ends.items() if end is not None}
        if unknown := sorted(ends.keys() - found.keys()):
            found |= dict.fromkeys(unknown, (0, START))
            for row in self._connection.execute(_ends(), {"ids": unknown}):
                found[row.crisis_id] = (row.seq, row.hash)
        return found

    def _row(
        self, crisis_id: CrisisId, event: Event, recorded_at: datetime, *, after: tuple[int, bytes]
    ) -> dict[str, Any]:
        seq, previous = after[0] + 1, after[1]
        payload = self._vault.seal(crisis_id, EVENTS.dump_json(event), column=PAYLOAD)
        return {
            "crisis_id": crisis_id,
            "seq": seq,
            "kind": event.kind,
            "by": event.by,
            "occurred_at": event.at,
            "recorded_at": recorded_at,
            "payload": payload,
            "hash": entry_hash(
                previous,
                crisis=crisis_id,
                seq=seq,
                kind=event.kind,
                by=event.by,
                occurred_at=event.at,
                recorded_at=recorded_at,
                payload=payload,
            ),
        }

    def _entry(self, row: Row[Any]) -> JournalEntry | None:
        payload = self._vault.open(row.crisis_id, row.payload, column=PAYLOAD)
        if payload is None:
            return None
        event = EVENTS.validate_json(payload)
        return JournalEntry(row.seq, row.occurred_at, row.recorded_at, event, row.hash)


@cache
def _ends() -> Select[Any]:
    """The last entry of each journal."""
    mine = journal.c.crisis_id.in_(bindparam("ids", expanding=True))
    last = select(journal.c.crisis_id, func.max(journal.c.seq)).where(mine).group_by(journal.c.crisis_id)
    return select(journal).where(tuple_(journal.c.crisis_id, journal.c.seq).in_(last))
