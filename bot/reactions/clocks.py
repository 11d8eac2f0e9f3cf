"""The hours at which a first word and a reply are due to the member, and from which fewer approve."""

from datetime import datetime

from bot.domain.cell import holders
from bot.domain.events import DeadlineNear
from bot.domain.members import waits_since
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import CrisisStatus, Deadline, ReminderKind
from bot.ports import Place
from bot.reactions.effects import After, Cancel, Effect, Plan, Refresh, moment
from bot.reactions.texts import as_text
from bot.store import CardKind


def schedule(after: After) -> list[Effect]:
    """The deadlines still to come, planned anew as the crisis is judged now."""
    crisis = after.crisis
    effects: list[Effect] = [Cancel(kind, crisis.id) for kind in (ReminderKind.CLOCK, ReminderKind.FALLBACK)]
    effects += [Cancel(ReminderKind.DEADLINE, _subject(after, what)) for what in Deadline]
    if crisis.status is CrisisStatus.CLOSED:
        return effects
    for what, at in after.guide.deadlines(crisis).items():
        if at > after.now:
            # One that has passed is done for good: the ordinal is the hour itself.
            effects.append(Plan(Reminder(ReminderKind.CLOCK, crisis.id, int(at.timestamp()), at, crisis.id)))
        effects += _warnings(after, what, at)
    effects += morning(after)
    half = after.guide.half_the_delay(crisis)
    if half is not None and half > after.now and after.guide.rule(crisis, half).after_half_the_delay:
        effects.append(
            Plan(Reminder(ReminderKind.FALLBACK, crisis.id, int(half.timestamp()), half, crisis.id))
        )
    return effects


def judged(after: After) -> list[Effect]:
    """The same where something may be owed no more: what was said of it is put right."""
    notices = [Refresh(CardKind.NEWS, _subject(after, what)) for what in Deadline]
    return [*schedule(after), *notices]


def near(event: DeadlineNear, after: After) -> list[Effect]:
    """In every room, and to its moderators directly."""
    crisis = after.crisis
    moderators = [a.person for a in holders(crisis, Role.MODERATOR)] or [crisis.opened_by]
    places: list[Place] = [*after.rooms(), *(after.direct(person) for person in moderators)]
    subject, ordinal, text = _subject(after, event.deadline), moment(event), as_text(event)
    return [after.card(CardKind.NEWS, subject, place, ordinal=ordinal, text=text) for place in places]


def morning(after: After) -> list[Effect]:
    """The end of the quiet hours, where somebody is called only then: the brief card says so until then."""
    crisis = after.crisis
    at = after.guide.rings_at(crisis, after.now)
    if at == after.now:
        return []
    return [Plan(Reminder(ReminderKind.CLOCK, crisis.id, int(at.timestamp()), at, crisis.id))]


def _warnings(after: After, what: Deadline, at: datetime) -> list[Effect]:
    """Once two thirds of the time have passed, and when all has; what is not grave waits for the morning."""
    crisis = after.crisis
    seen = waits_since(crisis, what) or crisis.seen_at
    return [
        Plan(
            Reminder(
                ReminderKind.DEADLINE,
                _subject(after, what),
                int(hour.timestamp()),
                after.guide.rings_at(crisis, hour),
                crisis.id,
            )
        )
        for hour in (seen + (at - seen) * 2 / 3, at)
        if hour > after.now
    ]


def _subject(after: After, what: Deadline) -> str:
    return f"{after.crisis.id}.w.{what}"
