"""Crises that this process loaded before, good for as long as their version has not moved.

Every change of a crisis moves its version in the same transaction, whichever process makes it: so a version
read from the database tells whether a kept crisis is current (`docs/adr/0004-crisis-cache-by-version.md`).
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from bot.domain.crisis import Crisis
from bot.domain.ids import CrisisId
from bot.storage.seal import Key

JournalEnd = tuple[int, bytes]
"""The sequence number and the hash of a journal's last entry."""

SIZE = 1024  # crises: more than are ever open at once, some tens of MB at the very most


@dataclass(frozen=True, slots=True)
class Kept:
    """A crisis as the database has it, never handed out itself, and the key of its words (None: erased)."""

    crisis: Crisis
    key: Key | None


class Cache:
    """The crises used last, and how their journals end. Safe for threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[CrisisId, Kept] = OrderedDict()
        self._ends: OrderedDict[CrisisId, JournalEnd] = OrderedDict()
        self._lock = Lock()

    def get(self, crisis_id: CrisisId, *, version: int) -> Kept | None:
        """Return the crisis if it is kept at exactly this version."""
        with self._lock:
            kept = self._kept.get(crisis_id)
            if kept is None or kept.crisis.version != version:
                return None
            self._kept.move_to_end(crisis_id)
            return kept

    def keep(self, kept: Kept) -> None:
        """Keep a crisis as it was committed; the one used longest ago makes room."""
        with self._lock:
            self._kept[kept.crisis.id] = kept
            self._kept.move_to_end(kept.crisis.id)
            if len(self._kept) > SIZE:
                self._kept.popitem(last=False)

    def take_end(self, crisis_id: CrisisId) -> JournalEnd | None:
        """Return how a journal ended at this process's last commit, and forget it.

        Another process may have added to it since: whoever builds on it meets the number that is taken, a
        `Conflict`, and reads the end when they run again.
        """
        with self._lock:
            return self._ends.pop(crisis_id, None)

    def keep_end(self, crisis_id: CrisisId, end: JournalEnd) -> None:
        """Keep how a journal ends, as it was committed."""
        with self._lock:
            self._ends[crisis_id] = end
            if len(self._ends) > SIZE:
                self._ends.popitem(last=False)
