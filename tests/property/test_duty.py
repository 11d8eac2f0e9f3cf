"""Duty over clock changes: the hours without anyone are exactly those in which nobody is on duty."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.duty import Duty, Swap, gaps, in_order, on_duty
from bot.domain.hours import WeekHours
from bot.domain.ids import PersonId
from bot.domain.roster import Role

PEOPLE = tuple(map(PersonId, ("yves", "farid", "salome")))
ZONES = st.sampled_from(["Europe/Paris", "America/Montreal", "Australia/Lord_Howe", "UTC"]).map(ZoneInfo)
STARTS = st.sampled_from(
    [
        datetime(2026, 10, 24, 6, 7, tzinfo=UTC),  # clocks go back in Europe
        datetime(2027, 3, 27, 6, 7, tzinfo=UTC),  # and forward
        datetime(2026, 10, 31, 12, 0, tzinfo=UTC),  # back in America
        datetime(2027, 4, 3, 6, 0, tzinfo=UTC),  # by half an hour on Lord Howe Island
        datetime(2026, 7, 14, 3, 0, tzinfo=UTC),
    ]
)
MINUTES = st.integers(0, 24 * 60 - 1)
SPANS = (
    st.tuples(st.frozensets(st.integers(0, 6), min_size=1), MINUTES, MINUTES)
    .filter(lambda span: span[1] != span[2])
    .map(lambda span: WeekHours(*span))
)


@dataclass(frozen=True)
class Forum:
    roles: dict
    duty: Duty
    timezone: ZoneInfo


@st.composite
def rosters(draw):
    start = draw(STARTS)
    hours = draw(st.dictionaries(st.sampled_from(PEOPLE), st.lists(SPANS, max_size=3).map(tuple), min_size=1))
    swaps = draw(
        st.lists(
            st.builds(
                Swap,
                role=st.just(Role.LAWYER),
                on=st.integers(-1, 3).map(lambda ahead: start.date() + timedelta(days=ahead)),
                leaves=st.sampled_from(PEOPLE),
                takes=st.sampled_from(PEOPLE),
            ),
            max_size=2,
        )
    )
    duty = Duty({(Role.LAWYER, person): spans for person, spans in hours.items()}, tuple(swaps))
    return Forum({Role.LAWYER: tuple(hours)}, duty, draw(ZONES)), start


@given(rosters(), st.integers(0, 3 * 24 * 60 - 1))
def test_it_names_exactly_the_hours_without_anyone(given_roster, minute):
    roster, start = given_roster
    found = gaps(roster, since=start, until=start + timedelta(days=3))
    at = start + timedelta(minutes=minute)
    in_gap = any(gap.since <= at < gap.until for gap in found)
    assert in_gap == (not on_duty(roster, Role.LAWYER, at=at))


@given(rosters(), st.integers(0, 3 * 24 * 60 - 1), st.frozensets(st.sampled_from(PEOPLE)))
def test_it_forgets_nobody_and_asks_nobody_twice(given_roster, minute, away):
    roster, start = given_roster
    at = start + timedelta(minutes=minute)
    called = in_order(roster, Role.LAWYER, at=at, away=away)
    assert len(set(called)) == len(called)
    assert set(called) == {*roster.roles[Role.LAWYER], *on_duty(roster, Role.LAWYER, at=at)}
    ready = [person not in away for person in called]
    assert ready == sorted(ready, reverse=True)


@given(st.sampled_from([date(2026, 10, 24), date(2027, 3, 27)]), st.integers(0, 59))
def test_it_holds_a_night_over_a_change_of_clocks(evening, minute):
    paris = ZoneInfo("Europe/Paris")
    nights = (WeekHours(frozenset(range(7)), 22 * 60, 7 * 60),)
    roster = Forum({Role.LAWYER: PEOPLE[:1]}, Duty({(Role.LAWYER, PEOPLE[0]): nights}, ()), paris)
    start = datetime(evening.year, evening.month, evening.day, 22, tzinfo=paris).astimezone(UTC)
    end = datetime(evening.year, evening.month, evening.day, 7, tzinfo=paris) + timedelta(days=1)
    assert gaps(roster, since=start, until=end.astimezone(UTC)) == []
    after = end.astimezone(UTC) + timedelta(minutes=minute)
    assert on_duty(roster, Role.LAWYER, at=after) == ()
