"""How each value of the plan file is written. A wrong one raises an error named by a problem's code."""

import re
from collections.abc import Callable, Collection, Mapping, Sized
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Annotated, LiteralString, TypeVar
from zoneinfo import ZoneInfo

from babel import Locale as BabelLocale
from pydantic import AfterValidator, PlainValidator, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from bot.domain.hours import WeekHours, parse_week_hours
from bot.domain.ids import PersonId, Platform
from bot.domain.postal import LINE_LENGTH, MAX_LINES
from bot.domain.templates import HOLES, check_placeholders
from bot.plan.model import Channel

T = TypeVar("T")


def wrong(code: LiteralString, **params: str) -> PydanticCustomError:
    return PydanticCustomError(code, code, params)


def _written(code: LiteralString, read: Callable[[str], T]) -> PlainValidator:
    """Accept a text that `read` understands. It raises `ValueError`, `LookupError` or `OSError` otherwise."""

    def check(value: object) -> T:
        if isinstance(value, str):
            with suppress(ValueError, LookupError, OSError):
                return read(value)
        raise wrong(code)

    return PlainValidator(check)


def _shaped(code: LiteralString, pattern: str) -> PlainValidator:
    return _written(code, lambda text: _match(pattern, text)[0])


def _match(pattern: str, text: str) -> re.Match[str]:
    found = re.fullmatch(pattern, text)
    if not found:
        raise ValueError(text)
    return found


def _duration(text: str) -> timedelta:
    amount, unit = _match(r"([1-9]\d{0,3})([mhd])", text).groups()
    return timedelta(**{{"m": "minutes", "h": "hours", "d": "days"}[unit]: int(amount)})


def _country(text: str) -> str:
    """Check the country of ISO 3166-1; a region after it, as in `CA-QC`, only by its shape."""
    country = _match(r"([A-Z]{2})(-[A-Z0-9]{1,3})?", text)[1]
    if country not in BabelLocale("en").territories:
        raise ValueError(text)
    return text


def _phone(text: str) -> str:
    """Read an international number (E.164), written with or without spaces."""
    return _match(r"\+[1-9]\d{6,14}", text.replace(" ", ""))[0]


def _channel(text: str) -> Channel:
    return Channel(Platform.SLACK, _match(r"slack:([CG][A-Z0-9]{2,})", text)[1])


def _clock(text: str) -> time:
    return time.fromisoformat(_match(r"\d\d:\d\d", text)[0])


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise wrong("not_a_date")


def _yes_or_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise wrong("not_yes_no")


def _count(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return int(value)
    raise wrong("count")


def _known(info: ValidationInfo, kind: str) -> Collection[str]:
    context: Mapping[str, Collection[str]] = info.context or {}
    return context[kind]


def _person(value: object, info: ValidationInfo) -> PersonId:
    people = _known(info, "people")
    if isinstance(value, str) and value in people:
        return PersonId(value)
    raise wrong("unknown_person", allowed=", ".join(people))


def _category(value: object, info: ValidationInfo) -> str:
    categories = _known(info, "categories")
    if isinstance(value, str) and value in categories:
        return value
    raise wrong("unknown_category", allowed=", ".join(categories))


def _prepared(text: str) -> str:
    try:
        check_placeholders(text)
    except ValueError as unknown:
        raise wrong("placeholder", name=str(unknown)[:40], allowed=", ".join(HOLES)) from None
    return text


def not_empty(values: Sized) -> Sized:
    if not values:
        raise wrong("empty")
    return values


def _each_once(values: tuple[T, ...]) -> tuple[T, ...]:
    for value in values:
        if values.count(value) > 1:
            raise wrong("repeated", value=str(value))
    return values


def few_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Take an address of which the sender's name is one more line."""
    if len(lines) >= MAX_LINES:
        raise wrong("lines", allowed=str(MAX_LINES - 1))
    return lines


def listed(value: object) -> object:
    """Take one span of hours as a list of one."""
    return [value] if isinstance(value, str) else value


_ENTRA = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"

Key = Annotated[str, _shaped("key", r"[a-z0-9][a-z0-9_-]{0,39}")]
Code = Annotated[str, _shaped("code", r"[a-z0-9][a-z0-9-]{0,19}")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
AddressLine = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LINE_LENGTH)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=3000)]
PreparedText = Annotated[Words, AfterValidator(_prepared)]
Email = Annotated[str, _written("email", lambda text: _match(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text)[0].lower())]
Phone = Annotated[str, _written("phone", _phone)]
SlackId = Annotated[str, _shaped("slack", r"[UW][A-Z0-9]{2,}")]
Workspace = Annotated[str, _shaped("workspace", r"T[A-Z0-9]{2,}")]
Tenant = Annotated[str, _written("tenant", lambda text: _match(_ENTRA, text)[0].lower())]
TeamsId = Annotated[str, _shaped("teams", _ENTRA)]
Country = Annotated[str, _written("country", _country)]
Zone = Annotated[ZoneInfo, _written("timezone", ZoneInfo)]
Duration = Annotated[timedelta, _written("duration", _duration)]
Clock = Annotated[time, _written("clock", _clock)]
Quiet = Annotated[WeekHours, _written("quiet", lambda text: parse_week_hours(f"mon-sun {text}"))]
Hours = Annotated[WeekHours, _written("hours", parse_week_hours)]
ChannelRef = Annotated[Channel, _written("channel", _channel)]
Day = Annotated[date, PlainValidator(_day)]
YesOrNo = Annotated[bool, PlainValidator(_yes_or_no)]
Count = Annotated[int, PlainValidator(_count)]
PersonRef = Annotated[PersonId, PlainValidator(_person)]
CategoryRef = Annotated[str, PlainValidator(_category)]
Some = Annotated[tuple[T, ...], AfterValidator(not_empty), AfterValidator(_each_once)]
