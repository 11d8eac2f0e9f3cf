"""What every store promises about what goes out."""

from dataclasses import replace

import pytest

from bot.domain.ids import MessageRef, Platform, RoomRef
from bot.ports import DirectPlace, RoomPlace
from bot.store import CardKind, OutgoingStatus, Task
from tests.rig.outbox import BRIEF, CREATE, DIRECT, LEASE, ROOM, SECOND, claim, deliver, get, put, refresh
from tests.rig.samples import CLAIRE, LEA, NIGHT, opened_crisis


def test_it_gives_back_a_row_with_all_its_fields(store):
    crisis = opened_crisis()
    row = replace(
        BRIEF,
        ordinal=3,
        crisis=crisis.id,
        place=DIRECT,
        lane="l",
        text="Mots d’une personne\0",
        wanted=4,
        shown=2,
        message=MessageRef("m"),
        attempts=5,
        not_before=NIGHT - SECOND,
    )
    with store.write() as uow:
        uow.crises.add(crisis)
        uow.outbox.put([row])
        uow.commit()
    (claimed,) = claim(store)
    assert claimed == replace(row, id=claimed.id, attempts=6)
    assert get(store, claimed.id) == claimed


def test_it_keeps_a_text_without_a_crisis(store):
    put(store, replace(BRIEF, text="Page du matin"))
    assert claim(store)[0].text == "Page du matin"


def test_it_has_no_row_that_was_never_put(store):
    with store.read() as uow:
        assert uow.outbox.get(1) is None


def test_it_undoes_what_was_put_without_a_commit(store):
    with store.write() as uow:
        uow.outbox.put([BRIEF])
        assert len(uow.outbox.claim(now=NIGHT, lease_until=NIGHT + LEASE, limit=1)) == 1
    assert claim(store) == []


@pytest.mark.parametrize(
    "other",
    [
        replace(BRIEF, task=Task.FILE),
        replace(BRIEF, kind=CardKind.LOG),
        replace(BRIEF, subject="d"),
        replace(BRIEF, ordinal=1),
        replace(BRIEF, place=RoomPlace(Platform.SLACK, RoomRef("C2"))),
        replace(BRIEF, place=DirectPlace(Platform.SLACK, CLAIRE)),
        replace(BRIEF, platform=Platform.WEB, place=RoomPlace(Platform.WEB, RoomRef("C1"))),
    ],
)
def test_it_keeps_rows_apart_that_differ_in_their_identity(store, other):
    put(store, BRIEF, other)
    assert [row.wanted for row in claim(store)] == [1, 1]


def test_it_makes_a_room_on_each_platform(store):
    put(store, CREATE, replace(CREATE, platform=Platform.WEB))
    assert {row.platform for row in claim(store)} == {Platform.SLACK, Platform.WEB}


def test_it_wants_an_existing_row_once_more_instead(store):
    put(store, BRIEF)
    put(store, replace(BRIEF, lane="other", at=NIGHT + SECOND))
    (row,) = claim(store)
    assert (row.wanted, row.lane, row.at) == (2, "", NIGHT)


def test_it_sends_a_row_that_failed_when_it_is_put_again(store):
    put(store, BRIEF)
    (row,) = claim(store)
    with store.write() as uow:
        uow.outbox.fail(row.id)
        uow.commit()
    assert claim(store, now=NIGHT + LEASE) == []
    put(store, BRIEF)
    assert len(claim(store, now=NIGHT + LEASE)) == 1


def test_it_forgets_a_secret_that_has_gone_out(store):
    put(store, replace(BRIEF, text="secret"))
    (row,) = claim(store)
    with store.write() as uow:
        uow.outbox.delivered(row.id, shown=1, message=None)
        uow.outbox.forget(row.id)
        uow.commit()
    assert (get(store, row.id).text, get(store, row.id).shown) == ("", 1)


def test_it_sends_a_row_that_failed_when_it_is_refreshed(store):
    put(store, BRIEF)
    (row,) = claim(store)
    with store.write() as uow:
        uow.outbox.fail(row.id)
        uow.commit()
    assert get(store, row.id).status is OutgoingStatus.FAILED
    refresh(store)
    assert len(claim(store)) == 1


def test_it_refreshes_every_row_of_a_kind_and_subject(store):
    put(
        store,
        BRIEF,
        replace(BRIEF, place=DIRECT),
        replace(BRIEF, subject="d"),
        replace(BRIEF, kind=CardKind.LOG),
    )
    refresh(store)
    assert [row.wanted for row in claim(store)] == [2, 2, 1, 1]


def test_it_refreshes_every_card_of_a_crisis_that_is_shown(store):
    crisis = opened_crisis()
    with store.write() as uow:
        uow.crises.add(crisis)
        uow.commit()
    mine = replace(BRIEF, crisis=crisis.id)
    put(store, mine, replace(mine, kind=CardKind.LOG), replace(BRIEF, subject="d"))
    shown, waits, other = claim(store)
    for row in (shown, other):
        deliver(store, row)
    with store.write() as uow:
        uow.outbox.refresh_crisis(crisis.id, at=NIGHT)
        uow.commit()
    assert [get(store, row.id).wanted for row in (shown, waits, other)] == [2, 1, 1]


