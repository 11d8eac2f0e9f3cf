"""Somebody is out of the room: what the others read, and what they read themselves."""

from bot.cards import Actions, Card, Text, Tone
from bot.domain.cell import not_in
from bot.domain.events import PersonLeft
from bot.domain.states import Presence
from bot.domain.verbs import Verb
from bot.views.buttons import button
from bot.views.lines import names, summary, title
from bot.views.scene import Scene


def left_room_card(scene: Scene, event: PersonLeft) -> Card:
    """To the room, with a way to bring them back; to the one who left, that they have no access."""
    if scene.reader == event.person:
        return out_card(scene)
    _ = scene._
    told = _(
        "{name} left the room, or was taken out of it: the crisis is closed to them everywhere.",
        name=scene.guide.name(event.person),
    )
    after = [a.person for a in scene.crisis.assignments if a.instead_of == event.person and a.held]
    called = (Text(_("Called in their place: {names}.", names=names(scene, after))),) if after else ()
    back = Text(_("Was it a mistake? Name them again, and they are invited back."))
    return Card(
        summary=summary(scene, _("somebody left the room")),
        title=title(scene),
        blocks=(
            Text(told, Tone.STRONG),
            *called,
            back,
            Actions((button(Verb.ROLE, scene.crisis.id, _),)),
        ),
    )


def out_card(scene: Scene) -> Card:
    """What stands in the place of every card of the crisis for somebody who is out of its room."""
    _, crisis = scene._, scene.crisis
    here = [a.person for a in crisis.assignments if a.presence is Presence.TAKEN_UP] or not_in(crisis)
    told = _("You are out of the room of this crisis. What you held goes on in other hands.")
    ask = _("Was it a mistake? Ask to be named again: {names}.", names=names(scene, here, last="or"))
    return Card(
        summary=summary(scene, _("you are out of the room")),
        title=_("Crisis {number}", number=crisis.number),
        blocks=(Text(told), *((Text(ask),) if here else ())),
    )
