"""Several threads and processes on one database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count
from threading import Barrier

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from bot.domain.drafts import Draft, Revision
from bot.domain.events import NoteAdded
from bot.domain.ids import Platform
from bot.domain.reminders import Reminder
from bot.domain.states import DraftStatus, ReminderKind, Route
from bot.domain.verbs import Verb
from bot.storage.sql import SqlStore
from bot.storage.vault import erase_words
from bot.store import Conflict, Outgoing, Task
from tests.rig.core import Core
from tests.rig.samples import LEA, NIGHT, crisis_with_everything, opened_crisis

CRISIS = opened_crisis()
LEASE = NIGHT + timedelta(seconds=30)


def process(opened, url, keyring):
    """A store with connections and a cache of its own."""
    return SqlStore(opened(url), keyring)


def add(store, *crises):
    with store.write() as uow:
        for crisis in crises:
            uow.crises.add(crisis)
        uow.commit()


def rows(total, *, lane=""):
    return [
        Outgoing(
            id=0, task=Task.CREATE_ROOM, platform=Platform.SLACK, subject="s", ordinal=n, at=NIGHT, lane=lane
        )
        for n in range(total)
    ]


def test_it_has_processes_wait_for_one_another_that_change_the_same_crisis(opened, url, keyring):
    stores = [process(opened, url, keyring) for _ in range(4)]
    add(stores[0], opened_crisis())

    def raise_counts(store):
        for _ in range(40):
            with store.write() as uow:
                uow.crises.get(CRISIS.id).reminders_set += 1
                uow.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(raise_counts, stores))
    with stores[0].read() as uow:
        assert uow.crises.get(CRISIS.id).reminders_set == 160


def test_it_sees_what_another_process_changed(opened, url, keyring):
    ours, theirs = process(opened, url, keyring), process(opened, url, keyring)
    add(ours, crisis_with_everything())
    with theirs.write() as uow:
        crisis = uow.crises.get(CRISIS.id)
        crisis.members = ()
        uow.commit()
    with ours.read() as uow:
        assert uow.crises.get(CRISIS.id) == crisis


def test_it_lets_one_of_two_opposite_merges_win(opened, url, keyring):
    cores = [Core(store=process(opened, url, keyring)) for _ in range(2)]
    first, second = (cores[0].opens(first="anger_or_image") for _ in range(2))
    both, numbers = Barrier(2), [cores[0].crisis(each).number for each in (first, second)]

    def merge(core, gone, into):
        both.wait()
        return core.fill("lea", Verb.MERGE, gone, into=into, same="same", reason="même publication").code

    with ThreadPoolExecutor(2) as pool:
        codes = set(pool.map(merge, cores, (first, second), reversed(numbers)))
    assert codes == {None, "crisis_merged"}
    kept = [each for each in map(cores[0].crisis, (first, second)) if each.merged_into is None]
    assert [len(each.messages) for each in kept] == [2]


def test_it_gives_a_row_to_one_process_alone(opened, url, keyring):
    stores = [process(opened, url, keyring) for _ in range(4)]
    with stores[0].write() as uow:
        uow.outbox.put(rows(60))
        uow.reminders.plan([Reminder(ReminderKind.DIGEST, "helene", n, NIGHT) for n in range(60)])
        uow.commit()

    def claim_all(store):
        claimed, due = [], []
        for _ in range(12):
            with store.write() as uow:
                claimed += [row.ordinal for row in uow.outbox.claim(now=NIGHT, lease_until=LEASE, limit=7)]
                due += [row.ordinal for row in uow.reminders.claim_due(now=NIGHT, limit=7)]
                uow.commit()
        return claimed, due

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(claim_all, stores))
    assert sorted(n for claimed, _ in results for n in claimed) == list(range(60))
    assert sorted(n for _, due in results for n in due) == list(range(60))


def test_it_keeps_a_lane_in_order_over_two_processes(postgresql, opened, keyring):
    first, second = (process(opened, postgresql, keyring) for _ in range(2))
    with first.write() as uow:
        uow.outbox.put(rows(2, lane="claire"))
        uow.commit()
    with first.write() as one, second.write() as two:
        assert [row.ordinal for row in one.outbox.claim(now=NIGHT, lease_until=LEASE, limit=9)] == [0]
        assert two.outbox.claim(now=NIGHT, lease_until=LEASE, limit=9) == []


def test_it_claims_past_what_another_process_is_claiming(postgresql, opened, keyring):
    first, second = (process(opened, postgresql, keyring) for _ in range(2))
    with first.write() as uow:
        uow.reminders.plan([Reminder(ReminderKind.DIGEST, "helene", n, NIGHT) for n in range(2)])
        uow.commit()
    with first.write() as one, second.write() as two:
        assert [row.ordinal for row in one.reminders.claim_due(now=NIGHT, limit=1)] == [0]
        assert [row.ordinal for row in two.reminders.claim_due(now=NIGHT, limit=1)] == [1]


def test_it_puts_no_two_states_of_a_crisis_together(postgresql, opened, keyring):
    """Listing crises locks none: somebody may commit between two statements."""
    database = opened(postgresql)
    lister, writer = SqlStore(database, keyring), process(opened, postgresql, keyring)
    add(writer, opened_crisis())
    revision = Revision(1, "Bonjour", "f", LEA, NIGHT)
    draft = Draft(1, DraftStatus.IN_REVIEW, (Route.EMAIL,), NIGHT, (revision,))
    readings = count()

    def draft_in_between(_connection, _cursor, statement, *_rest):
        if "FROM drafts" in statement and next(readings) == 0:
            with writer.write() as uow:
                uow.crises.get(CRISIS.id).drafts = (draft,)
                uow.commit()

    event.listen(database.writer, "after_cursor_execute", draft_in_between)
    with lister.write() as uow:
        assert [crisis.drafts for crisis in uow.crises.of(["forum"])] == [(draft,)]
    event.remove(database.writer, "after_cursor_execute", draft_in_between)
    with lister.read() as reader:
        assert [crisis.drafts for crisis in reader.crises.of(["forum"])] == [(draft,)]


def test_it_keeps_no_words_that_were_erased_while_it_read(postgresql, opened, keyring):
    store, other = process(opened, postgresql, keyring), opened(postgresql)
    add(store, crisis_with_everything(words="bergamote"))
    with store.write() as uow:
        uow.crises.of(["forum"])
        with other.write() as connection:
            erase_words(connection, CRISIS.id)
            connection.commit()
        uow.crises.of(["forum"])
    with store.read() as uow:
        assert "bergamote" not in repr(uow.crises.of(["forum"]))


def test_it_keeps_no_state_that_was_not_committed(sql_store):
    add(sql_store, opened_crisis())
    with sql_store.write() as uow:
        uow.crises.get(CRISIS.id).severity = 1
    with sql_store.write() as uow:
        crisis = uow.crises.get(CRISIS.id)
        assert crisis.severity == 4
        crisis.severity = 2
        uow.commit()
    with sql_store.read() as uow:
        assert uow.crises.get(CRISIS.id) == replace(crisis, events=[])


def test_it_keeps_no_state_whose_commit_failed(sql_store, database):
    def break_the_commit(connection, _cursor, statement, *_rest):
        if statement.startswith("UPDATE crises"):
            connection.exec_driver_sql("INSERT INTO crisis_keys (crisis_id) VALUES ('absent')")

    add(sql_store, opened_crisis())
    event.listen(database.writer, "before_cursor_execute", break_the_commit)
    with sql_store.write() as uow:
        crisis = uow.crises.get(CRISIS.id)
        crisis.severity = 1
        crisis.record(NoteAdded(at=NIGHT, text="mot"))
        with pytest.raises(IntegrityError):
            uow.commit()
    event.remove(database.writer, "before_cursor_execute", break_the_commit)
    assert len(crisis.events) == 1
    with sql_store.write() as uow:
        assert uow.crises.get(CRISIS.id).severity == 4


def test_it_has_processes_that_add_to_one_journal_by_turns_meet_what_the_other_added(opened, url, keyring):
    ours, theirs = process(opened, url, keyring), process(opened, url, keyring)
    add(ours, opened_crisis())
    note(ours, "un")
    note(theirs, "deux")
    with pytest.raises(Conflict):
        note(ours, "trois")
    note(ours, "trois")
    note(ours, "quatre")
    with theirs.read() as uow:
        assert [entry.event.text for entry in uow.journal.of(CRISIS.id)] == ["un", "deux", "trois", "quatre"]
        assert uow.journal.broken_at(CRISIS.id) is None


def note(store, text):
    with store.write() as uow:
        uow.journal.append(CRISIS.id, [NoteAdded(at=NIGHT, text=text)], recorded_at=NIGHT)
        uow.commit()
