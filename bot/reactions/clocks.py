"""The hours at which a first word and a reply are due to the member, and from which fewer approve."""

from bot.domain.reminders import Reminder
from bot.domain.states import CrisisStatus, ReminderKind
from bot.reactions.effects import After, Cancel, Effect, Plan


def schedule(after: After) -> list[Effect]:
    """The deadlines still to come, planned anew as the crisis is judged now."""
    crisis = after.crisis
    effects: list[Effect] = [Cancel(kind, crisis.id) for kind in (ReminderKind.CLOCK, ReminderKind.FALLBACK)]
    if crisis.status is CrisisStatus.CLOSED:
        return effects
    terms = after.guide.terms(crisis)
    for delay in (terms.receipt, terms.reply):
        if delay is not None and crisis.seen_at + delay > after.now:
            at = crisis.seen_at + delay
            # One that has passed is done for good: the ordinal is the hour itself.
            effects.append(Plan(Reminder(ReminderKind.CLOCK, crisis.id, int(at.timestamp()), at, crisis.id)))
    effects += morning(after)
    half = after.guide.half_the_delay(crisis)
    if half is not None and half > after.now and after.guide.rule(crisis, half).after_half_the_delay:
        effects.append(
            Plan(Reminder(ReminderKind.FALLBACK, crisis.id, int(half.timestamp()), half, crisis.id))
        )
    return effects


def morning(after: After) -> list[Effect]:
    """The end of the quiet hours, where somebody is called only then: the brief card says so until then."""
    crisis = after.crisis
    at = after.guide.rings_at(crisis, after.now)
    if at == after.now:
        return []
    return [Plan(Reminder(ReminderKind.CLOCK, crisis.id, int(at.timestamp()), at, crisis.id))]
