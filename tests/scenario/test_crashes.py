"""Killed at any boundary between commit and call, then started again: it ends as if nothing had happened."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.domain.states import CrisisStatus
from bot.domain.verbs import Verb
from bot.ports import DirectPlace
from bot.storage.engine import open_database
from bot.storage.seal import Keyring
from bot.storage.sql import SqlStore
from bot.store import Store
from tests.rig.chat import Chat
from tests.rig.core import Core
from tests.rig.crashing import Boundaries, CrashingStore, Killed
from tests.rig.memory import MemoryStore
from tests.rig.migrated import migrated

LEASE = 6.0
"""Seconds after which a restarted service takes over what the killed one had begun, and lists are drawn."""
MANY = 400
STEP = 7

Act = Callable[[Core], object]


def only(core: Core) -> str:
    (crisis,) = core.crises()
    return crisis


ACTS: tuple[Act, ...] = (
    lambda core: core.fill("lea", Verb.OPEN, key="1", text="au secours", first_choice="someone_in_danger"),
    lambda core: core.press("noe", Verb.DECLINE, only(core), key="2"),
    lambda core: core.fill("lea", Verb.DRAFT, only(core), key="3", text="Bonjour.", routes="email"),
    lambda core: core.press("farid", Verb.APPROVE, only(core) + ".d1", 1, key="4"),
    lambda core: core.press("lea", Verb.RELEASE, only(core) + ".d1", 1, key="5"),
    lambda core: core.fill("lea", Verb.DISPATCH, only(core) + ".d1.email", key="6", note="envoyé"),
)


class Played:
    """One run of the story, killed at most once; the person or Slack sends again what was not answered."""

    def __init__(self, store: Store, last: int | None = None) -> None:
        self.boundaries = Boundaries(last)
        self.chat = Chat()
        self.core = self._process(store)
        self.killed = False
        for act in ACTS:
            self._do(store, act)
            self._do(store, lambda core: core.later(seconds=LEASE))

    def _process(self, store: Store) -> Core:
        self.chat.before = self.chat.after = self.boundaries.cross
        return Core(store=CrashingStore(store, self.boundaries), chat=self.chat)

    def _do(self, store: Store, act: Act) -> None:
        try:
            act(self.core)
        except Killed:
            now = self.core.now
            self.killed = True
            self.core = self._process(store)
            self.core.now = now
            act(self.core)
            self.core.later(seconds=LEASE)

    def seen(self) -> dict[str, Counter[str]]:
        """What stands where in the end: by person, or in the room, each message by its neutral summary."""
        places: dict[str, Counter[str]] = {}
        for said in self.chat.said.values():
            where = said.place.person if isinstance(said.place, DirectPlace) else "room"
            places.setdefault(where, Counter())[said.card.summary] += 1
        return places

    def state(self) -> object:
        crisis = self.core.crisis(self.core.crises()[0])
        people = {(a.person, a.role, a.presence) for a in crisis.assignments}
        rooms = [(room.name, sorted(room.people)) for room in self.chat.rooms.values()]
        kinds = Counter(entry.event.kind for entry in self._journal())
        return people, rooms, kinds, crisis.status, [d.status for d in crisis.drafts], self.seen()

    def _journal(self):
        with self.core.store.read() as uow:
            crisis = self.core.crises()[0]
            assert uow.journal.broken_at(crisis) is None
            return uow.journal.of(crisis)


@pytest.fixture(scope="module")
def undisturbed() -> Played:
    return Played(MemoryStore())


def test_it_plays_the_story_without_a_crash(undisturbed: Played) -> None:
    (crisis,) = (undisturbed.core.crisis(c) for c in undisturbed.core.crises())
    assert crisis.status is CrisisStatus.REPLIED
    assert undisturbed.boundaries.crossed < MANY


def test_it_ends_alike_wherever_it_was_killed(undisturbed: Played) -> None:
    """Some of the boundaries, from a seeded start; the long run takes them all."""
    start = random.Random(2).randrange(1, STEP + 1)
    for last in range(start, undisturbed.boundaries.crossed + 1, STEP):
        played = Played(MemoryStore(), last)
        assert played.killed
        assert played.state() == undisturbed.state(), f"killed at boundary {last}"


@pytest.mark.soak
def test_it_ends_alike_killed_at_each_boundary(undisturbed: Played) -> None:
    for last in range(1, undisturbed.boundaries.crossed + 1):
        assert Played(MemoryStore(), last).state() == undisturbed.state(), f"killed at boundary {last}"


@pytest.mark.parametrize("last", [1, 2, 5, 9, 16, 23, 40, 61])
def test_it_ends_alike_on_a_real_database(undisturbed: Played, tmp_path: Path, last: int) -> None:
    with sqlite(tmp_path) as store:
        played = Played(store, last)
        assert played.killed
        assert played.state() == undisturbed.state()


@contextmanager
def sqlite(folder: Path) -> Iterator[Store]:
    database = open_database(migrated(folder))
    yield SqlStore(database, Keyring(["a secret for tests"]))
    database.close()
