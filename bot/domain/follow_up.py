"""When to check on a member again."""

import json
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.levels import Level

QUIET_FROM = time(21)
QUIET_UNTIL = time(8)
BEFORE_QUIET = time(20, 30)

_GRAVE_EXEMPTION = timedelta(hours=72)
_DURATION = re.compile(r"P(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?(?:T(?P<hours>\d+)H)?")


@dataclass(frozen=True, slots=True)
class Interval:
    """A time after another. Months and days keep the local hour over clock changes; `elapsed` is exact."""

    months: int = 0
    days: int = 0
    elapsed: timedelta = timedelta()

    def after(self, anchor: datetime, zone: ZoneInfo) -> datetime:
        """Return the moment, in UTC."""
        if self.months or self.days:
            local = anchor.astimezone(zone).replace(tzinfo=None)
            anchor = _utc(_months_later(local, self.months) + timedelta(days=self.days), zone)
        return anchor.astimezone(UTC) + self.elapsed


def _months_later(local: datetime, months: int) -> datetime:
    """Return the same day of a later month, or its last day where it has no such day."""
    years, month = divmod(local.month - 1 + months, 12)
    year, month = local.year + years, month + 1
    return local.replace(year=year, month=month, day=min(local.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Schedule:
    """When to check on a member in distress."""

    by_level: Mapping[Level, tuple[Interval, ...]]


def parse_schedule(text: str) -> Schedule:
    """Read `follow_up.json`. Raises `ValueError` or `KeyError` when it is malformed."""
    data = json.loads(text)
    return Schedule(
        by_level=MappingProxyType(
            {Level(level): _intervals(durations) for level, durations in data["by_level"].items()}
        )
    )


def follow_up_times(
    schedule: Schedule,
    *,
    level: Level | None,
    anchor: datetime,
    zone: ZoneInfo,
    otherwise: Sequence[timedelta],
) -> tuple[datetime, ...]:
    """Return when to check on the member, in UTC, each at the latest, in order and without repeats.

    `anchor` is the first sending, or the opening when nothing could be sent. `zone` is the member's.
    `otherwise` is the plan's schedule for a member who is not in distress. A time that falls into the
    member's quiet hours is moved to the evening before, but for the first 72 hours at D4 and D5.
    """
    exempt_until = anchor + _GRAVE_EXEMPTION if level and level.is_grave else anchor
    due = (interval.after(anchor, zone) for interval in _intervals_for(schedule, level, otherwise))
    return tuple(
        sorted({at if at <= exempt_until else _outside_quiet(at, anchor=anchor, zone=zone) for at in due})
    )


def first_wait(
    schedule: Schedule,
    *,
    level: Level | None,
    anchor: datetime,
    zone: ZoneInfo,
    otherwise: Sequence[timedelta],
) -> timedelta:
    """Return how long after its anchor the first check comes, before quiet hours bring it forward.

    Only a wait of a few hours that begins late in the evening may last until the morning.
    """
    intervals = _intervals_for(schedule, level, otherwise)
    return min(interval.after(anchor, zone) for interval in intervals) - anchor


def _intervals_for(
    schedule: Schedule, level: Level | None, otherwise: Sequence[timedelta]
) -> Sequence[Interval]:
    for_level = schedule.by_level.get(level) if level else None
    if for_level:
        return for_level
    return [Interval(days=each.days, elapsed=each - timedelta(days=each.days)) for each in otherwise]


def _outside_quiet(at: datetime, *, anchor: datetime, zone: ZoneInfo) -> datetime:
    """Move to the evening before; to the next morning when that evening is already past at the anchor."""
    local = at.astimezone(zone).replace(tzinfo=None)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return at
    evening = local.date() if local.time() >= QUIET_FROM else local.date() - timedelta(days=1)
    before = _utc(datetime.combine(evening, BEFORE_QUIET), zone)
    if before > anchor:
        return before
    return _utc(datetime.combine(evening + timedelta(days=1), QUIET_UNTIL), zone)


def _utc(local: datetime, zone: ZoneInfo) -> datetime:
    """Read a local hour; of two that read the same, the first."""
    return local.replace(tzinfo=zone).astimezone(UTC)


def _intervals(durations: Sequence[str]) -> tuple[Interval, ...]:
    return tuple(_interval(each) for each in durations)


def _interval(duration: str) -> Interval:
    """Read an ISO 8601 duration of months, days and hours, for example `P14D` or `PT24H`."""
    found = _DURATION.fullmatch(duration)
    if not found:
        raise ValueError(f"not a duration: {duration!r}")
    months, days, hours = (int(found[name] or 0) for name in ("months", "days", "hours"))
    return Interval(months=months, days=days, elapsed=timedelta(hours=hours))
