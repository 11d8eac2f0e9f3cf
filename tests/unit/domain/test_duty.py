from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.duty import Duty, Gap, Swap, gaps, in_order, on_duty
from bot.domain.hours import parse_week_hours
from bot.domain.ids import PersonId
from bot.domain.roster import Role

PARIS = ZoneInfo("Europe/Paris")
YVES, FARID, SALOME = map(PersonId, ("yves", "farid", "salome"))


@dataclass(frozen=True)
class Forum:
    roles: dict = field(default_factory=lambda: {Role.LAWYER: (YVES, FARID)})
    duty: Duty = field(default_factory=lambda: Duty({}, ()))
    timezone: ZoneInfo = PARIS


def forum(*swaps, **hours):
    """Return a forum whose lawyers have these hours."""
    spans = {(Role.LAWYER, PersonId(person)): (parse_week_hours(text),) for person, text in hours.items()}
    return Forum(duty=Duty(spans, swaps))


def paris(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


DAYS = {"yves": "mon-fri 09:00-19:00"}
NIGHTS = {"yves": "mon-sun 19:00-09:00", "farid": "mon-sun 09:00-19:00"}
CHRISTMAS_EVE = Swap(Role.LAWYER, date(2026, 12, 24), YVES, SALOME)


@pytest.mark.parametrize(
    ("roster", "local", "called"),
    [
        (forum(), "2026-11-24 03:10", [YVES, FARID]),
        (forum(**DAYS), "2026-11-24 10:00", [YVES, FARID]),
        (forum(**DAYS), "2026-11-24 03:10", [FARID, YVES]),
        (forum(**DAYS, farid="sat 09:00-10:00"), "2026-11-24 03:10", [YVES, FARID]),
        (forum(CHRISTMAS_EVE), "2026-12-23 23:59", [YVES, FARID]),
        (forum(CHRISTMAS_EVE), "2026-12-24 00:00", [SALOME, FARID, YVES]),
        (forum(CHRISTMAS_EVE, **NIGHTS), "2026-12-24 08:00", [YVES, FARID]),
        (forum(CHRISTMAS_EVE, **NIGHTS), "2026-12-24 20:00", [SALOME, YVES, FARID]),
        (forum(CHRISTMAS_EVE, **NIGHTS), "2026-12-25 08:59", [SALOME, YVES, FARID]),
    ],
    ids=[
        "as listed without hours",
        "the first in their hours",
        "the deputy outside them",
        "the first listed when nobody is on duty",
        "before a swap",
        "whoever takes the day",
        "the night before a swap goes on",
        "whoever takes the night",
        "the night taken ends next morning",
    ],
)
def test_it_calls_those_on_duty_first(roster, local, called):
    assert list(in_order(roster, Role.LAWYER, at=paris(local))) == called


def test_it_calls_those_who_are_away_last():
    at = paris("2026-11-24 10:00")
    assert in_order(forum(**DAYS), Role.LAWYER, at=at, away={YVES}) == (FARID, YVES)


def test_it_calls_nobody_for_a_role_without_people():
    assert in_order(forum(), Role.DPO, at=paris("2026-11-24 10:00")) == ()


def test_it_names_the_hours_without_anyone():
    roster = forum(yves="mon-sun 08:00-22:00", farid="mon-fri 22:00-24:00")
    found = gaps(roster, since=paris("2026-11-27 12:00"), until=paris("2026-11-29 12:00"))
    assert [(gap.role, gap.since, gap.until) for gap in found] == [
        (Role.LAWYER, paris("2026-11-28 00:00"), paris("2026-11-28 08:00")),
        (Role.LAWYER, paris("2026-11-28 22:00"), paris("2026-11-29 08:00")),
    ]


def test_it_finds_no_hour_without_anyone_where_somebody_is_always_on_duty():
    assert gaps(forum(**DAYS), since=paris("2026-11-24 00:00"), until=paris("2026-12-08 00:00")) == []


def test_it_sees_that_a_swap_fills_no_other_hours():
    roster = Forum(roles={Role.LAWYER: (YVES,)}, duty=forum(CHRISTMAS_EVE, **DAYS).duty)
    found = gaps(roster, since=paris("2026-12-24 00:00"), until=paris("2026-12-25 00:00"))
    assert found == [
        Gap(Role.LAWYER, paris("2026-12-24 00:00"), paris("2026-12-24 09:00")),
        Gap(Role.LAWYER, paris("2026-12-24 19:00"), paris("2026-12-25 00:00")),
    ]
    assert on_duty(roster, Role.LAWYER, at=paris("2026-12-24 12:00")) == (SALOME,)
