"""Who is away, who is called only after the quiet hours, whom to telephone."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cards import Actions, Card, Fields, Text, Tone
from bot.domain.states import CrisisStatus, Presence
from bot.domain.verbs import Verb
from bot.plan.model import Person
from bot.texts import Translator
from bot.views import dates
from bot.views.buttons import button
from bot.views.lines import drill_notice, names, summary, title, when
from bot.views.scene import Scene


def quiet(scene: Scene) -> tuple[Text, ...]:
    """Says who sleeps, until when, and what to do if it cannot wait."""
    crisis, rings_at, _ = scene.crisis, scene.guide.rings_at, scene._
    asked = [a for a in crisis.assignments if a.presence is Presence.ASKED]
    asleep = [a.person for a in asked if rings_at(crisis, a.asked_at) > scene.now]
    if not asleep or crisis.status is CrisisStatus.CLOSED:
        return ()
    told = _(
        "Quiet hours: {names} will be called {when}. If it cannot wait, raise the severity to 3 or 4.",
        names=names(scene, asleep),
        when=when(scene, rings_at(crisis, scene.now)),
    )
    return (Text(told),)


def away_card(until: datetime, *, zone: ZoneInfo, _: Translator) -> Card:
    """Reads back until when somebody is away, with the whole date."""
    told = _("You are away until {date}.", date=dates.full(until, zone, _))
    return Card(
        summary=_("Cellule: you are away"),
        title=_("Away"),
        blocks=(
            Text(told, Tone.STRONG),
            Text(_("Until then others are called before you, and deputies decide in your place.")),
            Text(
                _("You keep your part in the crises where you are already: say “I can't” there."),
                Tone.MUTED,
            ),
            Actions((button(Verb.BACK, "", _),)),
        ),
    )


def telephones_card(scene: Scene, people: Sequence[Person]) -> Card:
    """For whoever asked alone."""
    _ = scene._
    known = Fields(tuple((person.name, person.phone or _("no number in the plan")) for person in people))
    logged = Text(_("The log says that you read these numbers."), Tone.MUTED)
    return Card(
        summary=summary(scene, _("telephone numbers")),
        title=title(scene),
        blocks=(
            *drill_notice(scene),
            *([known, logged] if people else [Text(_("Everybody who was called is here."))]),
        ),
    )
