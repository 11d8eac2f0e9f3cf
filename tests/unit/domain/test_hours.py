from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours import WeekHours, parse_week_hours

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("hours", "local", "inside"),
    [
        ("mon-fri 09:00-13:00", "2026-11-24 09:00", True),
        ("mon-fri 09:00-13:00", "2026-11-24 13:00", False),
        ("mon-fri 09:00-13:00", "2026-11-28 10:00", False),
        ("mon-sun 08:00-02:00", "2026-11-24 01:59", True),
        ("mon-sun 08:00-02:00", "2026-11-24 02:00", False),
        ("fri,sat 11:00-03:00", "2026-11-29 02:30", True),  # the night from Saturday to Sunday
        ("fri,sat 11:00-03:00", "2026-11-30 02:30", False),
        ("fri-mon 10:00-11:00", "2026-11-29 10:30", True),
        ("mon-sun 09:00-24:00", "2026-11-24 23:59", True),
        ("mon-sun 00:00-24:00", "2026-11-24 00:00", True),
        ("mon-sun 22:00-07:30", "2026-10-25 02:30", True),  # the night when clocks go back
    ],
)
def test_it_tells_whether_an_hour_is_inside(hours, local, inside):
    at = datetime.fromisoformat(local).replace(tzinfo=PARIS).astimezone(UTC)
    assert parse_week_hours(hours).contains(at, PARIS) is inside


@pytest.mark.parametrize(
    "text",
    [
        "", "mon", "9-10", "mon 9:00-10:00", "mon 09:00-25:00", "mon 09:60-10:00", "mon 09:00-24:01",
        "mon 09:00-09:00", "mon 24:00-10:00", "lun 09:00-10:00", "mon, tue 09:00-10:00", "mon- 09:00-10:00",
        ",mon 09:00-10:00",
    ],
)  # fmt: skip
def test_it_refuses_hours_that_it_cannot_read(text):
    with pytest.raises(ValueError, match=r".+"):
        parse_week_hours(text)


@given(st.datetimes(timezones=st.just(UTC)), st.sampled_from(["Europe/Paris", "America/Toronto"]))
def test_it_is_always_open_around_the_clock(at, zone):
    assert parse_week_hours("mon-sun 00:00-24:00").contains(at, ZoneInfo(zone))


@pytest.mark.parametrize(
    ("hours", "local", "end"),
    [
        ("mon-sun 22:00-07:30", "2026-11-24 03:10", "2026-11-24 07:30"),
        ("mon-sun 22:00-07:30", "2026-11-24 23:10", "2026-11-25 07:30"),
        ("mon-sun 13:00-24:00", "2026-11-24 23:10", "2026-11-25 00:00"),
        ("mon-sun 22:00-07:30", "2026-10-24 23:00", "2026-10-25 07:30"),
        ("mon-sun 22:00-07:30", "2027-03-27 23:00", "2027-03-28 07:30"),
    ],
)
def test_it_tells_when_they_end(hours, local, end):
    at, until = (datetime.fromisoformat(each).replace(tzinfo=PARIS) for each in (local, end))
    assert parse_week_hours(hours).ends_at(at.astimezone(UTC), PARIS) == until.astimezone(UTC)


def test_it_knows_no_end_outside_of_them():
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert parse_week_hours("mon-sun 22:00-07:30").ends_at(at, PARIS) is None


@given(
    st.sampled_from([datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2027, 3, 27, 20, tzinfo=UTC)]),
    st.integers(0, 12 * 60),
    st.integers(0, 12 * 60),
)
def test_it_always_ends_later_whatever_the_clocks_do(evening, minute, end):
    at = evening + timedelta(minutes=minute)
    hours = WeekHours(days=frozenset(range(7)), start=20 * 60, end=end)
    until = hours.ends_at(at, PARIS)
    assert (until is not None) == hours.contains(at, PARIS)
    assert until is None or at < until <= at + timedelta(hours=17)
