"""Who may do what, cell by cell: the table of this file against the whole way in."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from bot.domain.alerts import Alert
from bot.domain.cell import Assignment
from bot.domain.errors import Code
from bot.domain.guests import Guest, hash_of
from bot.domain.ids import CrisisId, PersonId, Platform
from bot.domain.mailing import Mailing
from bot.domain.roster import Role
from bot.domain.sending import Dispatch
from bot.domain.states import AskedAs, DispatchStatus, MailStatus, Presence, Route
from bot.domain.verbs import Verb
from bot.interactions import Actor, SlashCommand, Standing
from tests.rig.core import Core, actor, guest_of
from tests.rig.samples import NIGHT

PLAN = """
version: 1
people:
{people}
communities:
  forum:
    name: Forum Exemple
    code: fe
    country: FR
    rooms: [slack]
    roles:
{roles}
  club:
    name: Club Marin
    code: cm
    country: FR
    rooms: [slack]
    roles: {{moderator: [elsewhere], spokesperson: [elsewhere], lawyer: [elsewhere], manager: [elsewhere]}}
"""
SECOND = {Role.MANAGER: "boss", Role.DIRECTOR: "chief", Role.LAWYER: "deputy", Role.SCRIBE: "bystander"}
"""The second of a role: outside the crisis, but for the deputy, who was called."""

INSIDE = frozenset(role.value for role in Role) | {"deputy"}
MANAGERS = frozenset({"boss", "chief"})
COMMUNITY = frozenset({"bystander"})
OTHERS = frozenset({"elsewhere"})
OUTSIDERS = {
    "workspace member": Actor(Platform.SLACK, None),
    "guest": guest_of(None),
    "guest with a moderator's address": guest_of("moderator"),
    "stranger": Actor(Platform.SLACK, None, Standing.STRANGER),
}

CELL = INSIDE
CELL_AND_MANAGERS = CELL | MANAGERS
EVERYBODY_THERE = CELL_AND_MANAGERS | COMMUNITY
WHOLE_PLAN = EVERYBODY_THERE | OTHERS
MODERATORS_AND_MANAGERS = frozenset({"moderator", "manager", "director"}) | MANAGERS
TABLE = {
    Verb.OPEN: WHOLE_PLAN,
    Verb.JOIN: EVERYBODY_THERE,
    # Only a command of one's own can be carried on, never by the id of a crisis.
    Verb.CHOOSE: frozenset(),
    Verb.ALERT_OPEN: MODERATORS_AND_MANAGERS,
    Verb.ALERT_DISMISS: MODERATORS_AND_MANAGERS,
    Verb.COMPLETE: CELL,
    Verb.MORE: CELL_AND_MANAGERS,
    Verb.LIFE_IN_DANGER: EVERYBODY_THERE,
    Verb.I_CALLED: EVERYBODY_THERE,
    Verb.ON_THE_PHONE: EVERYBODY_THERE,
    Verb.CALL_OUTCOME: EVERYBODY_THERE,
    Verb.CALL_NOT_NEEDED: CELL_AND_MANAGERS,
    Verb.TAKE_UP: CELL,
    Verb.DECLINE: CELL,
    Verb.ROLE: CELL_AND_MANAGERS,
    Verb.TELEPHONES: CELL_AND_MANAGERS,
    Verb.GUEST: CELL_AND_MANAGERS,
    Verb.GUEST_LINK: CELL_AND_MANAGERS,
    Verb.GUEST_MAIL: CELL_AND_MANAGERS,
    Verb.GUEST_REVOKE: CELL_AND_MANAGERS,
    Verb.FIRST_MESSAGE: frozenset({"moderator"}),
    Verb.RECEIPT: CELL,
    Verb.REREAD: CELL_AND_MANAGERS,
    Verb.HANDOVER: WHOLE_PLAN,
    Verb.TAKE_OVER: EVERYBODY_THERE,
    Verb.KEEP: EVERYBODY_THERE,
    Verb.READ_MESSAGE: CELL,
    Verb.MESSAGE_HIDDEN: CELL,
    Verb.MESSAGE_ONLINE: CELL,
    Verb.TRIAGE: CELL,
    Verb.TRIAGE_KEEP: CELL,
    Verb.TRIAGE_DECLINE: CELL,
    Verb.ASK: CELL,
    Verb.ADVISE: frozenset({"lawyer", "deputy"}),
    Verb.CONTACTS: CELL,
    Verb.CONTACT_ADD: CELL,
    Verb.CONTACT_SHOW: CELL,
    Verb.CONTACT_WRONG: CELL,
    Verb.CONTACT_END: CELL,
    Verb.DRAFT: CELL,
    Verb.HOLDING: CELL,
    Verb.QUESTIONS: CELL,
    Verb.APPROVE: CELL,
    Verb.REJECT: CELL,
    Verb.WITHDRAW: CELL,
    Verb.NO_ANSWER: CELL,
    Verb.ANSWER_AFTER_ALL: CELL,
    Verb.REVISE: CELL,
    Verb.FINDINGS: CELL,
    Verb.OVERRIDE: CELL,
    Verb.RELEASE: CELL,
    Verb.DISPATCH: CELL,
    Verb.ADD_ROUTE: CELL,
    Verb.EXCUSE_ROUTE: CELL,
    Verb.LETTER: CELL,
    Verb.MAIL: CELL,
    Verb.MAIL_WENT: CELL,
    Verb.MAIL_NOT_GONE: CELL,
    Verb.RECOURSE: CELL,
    Verb.PUBLIC_WORD: CELL,
    Verb.FOLLOW_UP_WRITE: CELL_AND_MANAGERS,
    Verb.FOLLOW_UP_RECORD: CELL_AND_MANAGERS,
    Verb.FOLLOW_UP_LATER: CELL_AND_MANAGERS,
    Verb.FOLLOW_UP_STOP: CELL_AND_MANAGERS,
    Verb.WROTE_BACK: CELL_AND_MANAGERS,
    Verb.ADD: CELL_AND_MANAGERS,
    Verb.MERGE: CELL_AND_MANAGERS,
    Verb.MEMBERS: CELL,
    Verb.MEMBER: CELL,
    Verb.EXCUSE_MEMBER: CELL,
    Verb.SERIOUS_NEWS: CELL_AND_MANAGERS,
    Verb.RESUME_MESSAGES: MANAGERS | {"manager", "director"},
    Verb.REMIND: CELL,
    Verb.REMINDER_DONE: CELL,
    Verb.SNOOZE: CELL,
    Verb.REMINDER_STOP: CELL,
    Verb.NOTE: CELL_AND_MANAGERS,
    Verb.SEVERITY: CELL_AND_MANAGERS,
    Verb.STATUS: CELL_AND_MANAGERS,
    Verb.LOG: CELL_AND_MANAGERS,
    Verb.CLOSE: frozenset({"spokesperson", "manager", "director"}) | MANAGERS,
    Verb.KEEP_OPEN: CELL_AND_MANAGERS,
    Verb.FALSE_ALARM: CELL_AND_MANAGERS,
    Verb.BACK: WHOLE_PLAN,
    Verb.DIGEST_STOP: WHOLE_PLAN,
    Verb.DIGEST_TIME: WHOLE_PLAN,
}
GUESTS = {
    Verb.READ_MESSAGE,
    Verb.LIFE_IN_DANGER,
    Verb.I_CALLED,
    Verb.CALL_OUTCOME,
    Verb.ON_THE_PHONE,
    Verb.TAKE_UP,
    Verb.DECLINE,
    Verb.APPROVE,
    Verb.REJECT,
    Verb.WITHDRAW,
    Verb.FINDINGS,
    Verb.OVERRIDE,
    Verb.REREAD,
    Verb.NO_ANSWER,
    Verb.ANSWER_AFTER_ALL,
    Verb.ADVISE,
    Verb.STATUS,
}
"""What somebody may who came in by a link to this one crisis."""

GUEST_PART = sha256(b"outside").hexdigest()[:12]

PARTS = {
    Verb.GUEST_LINK: f".g.{GUEST_PART}",
    Verb.GUEST_MAIL: f".g.{GUEST_PART}",
    Verb.GUEST_REVOKE: f".g.{GUEST_PART}",
    Verb.REREAD: ".d1",
    Verb.ADVISE: ".a1",
    Verb.APPROVE: ".d1",
    Verb.REJECT: ".d1",
    Verb.WITHDRAW: ".d1",
    Verb.NO_ANSWER: ".d1",
    Verb.ANSWER_AFTER_ALL: ".d1",
    Verb.REVISE: ".d1",
    Verb.FINDINGS: ".d1",
    Verb.OVERRIDE: ".d1",
    Verb.RELEASE: ".d1",
    Verb.DISPATCH: ".d1.email",
    Verb.ADD_ROUTE: ".d1.email",
    Verb.EXCUSE_ROUTE: ".d1",
    Verb.LETTER: ".d1.letter",
    Verb.MAIL: ".d1.email",
    Verb.MAIL_WENT: ".m1",
    Verb.MAIL_NOT_GONE: ".m1",
    Verb.RECOURSE: ".w.pharos",
    Verb.FOLLOW_UP_WRITE: ".f1",
    Verb.FOLLOW_UP_RECORD: ".f1",
    Verb.FOLLOW_UP_LATER: ".f1",
    Verb.FOLLOW_UP_STOP: ".f1",
    Verb.REMINDER_DONE: ".r1",
    Verb.SNOOZE: ".r1",
    Verb.REMINDER_STOP: ".r1",
}
DENIED = {Code.ABSENT, Code.STRANGER, Code.NOT_ALLOWED, Code.GUEST_ONLY}
OF_NO_CRISIS = {Verb.OPEN, Verb.BACK, Verb.HANDOVER, Verb.DIGEST_STOP, Verb.DIGEST_TIME}


ALERTS = {Verb.ALERT_OPEN, Verb.ALERT_DISMISS}
ALERT = Alert("00000000000000a1", "forum", "Tom", "à l'aide", "", NIGHT)


class World:
    """One crisis in which everybody but the outsiders has a part; each act is tried on the same state."""

    def __init__(self, folder: Path) -> None:
        plan = folder / "plan.yaml"
        people = [*Role, *SECOND.values(), "elsewhere"]
        roles = {role: [role.value, *([SECOND[role]] if role in SECOND else [])] for role in Role}
        plan.write_text(
            PLAN.format(
                people="\n".join(f"  {p}: {{name: {p.title()}, email: {p}@cellule.example}}" for p in people),
                roles="\n".join(f"      {role}: [{', '.join(names)}]" for role, names in roles.items()),
            )
        )
        self.core = Core(plan=plan)
        self.crisis = self.core.opens("moderator", community="forum")
        self._call_everybody(self.crisis)
        self.core.proposes(self.crisis, "moderator")
        self.core.fill("moderator", Verb.ASK, self.crisis, role="lawyer", text="Peut-on citer ?")
        self.core.fill("moderator", Verb.REMIND, self.crisis, when="dans 2h", text="rappeler")
        with self.core.store.write() as uow:
            crisis = uow.crises.get(self.crisis)
            assert crisis is not None
            crisis.mailings = (
                Mailing(1, 1, "a@b.example", "", "t", crisis.opened_by, NIGHT, MailStatus.UNCERTAIN),
            )
            crisis.dispatches = (
                Dispatch(1, Route.EMAIL, DispatchStatus.UNCERTAIN),
                Dispatch(1, Route.LETTER),
            )
            uow.alerts.add(ALERT)
            uow.commit()
        self.state = self.core.store.state  # type: ignore[attr-defined]  # the store in memory

    def _call_everybody(self, crisis_id: CrisisId) -> None:
        with self.core.store.write() as uow:
            crisis = uow.crises.get(crisis_id)
            assert crisis is not None
            held = {a.role for a in crisis.assignments}
            new = [(role.value, role) for role in Role if role not in held] + [("deputy", Role.LAWYER)]
            crisis.assignments += tuple(
                Assignment(PersonId(who), role, AskedAs.NAMED, NIGHT, Presence.TAKEN_UP, NIGHT)
                for who, role in new
            )
            person = PersonId("outside")
            crisis.assignments += (Assignment(person, Role.LAWYER, AskedAs.NAMED, NIGHT),)
            crisis.guests = (
                Guest(
                    person=person,
                    role=Role.LAWYER,
                    made_by=PersonId("moderator"),
                    expires_at=NIGHT + timedelta(hours=72),
                    token_hash=hash_of("a secret of this test"),
                    name="Yves Caron",
                ),
            )
            uow.commit()

    def guest(self, crisis: CrisisId) -> Actor:
        return Actor(Platform.WEB, PersonId("outside"), guest_of=crisis)

    def outcome(self, verb: Verb, who: Actor) -> str | None:
        self.core.store.state = self.state  # type: ignore[attr-defined]
        subject = "" if verb in OF_NO_CRISIS else self.crisis
        subject = "" if verb in {Verb.OPEN, Verb.DIGEST_STOP, Verb.DIGEST_TIME} else self.crisis
        subject = ALERT.id if verb in ALERTS else subject
        answer = self.core.press(who, verb, subject + PARTS.get(verb, ""), 1)
        if answer.code in DENIED:
            assert self.core.store.state == self.state  # type: ignore[attr-defined]
        return answer.code


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("plan"))


def test_it_knows_every_act() -> None:
    assert set(TABLE) == set(Verb)


@pytest.mark.parametrize("verb", Verb)
def test_it_lets_exactly_these_people_do_it(world: World, verb: Verb) -> None:
    allowed = {who for who in WHOLE_PLAN if world.outcome(verb, actor(who)) not in DENIED}
    assert allowed == TABLE[verb]


@pytest.mark.parametrize("verb", Verb)
def test_it_lets_a_guest_do_little(world: World, verb: Verb) -> None:
    assert (world.outcome(verb, world.guest(world.crisis)) not in DENIED) == (verb in GUESTS)


@pytest.mark.parametrize("verb", sorted(GUESTS))
def test_it_lets_a_guest_do_nothing_in_another_crisis(world: World, verb: Verb) -> None:
    assert world.outcome(verb, world.guest(CrisisId("0123456789abcdef"))) == Code.ABSENT


def test_it_lets_a_guest_type_nothing(world: World) -> None:
    world.core.store.state = world.state  # type: ignore[attr-defined]
    typed = SlashCommand("typed", world.guest(world.crisis), "status")
    assert world.core.ask(typed).code == Code.GUEST_ONLY


@pytest.mark.parametrize("outsider", OUTSIDERS)
@pytest.mark.parametrize("verb", Verb)
def test_it_does_nothing_for_outsiders(world: World, verb: Verb, outsider: str) -> None:
    assert world.outcome(verb, OUTSIDERS[outsider]) == Code.STRANGER


@pytest.mark.parametrize("verb", [verb for verb in Verb if verb not in OF_NO_CRISIS])
def test_it_says_the_same_of_what_is_not_there_and_what_is_not_yours(world: World, verb: Verb) -> None:
    part = PARTS.get(verb, "")
    of_others = world.core.press("elsewhere", verb, world.crisis + part, 1)
    of_nobody = world.core.press("elsewhere", verb, "0123456789abcdef" + part, 1)
    assert of_others == of_nobody
    assert of_others.code == Code.ABSENT


def test_it_shows_nothing_of_a_crisis_to_somebody_without_a_part(world: World) -> None:
    """A form of an act that has none is refused before anybody asks whose crisis it is."""
    answer = world.core.fill("elsewhere", Verb.TAKE_UP, world.crisis)
    nowhere = world.core.fill("elsewhere", Verb.TAKE_UP, "0123456789abcdef")
    assert answer == nowhere


def test_it_forgets_a_part_that_was_taken_away(world: World) -> None:
    """A role is looked up at each press: whoever is no longer in the plan is a stranger at once."""
    world.core.store.state = world.state  # type: ignore[attr-defined]
    gone = replace(actor("lawyer"), person=PersonId("nobody"))
    assert world.core.press(gone, Verb.APPROVE, world.crisis + ".d1", 1).code == Code.STRANGER
