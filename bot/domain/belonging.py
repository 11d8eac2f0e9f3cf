"""Whose crisis it is: the community is found to be another, and those of the wrong one leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.events import CommunityChanged

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import PersonId
    from bot.domain.roster import Role


def move(
    crisis: Crisis, community: str, *, locale: str, roles_of: Callable[[PersonId], Collection[Role]]
) -> None:
    """Give the crisis to another community: the parts stay that its plan gives, as `roles_of` reads it."""
    crisis.check_not_closed()
    crisis.community, crisis.locale = community, locale
    crisis.assignments = tuple(a for a in crisis.assignments if a.role in roles_of(a.person))


def moved(crisis: Crisis, *, before: str, people: Collection[PersonId], by: PersonId, at: datetime) -> None:
    """Note it once the other community's cell is called: whoever of `people` has no part now is out."""
    removed = tuple(sorted(set(people) - crisis.people))
    crisis.record(CommunityChanged(at=at, by=by, before=before, after=crisis.community, removed=removed))
