"""Who holds a role at an hour: hours of duty, and swaps of a day."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.hours import WeekHours
from bot.domain.ids import PersonId
from bot.domain.roster import Role

CLOCK_CHANGES = timedelta(minutes=30)
"""Clocks change on a full or half hour of UTC, everywhere."""


@dataclass(frozen=True, slots=True)
class Swap:
    """On one day somebody takes a role in another's place: the hours that begin on that day, or all of it."""

    role: Role
    on: date
    leaves: PersonId
    takes: PersonId


@dataclass(frozen=True, slots=True)
class Duty:
    """When people hold their roles. Without hours somebody is always on duty."""

    hours: Mapping[tuple[Role, PersonId], tuple[WeekHours, ...]]
    swaps: tuple[Swap, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """From `since` until `until` (UTC) nobody is on duty for a role."""

    role: Role
    since: datetime
    until: datetime


class Roster(Protocol):
    """Who holds which role, and when: a community of the plan."""

    @property
    def roles(self) -> Mapping[Role, tuple[PersonId, ...]]: ...
    @property
    def duty(self) -> Duty: ...
    @property
    def timezone(self) -> ZoneInfo: ...


def on_duty(roster: Roster, role: Role, *, at: datetime) -> tuple[PersonId, ...]:
    """Return those whose hours these are, in the plan's order; whoever takes a day stands in their place."""
    holding = (
        _taker(roster, role, person, day)
        for person in roster.roles.get(role, ())
        if (day := _day_of_duty(roster, role, person, at)) is not None
    )
    return tuple(dict.fromkeys(holding))


def in_order(
    roster: Roster, role: Role, *, at: datetime, away: Collection[PersonId] = ()
) -> tuple[PersonId, ...]:
    """Return who is called for a role at this hour, one after the other.

    Those on duty first, then the plan's other people, then those who are away; else as the plan lists them.
    """
    present = on_duty(roster, role, at=at)
    people = dict.fromkeys((*present, *roster.roles.get(role, ())))
    return tuple(sorted(people, key=lambda person: (person in away, person not in present)))


def gaps(roster: Roster, *, since: datetime, until: datetime) -> Sequence[Gap]:
    """Name every span in which a role that the plan lists has nobody on duty, role by role."""
    hours = _turning_points(roster, since, until)
    found: list[Gap] = []
    for role in roster.roles:
        for start, end in pairwise(hours):
            if on_duty(roster, role, at=start):
                continue
            if found and (found[-1].role, found[-1].until) == (role, start):
                found[-1] = Gap(role, found[-1].since, end)
            else:
                found.append(Gap(role, start, end))
    return found


def _taker(roster: Roster, role: Role, person: PersonId, day: date) -> PersonId:
    for swap in roster.duty.swaps:
        if (swap.role, swap.on, swap.leaves) == (role, day, person):
            return swap.takes
    return person


def _day_of_duty(roster: Roster, role: Role, person: PersonId, at: datetime) -> date | None:
    """The day on which the hours began that a person is in; None outside their hours."""
    hours = roster.duty.hours.get((role, person))
    if hours is None:
        return at.astimezone(roster.timezone).date()
    return next((day for each in hours if (day := each.begun(at, roster.timezone)) is not None), None)


def _turning_points(roster: Roster, since: datetime, until: datetime) -> Sequence[datetime]:
    """The hours between which nobody comes or goes, both ends among them."""
    hours = (span for spans in roster.duty.hours.values() for span in spans)
    marks = {0} | {mark % (24 * 60) for span in hours for mark in (span.start, span.end)}
    found = {since, until}
    for day in _days(since - timedelta(days=1), until + timedelta(days=1)):
        found |= {
            datetime.combine(day, time(*divmod(mark, 60), fold=fold), roster.timezone).astimezone(UTC)
            for mark in marks
            for fold in (0, 1)
        }
        midnight = datetime.combine(day, time(), UTC)
        found |= {midnight + n * CLOCK_CHANGES for n in range(48)}
    return sorted(hour for hour in found if since <= hour <= until)


def _days(first: datetime, last: datetime) -> Iterator[date]:
    for ahead in range((last.date() - first.date()).days + 1):
        yield first.date() + timedelta(days=ahead)
