"""Writing as often as Teams allows, and no more often."""

import random

import pytest

from adapters.teams.pace import LIMITS, MANY, Pace
from bot.ports import RateLimited


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def pace(seconds):
    return Pace(seconds)


def taken(pace, conversation="c", about="m"):
    """Seconds to wait; 0 when it went."""
    try:
        pace.take(conversation, about=about)
    except RateLimited as limited:
        return limited.retry_after
    return 0.0


def test_it_lets_seven_go_at_once_and_the_eighth_a_second_later(pace, seconds):
    assert [taken(pace, about=number) for number in range(7)] == [0.0] * 7
    assert taken(pace, about=7) == pytest.approx(1.0)
    seconds.now += 1
    assert taken(pace, about=7) == 0.0


def test_it_keeps_within_every_window_however_they_come(pace, seconds):
    chance, went = random.Random(7), []
    for number in range(400):
        while wait := taken(pace, about=number):
            seconds.now += wait
        went.append(seconds.now)
        seconds.now += chance.random() * 0.4
    for most, window in LIMITS:
        assert all(later - sooner >= window - 0.01 for sooner, later in zip(went, went[most:], strict=False))


def test_it_gives_who_waits_a_place_and_keeps_it(pace, seconds):
    for number in range(7):
        pace.take("c", about=number)
    waits = [taken(pace, about=f"late {number}") for number in range(3)]
    assert waits == sorted(waits)
    seconds.now += waits[0]
    assert taken(pace, about="late 0") == 0.0
    assert taken(pace, about="late 2") == pytest.approx(waits[2] - waits[0])


def test_it_counts_each_conversation_by_itself(pace):
    for number in range(7):
        pace.take("c", about=number)
    assert taken(pace, "d") == 0.0


def test_it_obeys_teams_and_says_for_how_long(pace, seconds):
    pace.hold("c", 9)
    assert taken(pace) == pytest.approx(9)
    assert taken(pace, "d") == 0.0
    seconds.now += 9
    assert taken(pace) == 0.0


def test_it_still_counts_those_of_now_when_it_forgets_those_of_yesterday(pace, seconds):
    for number in range(MANY + 1):
        pace.take(f"c{number}", about="m")
    seconds.now += 4000
    waits = [taken(pace, about=number) for number in range(8)]
    assert waits == [*([0.0] * 7), pytest.approx(1.0)]
