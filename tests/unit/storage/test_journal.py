"""The hash of a journal entry."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.domain.ids import CrisisId, PersonId
from bot.storage.journal import START, entry_hash
from tests.rig.samples import LEA, NIGHT

CRISIS = CrisisId("0000000000000001")


@dataclass(frozen=True)
class Entry:
    previous: bytes = START
    crisis: CrisisId = CRISIS
    seq: int = 1
    kind: str = "note_added"
    by: PersonId | None = LEA
    occurred_at = NIGHT
    recorded_at = NIGHT + timedelta(seconds=1)
    payload: bytes = b"sealed"

    @property
    def hash(self):
        return entry_hash(
            self.previous,
            crisis=self.crisis,
            seq=self.seq,
            kind=self.kind,
            by=self.by,
            occurred_at=self.occurred_at,
            recorded_at=self.recorded_at,
            payload=self.payload,
        )


def test_it_stays_the_same_for_ever():
    """Journals are kept for years: another hash would make them all look forged."""
    assert Entry().hash.hex() == "24e6c2d196ed68f49d3d412dc652db334301aaa17c6608640c2e0fa5085db1e9"


@pytest.mark.parametrize(
    "other",
    [
        {"previous": bytes(31) + b"1"},
        {"crisis": "0000000000000002"},
        {"seq": 2},
        {"kind": "crisis_closed"},
        {"by": None},
        {"payload": b"other"},
        {"kind": "note_addedl", "by": "ea"},
    ],
)
def test_it_depends_on_each_field_in_its_place(other):
    assert replace(Entry(), **other).hash != Entry().hash
