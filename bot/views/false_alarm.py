"""Saying that nothing had happened."""

from bot.cards import Action, Card, Form, Text, TextField, Tone
from bot.domain.false_alarm import takes_two
from bot.domain.verbs import Verb
from bot.views import dates
from bot.views.lines import summary, title
from bot.views.now import level_in_force
from bot.views.scene import Scene


def false_alarm_form(scene: Scene) -> Form:
    """Why it is none; where a life seemed in danger two people say so."""
    crisis, _ = scene.crisis, scene._
    two = Text(_("A life seemed in danger: two people must say so, each with a reason."), Tone.ALERT)
    told = Text(_("The crisis is closed, reminders stop, and whoever was called may go back to sleep."))
    return Form(
        action=Action(Verb.FALSE_ALARM, crisis.id),
        title=_("False alarm"),
        submit=_("It is a false alarm"),
        cancel=_("Cancel"),
        intro=(*([two] if takes_two(crisis, level_in_force(scene)) else []), told),
        fields=(
            TextField(
                "reason",
                _("Why is it one?"),
                hint=_("A test, a quoted song, somebody else's words…"),
                required=True,
                multiline=True,
            ),
        ),
    )


def false_alarm_card(scene: Scene) -> Card:
    """To everybody who was called: what their ping says from then on."""
    crisis, _ = scene.crisis, scene._
    told = _(
        "False alarm ({name}, {when}). You can go back to sleep.",
        name=scene.guide.name(crisis.closed_by),
        when=dates.short(crisis.closed_at or scene.now, now=scene.now, zone=scene.zone, _=_),
    )
    return Card(
        summary=summary(scene, _("false alarm")), title=title(scene), blocks=(Text(told, Tone.STRONG),)
    )
