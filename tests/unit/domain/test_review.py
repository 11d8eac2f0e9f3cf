"""Whose decision is called for."""

from bot.domain.approvals import ApprovalRule
from bot.domain.cell import ask
from bot.domain.crisis import Crisis
from bot.domain.drafts import propose
from bot.domain.ids import PersonId
from bot.domain.review import unfillable, without_seat
from bot.domain.roster import Role
from bot.domain.states import AskedAs, Route
from tests.rig.samples import NIGHT, opened_crisis

ANY_ONE = ApprovalRule(
    release=Role.MODERATOR, any_of=(Role.MODERATOR, Role.CONSUMER_SERVICE, Role.COMMUNICATION_LEAD), count=1
)
LEA, INES, NOE = PersonId("lea"), PersonId("ines"), PersonId("noe")


def cell(**roles: PersonId) -> Crisis:
    crisis = opened_crisis()
    crisis.assignments = ()
    for role, person in roles.items():
        ask(crisis, person=person, role=Role(role), asked_as=AskedAs.HOLDER, at=NIGHT)
    return crisis


def test_it_calls_nobody_more_while_one_of_several_can_still_decide() -> None:
    crisis = cell(moderator=LEA, consumer_service=NOE)
    draft = propose(crisis, text="Bonjour", routes=[Route.PUBLIC_POST], by=LEA, at=NIGHT)
    assert without_seat(crisis, draft, ANY_ONE) == ()


def test_it_calls_for_each_role_that_would_do_when_the_author_alone_holds_one() -> None:
    crisis = cell(moderator=LEA)
    draft = propose(crisis, text="Bonjour", routes=[Route.PUBLIC_POST], by=LEA, at=NIGHT)
    assert without_seat(crisis, draft, ANY_ONE) == ANY_ONE.any_of


def test_it_says_which_roles_nobody_at_all_can_fill() -> None:
    crisis = cell(moderator=LEA)
    draft = propose(crisis, text="Bonjour", routes=[Route.PUBLIC_POST], by=LEA, at=NIGHT)
    assert unfillable(crisis, draft, ANY_ONE, lambda _role: [LEA]) == ANY_ONE.any_of
    assert unfillable(crisis, draft, ANY_ONE, lambda _role: [LEA, INES]) == ()
