"""A member of a wave is in distress: a crisis of their own is opened at once, and both are linked."""

from dataclasses import replace

from bot.cards import Answer
from bot.domain import course, members, wave
from bot.domain.contacts import Contacts
from bot.domain.crisis import Crisis
from bot.domain.ids import FIRST, MemberId
from bot.domain.levels import Level, severity_of
from bot.handlers import opening
from bot.handlers.request import Request
from bot.store import UnitOfWork


def where_kept(uow: UnitOfWork, crisis: Crisis, member: MemberId) -> tuple[Crisis, MemberId]:
    """Where what a member writes from now on is read: by whoever looks after them.

    In distress they stay the first of whatever their crisis goes on in (`merging.move`).
    """
    number = next((each.own_crisis for each in crisis.members if each.id == member), None)
    own = uow.crises.numbered(number) if number else None
    while own is not None and own.merged_into is not None:
        first = (own.level or Level.D0) >= wave.OWN_FROM
        own = uow.crises.numbered(own.merged_into) if first else None
    return (own, FIRST) if own else (crisis, member)


def open_own(
    request: Request, shared: Crisis, member: MemberId, level: Level, *, category: str = "distress"
) -> Answer:
    """With their words, their contacts and who they are; `shared` goes on without them."""
    community, by, at = request.guide.community(shared), request.person, request.now
    severity = severity_of(level) or shared.severity
    crisis = opening.begin(request, community, category=category, severity=severity)
    who = members.find(shared, member)
    theirs = [replace(c, member=FIRST) for c in shared.contacts.found if c.member == member]
    numbered = tuple(replace(contact, number=n) for n, contact in enumerate(theirs, start=1))
    crisis.community, crisis.drill = shared.community, shared.drill
    crisis.members = (replace(who, id=FIRST, watch_stopped=False),)
    crisis.messages = tuple(
        replace(message, id=f"t{n}", member=FIRST)
        for n, message in enumerate(members.messages_of(shared, member), start=1)
    )
    crisis.contacts = Contacts(found=numbered)
    wave.goes_on_alone(shared, member, crisis.number, by=by, at=at)
    answer = opening.assemble(request, community, crisis)
    course.judge(crisis, level, by=by, at=at)
    opening.call_roles(request, crisis)
    wave.link(crisis, shared.number, by=by, at=at)
    return answer
