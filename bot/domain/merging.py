"""Two crises about the same go on as one: what one of them holds moves into the other, numbered on.

The journal stays where it is: its lines are sealed and chained for their crisis.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain import course, proposal
from bot.domain.contacts import NO_CONTACTS, Contacts
from bot.domain.errors import Code, Refused
from bot.domain.events import CategoryChanged, LevelChanged, SeverityChanged
from bot.domain.ids import EVERYBODY, FIRST
from bot.domain.levels import Level
from bot.domain.likeness import normal_handle
from bot.domain.reaching import NOT_ASKED
from bot.domain.states import Age, CrisisStatus, MailStatus
from bot.domain.wave import OWN_FROM

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.contacts import Contact
    from bot.domain.crisis import Crisis, Member
    from bot.domain.emergency import Emergency
    from bot.domain.ids import MemberId, PersonId


@dataclass(frozen=True, slots=True)
class Moved:
    """What came into the crisis that stays: who its members are now, after which draft its own begin."""

    members: Mapping[MemberId, MemberId]
    messages: int
    contacts: int
    drafts: int
    drafts_after: int
    advice_after: int
    call: bool


def check(gone: Crisis, kept: Crisis) -> None:
    """Whether one may go on in the other.

    Raises `bad_value`, `crisis_merged`, `crisis_closed`, `other_community`, `drill_apart`, `mail_under_way`.
    """
    if gone.id == kept.id:
        raise Refused(Code.BAD_VALUE, field="into")
    for crisis in (gone, kept):
        if crisis.merged_into is not None:
            raise Refused(Code.CRISIS_MERGED, number=crisis.number, other=crisis.merged_into)
        crisis.check_not_closed()
    if gone.community != kept.community:
        raise Refused(Code.OTHER_COMMUNITY, number=kept.number)
    if gone.drill is not kept.drill:
        raise Refused(Code.DRILL_APART)
    if any(mail.status is MailStatus.SENDING for mail in (*gone.mailings, *kept.mailings)):
        raise Refused(Code.MAIL_UNDER_WAY)


def move(
    gone: Crisis, kept: Crisis, *, same: bool, theirs: Level, ours: Level, by: PersonId, at: datetime
) -> Moved:
    """Move all that is not the journal. `same`: the first members of both are one person.

    `theirs` and `ours` are the levels to act on before: D4 for a distress that nobody has assessed.

    Raises `distress_apart`: whoever is in distress stays the one whom their crisis is about.
    """
    members = _who_is_who(gone, kept, same=same)
    if theirs >= OWN_FROM and members.get(FIRST, FIRST) != FIRST:
        raise Refused(Code.DISTRESS_APART, field="same", number=gone.number)
    moved = Moved(
        members=members,
        messages=len(gone.messages),
        contacts=len(gone.contacts.found),
        drafts=len(gone.drafts),
        drafts_after=len(kept.drafts),
        advice_after=len(kept.advice),
        call=gone.emergency is not None,
    )
    _raise(kept, gone, theirs=theirs, ours=ours, by=by, at=at)
    _take_members(kept, gone, members)
    _take_proposals(kept, gone, members)
    _take_replies(kept, gone, moved)
    questions = (replace(each, number=len(kept.questions) + each.number) for each in gone.questions)
    kept.questions = (*kept.questions, *questions)
    kept.emergency = _one_call(kept.emergency, gone.emergency)
    if kept.silenced_at is None:
        kept.silenced_by, kept.silenced_at = gone.silenced_by, gone.silenced_at
    if kept.status is not CrisisStatus.OPEN and gone.status is CrisisStatus.OPEN:
        kept.status = CrisisStatus.OPEN
    kept.pending = None  # somebody wished it of other facts
    both = {kept.number, gone.number}
    kept.goes_with = tuple(n for n in dict.fromkeys((*kept.goes_with, *gone.goes_with)) if n not in both)
    _empty(gone)
    return moved


def end(gone: Crisis, kept: Crisis, *, reason: str, by: PersonId, at: datetime) -> None:
    """It closes, and says where it goes on."""
    gone.merged_into = kept.number
    course.end(gone, by=by, reason=reason, at=at)


def _who_is_who(gone: Crisis, kept: Crisis, *, same: bool) -> dict[MemberId, MemberId]:
    """What each member is called in the crisis that stays: known ones by their pseudonym, others anew.

    Whoever was given a crisis of their own is at home again when the two go on as one.
    """
    handles = {normal_handle(each.handle): each.id for each in kept.members if each.handle}
    split = next((each.id for each in kept.members if each.own_crisis == gone.number), None)
    found: dict[MemberId, MemberId] = {}
    new = len(kept.members)
    for each in gone.members:
        known = handles.get(normal_handle(each.handle)) or (split if each.id == FIRST else None)
        if each.own_crisis == kept.number or (same and each.id == FIRST and kept.members):
            known = FIRST
        if known is None:
            new += 1
        found[each.id] = known or f"m{new}"
    return found


def _raise(kept: Crisis, gone: Crisis, *, theirs: Level, ours: Level, by: PersonId, at: datetime) -> None:
    """The graver level, severity and kind stand: a person lowers them."""
    if (theirs, gone.severity) > (ours, kept.severity) and gone.category != kept.category:
        kept.record(CategoryChanged(at=at, by=by, before=kept.category, after=gone.category))
        kept.category = gone.category
    level = gone.level if kept.level is None else theirs
    if theirs > ours and level is not None:
        kept.record(LevelChanged(at=at, by=by, before=kept.level, after=level))
        kept.level = level
    if gone.severity > kept.severity:
        kept.record(SeverityChanged(at=at, by=by, before=kept.severity, after=gone.severity))
        kept.severity = gone.severity


def _take_members(kept: Crisis, gone: Crisis, members: Mapping[MemberId, MemberId]) -> None:
    known = {each.id: each for each in kept.members}
    for each in gone.members:
        new = members[each.id]
        known[new] = _one_person(known[new], each, kept, gone) if new in known else replace(each, id=new)
    kept.members = tuple(known.values())
    first = len(kept.messages) + 1
    kept.messages = (
        *kept.messages,
        *(
            replace(message, id=f"t{nth}", member=members.get(message.member, EVERYBODY))
            for nth, message in enumerate(gone.messages, start=first)
        ),
    )
    theirs = (replace(contact, member=members[contact.member]) for contact in gone.contacts.found)
    found = kept.contacts.found
    for contact in theirs:
        if not any(_is_same(contact, other) for other in found):
            found = (*found, replace(contact, number=len(found) + 1))
    kept.contacts = Contacts(found, kept.contacts.search)
    if members.get(FIRST) == FIRST:
        taken = (*kept.reaching.taken, *gone.reaching.taken)
        kept.reaching = replace(kept.reaching, taken=taken)


def _take_proposals(kept: Crisis, gone: Crisis, members: Mapping[MemberId, MemberId]) -> None:
    """What the triage aid made of each: of one person the graver that nobody has decided on."""
    opening = gone.message.text if gone.message else ""
    for each in proposal.each_of(gone):
        who = members.get(each.member)
        known = next((mine for mine in proposal.each_of(kept) if mine.member == who), None)
        if who is not None and (known is None or (not each.settled and each.level > known.level)):
            proposal.put(kept, replace(each, member=who, words=each.words or opening, earlier=()))


def _one_person(mine: Member, theirs: Member, kept: Crisis, gone: Crisis) -> Member:
    words = [at for at in (mine.anchored_at, theirs.anchored_at) if at]
    own = {mine.own_crisis, theirs.own_crisis} - {None, kept.number, gone.number}
    return replace(
        mine,
        handle=mine.handle or theirs.handle,
        platform=mine.platform or theirs.platform,
        age=theirs.age if mine.age is Age.UNKNOWN else mine.age,
        country=mine.country or theirs.country,
        anchored_at=min(words, default=None),
        watch_stopped=mine.watch_stopped and theirs.watch_stopped,
        watch_silent=mine.watch_silent or theirs.watch_silent,
        unanswered=max(mine.unanswered, theirs.unanswered),
        excused=mine.excused if theirs.excused else "",
        own_crisis=next(iter(own), None),
    )


def _is_same(one: Contact, other: Contact) -> bool:
    """Whether it is the same way to the same member."""
    return other == replace(other, member=one.member, means=one.means, value=one.value)


def _take_replies(kept: Crisis, gone: Crisis, moved: Moved) -> None:
    """Texts, fingerprints and decisions stay as they are: an approval is of one text."""
    after, mails = moved.drafts_after, len(kept.mailings)
    drafts = (
        replace(draft, number=after + draft.number, member=moved.members.get(draft.member, EVERYBODY))
        for draft in gone.drafts
    )
    kept.drafts = (*kept.drafts, *drafts)
    kept.dispatches += tuple(replace(each, draft=after + each.draft) for each in gone.dispatches)
    kept.mailings += tuple(
        replace(each, number=mails + each.number, draft=after + each.draft) for each in gone.mailings
    )
    kept.advice += tuple(replace(each, number=moved.advice_after + each.number) for each in gone.advice)


def _one_call(mine: Emergency | None, theirs: Emergency | None) -> Emergency | None:
    """One that waits for its call first, then one whose outcome nobody knows; no call is lost."""
    both = [each for each in (mine, theirs) if each is not None]
    if not both:
        return None
    calls = sorted((call for each in both for call in each.calls), key=lambda call: call.recorded_at)
    waits_most = min(both, key=lambda each: (each.settled, not (each.calls and each.outcome is None)))
    # Steps of both are taken: what comes due next needs a number that neither had.
    return replace(waits_most, calls=tuple(calls), reminded=max(each.reminded for each in both))


def _empty(gone: Crisis) -> None:
    """Nothing of it waits for anybody any more, nor is kept twice."""
    gone.members, gone.messages, gone.questions = (), (), ()
    gone.drafts, gone.dispatches, gone.mailings, gone.advice = (), (), (), ()
    gone.contacts, gone.reaching, gone.emergency = NO_CONTACTS, NOT_ASKED, None
    gone.pending, gone.proposal, gone.exhausted = None, None, ()
    gone.silenced_by = gone.silenced_at = None
