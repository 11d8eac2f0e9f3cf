"""Lines of the log about the follow-ups and the reminders."""

from typing import assert_never

from bot.domain import events as e
from bot.domain.states import Outcome
from bot.views.teller import Teller
from bot.views.watch import OUTCOMES

FollowUps = (
    e.FollowUpDue
    | e.FollowUpOverdue
    | e.FollowUpRecorded
    | e.FollowUpPostponed
    | e.FollowUpStopAsked
    | e.FollowUpStopped
    | e.WritingStopped
    | e.MemberSilent
)
Reminders = e.ReminderSet | e.ReminderFired | e.ReminderDone | e.ReminderSnoozed | e.ReminderStopped
Watch = FollowUps | Reminders


def watch_line(event: Watch, teller: Teller) -> str:
    """Follow-ups look after the member, reminders after the cell's own tasks."""
    return _follow_up(event, teller) if isinstance(event, FollowUps) else _reminder(event, teller)


def _follow_up(event: FollowUps, teller: Teller) -> str:
    _, who = teller._, teller.who(event)
    match event:
        case e.FollowUpDue():
            name = teller.name(event.owner)
            return _("Follow-up {n} is due; {name} looks after it.", n=event.ordinal, name=name)
        case e.FollowUpOverdue():
            return _("Follow-up {n} is late.", n=event.ordinal)
        case e.FollowUpRecorded():
            found = _(OUTCOMES[event.outcome])
            told = _("{who} recorded follow-up {n}, {outcome}", who=who, n=event.ordinal, outcome=found)
            return teller.because(told, event.note)
        case e.FollowUpPostponed():
            until = teller.when(event.until)
            return _("{who} put off follow-up {n} to {when}.", who=who, n=event.ordinal, when=until)
        case e.FollowUpStopAsked():
            return teller.because(_("{who} asked to stop the follow-ups", who=who), event.reason)
        case e.FollowUpStopped():
            return teller.because(_("{who} stopped the follow-ups", who=who), _why(event, teller))
        case e.WritingStopped():
            told = _("{who} noted that the member asks us to write no more; we still look", who=who)
            return teller.because(told, _why(event, teller))
        case e.MemberSilent():
            return _("No answer at {n} follow-ups in a row: no further one is planned.", n=event.times)
        case _:
            assert_never(event)


def _why(event: e.FollowUpStopped | e.WritingStopped, teller: Teller) -> str:
    """What a follow-up found is a reason by itself."""
    known = event.reason in set(Outcome)
    return teller._(OUTCOMES[Outcome(event.reason)]) if known else event.reason


def _reminder(event: Reminders, teller: Teller) -> str:
    _, who = teller._, teller.who(event)
    match event:
        case e.ReminderSet():
            due = teller.when(event.due_at)
            return _("{who} asked to be reminded on {when}: {text}", who=who, when=due, text=event.text)
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
