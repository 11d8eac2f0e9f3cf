"""Reminders that people set for themselves."""

from datetime import datetime, timedelta

from bot.cards import Action, Actions, Card, Form, Quote, Style, Text, TextField, Tone
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderStatus
from bot.domain.verbs import Verb
from bot.views import dates
from bot.views.buttons import button
from bot.views.lines import drill_notice, summary, title, when
from bot.views.scene import Scene

LATE = timedelta(minutes=5)
"""A reminder said later than this says so: whoever waited for it must know."""


def reminder_card(scene: Scene, *, reminder: Reminder) -> Card:
    """What somebody asked to be reminded of. Its words stand lower down, never in the summary."""
    _ = scene._
    what = _("a reminder") if reminder.status is ReminderStatus.DUE else _("a reminder, settled")
    set_by = _("{name} asked to be reminded of this.", name=scene.guide.name(reminder.owner))
    return Card(
        summary=summary(scene, what),
        title=title(scene, _("reminder")),
        blocks=(
            *drill_notice(scene),
            Text(set_by),
            *_late(scene, reminder),
            Quote(reminder.text),
            _what_now(scene, reminder),
        ),
    )


def remind_form(scene: Scene) -> Form:
    """When, and of what."""
    _ = scene._
    return Form(
        action=Action(Verb.REMIND, scene.crisis.id),
        title=_("Remind me"),
        submit=_("Set the reminder"),
        cancel=_("Cancel"),
        fields=(
            TextField(
                "when",
                _("When?"),
                hint=_("For example: in 2h · tomorrow 9am · Monday 14:00"),
                required=True,
                max_length=100,
            ),
            TextField("text", _("Of what?"), required=True, multiline=True, max_length=500),
        ),
    )


def remind_echo_card(scene: Scene, *, at: datetime, text: str) -> Card:
    """Reads back what was understood, with the whole date."""
    _ = scene._
    told = _("You will be reminded on {date}.", date=dates.full(at, scene.zone, _))
    return Card(
        summary=summary(scene, _("the reminder is set")),
        title=title(scene, _("reminder")),
        blocks=(Text(told, Tone.STRONG), Quote(text)),
    )


def _late(scene: Scene, reminder: Reminder) -> tuple[Text, ...]:
    if reminder.fired_at is None or reminder.fired_at - reminder.due_at < LATE:
        return ()
    told = scene._(
        "Planned {due}, said {said}: the service was down.",
        due=when(scene, reminder.due_at),
        said=when(scene, reminder.fired_at),
    )
    return (Text(told, Tone.MUTED),)


def _what_now(scene: Scene, reminder: Reminder) -> Actions | Text:
    _ = scene._
    later = [r for r in scene.reminders if r.subject == reminder.subject and r.ordinal > reminder.ordinal]
    match reminder.status:
        case ReminderStatus.DUE:
            done = button(
                Verb.REMINDER_DONE, reminder.subject, _, style=Style.PRIMARY, revision=reminder.ordinal
            )
            others = (
                button(verb, reminder.subject, _, revision=reminder.ordinal)
                for verb in (Verb.SNOOZE, Verb.REMINDER_STOP)
            )
            return Actions((done, *others))
        case ReminderStatus.PLANNED:
            return Text(_("Planned {when}.", when=when(scene, reminder.due_at)), Tone.MUTED)
        case ReminderStatus.DONE | ReminderStatus.CANCELLED if later:
            return Text(_("Put off: said again {when}.", when=when(scene, later[-1].due_at)), Tone.MUTED)
        case ReminderStatus.DONE:
            return Text(_("Done."), Tone.MUTED)
        case ReminderStatus.CANCELLED:
            return Text(_("Stopped."), Tone.MUTED)
