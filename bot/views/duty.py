"""Who is away."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cards import Actions, Card, Text, Tone
from bot.domain.verbs import Verb
from bot.texts import Translator
from bot.views import dates
from bot.views.buttons import button


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
