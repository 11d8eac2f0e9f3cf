"""The community that nobody has named yet: one of several, worked on by those who belong to all of them.

Decision: `docs/adr/0009-community-not-known-yet.md`.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.domain.duty import Duty
from bot.domain.ids import PersonId, Platform
from bot.domain.roster import Role
from bot.domain.states import Source
from bot.plan.model import Community, Plan

OR = "+"
"""Between the ids of those it may be; no key of a plan can hold it."""
NAMED = 2


def either(communities: Sequence[Community]) -> Community:
    """Stands for one of these until somebody says which."""
    first, names = communities[0], [community.name for community in communities]
    more = [] if len(names) <= NAMED else ["…"]
    return replace(
        first,
        id=OR.join(community.id for community in communities),
        name=" / ".join([*names[:NAMED], *more]),
        code="x",
        rooms=tuple(p for p in first.rooms if _in_one_place(p, communities)) or (Platform.WEB,),
        channels=(),
        client_contact=None,
        first_message=None,
        reply_to=None,
        templates=(),
        roles=_roles(communities),
        duty=Duty({}, ()),
        approvals={},
        contacts=replace(first.contacts, sources=_sources(communities)),
        quiet=None,
        member_text=None,
    )


def community_of(plan: Plan, community_id: str) -> Community:
    """Raise `KeyError` for one that the plan does not name."""
    ids = community_id.split(OR)
    return plan.communities[ids[0]] if len(ids) == 1 else either([plan.communities[each] for each in ids])


def ids_of(plan: Plan, person: PersonId, role: Role | None = None) -> list[str]:
    """Under which communities, named or not yet, the crises stand that a person has this role in, or any."""
    named = [community.id for community in plan.communities_of(person, role)]
    return named + [c.id for c in _unnamed(plan) if (person in c.holders(role) if role else c.has(person))]


@lru_cache(maxsize=8)
def _unnamed(plan: Plan) -> tuple[Community, ...]:
    """Those under which somebody may open a crisis unnamed; asked for with each list of what waits."""
    openers = {OR.join(c.id for c in plan.communities_of(each)) for each in plan.people}
    return tuple(community_of(plan, each) for each in sorted(openers) if OR in each)


def _sources(communities: Sequence[Community]) -> tuple[Source, ...]:
    """Where contacts may be looked for whosever member it is."""
    return tuple(s for s in Source if all(s in community.contacts.sources for community in communities))


def _in_one_place(platform: Platform, communities: Sequence[Community]) -> bool:
    places = {(platform in c.rooms, c.workspaces.get(platform)) for c in communities}
    return len(places) == 1 and (True, communities[0].workspaces.get(platform)) in places


def _roles(communities: Sequence[Community]) -> dict[Role, tuple[PersonId, ...]]:
    """Those who have a part in each of them, in the order in which the plan lists them for a role."""
    roles: dict[Role, tuple[PersonId, ...]] = {}
    for community in communities:
        for role, people in community.roles.items():
            everywhere = [p for p in people if all(c.has(p) for c in communities)]
            roles[role] = tuple(dict.fromkeys((*roles.get(role, ()), *everywhere)))
    return {role: people for role, people in roles.items() if people}
