"""What every store promises about claiming what goes out: leases, tries and lanes."""

from dataclasses import replace

from bot.store import CardKind, Task
from tests.rig.outbox import BRIEF, CREATE, DIRECT, LEASE, SECOND, claim, deliver, get, put, refresh
from tests.rig.samples import NIGHT


def pings(*, lane, count=2):
    return [
        replace(
            BRIEF, kind=CardKind.PING, ordinal=ordinal, lane=lane, place=DIRECT, at=NIGHT + ordinal * SECOND
        )
        for ordinal in range(count)
    ]


def test_it_leases_what_it_claims(store):
    put(store, BRIEF)
    assert len(claim(store)) == 1
    assert claim(store, now=NIGHT + LEASE - SECOND) == []
    assert len(claim(store, now=NIGHT + LEASE)) == 1


def test_it_counts_a_try_that_left_no_trace(store):
    put(store, BRIEF)
    assert [row.attempts for row in claim(store)] == [1]
    assert [row.attempts for row in claim(store, now=NIGHT + LEASE)] == [2]


def test_it_renews_the_leases_of_calls_under_way(store):
    put(store, BRIEF, CREATE)
    brief, create = claim(store)
    deliver(store, create)
    with store.write() as uow:
        uow.outbox.renew([brief.id, create.id], lease_until=NIGHT + 2 * LEASE)
        uow.outbox.renew([], lease_until=NIGHT)
        uow.commit()
    put(store, CREATE)
    assert [row.task for row in claim(store, now=NIGHT + LEASE)] == [Task.CREATE_ROOM]
    assert len(claim(store, now=NIGHT + 2 * LEASE)) == 2


def test_it_starts_the_count_of_tries_anew_after_a_success(store):
    put(store, BRIEF)
    claim(store)
    (row,) = claim(store, now=NIGHT + LEASE)
    deliver(store, row)
    assert get(store, row.id).attempts == 0
    refresh(store)
    assert [row.attempts for row in claim(store)] == [1]


def test_it_waits_before_it_tries_again(store):
    put(store, BRIEF)
    (row,) = claim(store)
    with store.write() as uow:
        uow.outbox.retry(row.id, not_before=NIGHT + SECOND)
        uow.commit()
    assert claim(store) == []
    (again,) = claim(store, now=NIGHT + SECOND)
    assert again.attempts == 2
    deliver(store, again)
    assert get(store, row.id).not_before is None


def test_it_claims_the_oldest_first_and_no_more_than_asked(store):
    put(store, *(replace(BRIEF, ordinal=n, at=NIGHT - n * SECOND) for n in range(4)))
    assert [row.ordinal for row in claim(store, limit=3)] == [3, 2, 1]
    assert [row.ordinal for row in claim(store, limit=3)] == [0]


def test_it_claims_a_refreshed_card_after_what_waits_longer(store):
    put(store, BRIEF)
    deliver(store, claim(store)[0])
    put(store, replace(BRIEF, ordinal=1, at=NIGHT + SECOND))
    refresh(store, at=NIGHT + 2 * SECOND)
    assert [row.ordinal for row in claim(store)] == [1, 0]


def test_it_sends_the_rows_of_a_lane_one_after_the_other(store):
    first, second = pings(lane="claire")
    put(store, second, first)
    (row,) = claim(store)
    assert row.ordinal == 0
    assert claim(store) == []
    deliver(store, row)
    assert [row.ordinal for row in claim(store)] == [1]


def test_it_sends_two_lanes_side_by_side(store):
    put(store, *pings(lane="claire"), *(replace(row, subject="d") for row in pings(lane="lea")))
    assert [(row.lane, row.ordinal) for row in claim(store)] == [("claire", 0), ("lea", 0)]


def test_it_lets_rows_without_a_lane_wait_for_nothing(store):
    put(store, *pings(lane=""))
    assert len(claim(store)) == 2


def test_it_holds_a_lane_back_while_its_oldest_row_waits_to_be_tried_again(store):
    put(store, *pings(lane="claire"))
    (row,) = claim(store)
    with store.write() as uow:
        uow.outbox.retry(row.id, not_before=NIGHT + LEASE)
        uow.commit()
    assert claim(store, now=NIGHT + LEASE - SECOND) == []
    assert [row.ordinal for row in claim(store, now=NIGHT + LEASE)] == [0]


def test_it_goes_on_in_a_lane_whose_oldest_row_failed(store):
    put(store, *pings(lane="claire"))
    (row,) = claim(store)
    with store.write() as uow:
        uow.outbox.fail(row.id)
        uow.commit()
    assert [row.ordinal for row in claim(store)] == [1]


def test_it_does_not_overtake_a_row_of_the_lane_that_is_on_its_way(store):
    first, second = pings(lane="claire")
    put(store, second)
    claim(store)
    put(store, first)
    assert claim(store) == []


def test_it_does_not_count_a_try_that_did_nothing(store):
    put(store, BRIEF)
    (row,) = claim(store)
    with store.write() as uow:
        uow.outbox.postpone(row.id, not_before=NIGHT + SECOND)
        uow.commit()
    assert claim(store) == []
    assert [row.attempts for row in claim(store, now=NIGHT + SECOND)] == [1]
