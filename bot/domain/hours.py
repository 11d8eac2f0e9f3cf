"""Hours of the week, as the plan and the help lines write them: `mon-fri 09:00-19:00`, `sat 11:00-03:00`."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_HOURS = re.compile(r"(?P<days>[a-z,-]+) (?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d)")
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class WeekHours:
    """The same hours on some days of the week.

    `days` counts from Monday, 0. `start` and `end` are minutes since local midnight; an `end` before `start`
    falls on the next day.
    """

    days: frozenset[int]
    start: int
    end: int

    def contains(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether the clocks of `zone` are within these hours. `at` is aware."""
        return self.begun(at, zone) is not None

    def begun(self, at: datetime, zone: ZoneInfo) -> date | None:
        """The local day on which the hours began that `at` is in; None outside of them."""
        local = at.astimezone(zone)
        day, minute = local.weekday(), local.hour * 60 + local.minute
        today, yesterday = local.date(), local.date() - timedelta(days=1)
        if self.start < self.end:
            return today if day in self.days and self.start <= minute < self.end else None
        if day in self.days and minute >= self.start:
            return today
        return yesterday if (day - 1) % 7 in self.days and minute < self.end else None

    def ends_at(self, at: datetime, zone: ZoneInfo) -> datetime | None:
        """When the hours end that `at` is in, in UTC; None outside of them."""
        day = self.begun(at, zone)
        if day is None:
            return None
        ahead = timedelta(days=int(self.end < self.start), minutes=self.end)
        end = datetime.combine(day, time(), zone) + ahead
        first, second = (end.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
        return first if first > at else second


def parse_week_hours(text: str) -> WeekHours:
    """Read `mon-tue,thu 16:00-18:00`; the whole day is `00:00-24:00`. Raises `ValueError`."""
    found = _HOURS.fullmatch(text)
    if not found:
        raise ValueError(f"not hours of the week: {text!r}")
    start, end = _minutes(found["start"]), _minutes(found["end"])
    if start in {end, _DAY_MINUTES}:
        raise ValueError(f"an empty span: {text!r}")
    days = frozenset(day for part in found["days"].split(",") for day in _days(part))
    return WeekHours(days=days, start=start, end=end)


def _days(part: str) -> tuple[int, ...]:
    """Read `mon` or `fri-mon`, which runs over the end of the week."""
    first, dash, last = part.partition("-")
    start, end = DAYS.index(first), DAYS.index(last if dash else first)
    return tuple((start + step) % 7 for step in range((end - start) % 7 + 1))


def _minutes(clock: str) -> int:
    hour, minute = int(clock[:2]), int(clock[3:])
    total = hour * 60 + minute
    if minute >= 60 or total > _DAY_MINUTES:  # noqa: PLR2004  (minutes in an hour)
        raise ValueError(f"not an hour: {clock!r}")
    return total
