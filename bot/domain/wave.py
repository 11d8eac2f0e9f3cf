"""A crisis with several members: who comes into it, who gets no reply there; or with none at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain import members, sending
from bot.domain.crisis import Member, MemberMessage
from bot.domain.errors import Code, Refused
from bot.domain.events import (
    CrisisLinked,
    DetailsCompleted,
    MemberAdded,
    MemberExcused,
    NobodyConcerned,
    OwnCrisisOpened,
)
from bot.domain.ids import EVERYBODY, FIRST
from bot.domain.levels import Level
from bot.domain.states import CrisisStatus, Standing

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import MemberId, PersonId

OWN_FROM = Level.D2
"""From here on a member of a wave gets a crisis of their own."""


def add(
    crisis: Crisis,
    *,
    text: str,
    link: str,
    handle: str,
    platform: str,
    standing: Standing,
    by: PersonId,
    at: datetime,
) -> Member:
    """Another member, with what they wrote; a crisis that was answered is to be answered again."""
    crisis.check_not_closed()
    who = Member(f"m{len(crisis.members) + 1}", handle, platform)
    nth = len(crisis.messages) + 1
    since = None if standing is Standing.UNKNOWN else at
    message = MemberMessage(f"t{nth}", text, link, at, None, standing, since, who.id)
    crisis.members, crisis.messages = (*crisis.members, who), (*crisis.messages, message)
    if crisis.status in {CrisisStatus.REPLIED, CrisisStatus.NO_ANSWER}:
        crisis.status = CrisisStatus.OPEN
    crisis.record(MemberAdded(at=at, by=by, member=who.id, nth=nth))
    return who


def excuse(
    crisis: Crisis, member: MemberId, *, level: Level | None, reason: str, by: PersonId, at: datetime
) -> None:
    """Say why a member of a wave gets no reply of their own; nobody looks how they are, either.

    `level` is the one to act on: D4 for a distress that nobody has assessed. Raises `absent`, `already_done`,
    `reason_needed`; `not_allowed` of the first member from D2 on, where not answering is decided on a reply.
    """
    crisis.check_not_closed()
    who = members.find(crisis, member)
    if member == FIRST and (level or Level.D0) >= OWN_FROM:
        raise Refused(Code.NOT_ALLOWED)
    if not members.several(crisis) or who not in members.to_answer(crisis):
        raise Refused(Code.ALREADY_DONE)
    if not reason.strip():
        raise Refused(Code.REASON_NEEDED, field="reason")
    members.put(crisis, replace(who, excused=reason.strip(), watch_stopped=True))
    crisis.record(MemberExcused(at=at, by=by, member=member, reason=reason.strip()))
    sending.reply_when_complete(crisis, at=at, by=by)


def needs_their_own(crisis: Crisis, member: MemberId, level: Level, *, acts: Level | None) -> bool:
    """Whether a member at this level gets a crisis of their own: one of distress is its first member's.

    `acts` is the level to act on here: D4 for a distress that nobody has assessed.
    """
    already = member == FIRST and (acts or Level.D0) >= OWN_FROM
    return level >= OWN_FROM and members.several(crisis) and not already


def goes_on_alone(crisis: Crisis, member: MemberId, number: str, *, by: PersonId, at: datetime) -> None:
    """The crisis with this number looks after the member from here on."""
    who = members.find(crisis, member)
    members.put(crisis, replace(who, own_crisis=number, watch_stopped=True))
    crisis.goes_with = (*crisis.goes_with, number)
    crisis.record(OwnCrisisOpened(at=at, by=by, member=member, number=number))
    sending.reply_when_complete(crisis, at=at, by=by)


def link(crisis: Crisis, number: str, *, by: PersonId, at: datetime) -> None:
    """It goes with another crisis."""
    if number not in crisis.goes_with:
        crisis.goes_with = (*crisis.goes_with, number)
        crisis.record(CrisisLinked(at=at, by=by, number=number))


def may_concern_nobody(crisis: Crisis) -> bool:
    """Whether its only member can still turn out to be nobody of the community: nothing of them is known."""
    first = crisis.member
    if first is None:
        return True
    begun = any(draft.member == FIRST for draft in crisis.drafts) or crisis.contacts.found or crisis.level
    return not (members.several(crisis) or first.is_known or first.anchored_at or begun)


def concerns_nobody(crisis: Crisis, *, by: PersonId, at: datetime) -> None:
    """No member of the community is behind it: it is answered in public alone. Raises `bad_value`."""
    if not may_concern_nobody(crisis):
        raise Refused(Code.BAD_VALUE, field="concerns")
    if crisis.members:
        crisis.members = ()
        crisis.messages = tuple(replace(message, member=EVERYBODY) for message in crisis.messages)
        crisis.record(NobodyConcerned(at=at, by=by))


def concerns_a_member(crisis: Crisis, *, by: PersonId, at: datetime) -> None:
    """Somebody of the community is behind it after all, which nobody had thought."""
    if not crisis.members and any(message.member == EVERYBODY for message in crisis.messages):
        crisis.members = (Member(FIRST),)
        crisis.messages = tuple(replace(message, member=FIRST) for message in crisis.messages)
        crisis.record(DetailsCompleted(at=at, by=by, fields=("concerns",)))
