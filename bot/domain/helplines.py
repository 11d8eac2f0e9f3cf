"""Whom to call, and what to give the member: emergency numbers and help lines.

Two questions that must not be mixed up, for a short number works only inside its country: the *caller's*
country decides whom one of us calls, the *member's* what they are given.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.hours import WeekHours, parse_week_hours
from bot.domain.labels import Label, parse_label


class Need(StrEnum):
    """What a line helps with."""

    EMERGENCY = "emergency"
    SUICIDE = "suicide"
    LISTENING = "listening"
    YOUTH = "youth"
    CHILD = "child"
    VIOLENCE_WOMEN = "violence_women"
    VICTIMS = "victims"
    HARASSMENT = "harassment"
    EATING_DISORDER = "eating_disorder"
    ADDICTION = "addiction"
    REPORT = "report"


class ContactKind(StrEnum):
    """How a line is reached."""

    VOICE = "voice"
    SMS = "sms"
    WEB = "web"
    EMAIL = "email"


class Openness(StrEnum):
    """Whether somebody answers now. Hours that nobody confirmed are unknown, never open."""

    OPEN = "open"
    UNKNOWN = "unknown"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Contact:
    """A number or address; `keyword` is what to write in a first text message, if a word is needed."""

    kind: ContactKind
    value: str
    keyword: str


@dataclass(frozen=True, slots=True)
class HelpLine:
    """`hours` are in the line's own time zone, None when unknown; `country` is such as `FR` or `CA-QC`."""

    id: str
    country: str
    name: Label
    needs: frozenset[Need]
    contacts: tuple[Contact, ...]
    audience: Label | None
    languages: tuple[str, ...]
    hours: tuple[WeekHours, ...] | None
    zone: ZoneInfo
    review_due: date

    def openness(self, at: datetime) -> Openness:
        if self.hours is None:
            return Openness.UNKNOWN
        is_open = any(span.contains(at, self.zone) for span in self.hours)
        return Openness.OPEN if is_open else Openness.CLOSED


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line to give, and whether it answers now."""

    line: HelpLine
    now: Openness


@dataclass(frozen=True, slots=True)
class HelpLines:
    """The lines that may be shown, in the file's order. `emergency` and `directory` stand for any country."""

    lines: tuple[HelpLine, ...]
    emergency: HelpLine
    directory: HelpLine

    def emergency_numbers(self, country: str | None) -> tuple[HelpLine, ...]:
        """Return whom a person in `country` calls; 112 where we do not know better.

        A review that is overdue hides none of these: it is no reason to be without a number to call.
        """
        known = tuple(line for line in self.of_country(country) if Need.EMERGENCY in line.needs)
        return known or (self.emergency,)

    def overdue(self, countries: Collection[str], on: date) -> tuple[HelpLine, ...]:
        """Return the lines of these countries, and those for anywhere, whose review is past."""
        wanted = {self.emergency.country, self.directory.country}
        wanted.update(place for country in countries for place in (country, country.partition("-")[0]))
        return tuple(line for line in self.lines if line.country in wanted and line.review_due <= on)

    def member_lines(
        self, country: str | None, needs: Sequence[Need], at: datetime
    ) -> tuple[Suggestion, ...]:
        """Return what to give a member in `country`: the lines that answer now first, the directory last.

        112 stands before the others when none surely answers. A line past its review is left out.
        """
        found = [
            Suggestion(line, line.openness(at))
            for need in dict.fromkeys(needs)
            for line in self.of_country(country)
            if need in line.needs and line.review_due > at.date()
        ]
        by_openness = {
            state: [each for each in dict.fromkeys(found) if each.now is state] for state in Openness
        }
        surely = by_openness[Openness.OPEN] or [Suggestion(self.emergency, Openness.OPEN)]
        return (
            *surely,
            *by_openness[Openness.UNKNOWN],
            *by_openness[Openness.CLOSED],
            Suggestion(self.directory, self.directory.openness(at)),
        )

    def of_country(self, country: str | None) -> tuple[HelpLine, ...]:
        """Return a region's own lines, then those of its whole country."""
        places = (country, country.partition("-")[0]) if country else ()
        return tuple(line for place in dict.fromkeys(places) for line in self.lines if line.country == place)


def to_call(lines: Iterable[HelpLine]) -> tuple[str, ...]:
    """Return the numbers of these lines where somebody speaks."""
    return tuple(
        contact.value for line in lines for contact in line.contacts if contact.kind is ContactKind.VOICE
    )


def parse_help_lines(text: str) -> HelpLines:
    """Read `helplines.json`, without the lines that are unconfirmed or not to be shown.

    Raises `ValueError` or `KeyError` when it is malformed.
    """
    data = json.loads(text)
    lines = {
        entry["id"]: _line(entry, data["timezones"])
        for entry in data["lines"]
        if entry["show"] and entry["confidence"] in {"A", "B"}
    }
    return HelpLines(
        lines=tuple(lines.values()),
        emergency=lines[data["anywhere"]["emergency"]],
        directory=lines[data["anywhere"]["directory"]],
    )


def _line(entry: Mapping[str, Any], zones: Mapping[str, str]) -> HelpLine:
    hours, audience = entry["open"], entry.get("audience")
    return HelpLine(
        id=entry["id"],
        country=entry["country"],
        name=parse_label(entry["name"]),
        needs=frozenset(Need(need) for need in entry["needs"]),
        contacts=tuple(
            Contact(ContactKind(each["kind"]), each["value"], each.get("keyword", ""))
            for each in entry["contacts"]
        ),
        audience=None if audience is None else parse_label(audience),
        languages=tuple(entry["languages"]),
        hours=None if hours is None else tuple(parse_week_hours(span) for span in hours),
        zone=ZoneInfo(entry.get("timezone") or zones[entry["country"]]),
        review_due=date.fromisoformat(entry["review_due"]),
    )
