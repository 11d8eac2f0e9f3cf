"""Members who come into a crisis, and those it lets go."""

from bot.domain.events import MemberAdded
from bot.domain.members import find
from bot.domain.subjects import member_subject
from bot.reactions import clocks, triage, watching
from bot.reactions.effects import After, Effect


def added(event: MemberAdded, after: After) -> list[Effect]:
    """What they wrote is judged; they are watched over, and owed a word, from now on.

    A crisis of their own that was opened at once judges it itself.
    """
    crisis, who = after.crisis, find(after.crisis, event.member)
    subject = f"{member_subject(crisis, event.member)}.t{event.nth}"
    return [
        *([] if who.own_crisis else triage.judge_words(after, subject, crisis.messages[event.nth - 1].text)),
        *watching.of_member(after, who),
        *clocks.judged(after),
    ]


def let_go(after: After) -> list[Effect]:
    """Nothing more is owed to them here."""
    return [*watching.stopped(after), *clocks.judged(after)]
