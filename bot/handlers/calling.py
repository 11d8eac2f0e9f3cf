"""«I'm on it», «I can't», naming somebody for a role."""

from collections.abc import Mapping

from bot.cards import Action, Answer
from bot.domain import cell
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.ids import PersonId
from bot.domain.permissions import MANAGERS
from bot.domain.roster import Role
from bot.domain.states import AskedAs
from bot.domain.verbs import Verb
from bot.handlers.drafts import settle_or_call
from bot.handlers.request import Request, choice, value
from bot.views.answers import done_card
from bot.views.course import role_form


def take_up(request: Request, action: Action) -> Answer:
    """«I'm on it»: every act in a crisis says so, this one says nothing else."""
    crisis = request.crisis(Verb.TAKE_UP, action.subject)
    crisis.check_not_closed()
    return Answer()


def decline(request: Request, action: Action) -> Answer:
    """«I can't»: the deputy of each role is called at once."""
    crisis = request.crisis(Verb.DECLINE, action.subject)
    crisis.check_not_closed()
    for role in cell.decline(crisis, person=request.person, at=request.now):
        if not cell.holders(crisis, role):
            cell.ask_next(
                crisis,
                role=role,
                chain=request.guide.chain(crisis, role),
                at=request.now,
                instead_of=request.person,
            )
    for draft in crisis.drafts:
        settle_or_call(request.guide, crisis, draft.number, now=request.now)
    return Answer()


def ask_role(request: Request, action: Action) -> Answer:
    """The form that names somebody."""
    crisis = request.crisis(Verb.ROLE, action.subject)
    return Answer(form=role_form(request.scene(crisis)))


def submit_role(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """The filled form."""
    crisis = request.crisis(Verb.ROLE, action.subject)
    return name(request, crisis, choice(Role, values, "role"), PersonId(value(values, "person")))


def name(request: Request, crisis: Crisis, role: Role, person: PersonId) -> Answer:
    """Give somebody a role. Beyond the plan's own list for that role only a manager or director may.

    Raises `person_unknown`, `not_allowed`, `already_done`.
    """
    crisis.check_not_closed()
    community = request.guide.community(crisis)
    if not community.roles_of(person):
        raise Refused(Code.PERSON_UNKNOWN, field="person")
    if person not in request.guide.chain(crisis, role) and not _is_manager(request, crisis):
        raise Refused(Code.NOT_ALLOWED, field="person")
    asked = cell.ask(
        crisis, person=person, role=role, asked_as=AskedAs.NAMED, at=request.now, by=request.person
    )
    if not asked:
        raise Refused(Code.ALREADY_DONE)
    _ = request._
    return Answer(card=done_card(_("{name} is called for this role.", name=request.guide.name(person)), _))


def _is_manager(request: Request, crisis: Crisis) -> bool:
    return bool(request.community_roles(crisis) & MANAGERS)
