"""Slack is called no faster than it allows."""

import pytest

from adapters.slack.pace import Pace
from bot.ports import RateLimited


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


def wait(pace: Pace, method: str, **more) -> float:
    with pytest.raises(RateLimited) as raised:
        pace.take(method, **more)
    return raised.value.retry_after


def test_it_holds_a_call_back_until_its_tier_refills(seconds):
    pace = Pace(seconds)
    for _ in range(20):
        pace.take("conversations.create")
    assert wait(pace, "conversations.create") == pytest.approx(3)
    seconds.now += 3
    pace.take("conversations.create")
    assert wait(pace, "conversations.create") == pytest.approx(3)


def test_it_counts_each_method_for_itself(seconds):
    pace = Pace(seconds)
    for _ in range(20):
        pace.take("conversations.create")
    pace.take("conversations.archive")


def test_it_lets_five_into_a_channel_at_once_then_one_a_second(seconds):
    pace = Pace(seconds)
    for _ in range(5):
        pace.take("chat.postMessage", channel="C1")
    assert wait(pace, "chat.postMessage", channel="C1") == pytest.approx(1)
    pace.take("chat.postMessage", channel="C2")
    seconds.now += 1
    pace.take("chat.postMessage", channel="C1")


def test_it_takes_nothing_for_a_refused_call(seconds):
    pace = Pace(seconds)
    for _ in range(5):
        pace.take("chat.postMessage", channel="C1")
    for _ in range(50):
        wait(pace, "chat.postMessage", channel="C1")
    seconds.now += 1
    pace.take("chat.postMessage", channel="C1")


def test_it_obeys_retry_after_for_its_method(seconds):
    pace = Pace(seconds)
    pace.hold("chat.update", 30)
    assert wait(pace, "chat.update") == pytest.approx(30)
    pace.take("chat.postMessage", channel="C1")
    seconds.now += 30
    pace.take("chat.update")


def test_it_keeps_the_place_of_who_waits(seconds):
    pace = Pace(seconds)
    for _ in range(20):
        pace.take("conversations.create")
    assert wait(pace, "conversations.create", about="first") == pytest.approx(3)
    assert wait(pace, "conversations.create", about="second") == pytest.approx(6)
    seconds.now += 3
    assert wait(pace, "conversations.create", about="second") == pytest.approx(3)
    assert wait(pace, "conversations.create", about="third") == pytest.approx(6)
    pace.take("conversations.create", about="first")
    seconds.now += 3
    pace.take("conversations.create", about="second")
