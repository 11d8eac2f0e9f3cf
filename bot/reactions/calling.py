"""Rooms, people called into them, and calling for help."""

from datetime import timedelta

from bot.domain import emergency
from bot.domain.cell import assignments_of, silent
from bot.domain.events import (
    DeliveryFailed,
    EmergencyUnrecorded,
    InvitationFailed,
    PeopleInvited,
    PersonAsked,
    PersonAskedAgain,
    RoomCreated,
    RoomDelayed,
)
from bot.domain.ids import PersonId, Platform
from bot.domain.reminders import Reminder
from bot.domain.states import AskedAs, ReminderKind
from bot.domain.subjects import ping_subject
from bot.ports import Place, RoomPlace
from bot.reactions import handover
from bot.reactions.effects import After, Cancel, Effect, Plan, Refresh, Send, invitation, moment
from bot.store import CardKind, Outgoing, Task

GRAVE_STEPS = (timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4))
"""At severity 4 a silent person is called again, then the deputy, then the managers, after this long."""
GRAVEST = 4


def opened(after: After) -> list[Effect]:
    """Rooms are made first: people need somewhere to come."""
    crisis = after.crisis
    return [
        Send(
            Outgoing(
                id=0,
                task=Task.CREATE_ROOM,
                platform=room.platform,
                subject=crisis.id,
                crisis=crisis.id,
                lane=f"room:{crisis.id}:{room.platform}",
                at=after.now,
            )
        )
        for room in crisis.rooms
    ]


def room_created(event: RoomCreated, after: After) -> list[Effect]:
    """Side by side: one invitation, the brief card, and a ping to each person asked."""
    crisis = after.crisis
    effects: list[Effect] = [Refresh(CardKind.OPENED, crisis.id)]
    for place in after.rooms():
        if place.platform is event.platform:
            effects += invitation(after, place, crisis.id, sorted(crisis.people))
            effects.append(after.card(CardKind.BRIEF, crisis.id, place))
            effects += _open_emergency(after, place)
    return effects + _call_on(event.platform, after)


def room_delayed(event: RoomDelayed, after: After) -> list[Effect]:
    """Nobody waits for a room: the opener is told and people are called where they can be reached."""
    return [*_tell_opener(after), *_call_on(event.platform, after)]


def people_invited(event: PeopleInvited, after: After) -> list[Effect]:
    """A mention reaches only somebody who is inside already."""
    crisis = after.crisis
    called = [p for p in event.people if p != crisis.opened_by and silent(crisis, p)]
    effects: list[Effect] = []
    for place in after.rooms():
        if place.platform is event.platform and called:
            names = ",".join(called)
            effects.append(after.card(CardKind.MENTION, f"{crisis.id}.m.{names}", place, text=names))
    return effects + (_tell_opener(after) if crisis.opened_by in event.people else [])


def person_asked(event: PersonAsked, after: After) -> list[Effect]:
    """Somebody new: invited, called, and not forgotten when silent."""
    crisis = after.crisis
    if event.asked_as is AskedAs.OPENER:
        return []
    effects = take_up_steps(after, event.person)
    for place in after.rooms():
        effects += invitation(after, place, ping_subject(crisis, event.person), [event.person])
    if event.asked_as is not AskedAs.JOINED and after.may_be_written_to(event.person):
        effects.append(_ping(after, event.person))
    return effects


def asked_again(event: PersonAskedAgain, after: After) -> list[Effect]:
    """A new message, so that the telephone rings again."""
    return [_ping(after, event.person, attempt=event.attempt)]


def answered(person: PersonId, after: After) -> list[Effect]:
    """Somebody has said whether they come."""
    subject = ping_subject(after.crisis, person)
    return [Cancel(ReminderKind.TAKE_UP, subject), Refresh(CardKind.PING, subject)]


def take_up_steps(after: After, person: PersonId) -> list[Effect]:
    """When a silent person is called again, then the deputy, then the managers."""
    if not silent(after.crisis, person):
        return []
    steps = after.guide.community(after.crisis).take_up
    delays = (steps.remind, steps.deputy, steps.manager)
    if after.crisis.severity == GRAVEST:
        delays = GRAVE_STEPS
    subject = ping_subject(after.crisis, person)
    return [
        Plan(Reminder(ReminderKind.TAKE_UP, subject, step, after.now + delay, after.crisis.id, person))
        for step, delay in enumerate(delays, start=1)
    ]


