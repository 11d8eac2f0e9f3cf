"""Dates, hours and delays as the reader says them, in their language and their zone.

Hours are `03:10` in both languages. Every `at` and `now` is an aware datetime.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.texts import Translator

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_LONG_AGO = timedelta(days=27)
"""From here on the number of a day alone could be another month's."""
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def hour(at: datetime, zone: ZoneInfo) -> str:
    """«03:10»."""
    return at.astimezone(zone).strftime("%H:%M")


def day(at: datetime, zone: ZoneInfo, _: Translator) -> str:
    """«mardi 24 novembre»."""
    return weekday(at.astimezone(zone).date(), _)


def weekday(day: date, _: Translator) -> str:
    """«mardi 24 novembre»."""
    return _date(day, "EEEE d MMMM", _)


def day_and_hour(at: datetime, zone: ZoneInfo, _: Translator) -> str:
    """«mardi 24 novembre à 09:00»."""
    return _("{date} at {hour}", date=day(at, zone, _), hour=hour(at, zone))


def full(at: datetime, zone: ZoneInfo, _: Translator) -> str:
    """«mardi 24 novembre 2026 à 09:00», to read back a date that somebody typed."""
    date = _date(at.astimezone(zone).date(), "EEEE d MMMM y", _)
    return _("{date} at {hour}", date=date, hour=hour(at, zone))


def date_of(day: date, _: Translator) -> str:
    """«30 juin 2027»."""
    return _date(day, "d MMMM y", _)


def short(at: datetime, *, now: datetime, zone: ZoneInfo, _: Translator) -> str:
    """«03:18» today, «le 24 à 03:18» within four weeks, else «le 24 octobre à 03:18», or with its year."""
    local, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    if local == today:
        return hour(at, zone)
    if abs(local - today) <= _LONG_AGO:
        return _("on the {day} at {hour}", day=_day_of_month(local.day, _), hour=hour(at, zone))
    pattern = "d MMMM" if local.year == today.year else "d MMMM y"
    return _("on {date} at {hour}", date=_date(local, pattern, _), hour=hour(at, zone))


def duration(length: timedelta, _: Translator) -> str:
    """«4 min», «2 h 10», from two days on «3 jours»: begun minutes and days do not count."""
    if length < _MINUTE:
        return _("less than a minute")
    if length < _HOUR:
        return _("{n} min", n=length // _MINUTE)
    if length >= 2 * _DAY:
        return _.n("{n} day", "{n} days", length // _DAY)
    minutes = length % _HOUR // _MINUTE
    if minutes == 0:
        return _("{n} h", n=length // _HOUR)
    return _("{n} h {minutes}", n=length // _HOUR, minutes=f"{minutes:02}")


def ago(at: datetime, *, now: datetime, _: Translator) -> str:
    """«il y a 4 min»."""
    return _("{duration} ago", duration=duration(now - at, _))


def _date(day: date, pattern: str, _: Translator) -> str:
    """Babel's date with our pattern; in French the first day of a month is «1er»."""
    if _.locale == "fr" and day.day == 1:
        pattern = pattern.replace("d MMMM", "d'er' MMMM")
    return format_date(day, pattern, locale="fr" if _.locale == "fr" else "en_GB")


def _day_of_month(number: int, _: Translator) -> str:
    """«24», «1er»; `24th`, `1st`."""
    if _.locale == "fr":
        return "1er" if number == 1 else str(number)
    return f"{number}{_ORDINALS.get(number, 'th')}"
