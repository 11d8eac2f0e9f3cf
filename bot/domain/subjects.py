"""How the parts of a crisis are named in buttons, due rows and outgoing rows: `<crisis>.<part>`."""

import re
from collections.abc import Collection
from hashlib import sha256

from bot.domain.crisis import Crisis
from bot.domain.ids import FIRST, MemberId, PersonId
from bot.domain.members import number
from bot.domain.states import Recourse, Route

_RULES = re.compile(r"(?:\.x[0-9]{2})+$")
_MEMBER = re.compile(r"\.u([1-9][0-9]{0,3})(?=\.|$)")


def ping_subject(crisis: Crisis, person: PersonId) -> str:
    """What the pings of one person in one crisis concern."""
    return f"{crisis.id}.p.{person}"


def guest_subject(crisis: Crisis, person: PersonId) -> str:
    """A guest's link. The person stands in it as a short hash: a button names nobody."""
    return f"{crisis.id}.g.{sha256(person.encode()).hexdigest()[:12]}"


def draft_subject(crisis: Crisis, number: int) -> str:
    """A draft, whatever its revision."""
    return f"{crisis.id}.d{number}"


def override_subject(crisis: Crisis, number: int, rules: Collection[str]) -> str:
    """A draft, and the rules that a form shows: `….d2.x01.x13`."""
    return draft_subject(crisis, number) + "".join(f".x{rule[1:]}" for rule in rules)


def override_of(subject: str) -> tuple[str, frozenset[str]]:
    """The draft, and the rules that the form showed."""
    found = _RULES.search(subject)
    shown = found[0].split(".x")[1:] if found else ()
    return subject[: found.start()] if found else subject, frozenset(f"R{rule}" for rule in shown)


def revision_subject(crisis: Crisis, number: int, revision: int) -> str:
    """One revision of a draft."""
    return f"{crisis.id}.d{number}.r{revision}"


def advice_subject(crisis: Crisis, number: int) -> str:
    """One question to an expert."""
    return f"{crisis.id}.a{number}"


def search_subject(crisis: Crisis, number: int) -> str:
    """One search for the member's contacts."""
    return f"{crisis.id}.s{number}"


def member_subject(crisis: Crisis, member: MemberId) -> str:
    """A member: by their number, for a button names nobody. The first is meant by the crisis itself."""
    return crisis.id if member == FIRST else f"{crisis.id}.u{number(member)}"


def member_in(subject: str) -> MemberId:
    """Which member a subject is about."""
    found = _MEMBER.search(subject)
    return f"m{found[1]}" if found else FIRST


def follow_up_subject(crisis: Crisis, ordinal: int, member: MemberId = FIRST) -> str:
    """One follow-up on a member, counted for each by itself."""
    return f"{member_subject(crisis, member)}.f{ordinal}"


def route_subject(crisis: Crisis, number: int, route: Route) -> str:
    """One way of one draft."""
    return f"{draft_subject(crisis, number)}.{route}"


def letter_subject(crisis: Crisis, number: int, contact: int) -> str:
    """One draft as a letter to one contact."""
    return f"{draft_subject(crisis, number)}.c{contact}"


def mail_subject(crisis: Crisis, number: int) -> str:
    """One e-mail to the member."""
    return f"{crisis.id}.m{number}"


def recourse_subject(crisis: Crisis, recourse: Recourse) -> str:
    """What is done where no way to the member is known."""
    return f"{crisis.id}.w.{recourse}"


def client_subject(crisis: Crisis, community: str) -> str:
    """What the contact of a community's client is told: the crisis may stand under another one later."""
    return f"{crisis.id}.c.{community}"
