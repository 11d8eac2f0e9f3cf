"""Lines of the log about the follow-ups and the reminders."""

from typing import assert_never

from bot.domain import events as e
from bot.domain.states import Outcome
from bot.views.teller import Teller
from bot.views.watch import OUTCOMES

Watch = (
    e.FollowUpDue
    | e.FollowUpOverdue
    | e.FollowUpRecorded
    | e.FollowUpPostponed
    | e.FollowUpStopAsked
    | e.FollowUpStopped
    | e.ReminderSet
    | e.ReminderFired
    | e.ReminderDone
    | e.ReminderSnoozed
    | e.ReminderStopped
)


def watch_line(event: Watch, teller: Teller) -> str:
    _, who = teller._, teller.who(event)
    match event:
        case e.FollowUpDue():
            return _(
                "Follow-up {n} is due; {name} looks after it.", n=event.ordinal, name=teller.name(event.owner)
            )
        case e.FollowUpOverdue():
            return _("Follow-up {n} is late.", n=event.ordinal)
        case e.FollowUpRecorded():
            outcome = _(OUTCOMES[event.outcome])
            told = _("{who} recorded follow-up {n}, {outcome}", who=who, n=event.ordinal, outcome=outcome)
            return teller.because(told, event.note)
        case e.FollowUpPostponed():
            return _(
                "{who} put off follow-up {n} to {when}.",
                who=who,
                n=event.ordinal,
                when=teller.when(event.until),
            )
        case e.FollowUpStopAsked():
            return teller.because(_("{who} asked to stop the follow-ups", who=who), event.reason)
        case e.FollowUpStopped():
            reason = _(OUTCOMES[Outcome(event.reason)]) if event.reason in set(Outcome) else event.reason
            return teller.because(_("{who} stopped the follow-ups", who=who), reason)
        case e.ReminderSet():
            return _(
                "{who} asked to be reminded on {when}: {text}",
                who=who,
                when=teller.when(event.due_at),
                text=event.text,
            )
        case e.ReminderFired():
            return _("{name} was reminded.", name=teller.name(event.owner))
        case e.ReminderDone():
            return _("{who} did what the reminder asked.", who=who)
        case e.ReminderSnoozed():
            return _("{who} put the reminder off to {when}.", who=who, when=teller.when(event.until))
        case e.ReminderStopped():
            return _("{who} stopped the reminder.", who=who)
        case _:
            assert_never(event)
