"""Who may ask for what: one table, looked up anew at each press.

Inside a crisis a person acts by the roles of their assignments there; a deputy who was called has one.
Outside, only the community's managers and, for the little that cannot wait, its other people count.
Guests of the workspace and strangers may do nothing; a full member of it who is not in the plan may raise an
alert, for the moderators to decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.domain.cell import assignments_of
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.guests import is_invited
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.verbs import Verb

EVERY_ROLE = frozenset(Role)
MANAGERS = frozenset({Role.MANAGER, Role.DIRECTOR})


@dataclass(frozen=True, slots=True)
class Grant:
    """`roles`: those held inside the crisis.

    `managers` and `people`: of the community, without a part in it. `guests`: also those who came in by a
    link to this one crisis.
    """

    roles: frozenset[Role] = EVERY_ROLE
    managers: bool = False
    people: bool = False
    guests: bool = False


_CELL = Grant()
_CELL_AND_GUESTS = Grant(guests=True)
_CELL_AND_MANAGERS = Grant(managers=True)
_CELL_MANAGERS_AND_GUESTS = Grant(managers=True, guests=True)
_MODERATORS_AND_MANAGERS = Grant(roles=frozenset({Role.MODERATOR}), managers=True)
_MANAGERS = Grant(roles=MANAGERS, managers=True)
_ANYBODY_OF_THE_COMMUNITY = Grant(managers=True, people=True)
_ANYBODY_AT_ALL = Grant(managers=True, people=True, guests=True)
_MODERATOR = Grant(roles=frozenset({Role.MODERATOR}))

PERMISSIONS: Mapping[Verb, Grant] = MappingProxyType(
    {
        Verb.OPEN: _ANYBODY_OF_THE_COMMUNITY,
        Verb.JOIN: _ANYBODY_OF_THE_COMMUNITY,
        # What is then done in the chosen crisis is asked for under its own verb.
        Verb.CHOOSE: _ANYBODY_OF_THE_COMMUNITY,
        Verb.ALERT_OPEN: _MODERATORS_AND_MANAGERS,
        Verb.ALERT_DISMISS: _MODERATORS_AND_MANAGERS,
        # Calling for help waits for nobody (Code pénal, art. 223-6).
        Verb.LIFE_IN_DANGER: _ANYBODY_AT_ALL,
        Verb.I_CALLED: _ANYBODY_AT_ALL,
        Verb.ON_THE_PHONE: _ANYBODY_AT_ALL,
        # Whoever called is asked what came of it, in the cell or not.
        Verb.CALL_OUTCOME: _ANYBODY_AT_ALL,
        Verb.CALL_NOT_NEEDED: _CELL_AND_MANAGERS,
        Verb.MORE: _CELL_AND_MANAGERS,
        Verb.STATUS: _CELL_MANAGERS_AND_GUESTS,
        Verb.LOG: _CELL_AND_MANAGERS,
        Verb.NOTE: _CELL_AND_MANAGERS,
        Verb.ROLE: _CELL_AND_MANAGERS,
        Verb.TELEPHONES: _CELL_AND_MANAGERS,
        Verb.GUEST: _CELL_AND_MANAGERS,
        Verb.GUEST_LINK: _CELL_AND_MANAGERS,
        Verb.GUEST_MAIL: _CELL_AND_MANAGERS,
        Verb.GUEST_REVOKE: _CELL_AND_MANAGERS,
        Verb.CLOSE: _CELL_AND_MANAGERS,
        Verb.KEEP_OPEN: _CELL_AND_MANAGERS,
        Verb.FALSE_ALARM: _CELL_AND_MANAGERS,
        Verb.SEVERITY: _CELL_AND_MANAGERS,
        Verb.COMPLETE: _CELL,
        Verb.TAKE_UP: _CELL_AND_GUESTS,
        Verb.DECLINE: _CELL_AND_GUESTS,
        Verb.FIRST_MESSAGE: _MODERATOR,
        Verb.RECEIPT: _CELL,
        Verb.REREAD: _CELL_MANAGERS_AND_GUESTS,
        Verb.HANDOVER: _ANYBODY_OF_THE_COMMUNITY,
        # To whom it is offered may have no part in it yet: the handler looks whether it is.
        Verb.TAKE_OVER: _ANYBODY_OF_THE_COMMUNITY,
        Verb.KEEP: _ANYBODY_OF_THE_COMMUNITY,
        Verb.READ_MESSAGE: _CELL_AND_GUESTS,
        Verb.MESSAGE_HIDDEN: _CELL,
        Verb.MESSAGE_ONLINE: _CELL,
        Verb.TRIAGE: _CELL,
        Verb.TRIAGE_KEEP: _CELL,
        Verb.TRIAGE_DECLINE: _CELL,
        Verb.ASK: _CELL,
        # Of those who hold the role that was asked (`domain/advice.py`).
        Verb.ADVISE: _CELL_AND_GUESTS,
        # No guest sees or adds how a member can be reached (docs/contacts.md).
        Verb.CONTACTS: _CELL,
        Verb.CONTACT_ADD: _CELL,
        Verb.CONTACT_SHOW: _CELL,
        Verb.CONTACT_WRONG: _CELL,
        Verb.CONTACT_END: _CELL,
        Verb.DRAFT: _CELL,
        Verb.HOLDING: _CELL,
        Verb.QUESTIONS: _CELL,
        Verb.APPROVE: _CELL_AND_GUESTS,
        Verb.REJECT: _CELL_AND_GUESTS,
        Verb.WITHDRAW: _CELL_AND_GUESTS,
        Verb.NO_ANSWER: _CELL_AND_GUESTS,
        Verb.ANSWER_AFTER_ALL: _CELL_AND_GUESTS,
        Verb.REVISE: _CELL,
        Verb.FINDINGS: _CELL_AND_GUESTS,
        # Of those who may approve the text.
        Verb.OVERRIDE: _CELL_AND_GUESTS,
        Verb.RELEASE: _CELL,
        Verb.DISPATCH: _CELL,
        Verb.ADD_ROUTE: _CELL,
        Verb.EXCUSE_ROUTE: _CELL,
        # The address stands in it: to nobody who may not be shown a contact.
        Verb.LETTER: _CELL,
        Verb.MAIL: _CELL,
        Verb.MAIL_WENT: _CELL,
        Verb.MAIL_NOT_GONE: _CELL,
        Verb.RECOURSE: _CELL,
        Verb.PUBLIC_WORD: _CELL,
        Verb.FOLLOW_UP_WRITE: _CELL_AND_MANAGERS,
        Verb.FOLLOW_UP_RECORD: _CELL_AND_MANAGERS,
        Verb.FOLLOW_UP_LATER: _CELL_AND_MANAGERS,
        Verb.FOLLOW_UP_STOP: _CELL_AND_MANAGERS,
        Verb.WROTE_BACK: _CELL_AND_MANAGERS,
        Verb.ADD: _CELL_AND_MANAGERS,
        # Of the crisis that ends; the other may be joined by anybody of the community anyway.
        Verb.MERGE: _CELL_AND_MANAGERS,
        Verb.MEMBERS: _CELL,
        Verb.MEMBER: _CELL,
        Verb.EXCUSE_MEMBER: _CELL,
        Verb.SERIOUS_NEWS: _CELL_AND_MANAGERS,
        Verb.RESUME_MESSAGES: _MANAGERS,
        Verb.REMIND: _CELL,
        Verb.REMINDER_DONE: _CELL,
        Verb.SNOOZE: _CELL,
        Verb.REMINDER_STOP: _CELL,
        Verb.BACK: _ANYBODY_OF_THE_COMMUNITY,
        Verb.DIGEST_STOP: _ANYBODY_OF_THE_COMMUNITY,
        Verb.DIGEST_TIME: _ANYBODY_OF_THE_COMMUNITY,
    }
)


def check(verb: Verb, crisis: Crisis, person: PersonId, community_roles: frozenset[Role]) -> None:
    """Raise `absent` for somebody without a part in the crisis, `not_allowed` for one with too small a part.

    `community_roles` are the roles that the plan gives the person in the crisis's community.
    """
    grant = PERMISSIONS[verb]
    # A part counts as long as the plan names the person in the community, or a link let them in.
    admitted = community_roles or is_invited(crisis, person)
    mine = assignments_of(crisis, person) if admitted else ()
    if any(a.role in grant.roles for a in mine):
        return
    if grant.managers and community_roles & MANAGERS:
        return
    if grant.people and community_roles:
        return
    raise Refused(Code.NOT_ALLOWED if mine else Code.ABSENT)


def check_alert(verb: Verb, community_roles: frozenset[Role]) -> None:
    """Raise `absent` for somebody who may not decide on an alert: no crisis yet to have a part in."""
    grant = PERMISSIONS[verb]
    if not community_roles & (grant.roles | MANAGERS):
        raise Refused(Code.ABSENT)


def check_guest(verb: Verb | None) -> None:
    """Raise `guest_only` for what a guest's link does not open; None stands for a typed command."""
    if verb is None or not PERMISSIONS[verb].guests:
        raise Refused(Code.GUEST_ONLY)
