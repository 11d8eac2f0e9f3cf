"""One of several platforms does not answer: the cell goes on in the other rooms, and knows it."""

from bot.cards import Card, Text, Tone
from bot.domain.events import PlatformBack, PlatformLost
from bot.domain.ids import Platform
from bot.texts import N_
from bot.views.dates import duration, hour
from bot.views.lines import drill_notice, summary, title
from bot.views.scene import Scene

PLATFORMS = {
    Platform.SLACK: N_("Slack"),
    Platform.TEAMS: N_("Microsoft Teams"),
    Platform.WEB: N_("the web page"),
}


def platform_lost_card(scene: Scene, event: PlatformLost) -> Card:
    """Once it answers again this says so, too: nobody reads an old alarm."""
    _ = scene._
    where = _(PLATFORMS[event.platform])
    room = scene.crisis.room_on(event.platform)
    since = hour(event.at, scene.zone)
    if room is None or room.lost_at != event.at:
        return _card(scene, _("{platform} answers again.", platform=where))
    told = _("{platform} has not answered since {hour}. The crisis goes on here.", platform=where, hour=since)
    rest = Text(_("What is missed there arrives when it is back, as it stands then."))
    return _card(scene, told, rest, tone=Tone.ALERT)


def platform_back_card(scene: Scene, event: PlatformBack) -> Card:
    """What was missed there stands there now, as it is today."""
    _ = scene._
    where = _(PLATFORMS[event.platform])
    told = _(
        "{platform} answers again, after {minutes}. What was missed there stands there now.",
        platform=where,
        minutes=duration(event.at - event.lost_at, _),
    )
    return _card(scene, told)


def _card(scene: Scene, told: str, *more: Text, tone: Tone = Tone.NORMAL) -> Card:
    _ = scene._
    return Card(
        summary=summary(scene, _("a platform fails, or is back")),
        title=title(scene),
        blocks=(*drill_notice(scene), Text(told, Tone.STRONG), *more),
        tone=tone,
    )
