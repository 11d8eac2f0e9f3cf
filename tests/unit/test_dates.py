from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.texts import translator
from bot.views.dates import ago, day, day_and_hour, duration, full, hour, short

FR, EN = translator("fr"), translator("en")
PARIS, MONTREAL = ZoneInfo("Europe/Paris"), ZoneInfo("America/Montreal")
NIGHT = datetime(2026, 11, 24, 2, 10, tzinfo=UTC)


def test_it_says_the_hour_of_the_readers_zone():
    assert hour(NIGHT, PARIS) == "03:10"
    assert hour(NIGHT, MONTREAL) == "21:10"


def test_it_says_the_day_of_the_readers_zone():
    assert day(NIGHT, PARIS, FR) == "mardi 24 novembre"
    assert day(NIGHT, MONTREAL, EN) == "Monday 23 November"


def test_it_says_the_first_of_a_month_as_the_french_do():
    first = NIGHT.replace(month=12, day=1)
    assert day(first, PARIS, FR) == "mardi 1er décembre"
    assert full(first, PARIS, FR) == "mardi 1er décembre 2026 à 03:10"
    assert short(first, now=NIGHT, zone=PARIS, _=FR) == "le 1er à 03:10"
    assert day(first, PARIS, EN) == "Tuesday 1 December"


def test_it_says_the_day_and_the_hour():
    assert day_and_hour(NIGHT, PARIS, FR) == "mardi 24 novembre à 03:10"
    assert day_and_hour(NIGHT, PARIS, EN) == "Tuesday 24 November at 03:10"


def test_it_reads_back_a_full_date_with_its_year():
    assert full(NIGHT, PARIS, FR) == "mardi 24 novembre 2026 à 03:10"
    assert full(NIGHT, PARIS, EN) == "Tuesday 24 November 2026 at 03:10"


@pytest.mark.parametrize(
    ("now", "french", "english"),
    [
        (datetime(2026, 11, 24, 22, 59, tzinfo=UTC), "03:10", "03:10"),
        (datetime(2026, 11, 24, 23, 0, tzinfo=UTC), "le 24 à 03:10", "on the 24th at 03:10"),
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), "le 24 à 03:10", "on the 24th at 03:10"),
        (datetime(2026, 12, 21, 12, 0, tzinfo=UTC), "le 24 à 03:10", "on the 24th at 03:10"),
        (datetime(2026, 12, 22, 12, 0, tzinfo=UTC), "le 24 novembre à 03:10", "on 24 November at 03:10"),
        (datetime(2026, 10, 27, 12, 0, tzinfo=UTC), "le 24 novembre à 03:10", "on 24 November at 03:10"),
        (
            datetime(2027, 2, 1, 12, 0, tzinfo=UTC),
            "le 24 novembre 2026 à 03:10",
            "on 24 November 2026 at 03:10",
        ),
    ],
)
def test_it_says_as_much_of_a_date_as_is_needed(now, french, english):
    assert short(NIGHT, now=now, zone=PARIS, _=FR) == french
    assert short(NIGHT, now=now, zone=PARIS, _=EN) == english


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st")],
)
def test_it_says_english_ordinals(number, said):
    at = datetime(2026, 11, number, 12, 0, tzinfo=UTC)
    now = datetime(2026, 11, 14, 12, 0, tzinfo=UTC)
    assert short(at, now=now, zone=PARIS, _=EN) == f"on the {said} at 13:00"


@pytest.mark.parametrize(
    ("length", "french", "english"),
    [
        (timedelta(seconds=59), "moins d'une minute", "less than a minute"),
        (timedelta(seconds=-5), "moins d'une minute", "less than a minute"),
        (timedelta(minutes=1), "1\u00a0min", "1 min"),
        (timedelta(minutes=4, seconds=59), "4\u00a0min", "4 min"),
        (timedelta(minutes=59, seconds=59), "59\u00a0min", "59 min"),
        (timedelta(hours=1), "1\u00a0h", "1 h"),
        (timedelta(hours=2, minutes=10), "2\u00a0h 10", "2 h 10"),
        (timedelta(hours=2, minutes=5), "2\u00a0h 05", "2 h 05"),
        (timedelta(hours=47, minutes=59), "47\u00a0h 59", "47 h 59"),
        (timedelta(hours=48), "2 jours", "2 days"),
        (timedelta(days=3, hours=23), "3 jours", "3 days"),
    ],
)
def test_it_says_how_long(length, french, english):
    assert duration(length, FR) == french
    assert duration(length, EN) == english


def test_it_says_how_long_ago():
    now = NIGHT + timedelta(minutes=4)
    assert ago(NIGHT, now=now, _=FR) == "il y a 4\u00a0min"
    assert ago(NIGHT, now=now, _=EN) == "4 min ago"
