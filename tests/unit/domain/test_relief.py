"""How long somebody has been at work without a pause."""

from datetime import UTC, datetime, timedelta

from bot.domain.relief import PAUSE, at_work_since

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


def ago(**length: float) -> datetime:
    return NOW - timedelta(**length)


def test_it_counts_back_to_the_last_pause() -> None:
    acts = [ago(hours=5), ago(hours=2), ago(minutes=70), ago(minutes=20)]
    assert at_work_since(acts, now=NOW) == ago(hours=2)


def test_it_counts_an_hour_between_two_acts_as_work() -> None:
    assert at_work_since([NOW - PAUSE, NOW - 2 * PAUSE], now=NOW) == NOW - 2 * PAUSE


def test_it_begins_anew_after_a_pause() -> None:
    assert at_work_since([ago(minutes=61)], now=NOW) == NOW
