"""People called into the cell: invited, pinged, mentioned, and what follows when they stay silent."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from zlib import crc32

from bot.domain.cell import assignments_of, silent, unanswered
from bot.domain.crisis import Crisis
from bot.domain.events import PeopleInvited, PersonAsked, PersonAskedAgain
from bot.domain.ids import PersonId
from bot.domain.reminders import ROUND, Reminder, step_of
from bot.domain.states import AskedAs, CrisisStatus, ReminderKind, ReminderStatus
from bot.domain.subjects import ping_subject
from bot.guide import Guide
from bot.ports import DirectPlace, RoomPlace
from bot.reactions import clocks
from bot.reactions.advice import asked_to_advise
from bot.reactions.effects import After, Cancel, Effect, Plan, Refresh, Send, invitation
from bot.reactions.reply import asked_to_decide
from bot.store import CardKind

GRAVE_STEPS = (timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4))
"""At severity 4 a silent person is called again, then the deputy, then the managers, after this long."""
GRAVEST = 4
CALL = 0
"""The step before the steps of silence: the call itself, where it had to wait."""


def people_invited(event: PeopleInvited, after: After) -> list[Effect]:
    """A mention reaches only somebody who is inside already."""
    crisis = after.crisis
    called = [p for p in event.people if p != crisis.opened_by and silent(crisis, p)]
    here = [place for place in after.rooms() if place.platform is event.platform]
    awaited = after.rings and crisis.status is not CrisisStatus.CLOSED
    effects = _mention(after, here, called) if awaited else []
    return effects + (tell_opener(after) if crisis.opened_by in event.people else [])


def person_asked(event: PersonAsked, after: After) -> list[Effect]:
    """Somebody new: invited, called, and not forgotten when silent.

    Into a closed crisis they are brought for one thing, which reaches them by itself.
    """
    crisis = after.crisis
    if event.asked_as is AskedAs.OPENER:
        return []
    effects: list[Effect] = []
    for place in after.rooms():
        effects += invitation(after, place, ping_subject(crisis, event.person), [event.person])
    if crisis.status is CrisisStatus.CLOSED:
        return effects
    effects += take_up_steps(after, event.person)
    if not after.rings:
        return [*effects, *clocks.morning(after)]
    if event.asked_as is not AskedAs.JOINED and after.may_be_written_to(event.person):
        effects.append(ping(after, event.person))
    return effects


def asked_again(event: PersonAskedAgain, after: After) -> list[Effect]:
    """A new message, so that the telephone rings again; the first one after quiet hours.

    It stays silent in quiet hours: the person was called before they began, or is called after them.
    """
    if not after.rings:
        return []
    if event.listed:
        return [Refresh(CardKind.WAITING, event.person)]
    if step_of(event.attempt) == CALL:
        return [*_wake(after, event.person), Refresh(CardKind.WAITING, event.person)]
    everywhere = after.directs(event.person)
    return [ping(after, event.person, attempt=event.attempt, place=place) for place in everywhere]


def woken(after: After) -> list[Effect]:
    """It became grave: those who were to be called after the quiet hours are called now."""
    waiting = {
        r.owner
        for r in after.reminders()
        if r.kind is ReminderKind.TAKE_UP
        and step_of(r.ordinal) == CALL
        and r.status is ReminderStatus.PLANNED
    }
    effects: list[Effect] = []
    for person in sorted(p for p in waiting if p and after.rings):
        effects += [
            Cancel(ReminderKind.TAKE_UP, ping_subject(after.crisis, person)),
            *take_up_steps(after, person),
            *_wake(after, person),
            *asked_to_decide(after, person),
            *asked_to_advise(after, person),
        ]
    return effects


def hurried(after: After) -> list[Effect]:
    """Graver than before: silence is shorter now."""
    effects: list[Effect] = []
    for person in sorted(after.crisis.people):
        if steps := take_up_steps(after, person):
            effects += [Cancel(ReminderKind.TAKE_UP, ping_subject(after.crisis, person)), *steps]
    return woken(after) or effects


def answered(person: PersonId, after: After) -> list[Effect]:
    """Somebody has said whether they come."""
    subject = ping_subject(after.crisis, person)
    return [Cancel(ReminderKind.TAKE_UP, subject), Refresh(CardKind.PING, subject), *mentions(after)]


def mentions(after: After) -> list[Effect]:
    """Once nobody is awaited any more, no mention in the room asks for an answer."""
    awaited = after.crisis.status is not CrisisStatus.CLOSED and unanswered(after.crisis)
    return [] if awaited else [Refresh(CardKind.MENTION, after.crisis.id)]


def take_up_steps(after: After, person: PersonId) -> list[Effect]:
    """When a silent person is called again, then the deputy, then the managers.

    In quiet hours the first call itself has a step, at their end.
    """
    if not silent(after.crisis, person):
        return []
    subject = ping_subject(after.crisis, person)
    call = _begins(after, person, subject) + CALL
    steps = dict(enumerate(take_up_delays(after.guide, after.crisis), start=call + 1))
    effects: list[Effect] = [
        after.step(ReminderKind.TAKE_UP, subject, step, delay, owner=person) for step, delay in steps.items()
    ]
    if not after.rings:
        at = after.guide.rings_at(after.crisis, after.now)
        first = Reminder(ReminderKind.TAKE_UP, subject, call, at, after.crisis.id, person, since=after.now)
        effects.insert(0, Plan(first))
    return effects


def _begins(after: After, person: PersonId, subject: str) -> int:
    """The ordinal at which the steps begin of the last time that somebody was asked.

    What was done when they were asked before is to be done again.
    """
    asked_at = max(part.asked_at for part in assignments_of(after.crisis, person))
    earlier = (
        row.ordinal // ROUND
        for row in after.reminders()
        if row.kind is ReminderKind.TAKE_UP and row.subject == subject and row.since and row.since < asked_at
    )
    return ROUND * (1 + max(earlier, default=-1))


def take_up_delays(guide: Guide, crisis: Crisis) -> tuple[timedelta, ...]:
    """After how long somebody silent is called again, then the deputy, then the managers."""
    steps = guide.community(crisis).take_up
    return GRAVE_STEPS if crisis.severity == GRAVEST else (steps.remind, steps.deputy, steps.manager)


def _wake(after: After, person: PersonId) -> list[Effect]:
    """Somebody's first call, after quiet hours."""
    call = [ping(after, person)] if after.may_be_written_to(person) else []
    return [*_mention(after, after.rooms(), [person]), *call]


