"""The search for the member's contacts: given, said again, passed on, over."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain import contacts
from bot.domain.events import ContactSearchAsked, ContactSearchOverdue
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.states import ReminderKind
from bot.domain.subjects import draft_subject, search_subject
from bot.plan.model import Community
from bot.reactions.effects import After, Cancel, Effect, Refresh
from bot.store import CardKind


def asked(event: ContactSearchAsked, after: After) -> list[Effect]:
    """Its steps; and a message to whoever looks, who reads it on the brief card while the room is made."""
    subject = search_subject(after.crisis, event.search)
    return [
        *after.to([p for p in _searcher(after) if after.may_be_written_to(p)], CardKind.CONTACTS, subject),
        *(
            after.step(ReminderKind.CONTACTS, subject, step, delay)
            for step, delay in enumerate(delays(after.guide.community(after.crisis)), start=1)
        ),
    ]


def delays(community: Community) -> tuple[timedelta, ...]:
    """After how long a search is said again, passes to the deputy, and the managers are told."""
    times = community.contacts
    return (times.remind, times.within, times.within + times.remind)


def overdue(event: ContactSearchOverdue, after: After) -> list[Effect]:
    """Whoever looks now; at the last step the managers and the room, too."""
    subject = search_subject(after.crisis, event.search)
    people, room = list(_searcher(after)), []
    if event.step >= contacts.MANAGERS:
        people += after.guide.chain(after.crisis, Role.MANAGER)
        room = after.everywhere(CardKind.CONTACTS, subject, ordinal=event.step)
    return [
        Refresh(CardKind.CONTACTS, subject),
        *room,
        *after.to(people, CardKind.CONTACTS, subject, ordinal=event.step),
    ]


def ended(after: After) -> list[Effect]:
    """Nobody is reminded any more."""
    search = after.crisis.contacts.search
    if search is None:
        return []
    subject = search_subject(after.crisis, search.number)
    return [Cancel(ReminderKind.CONTACTS, subject), Refresh(CardKind.CONTACTS, subject)]


def changed(after: After) -> list[Effect]:
    """A contact more, or one that is wrong: what is said of it, and of the ways of a reply."""
    crisis = after.crisis
    drafts = [Refresh(CardKind.DRAFT, draft_subject(crisis, draft.number)) for draft in crisis.drafts]
    search = crisis.contacts.search
    shown = [Refresh(CardKind.CONTACTS, search_subject(crisis, search.number))] if search else []
    return [*shown, *drafts]


def _searcher(after: After) -> Sequence[PersonId]:
    person = contacts.searcher(after.crisis)
    return [person] if person is not None and not after.asleep(person) else []
