"""Serious news: what waited to be said to the member waits no longer, until a manager lifts it."""

from bot.domain.states import ReminderKind, ReminderStatus
from bot.domain.subjects import draft_subject
from bot.reactions import after_call, reply, watching
from bot.reactions.effects import After, Cancel, Effect, Refresh
from bot.store import CardKind


def stopped(after: After) -> list[Effect]:
    """No follow-up, no reminder to send; nobody is asked any more what came of the call."""
    effects: list[Effect] = [
        *watching.stopped(after),
        *watching.refreshed(after, ReminderStatus.DONE),
        *after_call.not_asked_any_more(after),
    ]
    for draft in after.crisis.drafts:
        subject = draft_subject(after.crisis, draft.number)
        effects += [Cancel(ReminderKind.SENDING, subject), Refresh(CardKind.DRAFT, subject)]
    return effects


def resumed(after: After) -> list[Effect]:
    """What was held comes back: the follow-ups still to come, and what waits for its sending."""
    effects: list[Effect] = [
        *watching.schedule(after),
        *watching.refreshed(after, ReminderStatus.DONE),
        Refresh(CardKind.NEWS, f"{after.crisis.id}.n.serious_news"),
    ]
    for draft in after.crisis.drafts:
        effects += reply.to_send_again(after, draft.number)
    return effects
