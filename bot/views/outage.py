"""One of several platforms does not answer: the cell goes on in the other rooms, and knows it."""

from bot.cards import Actions, Card, Text, Tone
from bot.domain.events import PlatformBack, PlatformLost, RoomCreated
from bot.domain.ids import Platform
from bot.domain.verbs import Verb
from bot.texts import N_
from bot.views.buttons import button
from bot.views.dates import duration, hour
from bot.views.lines import drill_notice, summary, title, when
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


def late_room_card(scene: Scene, event: RoomCreated) -> Card:
    """Said once in a room that people began without."""
    _ = scene._
    told = _(
        "This room comes late: the crisis was opened {opened}, the room was made {made}.",
        opened=when(scene, scene.crisis.opened_at),
        made=when(scene, event.at),
    )
    rest = _("The cards here say how things stand now. What was done before it was there is in the log.")
    return Card(
        summary=summary(scene, _("the room is late")),
        title=title(scene),
        blocks=(
            *drill_notice(scene),
            Text(told, Tone.STRONG),
            Text(rest),
            Actions((button(Verb.LOG, scene.crisis.id, _),)),
        ),
    )


def room_made_card(scene: Scene, platform: Platform) -> Card | None:
    """Stands in the place of the word that it could not be made; None until it is."""
    room, where = scene.crisis.room_on(platform), scene._(PLATFORMS[platform])
    if room is None or room.ref is None:
        return None
    return _card(scene, scene._("The room on {platform} is there now.", platform=where))


def _card(scene: Scene, told: str, *more: Text, tone: Tone = Tone.NORMAL) -> Card:
    _ = scene._
    return Card(
        summary=summary(scene, _("a platform fails, or is back")),
        title=title(scene),
        blocks=(*drill_notice(scene), Text(told, Tone.STRONG), *more),
        tone=tone,
    )
