"""What every store promises about the journal."""

from datetime import timedelta

import pytest

from bot.domain.events import NoteAdded
from bot.store import Conflict
from tests.rig.samples import LEA, NIGHT, opened_crisis

LATER = NIGHT + timedelta(seconds=1)


@pytest.fixture
def crisis(store):
    crisis = opened_crisis()
    with store.write() as uow:
        uow.crises.add(crisis)
        uow.commit()
    return crisis


def note(text):
    return NoteAdded(at=NIGHT, by=LEA, text=text)


def append(store, crisis, *texts):
    with store.write() as uow:
        uow.journal.append(crisis.id, [note(text) for text in texts], recorded_at=LATER)
        uow.commit()


def test_it_keeps_events_in_order_with_both_hours(store, crisis):
    append(store, crisis, "un", "deux")
    append(store, crisis, "trois")
    with store.read() as uow:
        entries = uow.journal.of(crisis.id)
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [entry.event for entry in entries] == [note("un"), note("deux"), note("trois")]
    assert {(entry.occurred_at, entry.recorded_at) for entry in entries} == {(NIGHT, LATER)}


def test_it_gives_only_the_last_entries_when_asked(store, crisis):
    append(store, crisis, "un", "deux", "trois")
    with store.read() as uow:
        assert [entry.event.text for entry in uow.journal.of(crisis.id, last=2)] == ["deux", "trois"]
        assert len(uow.journal.of(crisis.id, last=20)) == 3


def test_it_keeps_the_journals_of_crises_apart(store, crisis):
    other = opened_crisis(2)
    with store.write() as uow:
        uow.crises.add(other)
        uow.journal.append(crisis.id, [note("ici")], recorded_at=LATER)
        uow.journal.append(other.id, [note("là")], recorded_at=LATER)
        uow.journal.append(crisis.id, [note("encore ici")], recorded_at=LATER)
        uow.commit()
    with store.read() as uow:
        assert [entry.event.text for entry in uow.journal.of(crisis.id)] == ["ici", "encore ici"]
        assert [entry.seq for entry in uow.journal.of(other.id)] == [1]


def test_it_reads_what_this_unit_of_work_appended(store, crisis):
    with store.write() as uow:
        uow.journal.append(crisis.id, [note("un")], recorded_at=LATER)
        assert len(uow.journal.of(crisis.id)) == 1
        uow.journal.append(crisis.id, [note("deux")], recorded_at=LATER)
        uow.commit()
    with store.read() as uow:
        assert [entry.seq for entry in uow.journal.of(crisis.id)] == [1, 2]


def test_it_writes_the_journal_of_a_crisis_added_in_the_same_breath(store):
    with store.write() as uow:
        new = opened_crisis(5)
        uow.crises.add(new)
        uow.journal.append(new.id, [note("un")], recorded_at=LATER)
        assert len(uow.journal.of(new.id)) == 1
        uow.commit()
    with store.read() as uow:
        assert len(uow.journal.of(new.id)) == 1


def test_it_has_no_journal_for_a_crisis_that_does_not_exist(store):
    with pytest.raises(KeyError):
        append(store, opened_crisis(9), "un")


def test_it_finds_a_chain_whole(store, crisis):
    append(store, crisis, "un", "deux")
    append(store, crisis, "trois")
    with store.read() as uow:
        assert uow.journal.broken_at(crisis.id) is None
        assert uow.journal.broken_at(opened_crisis(9).id) is None


def test_it_lets_one_of_two_append_at_the_same_instant(concurrent_store):
    new = opened_crisis()
    with concurrent_store.write() as uow:
        uow.crises.add(new)
        uow.commit()
    with concurrent_store.write() as slow:
        slow.crises.of(["forum"])[0].record(note("lent"))
        slow.journal.append(new.id, [note("lent")], recorded_at=LATER)
        with concurrent_store.write() as quick:
            quick.crises.get(new.id).record(note("vif"))
            quick.journal.append(new.id, [note("vif")], recorded_at=LATER)
            quick.commit()
        with pytest.raises(Conflict):
            slow.commit()
    with concurrent_store.read() as uow:
        assert [entry.event.text for entry in uow.journal.of(new.id)] == ["vif"]
