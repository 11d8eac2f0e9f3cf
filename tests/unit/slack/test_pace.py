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


def test_a_tier_runs_out_and_refills(seconds):
    pace = Pace(seconds)
    for _ in range(20):
        pace.take("conversations.create")
    assert wait(pace, "conversations.create") == pytest.approx(3)
    seconds.now += 3
    pace.take("conversations.create")
    assert wait(pace, "conversations.create") == pytest.approx(3)


def test_methods_do_not_share(seconds):
    pace = Pace(seconds)
    for _ in range(20):
        pace.take("conversations.create")
    pace.take("conversations.archive")


def test_a_channel_takes_five_at_once_then_one_a_second(seconds):
    pace = Pace(seconds)
    for _ in range(5):
        pace.take("chat.postMessage", channel="C1")
    assert wait(pace, "chat.postMessage", channel="C1") == pytest.approx(1)
    pace.take("chat.postMessage", channel="C2")
    seconds.now += 1
    pace.take("chat.postMessage", channel="C1")


def test_a_refused_call_costs_nothing(seconds):
    pace = Pace(seconds)
    for _ in range(5):
        pace.take("chat.postMessage", channel="C1")
    for _ in range(50):
        wait(pace, "chat.postMessage", channel="C1")
    seconds.now += 1
    pace.take("chat.postMessage", channel="C1")


def test_retry_after_is_obeyed_for_its_method(seconds):
    pace = Pace(seconds)
    pace.hold("chat.update", 30)
    assert wait(pace, "chat.update") == pytest.approx(30)
    pace.take("chat.postMessage", channel="C1")
    seconds.now += 30
    pace.take("chat.update")


def test_who_waits_keeps_the_place_given(seconds):
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
