"""What every store promises about the numbers of crises."""

import pytest

from bot.store import Conflict, Store
from tests.rig.samples import opened_crisis


def add(store: Store, *crises):
    with store.write() as uow:
        for crisis in crises:
            uow.crises.add(crisis)
        uow.commit()


def load(store: Store, crisis_id):
    with store.read() as uow:
        return uow.crises.get(crisis_id)


@pytest.mark.parametrize(
    ("numbers", "following"),
    [([], "2026-001"), (["2026-001", "2026-013"], "2026-014"), (["2026-999", "2026-1000"], "2026-1001")],
)
def test_it_counts_numbers_on_within_a_year(store, numbers, following):
    add(store, opened_crisis(99, number="2025-099"))
    add(store, *(opened_crisis(serial, number=number) for serial, number in enumerate(numbers)))
    with store.write() as uow:
        assert uow.crises.next_number(2026) == following


def test_it_counts_on_from_a_crisis_that_was_added_a_moment_ago(store):
    with store.write() as uow:
        uow.crises.add(opened_crisis(number="2026-007"))
        assert uow.crises.next_number(2026) == "2026-008"


def test_it_refuses_a_number_that_is_taken(store):
    add(store, opened_crisis(1))
    with pytest.raises(Conflict):
        add(store, opened_crisis(2, number="2026-001"))
    assert load(store, opened_crisis(2).id) is None


def test_it_keeps_one_of_two_that_took_the_same_number(concurrent_store):
    with concurrent_store.write() as first, concurrent_store.write() as second:
        first.crises.add(opened_crisis(1, number=first.crises.next_number(2026)))
        second.crises.add(opened_crisis(2, number=second.crises.next_number(2026)))
        first.commit()
        with pytest.raises(Conflict):
            second.commit()
    assert load(concurrent_store, opened_crisis(2).id) is None