def _mention(after: After, places: Iterable[RoomPlace], people: Sequence[PersonId]) -> list[Effect]:
    """The same people are mentioned once: a checksum of their names is the mention's own number."""
    names = ",".join(people)
    ordinal = crc32(names.encode())
    return [
        after.card(CardKind.MENTION, after.crisis.id, place, ordinal=ordinal, text=names)
        for place in places
        if people
    ]


def ping(
    after: After, person: PersonId, *, attempt: int | None = None, place: DirectPlace | None = None
) -> Send:
    """One ping each time that they are asked, and a repeat, of which `attempt` is the step.

    A person's go out in order. Without a `place` it goes where the person is written to.
    """
    crisis = after.crisis
    asked_at = max(part.asked_at for part in assignments_of(crisis, person))
    ordinal = int(asked_at.timestamp()) * ROUND if attempt is None else ROUND + attempt
    place = place or after.direct(person)
    return after.card(
        CardKind.PING,
        ping_subject(crisis, person),
        place,
        ordinal=ordinal,
        lane=f"ping:{place.platform}:{person}",
    )


def tell_opener(after: After) -> list[Effect]:
    crisis = after.crisis
    if not after.may_be_written_to(crisis.opened_by):
        return []
    return [after.card(CardKind.OPENED, crisis.id, after.direct(crisis.opened_by))]