def emergency_opened(after: After) -> list[Effect]:
    """The sheet stands in every room, and nobody forgets to note the call."""
    crisis = after.crisis
    return [*after.everywhere(CardKind.EMERGENCY, crisis.id), _emergency_reminder(after)]


def emergency_held(after: After) -> list[Effect]:
    """Somebody is on the phone: silence until then."""
    crisis = after.crisis
    return [
        Cancel(ReminderKind.EMERGENCY, crisis.id),
        Refresh(CardKind.EMERGENCY, crisis.id),
        _emergency_reminder(after),
    ]


def emergency_settled(after: After) -> list[Effect]:
    """A call is recorded, or somebody wrote why none is needed."""
    subject = after.crisis.id
    return [
        Cancel(ReminderKind.EMERGENCY, subject),
        *after.everywhere(CardKind.EMERGENCY, subject),
        Refresh(CardKind.EMERGENCY_NUDGE, subject),
    ]


def emergency_unrecorded(event: EmergencyUnrecorded, after: After) -> list[Effect]:
    """First whoever declared it, then the whole cell, directly and in the room."""
    crisis = after.crisis
    declared = crisis.emergency
    first = event.attempt == 1 and declared is not None
    people = [declared.declared_by] if first and declared else _here(after)
    return [
        *handover.ring(after, people, ordinal=moment(event)),
        *after.everywhere(CardKind.EMERGENCY_NUDGE, crisis.id, ordinal=event.attempt),
        *after.to(people, CardKind.EMERGENCY_NUDGE, crisis.id, ordinal=event.attempt),
        _emergency_reminder(after),
    ]


def trouble(event: InvitationFailed | DeliveryFailed, after: After, text: str) -> list[Effect]:
    """A fault is said in the rooms and to the opener. `text` is the event, for the view.

    Until it lasts only elsewhere: where it fails the card would come when the fault is over.
    """
    places: list[Place] = [*after.rooms(), after.direct(after.crisis.opened_by)]
    if isinstance(event, DeliveryFailed):
        if event.what == CardKind.TROUBLE:
            return []
        places = [p for p in places if event.lasting or p.platform is not event.platform]
    subject, ordinal = f"{after.crisis.id}.t", moment(event)
    return [after.card(CardKind.TROUBLE, subject, place, ordinal=ordinal, text=text) for place in places]


def _emergency_reminder(after: After) -> Plan:
    crisis = after.crisis
    declared = crisis.emergency
    held = declared.on_phone_until if declared else None
    due = max(held or after.now, after.now + emergency.REMIND_EVERY)
    ordinal = (declared.reminded if declared else 0) + 1
    return Plan(Reminder(ReminderKind.EMERGENCY, crisis.id, ordinal, due, crisis.id))


def _open_emergency(after: After, place: RoomPlace) -> list[Effect]:
    if after.crisis.emergency is None:
        return []
    return [after.card(CardKind.EMERGENCY, after.crisis.id, place)]


def _call_on(platform: Platform, after: After) -> list[Effect]:
    """Ping those who were asked and are written to on this platform."""
    asked = (p for p in sorted(after.crisis.people) if silent(after.crisis, p))
    return [_ping(after, p) for p in asked if after.direct(p).platform is platform]


def _here(after: After) -> list[PersonId]:
    """Those who have a part that they neither declined nor handed over."""
    return sorted({a.person for a in after.crisis.assignments if a.held})


def _ping(after: After, person: PersonId, *, attempt: int = 0) -> Send:
    """One ping a role asked and a repeat; a person's pings go out in order."""
    crisis = after.crisis
    ordinal = len(assignments_of(crisis, person)) * 10 + attempt
    place = after.direct(person)
    return after.card(
        CardKind.PING,
        ping_subject(crisis, person),
        place,
        ordinal=ordinal,
        lane=f"ping:{place.platform}:{person}",
    )


def _tell_opener(after: After) -> list[Effect]:
    crisis = after.crisis
    if not after.may_be_written_to(crisis.opened_by):
        return []
    return [after.card(CardKind.OPENED, crisis.id, after.direct(crisis.opened_by))]
