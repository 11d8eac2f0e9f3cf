"""Questions to experts: asked directly and in the room, said again while nobody answers."""

from bot.domain import advice
from bot.domain.events import AdviceAsked, AdviceGiven, AdviceOverdue
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.states import ReminderKind
from bot.domain.subjects import advice_subject
from bot.ports import RoomPlace
from bot.reactions.effects import After, Cancel, Effect, Refresh
from bot.store import CardKind

MANAGERS = 3
"""The step at which the managers and the room are told."""


def asked(event: AdviceAsked, after: After) -> list[Effect]:
    """Those who hold the role, and the room; silence has the steps of a decision."""
    return waits(after, event.advice)


def waits(after: After, number: int) -> list[Effect]:
    """The same of a question that was asked elsewhere before."""
    crisis = after.crisis
    subject = advice_subject(crisis, number)
    steps = after.guide.community(crisis).decide
    awaited = advice.awaited(crisis, advice.find(crisis, number))
    people = [person for person in awaited if not after.asleep(person)]
    return [
        *after.everywhere(CardKind.ADVICE, subject),
        *after.to(people, CardKind.ADVICE, subject),
        *(
            after.step(ReminderKind.ADVICE, subject, step, delay)
            for step, delay in enumerate((steps.remind, steps.deputy, steps.manager), start=1)
        ),
    ]


def stands_in(after: After, place: RoomPlace) -> list[Effect]:
    """The questions that wait for an answer."""
    crisis = after.crisis
    waiting = [each for each in crisis.advice if each.given_at is None]
    return [after.card(CardKind.ADVICE, advice_subject(crisis, each.number), place) for each in waiting]


def asked_to_advise(after: After, person: PersonId) -> list[Effect]:
    """Somebody who joins gets the questions that wait for them."""
    crisis = after.crisis
    return [
        effect
        for each in crisis.advice
        if person in advice.awaited(crisis, each) and not after.asleep(person)
        for effect in (
            *after.to([person], CardKind.ADVICE, advice_subject(crisis, each.number)),
            Refresh(CardKind.ADVICE, advice_subject(crisis, each.number)),
        )
    ]


def given(event: AdviceGiven, after: After) -> list[Effect]:
    """Whoever asked gets a message of their own."""
    subject = advice_subject(after.crisis, event.advice)
    asker = advice.find(after.crisis, event.advice).asked_by
    return [*_settled(subject), *after.to([asker], CardKind.ADVICE, subject)]


def overdue(event: AdviceOverdue, after: After) -> list[Effect]:
    """Those asked are told again; at the last step the managers and the room, too."""
    crisis = after.crisis
    subject = advice_subject(crisis, event.advice)
    people = [*advice.awaited(crisis, advice.find(crisis, event.advice))]
    room: list[Effect] = []
    if event.step >= MANAGERS:
        people += after.guide.chain(crisis, Role.MANAGER)
        room = after.everywhere(CardKind.ADVICE_NUDGE, subject, ordinal=event.step)
    return [*room, *after.to(people, CardKind.ADVICE_NUDGE, subject, ordinal=event.step)]


def closed(after: After) -> list[Effect]:
    """Nothing is asked of anybody any more."""
    crisis = after.crisis
    return [effect for each in crisis.advice for effect in _settled(advice_subject(crisis, each.number))]


def _settled(subject: str) -> list[Effect]:
    return [
        Cancel(ReminderKind.ADVICE, subject),
        Refresh(CardKind.ADVICE, subject),
        Refresh(CardKind.ADVICE_NUDGE, subject),
    ]
