"""When what the member writes is judged by the triage aid."""

from bot.domain.events import DetailsCompleted
from bot.domain.ids import FIRST
from bot.domain.members import message_of
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind
from bot.domain.subjects import member_subject
from bot.reactions.effects import After, Effect, Plan, Refresh
from bot.store import CardKind


def schedule(after: After) -> list[Effect]:
    """At once, but not within the press that brought it: it computes for a while."""
    crisis = after.crisis
    if crisis.message is None or not crisis.message.text.strip():
        return []
    return [Plan(Reminder(ReminderKind.TRIAGE, crisis.id, 0, after.now, crisis.id))]


def completed(event: DetailsCompleted, after: After) -> list[Effect]:
    """The words came where only a link was known."""
    message = message_of(after.crisis, event.member)
    if "text" not in event.fields or message is None:
        return []
    if event.member == FIRST:
        return schedule(after)
    return judge_words(after, f"{member_subject(after.crisis, event.member)}.t0", message.text)


def judge_words(after: After, subject: str, words: str) -> list[Effect]:
    """Later words, of the member or about them. `subject` names where they came from."""
    if not words.strip():
        return []
    return [Plan(Reminder(ReminderKind.TRIAGE, subject, 0, after.now, after.crisis.id, text=words))]


def proposed(after: After) -> list[Effect]:
    """The brief card says it while it is graver than what people have set."""
    crisis = after.crisis
    return [Refresh(CardKind.BRIEF, crisis.id)] if after.guide.proposal(crisis) else []
