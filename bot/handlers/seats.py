"""Whose word counts on a draft, and who is called in the place of those who cannot give theirs."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain import cell
from bot.domain.crisis import Crisis
from bot.domain.drafts import Draft
from bot.domain.errors import Code, Refused
from bot.domain.roster import Role
from bot.domain.states import AskedAs
from bot.guide import Guide
from bot.handlers.request import Request


def roles_for(request: Request, crisis: Crisis, draft: Draft, asked: Sequence[Role]) -> tuple[Role, ...]:
    """Of the `asked` roles, a person's own and those whose holders cannot decide."""
    own, guide = cell.roles_of(crisis, request.person), request.guide
    return tuple(r for r in asked if r in own or guide.stands_in(crisis, draft, r, request.person))


def check_not_too_early(request: Request, crisis: Crisis, asked: Sequence[Role]) -> None:
    """Raise `deputy_too_early` for a deputy of the `asked` roles: whoever holds them may still decide."""
    if request.community_roles(crisis) & set(asked):
        raise Refused(Code.DEPUTY_TOO_EARLY)


def take(request: Request, crisis: Crisis, roles: Iterable[Role]) -> None:
    """A deputy who decides in somebody's place holds the role from then on."""
    for role in roles:
        here = cell.holders(crisis, role)
        cell.ask(
            crisis,
            person=request.person,
            role=role,
            asked_as=AskedAs.JOINED,
            at=request.now,
            instead_of=here[-1].person if here else None,
        )


def call_deputies(
    guide: Guide, crisis: Crisis, draft: Draft, roles: Iterable[Role], *, now: datetime
) -> None:
    """Call the next of the plan in the place of those who cannot decide.

    Somebody absent is called only for a role that nobody holds.
    """
    for role in roles:
        asked = {a.person for a in crisis.assignments if a.role is role}
        held = bool(cell.holders(crisis, role))
        chain = [
            person
            for person in guide.chain(crisis, role)
            if person != draft.author and not (held and guide.absent(crisis, role, person))
        ]
        if any(person not in asked for person in chain):
            instead_of = draft.author if draft.author in asked else None
            cell.ask_next(crisis, role=role, chain=chain, at=now, instead_of=instead_of)
