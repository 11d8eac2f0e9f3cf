"""Reading a moment as a person types it, in French or English: «demain à 9 h 30», `in 2h`, `24 Nov 6pm`.

Both languages are always understood, with or without accents; the day and the hour may stand in either order.
What could be read in two ways is refused, save these, which the answer shows as a full date:

- a lone `1h` to `6h`, or from `24h` on, is a delay; `7h` to `23h` an hour of the day, as are «à 2h», `2:00`;
- a weekday is the first one whose hour is still to come; «lundi prochain», `next monday` is never today;
- a date without a year that passed within the last month is past; an older one is next year's;
- a delay in hours is elapsed time, a delay in days keeps the hour of the day over a change of clocks;
- an hour that comes twice in autumn is the first still to come; one that spring skips moves with the clocks.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain import when_words as words
from bot.domain.errors import Code, Refused
from bot.texts import Locale

SOONEST = timedelta(minutes=1)
LATEST = timedelta(days=731)  # two years
RECENT = timedelta(days=31)


class WhenInPast(Refused):
    """The moment has passed, or is less than a minute away; `hour` (such as `09:00`) is what was asked."""

    def __init__(self, *, hour: str) -> None:
        super().__init__(Code.WHEN_PAST, hour=hour)


class WhenUnclear(Refused):
    """There is no moment in the text, or it can be read in two ways."""

    def __init__(self) -> None:
        super().__init__(Code.WHEN_UNCLEAR)


class WhenTooFar(Refused):
    """The moment is more than two years away."""

    def __init__(self) -> None:
        super().__init__(Code.WHEN_TOO_FAR)


@dataclass(frozen=True, slots=True)
class When:
    """A moment (UTC) and the text that followed it."""

    at: datetime
    rest: str


@dataclass(frozen=True, slots=True)
class _Day:
    date: date
    weekly: bool = False
    part: str | None = None


class _Reader:
    """Reads a folded text from left to right."""

    def __init__(self, text: str) -> None:
        self.text = words.folded(text)
        self.position = 0

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Step over the pattern, if it stands here."""
        found = pattern.match(self.text, self.position)
        if found:
            self.position = found.end()
        return found


def parse_when(text: str, *, now: datetime, zone: ZoneInfo, locale: Locale) -> datetime:
    """Read a text that is a moment and nothing else; raises as `split_when`."""
    when = split_when(text, now=now, zone=zone, locale=locale)
    if when.rest:
        raise WhenUnclear
    return when.at


def split_when(text: str, *, now: datetime, zone: ZoneInfo, locale: Locale) -> When:
    """Read the moment that a text begins with, in the person's zone.

    The locale matters only for dates such as `09/10`: day and month in French, unclear in English.
    Raises `WhenUnclear`, `WhenInPast`, `WhenTooFar`.
    """
    text = unicodedata.normalize("NFC", text)
    reader = _Reader(text)
    at = _moment(reader, now=now, zone=zone, locale=locale)
    if reader.take(words.GOES_ON):
        raise WhenUnclear
    if at < now + SOONEST:
        raise WhenInPast(hour=at.astimezone(zone).strftime("%H:%M"))
    if at > now + LATEST:
        raise WhenTooFar
    reader.take(words.AFTERWARDS)
    return When(at=at, rest=text[reader.position :].rstrip())


def _moment(reader: _Reader, *, now: datetime, zone: ZoneInfo, locale: Locale) -> datetime:
    if reader.take(words.IN):
        return _after_delay(reader, now=now, zone=zone)
    today = now.astimezone(zone).date()
    day = _day(reader, today=today, locale=locale) or _day_of_month(reader, today=today)
    hour = reader.take(words.HOUR)
    day = day or _day(reader, today=today, locale=locale)
    if day is None and reader.take(words.DAY_OF_MONTH):
        raise WhenUnclear  # «18h le 15»: a day, or the number of the ambulance?
    if hour and (day or not words.could_be_delay(hour)):
        return _at_hour(day or _Day(today), hour, now=now, zone=zone)
    reader.position = 0
    if not reader.take(words.NUMBER_AHEAD):
        raise WhenUnclear
    return _after_delay(reader, now=now, zone=zone)


