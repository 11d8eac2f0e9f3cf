import json
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.data import follow_up_schedule
from bot.domain.follow_up import QUIET_FROM, QUIET_UNTIL, Interval, follow_up_times, parse_schedule
from bot.domain.levels import Level

PARIS = ZoneInfo("Europe/Paris")
ZONES = [
    ZoneInfo(name) for name in ("Europe/Paris", "America/Toronto", "Indian/Reunion", "Australia/Lord_Howe")
]
THREE_DAYS = (timedelta(days=3),)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def times(level, anchor, *, zone=PARIS, otherwise=THREE_DAYS):
    return follow_up_times(
        follow_up_schedule(),
        level=level,
        anchor=anchor,
        zone=zone,
        otherwise=otherwise,
    )


def in_paris(found) -> list[str]:
    return [f"{at.astimezone(PARIS):%Y-%m-%d %H:%M}" for at in found]


def test_it_checks_at_two_hours_a_day_and_three_days_at_night_after_d4():
    found = in_paris(times(Level.D4, paris("2026-11-24 03:18")))
    assert found[:3] == ["2026-11-24 05:18", "2026-11-25 03:18", "2026-11-27 03:18"]


def test_it_follows_a_grave_distress_for_six_months():
    found = in_paris(times(Level.D5, paris("2026-11-24 14:00")))
    assert found == [
        "2026-11-24 16:00", "2026-11-25 14:00", "2026-11-27 14:00", "2026-12-01 14:00", "2026-12-08 14:00",
        "2026-12-24 14:00", "2027-01-24 14:00", "2027-02-24 14:00", "2027-03-24 14:00", "2027-05-24 14:00",
    ]  # fmt: skip


def test_it_moves_to_the_evening_before_what_would_wake_the_member():
    assert in_paris(times(Level.D2, paris("2026-11-24 03:18"))) == [
        "2026-11-24 20:30",
        "2026-11-26 20:30",
        "2026-11-30 20:30",
        "2026-12-07 20:30",
        "2026-12-23 20:30",
    ]


@pytest.mark.parametrize(
    ("hour", "moved"),
    [("20:59", "20:59"), ("21:00", "20:30"), ("23:59", "20:30"), ("08:00", "08:00")],
)
def test_it_is_quiet_from_nine_in_the_evening_to_eight(hour, moved):
    (found,) = in_paris(times(None, paris(f"2026-11-24 {hour}")))
    assert found == f"2026-11-27 {moved}"


def test_it_exempts_a_grave_distress_for_three_days_only():
    found = in_paris(times(Level.D4, paris("2026-11-24 22:00")))
    assert found[2] == "2026-11-27 22:00"
    assert found[3] == "2026-12-01 20:30"


def test_it_checks_once_after_three_days_without_distress():
    anchor = paris("2026-11-24 10:00")
    assert in_paris(times(None, anchor)) == ["2026-11-27 10:00"]
    assert times(Level.D0, anchor) == times(None, anchor)


def test_it_takes_the_plans_times_without_distress_only():
    anchor = paris("2026-11-24 10:00")
    own = (timedelta(days=1), timedelta(hours=30), timedelta(days=5))
    assert in_paris(times(None, anchor, otherwise=own)) == [
        "2026-11-25 10:00", "2026-11-25 16:00", "2026-11-29 10:00",
    ]  # fmt: skip
    assert times(Level.D1, anchor, otherwise=own) == times(Level.D1, anchor)


def test_it_waits_for_the_morning_when_the_evening_before_is_past():
    (found,) = in_paris(times(None, paris("2026-11-24 23:00"), otherwise=(timedelta(hours=2),)))
    assert found == "2026-11-25 08:00"


def test_it_says_once_what_falls_on_one_evening_twice():
    own = (timedelta(hours=26), timedelta(hours=28))
    assert in_paris(times(None, paris("2026-11-24 20:00"), otherwise=own)) == ["2026-11-25 20:30"]


def test_it_counts_calendar_months_and_ends_a_short_one_on_its_last_day():
    found = in_paris(times(Level.D3, paris("2026-12-31 10:00")))
    assert found[4:] == ["2027-01-31 10:00", "2027-02-28 10:00", "2027-03-31 10:00"]


def test_it_keeps_the_local_hour_over_a_change_of_clocks():
    found = in_paris(times(Level.D2, paris("2026-10-24 10:00")))  # clocks go back in the night
    assert found == [
        "2026-10-25 09:00",  # 24 hours, as clocks count them
        "2026-10-27 09:00",
        "2026-10-31 10:00",  # seven days, at the same hour
        "2026-11-07 10:00",
        "2026-11-24 10:00",
    ]


def test_it_waits_two_true_hours_in_the_hour_that_comes_twice():
    second_half_past_two = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert times(Level.D4, second_half_past_two)[0] == second_half_past_two + timedelta(hours=2)


@given(
    level=st.sampled_from([None, *Level]),
    anchor=st.datetimes(datetime(2025, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from(ZONES),
)
@example(level=Level.D2, anchor=datetime(2026, 3, 28, 1, 30, tzinfo=UTC), zone=PARIS)
@example(level=Level.D2, anchor=datetime(2026, 10, 24, 0, 30, tzinfo=UTC), zone=PARIS)
def test_it_never_wakes_a_member_and_never_comes_late(level, anchor, zone):
    found = times(level, anchor, zone=zone)
    assert found == tuple(sorted(set(found)))
    assert all(at.tzinfo is UTC and at > anchor for at in found)
    for at in found:
        exempt = level is not None and level.is_grave and at <= anchor + timedelta(hours=72)
        assert exempt or QUIET_UNTIL <= at.astimezone(zone).time() < QUIET_FROM
    schedule = follow_up_schedule().by_level.get(level, ()) if level else ()
    latest = [each.after(anchor, zone) for each in schedule] or [Interval(days=3).after(anchor, zone)]
    for at, limit in zip(found, latest, strict=True):
        assert limit - timedelta(hours=13) < at <= limit


@given(
    anchor=st.datetimes(datetime(2025, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    months=st.integers(0, 12),
    zone=st.sampled_from(ZONES),
)
def test_it_finds_the_same_hour_months_later(anchor, months, zone):
    local = anchor.astimezone(zone)
    assume(local.time() >= time(8))  # a change of clocks may skip an earlier hour
    later = Interval(months=months).after(anchor, zone).astimezone(zone)
    assert later.time() == local.time()
    assert (later.year * 12 + later.month) - (local.year * 12 + local.month) == months
    assert later.day <= local.day


@pytest.mark.parametrize("duration", ["3d", "P3", "PT5S", "-P1D", "P1W"])
def test_it_refuses_a_duration_that_it_does_not_know(duration):
    with pytest.raises(ValueError, match="not a duration"):
        parse_schedule(json.dumps({"by_level": {"D1": [duration]}}))
