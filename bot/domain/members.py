"""The members of a crisis: who wrote what, who was answered, whom nobody answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain import contacts
from bot.domain.errors import Code, Refused
from bot.domain.ids import EVERYBODY, FIRST, MemberId
from bot.domain.states import Deadline, DispatchStatus, DraftStatus

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis, Member, MemberMessage
    from bot.domain.drafts import Draft

DEAD = frozenset({DraftStatus.REJECTED, DraftStatus.NO_ANSWER})
"""A draft of which nothing more comes by itself."""


def find(crisis: Crisis, member: MemberId) -> Member:
    """Raises `absent`."""
    for each in crisis.members:
        if each.id == member:
            return each
    raise Refused(Code.ABSENT)


def put(crisis: Crisis, member: Member) -> None:
    """Replace a member of the crisis by their new state."""
    crisis.members = tuple(member if each.id == member.id else each for each in crisis.members)


def messages_of(crisis: Crisis, member: MemberId) -> tuple[MemberMessage, ...]:
    """What they wrote, in the order in which we saw it."""
    return tuple(message for message in crisis.messages if message.member == member)


def message_of(crisis: Crisis, member: MemberId) -> MemberMessage | None:
    """Where they wrote first; of the first member, what opened the crisis."""
    theirs = crisis.messages if member == FIRST else messages_of(crisis, member)
    return theirs[0] if theirs else None


def addressees(crisis: Crisis, draft: Draft) -> tuple[Member, ...]:
    """Whom a text is for."""
    return tuple(each for each in crisis.members if draft.member in {EVERYBODY, each.id})


def of_draft(crisis: Crisis, draft: Draft) -> Member | None:
    """Whom a text is for, if it is one alone."""
    return next((each for each in crisis.members if draft.member == each.id), None)


def seen_at(crisis: Crisis, member: Member) -> datetime:
    """Since when they wait for us."""
    theirs = messages_of(crisis, member.id)
    return theirs[0].seen_at if theirs else crisis.opened_at


def watched_from(crisis: Crisis, member: Member) -> datetime:
    """From when the checks on them count: our first word, or what they wrote since they came in."""
    anchor = member.anchored_at or max(crisis.opened_at, seen_at(crisis, member))
    return max([anchor, *(message.seen_at for message in messages_of(crisis, member.id)[1:])])


def is_watched(crisis: Crisis, member: MemberId) -> bool:
    """Whether we still look how they are."""
    return any(each.id == member and not each.watch_stopped for each in crisis.members)


def waits_since(crisis: Crisis, what: Deadline) -> datetime | None:
    """Since when whoever waits longest waits for a first word or a reply; None where nobody does."""
    if not crisis.members:
        had = crisis.anchored_at if what is Deadline.FIRST_WORD else some_reply_sent(crisis)
        return None if had else crisis.seen_at
    return min((seen_at(crisis, each) for each in crisis.members if _waits(crisis, each, what)), default=None)


def _waits(crisis: Crisis, member: Member, what: Deadline) -> bool:
    if is_excused(member):
        return False
    return member.anchored_at is None if what is Deadline.FIRST_WORD else not is_answered(crisis, member)


def is_excused(member: Member) -> bool:
    """Whether it was said why they get no reply here: by a person, or as a crisis of their own goes on."""
    return bool(member.excused or member.own_crisis)


def some_reply_sent(crisis: Crisis) -> bool:
    """The first message and a holding statement are no reply: what was written is still to be answered."""
    return any(True for _reply in _replies_sent(crisis))


def is_answered(crisis: Crisis, member: Member) -> bool:
    """Whether a reply to them has gone.

    One to everybody counts when it went after they wrote, while no other way to them was known and nobody
    prepared a reply of their own.
    """
    since = seen_at(crisis, member)
    return any(
        draft.member == member.id
        or (draft.member == EVERYBODY and at >= since and not _awaits_their_own(crisis, member, at))
        for draft, at in _replies_sent(crisis)
    )


def _awaits_their_own(crisis: Crisis, member: Member, at: datetime) -> bool:
    """Whether at that hour they could be reached themselves, or a reply to them was in preparation."""
    begun = (d for d in crisis.drafts if d.member == member.id and d.status not in DEAD)
    ways = contacts.routes(crisis, member.id)
    reached = any(contacts.known_since(crisis, way, member.id) <= at for way in ways)
    return reached or any(draft.proposed_at <= at for draft in begun)


def to_answer(crisis: Crisis) -> tuple[Member, ...]:
    """Those who wrote and were neither answered nor excused."""
    return tuple(
        each
        for each in crisis.members
        if messages_of(crisis, each.id) and not is_excused(each) and not is_answered(crisis, each)
    )


def sent_to_others(crisis: Crisis, draft: Draft) -> tuple[str, ...]:
    """What other members were sent before this text was written."""
    before = crisis.drafts[: draft.number - 1]
    return tuple(
        each.current.text
        for each in before
        if each.status is DraftStatus.RELEASED and each.member not in {EVERYBODY, draft.member}
    )


def _replies_sent(crisis: Crisis) -> list[tuple[Draft, datetime]]:
    used = [(crisis.draft(d.draft), d.at) for d in crisis.dispatches if d.status is DispatchStatus.USED]
    return [
        (draft, at or crisis.opened_at)
        for draft, at in used
        if not (draft.is_first_message or draft.is_holding)
    ]


def anchor(crisis: Crisis, member: Member, at: datetime) -> None:
    """Our first word to them; a later one changes nothing."""
    if member.anchored_at is None:
        put(crisis, replace(member, anchored_at=at))


def several(crisis: Crisis) -> bool:
    """Whether one must say which member is meant."""
    return len(crisis.members) > 1


def number(member: MemberId) -> int:
    """How cards, notifications and the journal name them: «member 2»."""
    return int(member.removeprefix("m")) if member[1:].isdecimal() else 1
