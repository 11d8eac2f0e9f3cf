"""What every store promises about due rows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind, ReminderStatus
from tests.rig.samples import LEA, NIGHT, opened_crisis

MINUTE = timedelta(minutes=1)
CRISIS = opened_crisis()
FOLLOW_UP = Reminder(
    ReminderKind.FOLLOW_UP, f"{CRISIS.id}.f", 1, NIGHT, CRISIS.id, LEA, "Prendre des nouvelles\0", since=NIGHT
)
DIGEST = Reminder(ReminderKind.DIGEST, "helene", 20261124, NIGHT)


@pytest.fixture(autouse=True)
def _crisis(store):
    with store.write() as uow:
        uow.crises.add(replace(CRISIS, events=[]))
        uow.commit()


def plan(store, *reminders):
    with store.write() as uow:
        uow.reminders.plan(reminders)
        uow.commit()


def save(store, reminder):
    with store.write() as uow:
        uow.reminders.save(reminder)
        uow.commit()


def claim(store, *, now=NIGHT, limit=100):
    with store.write() as uow:
        rows = uow.reminders.claim_due(now=now, limit=limit)
        uow.commit()
    return rows


def get(store, reminder):
    with store.read() as uow:
        return uow.reminders.get(reminder.kind, reminder.subject, reminder.ordinal)


@pytest.mark.parametrize("reminder", [FOLLOW_UP, DIGEST])
def test_it_gives_back_a_row_with_all_its_fields(store, reminder):
    plan(store, reminder)
    assert get(store, reminder) == reminder


def test_it_has_no_row_that_was_never_planned(store):
    assert get(store, FOLLOW_UP) is None


def test_it_undoes_what_was_planned_without_a_commit(store):
    with store.write() as uow:
        uow.reminders.plan([FOLLOW_UP])
        assert uow.reminders.of(CRISIS.id) == [FOLLOW_UP]
    assert get(store, FOLLOW_UP) is None


@pytest.mark.parametrize("status", [ReminderStatus.PLANNED, ReminderStatus.CANCELLED])
def test_it_plans_a_row_anew_for_another_hour(store, status):
    save(store, replace(FOLLOW_UP, status=status))
    anew = replace(FOLLOW_UP, due_at=NIGHT + MINUTE)
    plan(store, anew)
    assert get(store, FOLLOW_UP) == anew


@pytest.mark.parametrize("status", [ReminderStatus.DUE, ReminderStatus.DONE])
def test_it_leaves_a_row_that_is_due_or_done(store, status):
    said = replace(FOLLOW_UP, status=status, fired_at=NIGHT)
    save(store, said)
    plan(store, replace(FOLLOW_UP, due_at=NIGHT + MINUTE))
    assert get(store, FOLLOW_UP) == said


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ReminderStatus.PLANNED, ReminderStatus.CANCELLED),
        (ReminderStatus.DUE, ReminderStatus.CANCELLED),
        (ReminderStatus.DONE, ReminderStatus.DONE),
    ],
)
def test_it_cancels_what_is_planned_or_due_of_a_kind_and_subject(store, before, after):
    save(store, replace(FOLLOW_UP, status=before))
    others = (replace(FOLLOW_UP, subject="other"), replace(FOLLOW_UP, kind=ReminderKind.DECIDE))
    plan(store, *others, replace(FOLLOW_UP, ordinal=2))
    with store.write() as uow:
        uow.reminders.cancel(FOLLOW_UP.kind, FOLLOW_UP.subject)
        uow.commit()
    assert get(store, FOLLOW_UP).status is after
    assert get(store, replace(FOLLOW_UP, ordinal=2)).status is ReminderStatus.CANCELLED
    assert {get(store, other).status for other in others} == {ReminderStatus.PLANNED}


def test_it_obeys_plans_and_cancellations_in_their_order(store):
    with store.write() as uow:
        uow.reminders.plan([FOLLOW_UP])
        uow.reminders.cancel(FOLLOW_UP.kind, FOLLOW_UP.subject)
        uow.reminders.plan([replace(FOLLOW_UP, due_at=NIGHT + MINUTE)])
        uow.commit()
    assert get(store, FOLLOW_UP) == replace(FOLLOW_UP, due_at=NIGHT + MINUTE)


def test_it_claims_what_is_due_once(store):
    plan(store, FOLLOW_UP, replace(FOLLOW_UP, ordinal=2, due_at=NIGHT + timedelta(microseconds=1)))
    said = replace(FOLLOW_UP, status=ReminderStatus.DUE, fired_at=NIGHT)
    assert claim(store) == [said]
    assert get(store, FOLLOW_UP) == said
    assert claim(store) == []


def test_it_claims_the_oldest_first_and_no_more_than_asked(store):
    plan(store, *(replace(DIGEST, ordinal=n, due_at=NIGHT - n * MINUTE) for n in range(4)))
    assert [row.ordinal for row in claim(store, limit=3)] == [3, 2, 1]
    assert [row.ordinal for row in claim(store, limit=3)] == [0]


def test_it_does_not_claim_without_a_commit(store):
    plan(store, FOLLOW_UP)
    with store.write() as uow:
        uow.reminders.claim_due(now=NIGHT, limit=1)
    assert len(claim(store)) == 1


def test_it_gives_the_rows_of_a_crisis_by_due_hour(store):
    rows = [replace(FOLLOW_UP, ordinal=n, due_at=NIGHT - n * MINUTE) for n in range(3)]
    plan(store, *rows, DIGEST)
    with store.read() as uow:
        assert uow.reminders.of(CRISIS.id) == rows[::-1]


def test_it_gives_the_rows_of_a_kind_that_stand_somewhere(store):
    done = replace(FOLLOW_UP, ordinal=2, due_at=NIGHT + MINUTE, status=ReminderStatus.DONE)
    save(store, done)
    plan(store, FOLLOW_UP, DIGEST)
    with store.read() as uow:
        assert uow.reminders.of_kind(ReminderKind.FOLLOW_UP, statuses=["planned"]) == [FOLLOW_UP]
        assert uow.reminders.of_kind(ReminderKind.FOLLOW_UP, statuses=["planned", "done"]) == [
            FOLLOW_UP,
            done,
        ]
        assert list(uow.reminders.of_kind(ReminderKind.FOLLOW_UP, statuses=[])) == []


def test_it_writes_a_changed_row(store):
    plan(store, FOLLOW_UP)
    changed = replace(
        FOLLOW_UP, due_at=NIGHT + MINUTE, text="", owner=None, status=ReminderStatus.DONE, fired_at=NIGHT
    )
    save(store, changed)
    assert get(store, FOLLOW_UP) == changed


def test_it_tells_since_when_something_is_due(store):
    plan(store, FOLLOW_UP, replace(FOLLOW_UP, ordinal=2, due_at=NIGHT + MINUTE))
    with store.read() as uow:
        assert uow.reminders.oldest_due(NIGHT - MINUTE) is None
        assert uow.reminders.oldest_due(NIGHT + MINUTE) == NIGHT
    claim(store)
    with store.read() as uow:
        assert uow.reminders.oldest_due(NIGHT + MINUTE) == NIGHT + MINUTE
