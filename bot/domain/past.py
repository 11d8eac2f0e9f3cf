"""Moments that have passed, as a moderator types them: `03:14`, `3h14`, `24/11 3h14`, `2026-11-24 03:14`."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import Code, Refused

_TYPED = re.compile(
    r"(?:(?P<year>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)\s+|(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:\s+à)?\s+)?"
    r"(?P<hour>\d{1,2})\s*[:h]\s*(?P<minute>\d\d)?"
)


def parse_past(text: str, *, now: datetime, zone: ZoneInfo, field: str) -> datetime:
    """The last moment, in UTC, at which the person's clock and calendar showed this.

    Raises `bad_value` for `field` when it is no such moment.
    """
    found = _TYPED.fullmatch(text.strip().lower())
    if not found:
        raise Refused(Code.BAD_VALUE, field=field)
    try:
        return _last(found, now.astimezone(zone)).astimezone(UTC)
    except (ValueError, OverflowError):  # the latter: the first day of all, where it began later than in UTC
        raise Refused(Code.BAD_VALUE, field=field) from None


def _last(found: re.Match[str], local: datetime) -> datetime:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    moment = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if found["year"]:
        moment = moment.replace(year=int(found["year"]), month=int(found["m"]), day=int(found["d"]))
        if moment > local:
            raise ValueError("still to come")
    elif found["day"]:
        moment = moment.replace(month=int(found["month"]), day=int(found["day"]))
        moment = moment if moment <= local else moment.replace(year=moment.year - 1)
    elif moment > local:
        moment -= timedelta(days=1)
    return moment