def _after_delay(reader: _Reader, *, now: datetime, zone: ZoneInfo) -> datetime:
    if part := reader.take(words.PART_OF_HOUR):
        return now + timedelta(minutes=words.PARTS_OF_HOUR[str(part.lastgroup)])
    delay = reader.take(words.DELAY)
    if delay is None:
        raise WhenUnclear
    weeks, days, hours, minutes = (
        words.amount(delay[unit]) for unit in ("weeks", "days", "hours", "minutes")
    )
    minutes += int(delay["past"] or 0) + (30 if delay["half"] else 0)
    local = now.astimezone(zone)
    start = (
        _utc(local.date() + timedelta(days=7 * weeks + days), local.time(), zone) if weeks or days else now
    )
    return start + timedelta(hours=hours, minutes=minutes)


def _at_hour(day: _Day, found: re.Match[str], *, now: datetime, zone: ZoneInfo) -> datetime:
    hour = words.hour_of_day(found, day_part=day.part)
    if hour is None:
        raise WhenUnclear
    if found["midnight"]:
        if day.date != now.astimezone(zone).date() or day.weekly:
            raise WhenUnclear  # «demain minuit»: as the day begins, or as it ends?
        return _utc(day.date + timedelta(days=1), hour, zone)
    at = _utc(day.date, hour, zone, now=now)
    if day.weekly and at < now + SOONEST:
        return _utc(day.date + timedelta(days=7), hour, zone)
    return at


def _utc(day: date, hour: time, zone: ZoneInfo, *, now: datetime | None = None) -> datetime:
    """Turn a local day and hour into UTC; see the module about changes of clocks."""
    first = datetime.combine(day, hour.replace(fold=0), zone).astimezone(UTC)
    second = datetime.combine(day, hour.replace(fold=1), zone).astimezone(UTC)
    return second if now and first < now + SOONEST <= second else first


def _day(reader: _Reader, *, today: date, locale: Locale) -> _Day | None:
    if found := reader.take(words.NEAR_DAY):
        ahead = 2 if found["after_tomorrow"] else 1 if found["tomorrow"] else 0
        part = found["part"] or found["part_of_today"] or found["tonight"]
        return _Day(today + timedelta(days=ahead), part=part)
    weekday = reader.take(words.WEEKDAY)
    day = _date(reader, today=today, locale=locale)
    if weekday is None:
        return _Day(day) if day else None
    number = words.WEEKDAYS[weekday["weekday"]]
    if day is None and (found := reader.take(words.DAY_AFTER_WEEKDAY)):
        day = _next_day_of_month(int(found["day"]), today=today)
    if day is None:
        ahead = (number - today.weekday()) % 7
        if ahead == 0 and (weekday["next"] or weekday["prochain"]):
            ahead = 7
        return _Day(today + timedelta(days=ahead), weekly=True, part=weekday["part"])
    if day.weekday() != number:
        raise WhenUnclear
    return _Day(day, part=weekday["part"])


def _date(reader: _Reader, *, today: date, locale: Locale) -> date | None:
    if found := reader.take(words.SLASHED_DATE):
        first, second = int(found["first"]), int(found["second"])
        readings = {(first, second)} if locale == "fr" else {(first, second), (second, first)}
        return _only({day for d, m in readings if (day := _in_year(d, m, year=found["year"], today=today))})
    for pattern in words.DATES:
        if found := reader.take(pattern):
            month = found["month"]
            number = int(month) if month.isdigit() else words.MONTHS[month]
            day = _in_year(int(found["day"]), number, year=found["year"], today=today)
            return _only({day} if day else set())
    return None


def _day_of_month(reader: _Reader, *, today: date) -> _Day | None:
    found = reader.take(words.DAY_OF_MONTH)
    return _Day(_next_day_of_month(int(found["day"]), today=today)) if found else None


def _only(days: set[date]) -> date:
    if len(days) != 1:
        raise WhenUnclear
    return days.pop()


def _in_year(day: int, month: int, *, year: str | None, today: date) -> date | None:
    """The date of the year given or else meant; None if the calendar has no such day."""
    years = [2000 + int(year) % 100] if year else range(today.year - 1, today.year + 5)
    for candidate in years:
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or found >= today - RECENT:
            return found
    return None


def _next_day_of_month(day: int, *, today: date) -> date:
    first = today.replace(day=1)
    for _ in range(3):
        found = first + timedelta(days=day - 1)
        if found.month == first.month and found >= today:
            return found
        first = (first + timedelta(days=31)).replace(day=1)
    raise WhenUnclear
