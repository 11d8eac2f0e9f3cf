"""Sentences that several cards share: the first line, the people, the hours."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from babel.lists import format_list

from bot.cards import RoomLink, Text, Tone
from bot.domain.ids import PersonId
from bot.domain.roster import Role, role_name
from bot.domain.states import Presence, RoomStatus, Route
from bot.texts import N_, Translator
from bot.views import dates
from bot.views.scene import Scene

ROUTES = {
    Route.PRIVATE_MESSAGE: N_("private message"),
    Route.EMAIL: N_("e-mail"),
    Route.LETTER: N_("letter"),
    Route.PUBLIC_POST: N_("public post"),
}

BABEL_LOCALES = {"fr": "fr", "en": "en_GB"}


def title(scene: Scene, last: str = "") -> str:
    """The first line of a card: client, number, severity; `last` stands in the severity's place."""
    _ = scene._
    crisis = scene.crisis
    community = scene.guide.community(crisis).name.upper()
    if crisis.community not in scene.guide.plan.communities:
        community = _("{community}?", community=community)
    head = _("{community} · crisis {number}", community=community, number=crisis.number)
    last = last or _("severity {severity} of 4", severity=crisis.severity)
    return " · ".join([*([_("DRILL")] if crisis.drill else []), head, last])


def summary(scene: Scene, what: str) -> str:
    """What a notification shows: the number and a neutral word."""
    if scene.crisis.drill:
        return scene._("Drill {number}: {what}", number=scene.crisis.number, what=what)
    return scene._("Cellule {number}: {what}", number=scene.crisis.number, what=what)


def drill_notice(scene: Scene) -> tuple[Text, ...]:
    """Says that nobody is in danger, on every card of an exercise."""
    if not scene.crisis.drill:
        return ()
    return (Text(scene._("DRILL: call nobody outside, write to no member."), Tone.ALERT),)


def when(scene: Scene, at: datetime) -> str:
    """`at 03:10`; `on the 24th at 03:10` when it is not today."""
    said = dates.short(at, now=scene.now, zone=scene.zone, _=scene._)
    return scene._("at {hour}", hour=said) if said == dates.hour(at, scene.zone) else said


def since(scene: Scene, at: datetime) -> str:
    """How long ago something was."""
    return dates.duration(max(scene.now - at, timedelta()), scene._)


def listed(names: Iterable[str], _: Translator, *, last: Literal["and", "or"] = "and") -> str:
    """`a, b and c`, or with `last="or"` `a, b or c`."""
    return format_list(
        list(names), style="or" if last == "or" else "standard", locale=BABEL_LOCALES[_.locale]
    )


def names(scene: Scene, people: Iterable[PersonId], *, last: Literal["and", "or"] = "and") -> str:
    """First names in one breath, each once."""
    known = dict.fromkeys(scene.guide.name(person) for person in people)
    return listed(known, scene._, last=last)


def roles(named: Iterable[Role], _: Translator) -> str:
    """Role names in one breath."""
    return listed((role_name(role, _) for role in named), _)


def routes(ways: Iterable[Route], _: Translator) -> str:
    """`e-mail and letter`."""
    return listed((_(ROUTES[way]) for way in ways), _)


def writer(scene: Scene) -> PersonId:
    """Who deals with the member: a moderator who is there, else anybody who is, else the opener."""
    here = [a for a in scene.crisis.assignments if a.presence is Presence.TAKEN_UP]
    here.sort(key=lambda a: a.role is not Role.MODERATOR)
    return here[0].person if here else scene.crisis.opened_by


def room_link(scene: Scene) -> tuple[RoomLink, ...]:
    """The way into the room on the reader's platform, once it is made."""
    room = scene.crisis.room_on(scene.platform)
    if room is None or room.ref is None or room.status is not RoomStatus.READY:
        return ()
    return (RoomLink(scene._("Open the room"), scene.platform, room.ref),)