def test_it_updates_a_delivered_card_once_for_many_refreshes(store):
    put(store, BRIEF)
    (row,) = claim(store)
    deliver(store, row)
    for _ in range(3):
        refresh(store)
    (again,) = claim(store)
    assert (again.wanted, again.shown, again.message) == (4, 1, "m")
    deliver(store, again)
    assert claim(store) == []


def test_it_lets_a_delivered_card_rest(store):
    put(store, BRIEF)
    (row,) = claim(store)
    with store.write() as uow:
        uow.outbox.delivered(row.id, shown=1, message=MessageRef("m"), rests_until=NIGHT + 2 * SECOND)
        uow.commit()
    refresh(store)
    assert claim(store, now=NIGHT + SECOND) == []
    assert len(claim(store, now=NIGHT + 2 * SECOND)) == 1


def test_it_claims_again_what_was_refreshed_while_it_went_out(store):
    put(store, BRIEF)
    (row,) = claim(store)
    refresh(store)
    deliver(store, row)
    assert [again.wanted for again in claim(store)] == [2]


def test_it_obeys_puts_and_refreshes_in_their_order(store):
    with store.write() as uow:
        uow.outbox.put([BRIEF])
        uow.outbox.refresh(CardKind.BRIEF, "c", at=NIGHT)
        uow.outbox.put([BRIEF])
        uow.commit()
    assert [row.wanted for row in claim(store)] == [3]


def test_it_shows_the_delivered_cards_of_a_place_oldest_first(store):
    older, newer, waiting = (replace(BRIEF, ordinal=n, at=NIGHT - n * SECOND) for n in range(3))
    put(store, older, newer, replace(BRIEF, place=DIRECT), replace(CREATE, place=ROOM, subject="f"))
    for row in claim(store):
        deliver(store, row)
    put(store, waiting)
    refresh(store)
    with store.read() as uow:
        assert [(row.ordinal, row.task) for row in uow.outbox.at(ROOM)] == [(0, Task.CARD), (1, Task.CARD)]
        assert [row.ordinal for row in uow.outbox.at(ROOM, limit=1)] == [1]
        assert [row.place for row in uow.outbox.at(DIRECT)] == [DIRECT]
        assert list(uow.outbox.at(DirectPlace(Platform.SLACK, LEA))) == []


def test_it_finds_the_card_that_a_message_of_a_place_shows(store):
    put(store, replace(BRIEF, task=Task.FILE), BRIEF, replace(BRIEF, place=DIRECT))
    for row in claim(store):
        deliver(store, row)
    found = []
    with store.read() as uow:
        for place in (ROOM, DIRECT):
            assert uow.outbox.of_message(place, MessageRef("another")) is None
            found.append(uow.outbox.of_message(place, MessageRef("m")))
    assert [(row.task, row.place) for row in found] == [(Task.CARD, ROOM), (Task.CARD, DIRECT)]


def test_it_tells_since_when_something_waits_to_go_out(store):
    with store.read() as uow:
        assert uow.outbox.oldest_undelivered() is None
    put(store, BRIEF, replace(BRIEF, ordinal=1, at=NIGHT + SECOND))
    with store.read() as uow:
        assert uow.outbox.oldest_undelivered() == NIGHT
    deliver(store, claim(store)[0])
    refresh(store, at=NIGHT + LEASE)
    with store.read() as uow:
        assert uow.outbox.oldest_undelivered() == NIGHT + SECOND


def test_it_counts_the_wait_of_a_delivered_row_from_when_it_was_put_again(store):
    put(store, BRIEF)
    deliver(store, claim(store)[0])
    put(store, replace(BRIEF, at=NIGHT + SECOND))
    put(store, replace(BRIEF, at=NIGHT + LEASE))
    with store.read() as uow:
        assert uow.outbox.oldest_undelivered() == NIGHT + SECOND


def test_it_counts_what_waits_to_go_out(store):
    put(store, BRIEF, replace(BRIEF, ordinal=1))
    deliver(store, claim(store)[0])
    with store.read() as uow:
        assert uow.outbox.undelivered() == 1


def test_it_counts_a_failed_row_as_waiting_no_more(store):
    put(store, BRIEF)
    (row,) = claim(store)
    with store.write() as uow:
        uow.outbox.fail(row.id)
        uow.commit()
    with store.read() as uow:
        assert uow.outbox.oldest_undelivered() is None


def test_it_counts_the_wait_of_a_failed_row_from_when_it_is_wanted_again(store):
    put(store, BRIEF)
    (row,) = claim(store)
    with store.write() as uow:
        uow.outbox.fail(row.id)
        uow.commit()
    refresh(store, at=NIGHT + LEASE)
    with store.read() as uow:
        assert uow.outbox.oldest_undelivered() == NIGHT + LEASE
