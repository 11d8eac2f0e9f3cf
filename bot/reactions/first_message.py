"""The first message on its way to the member, and its re-reading."""

from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import ReminderKind
from bot.domain.subjects import draft_subject
from bot.reactions.effects import After, Cancel, Effect, Plan, Refresh
from bot.reactions.reply import RELEASED, sending_reminder
from bot.store import CardKind


def released(after: After, number: int) -> list[Effect]:
    """The text stands in the room and before its sender, to be copied; in the morning it is re-read."""
    crisis, subject = after.crisis, draft_subject(after.crisis, number)
    sender = crisis.draft(number).author
    morning = after.guide.community(crisis).next_morning(after.now)
    return [
        *after.everywhere(CardKind.DRAFT, subject),
        *after.to([sender], CardKind.DRAFT, subject, ordinal=1),
        sending_reminder(after, number, attempt=RELEASED),
        Plan(Reminder(ReminderKind.REREAD, subject, 1, morning, crisis.id, since=after.now)),
    ]


def rereading_asked(after: After, number: int) -> list[Effect]:
    """Those who could not be reached; the managers where nobody but the sender would approve."""
    crisis = after.crisis
    people = after.guide.rereaders(crisis, crisis.draft(number), now=after.now)
    asked = people or after.guide.chain(crisis, Role.MANAGER)
    return after.to(asked, CardKind.REREAD, draft_subject(crisis, number))


def reread(after: After, number: int) -> list[Effect]:
    """One reading is enough: nothing more is asked of the others."""
    subject = draft_subject(after.crisis, number)
    return [
        Cancel(ReminderKind.REREAD, subject),
        Refresh(CardKind.REREAD, subject),
        Refresh(CardKind.DRAFT, subject),
    ]
