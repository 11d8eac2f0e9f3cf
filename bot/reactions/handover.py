"""A part that passes from one person to another."""

from collections.abc import Collection
from datetime import datetime

from bot.domain import handover
from bot.domain.cell import assignments_of
from bot.domain.events import (
    HandoverAccepted,
    HandoverEnded,
    HandoverOffered,
    HandoverUnanswered,
    PersonLeft,
    ReliefOffered,
)
from bot.domain.ids import PersonId
from bot.domain.relief import AFTER
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import Presence, ReminderKind
from bot.domain.subjects import ping_subject
from bot.reactions.effects import After, Cancel, Effect, Plan, Refresh, invitation, moment, removal
from bot.reactions.texts import as_text
from bot.store import CardKind

REMIND, MANAGERS = 1, 2
"""The steps of an offer that nobody answers."""


def subject_of(giver: PersonId, taker: PersonId, offered: int) -> str:
    """One offer, of however many crises: it has one card a person."""
    return f"{giver}>{taker}>{offered}"


def offered(event: HandoverOffered, after: After) -> list[Effect]:
    """A card for both; several crises offered together make one. Silence has its steps."""
    subject = subject_of(event.giver, event.taker, moment(event))
    steps = after.guide.community(after.crisis).take_up
    waits = _waits(after, moment(event))
    return [
        *after.to([event.giver, event.taker], CardKind.HANDOVER, subject),
        *(
            Plan(Reminder(ReminderKind.HANDOVER, waits, step, after.due(delay), after.crisis.id, event.giver))
            for step, delay in ((REMIND, steps.remind), (MANAGERS, steps.manager))
        ),
    ]


def unanswered(event: HandoverUnanswered, after: After) -> list[Effect]:
    """Both are called again, then the managers of this crisis: who goes home must not be left alone."""
    subject = subject_of(event.giver, event.taker, event.offered)
    managers = after.guide.chain(after.crisis, Role.MANAGER) if event.step >= MANAGERS else ()
    return after.to([event.giver, event.taker, *managers], CardKind.HANDOVER, subject, ordinal=event.step)


def accepted(event: HandoverAccepted, after: After) -> list[Effect]:
    """The taker comes in; nobody waits for the giver any more."""
    crisis = after.crisis
    subject = ping_subject(crisis, event.taker)
    effects = _answered(event, after)
    for place in after.rooms():
        effects += invitation(after, place, subject, [event.taker])
    for pinged in (subject, ping_subject(crisis, event.giver)):
        effects += [Cancel(ReminderKind.TAKE_UP, pinged), Refresh(CardKind.PING, pinged)]
    return effects


def ended(event: HandoverEnded, after: After) -> list[Effect]:
    """Both read that all stays as it was."""
    return _answered(event, after)


def _answered(event: HandoverAccepted | HandoverEnded, after: After) -> list[Effect]:
    return [
        Cancel(ReminderKind.HANDOVER, _waits(after, event.offered)),
        Refresh(CardKind.HANDOVER, subject_of(event.giver, event.taker, event.offered)),
    ]


def _waits(after: After, offered: int) -> str:
    """What the steps of silence of one offer are about, in this crisis."""
    return f"{after.crisis.id}.h.{offered}"


def left(event: PersonLeft, after: After) -> list[Effect]:
    """Their access ends: they are taken out of every other room, and nobody waits for them.

    Those who left a room by hand read why, and so does the room.
    """
    subject = ping_subject(after.crisis, event.person)
    still_in = [place for place in after.rooms() if place.platform is not event.room]
    told: list[Effect] = []
    if event.room is not None:
        about, text = f"{after.crisis.id}.n.{event.kind}", as_text(event)
        told = [
            *after.everywhere(CardKind.NEWS, about, ordinal=moment(event), text=text),
            *after.to([event.person], CardKind.NEWS, about, ordinal=moment(event), text=text),
        ]
    return [
        Cancel(ReminderKind.TAKE_UP, subject),
        Refresh(CardKind.PING, subject),
        *(removal(after, place, [event.person]) for place in still_in),
        *told,
    ]


def ring(after: After, people: Collection[PersonId], *, ordinal: int) -> list[Effect]:
    """What comes due for somebody who hands over also calls the one who has not answered yet."""
    effects: list[Effect] = []
    for part in handover.offered(after.crisis):
        if part.person in people and part.offered_to is not None:
            subject = subject_of(part.person, part.offered_to, handover.moment(part))
            effects += after.to([part.offered_to], CardKind.HANDOVER, subject, ordinal=ordinal)
    return effects


def relief(after: After, person: PersonId) -> list[Effect]:
    """When a moderator who begins on a case of distress is asked whether somebody should take over."""
    return _relief(after, person, due=after.now + AFTER)


def relief_of_all(after: After) -> list[Effect]:
    """What the moderators work on may be distress only now: how long they have been at it is looked at."""
    return [e for person in sorted(after.crisis.people) for e in _relief(after, person, due=after.now)]


def _relief(after: After, person: PersonId, *, due: datetime) -> list[Effect]:
    """Once a crisis and person: a later act puts nothing off."""
    crisis = after.crisis
    begun = {a.role for a in assignments_of(crisis, person) if a.presence is Presence.TAKEN_UP}
    if Role.MODERATOR not in begun or not after.guide.is_distress(crisis):
        return []
    subject = ping_subject(crisis, person)
    if any(r.kind is ReminderKind.RELIEF and r.subject == subject for r in after.reminders()):
        return []
    return [Plan(Reminder(ReminderKind.RELIEF, subject, 1, due, crisis.id, person))]


def relief_offered(event: ReliefOffered, after: After) -> list[Effect]:
    """Once for a time at work, whichever of their cases noticed it first."""
    since = int(event.since.timestamp())
    return after.to([event.person], CardKind.RELIEF, event.person, ordinal=since)
