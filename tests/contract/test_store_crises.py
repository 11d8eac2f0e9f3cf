"""What every store promises about crises and units of work."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.domain.crisis import Member, Room
from bot.domain.events import NoteAdded
from bot.domain.guests import hash_of
from bot.domain.ids import CrisisId, Platform, RoomRef
from bot.domain.states import CrisisStatus, RoomStatus
from bot.store import Conflict, Store
from tests.rig.samples import LEA, NIGHT, crisis_with_everything, opened_crisis


def add(store: Store, *crises):
    with store.write() as uow:
        for crisis in crises:
            uow.crises.add(crisis)
        uow.commit()


def load(store: Store, crisis_id):
    with store.read() as uow:
        return uow.crises.get(crisis_id)


def test_it_gives_back_a_crisis_with_all_its_parts(store):
    crisis = crisis_with_everything()
    add(store, crisis)
    assert load(store, crisis.id) == crisis


def test_it_has_no_crisis_that_was_never_added(store):
    assert load(store, CrisisId("absent")) is None


def test_it_undoes_everything_without_a_commit(store):
    with store.write() as uow:
        uow.crises.add(opened_crisis())
    assert load(store, opened_crisis().id) is None


def test_it_undoes_everything_when_something_is_raised(store):
    crisis = opened_crisis()
    add(store, crisis)

    def fail_in_the_middle():
        with store.write() as uow:
            uow.crises.get(crisis.id).severity = 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_in_the_middle()
    assert load(store, crisis.id).severity == 4


def test_it_writes_what_was_changed_after_it_was_got(store):
    crisis = crisis_with_everything()
    add(store, crisis)
    with store.write() as uow:
        got = uow.crises.get(crisis.id)
        got.severity = 2
        got.members = (*got.members, Member("m2", "autre"))
        got.assignments = got.assignments[1:]
        got.pending = None
        uow.commit()
    assert load(store, crisis.id) == got
    assert load(store, crisis.id).assignments == crisis.assignments[1:]


def test_it_gives_the_same_crisis_twice_within_a_unit_of_work(store):
    crisis = opened_crisis(rooms=(Room(Platform.SLACK, RoomStatus.READY, RoomRef("C1")),))
    add(store, crisis)
    with store.write() as uow:
        got = uow.crises.get(crisis.id)
        got.severity = 1
        assert uow.crises.get(crisis.id) is got
        assert uow.crises.in_room(Platform.SLACK, RoomRef("C1")) is got
        assert uow.crises.of(["forum"]) == [got]


def test_it_never_hands_out_what_another_unit_of_work_holds(store):
    crisis = opened_crisis()
    add(store, crisis)
    crisis.severity = 1
    with store.read() as first:
        first.crises.get(crisis.id).severity = 1
    assert load(store, crisis.id).severity == 4


def test_it_empties_the_events_of_what_it_wrote(store):
    crisis = opened_crisis()
    crisis.record(NoteAdded(at=NIGHT, by=LEA, text="mot"))
    add(store, crisis)
    assert crisis.events == []
    assert load(store, crisis.id).events == []


def test_it_keeps_the_events_of_what_was_not_committed(store):
    crisis = opened_crisis()
    crisis.record(NoteAdded(at=NIGHT, by=LEA, text="mot"))
    with store.write() as uow:
        uow.crises.add(crisis)
    assert len(crisis.events) == 1


def test_it_moves_the_version_of_what_changed_or_has_events_alone(store):
    crisis, other = opened_crisis(1), opened_crisis(2)
    add(store, crisis, other)
    with store.write() as uow:
        uow.crises.get(other.id)
        uow.crises.get(crisis.id).record(NoteAdded(at=NIGHT, by=LEA, text="mot"))
        uow.commit()
    assert load(store, crisis.id).version == crisis.version + 1
    assert load(store, other.id).version == other.version


def test_it_finds_a_crisis_by_its_room(store):
    crisis = opened_crisis(1, rooms=(Room(Platform.SLACK, RoomStatus.READY, RoomRef("C1")),))
    add(store, crisis, opened_crisis(2))
    with store.read() as uow:
        assert uow.crises.in_room(Platform.SLACK, RoomRef("C1")) == crisis
        assert uow.crises.in_room(Platform.WEB, RoomRef("C1")) is None
        assert uow.crises.in_room(Platform.SLACK, RoomRef("C2")) is None


def test_it_finds_a_crisis_by_its_number(store):
    crisis = opened_crisis(1)
    add(store, crisis, opened_crisis(2))
    with store.read() as uow:
        assert uow.crises.numbered("2026-001") == crisis
        assert uow.crises.numbered("2026-003") is None


def test_it_finds_the_room_of_a_crisis_that_was_added_a_moment_ago(store):
    crisis = opened_crisis(rooms=(Room(Platform.SLACK, RoomStatus.READY, RoomRef("C1")),))
    with store.write() as uow:
        uow.crises.add(crisis)
        assert uow.crises.in_room(Platform.SLACK, RoomRef("C1")) is crisis
        assert uow.crises.get(crisis.id) is crisis
        assert uow.crises.of(["forum"]) == [crisis]


def test_it_tells_what_it_saw(store):
    add(store, opened_crisis(1), opened_crisis(2))
    with store.write() as uow:
        assert list(uow.crises.seen()) == []
        got = uow.crises.get(opened_crisis(2).id)
        added = opened_crisis(3)
        uow.crises.add(added)
        assert list(uow.crises.seen()) == [got, added]


def test_it_lists_the_open_crises_of_communities_oldest_first(store):
    closed = opened_crisis(4, status=CrisisStatus.CLOSED, closed_at=NIGHT)
    elsewhere = opened_crisis(3, community="boutique")
    add(store, opened_crisis(2), closed, elsewhere, opened_crisis(1))
    with store.read() as uow:
        assert [crisis.number for crisis in uow.crises.of(["forum"])] == ["2026-001", "2026-002"]
        assert [crisis.number for crisis in uow.crises.of(["boutique", "forum"])][-1] == "2026-003"
        assert list(uow.crises.of([])) == []


def test_it_lists_those_closed_lately_when_asked(store):
    before = opened_crisis(1, status=CrisisStatus.CLOSED, closed_at=NIGHT)
    after = opened_crisis(2, status=CrisisStatus.CLOSED, closed_at=NIGHT + timedelta(microseconds=1))
    add(store, before, after)
    with store.read() as uow:
        assert [crisis.id for crisis in uow.crises.of(["forum"], closed_since=NIGHT)] == [after.id]


def test_it_tells_the_communities_whose_crises_still_need_them(store):
    before = opened_crisis(1, status=CrisisStatus.CLOSED, closed_at=NIGHT)
    after = opened_crisis(
        2, status=CrisisStatus.CLOSED, closed_at=NIGHT + timedelta(microseconds=1), community="boutique"
    )
    add(store, before, after)
    with store.read() as uow:
        assert set(uow.crises.communities(closed_since=NIGHT)) == {"boutique"}
    add(store, opened_crisis(3))
    with store.read() as uow:
        assert set(uow.crises.communities(closed_since=NIGHT)) == {"boutique", "forum"}


def test_it_lists_a_crisis_no_more_once_this_unit_of_work_closed_it(store):
    crisis = opened_crisis()
    add(store, crisis)
    with store.write() as uow:
        uow.crises.get(crisis.id).status = CrisisStatus.CLOSED
        assert list(uow.crises.of(["forum"])) == []


def test_it_writes_a_crisis_that_was_listed(store):
    crisis = opened_crisis()
    add(store, crisis)
    with store.write() as uow:
        uow.crises.of(["forum"])[0].severity = 1
        uow.commit()
    assert load(store, crisis.id).severity == 1


def test_it_refuses_an_id_that_is_taken(store):
    add(store, opened_crisis(1))
    with pytest.raises(Conflict):
        add(store, opened_crisis(1, number="2026-002"))


def test_it_refuses_to_write_over_what_somebody_else_changed_first(concurrent_store):
    crisis = opened_crisis()
    add(concurrent_store, crisis)
    with concurrent_store.write() as slow:
        listed = slow.crises.of(["forum"])[0]
        with concurrent_store.write() as quick:
            quick.crises.get(crisis.id).severity = 3
            quick.commit()
        listed.severity = 1
        with pytest.raises(Conflict):
            slow.commit()
    assert load(concurrent_store, crisis.id).severity == 3
    assert listed.version == crisis.version


def test_it_shows_a_reader_one_consistent_state(store):
    crisis = opened_crisis()
    add(store, crisis)
    with store.read() as reader:
        before = reader.crises.of(["forum"])
        add(store, opened_crisis(2))
        assert reader.crises.of(["forum"]) == before
        assert reader.crises.get(opened_crisis(2).id) is None


def test_it_lets_a_reader_commit_nothing(store):
    crisis = opened_crisis()
    add(store, crisis)
    with store.read() as uow:
        uow.crises.get(crisis.id).severity = 1
        with pytest.raises(RuntimeError):
            uow.commit()
    assert load(store, crisis.id).severity == 4


def test_it_loses_no_update_of_many_at_once(store):
    add(store, opened_crisis())

    def raise_count(_):
        while True:
            try:
                with store.write() as uow:
                    uow.crises.get(opened_crisis().id).reminders_set += 1
                    uow.commit()
            except Conflict:
                continue
            return

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(raise_count, range(200)))
    assert load(store, opened_crisis().id).reminders_set == 200


def test_it_undoes_the_parts_and_the_journal_together(store):
    crisis = opened_crisis()
    add(store, crisis)
    with store.write() as uow:
        uow.crises.get(crisis.id).members = (Member("m1"),)
        uow.journal.append(crisis.id, [NoteAdded(at=NIGHT, text="mot")], recorded_at=NIGHT)
    with store.read() as uow:
        assert uow.crises.get(crisis.id) == crisis
        assert uow.journal.of(crisis.id) == []


def test_it_finds_the_crisis_of_a_guests_link(store):
    with store.write() as uow:
        uow.crises.add(crisis_with_everything())
        uow.crises.add(crisis_with_everything(2))
        uow.commit()
    with store.read() as uow:
        found = uow.crises.with_guest(hash_of("Bonjour 2"))
        assert found == uow.crises.get(crisis_with_everything(2).id)
        assert uow.crises.with_guest(hash_of("another")) is None


@pytest.mark.parametrize("mail", ["link-2", "code-2"])
def test_it_finds_the_crisis_of_an_e_mail_to_a_guest(store, mail):
    with store.write() as uow:
        uow.crises.add(crisis_with_everything())
        uow.crises.add(crisis_with_everything(2))
        uow.commit()
    with store.read() as uow:
        found = uow.crises.with_guest_mail(mail)
        assert found == uow.crises.get(crisis_with_everything(2).id)
        assert uow.crises.with_guest_mail("another") is None
