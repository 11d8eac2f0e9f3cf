"""Rooms: made, late, not private; a platform that fails and is back."""

from datetime import timedelta

from bot.domain.cell import silent
from bot.domain.events import (
    DeliveryFailed,
    InvitationFailed,
    PlatformBack,
    PlatformLost,
    RoomCreated,
    RoomDelayed,
)
from bot.domain.ids import Platform
from bot.domain.states import CrisisStatus, RoomStatus
from bot.domain.subjects import ping_subject
from bot.ports import Place, RoomPlace
from bot.reactions import advice, emergency, guests, watching
from bot.reactions.calling import ping, tell_opener
from bot.reactions.effects import After, Effect, Refresh, Send, invitation, moment
from bot.reactions.reply import drafts_in
from bot.store import CardKind, Outgoing, Task

LATE = timedelta(minutes=1)
"""A room that comes up after so long says so: people have begun without it."""


def opened(after: After) -> list[Effect]:
    """Rooms are made first: people need somewhere to come."""
    crisis = after.crisis
    return [
        Send(
            Outgoing(
                id=0,
                task=Task.CREATE_ROOM,
                platform=room.platform,
                subject=crisis.id,
                crisis=crisis.id,
                lane=f"room:{crisis.id}:{room.platform}",
                at=after.now,
            )
        )
        for room in crisis.rooms
    ]


def room_created(event: RoomCreated, after: After, text: str) -> list[Effect]:
    """Side by side: one invitation, the brief card, and a ping to each person asked.

    That others may read it is said in the rooms and to the opener. `text` is the event, for the view.
    """
    crisis = after.crisis
    effects: list[Effect] = [Refresh(CardKind.OPENED, crisis.id)]
    late = after.now - crisis.opened_at >= LATE
    for place in after.rooms():
        if place.platform is event.platform:
            effects += invitation(after, place, crisis.id, sorted(crisis.people))
            effects.append(after.card(CardKind.BRIEF, crisis.id, place))
            effects += emergency.stands_in(after, place)
            effects += drafts_in(after, place)
            effects += guests.stands_in(after, place)  # whom the opening called may have a link by now
            effects += _late(event, after, place, text) if late else []
    if event.lesser:
        effects += _told_everywhere(after, ordinal=moment(event), text=text)
    return effects + _call_on(event.platform, after)


def _late(event: RoomCreated, after: After, place: RoomPlace, text: str) -> list[Effect]:
    """Said once in the room, with what was asked meanwhile; no card says any more that it is to come."""
    crisis = after.crisis
    return [
        after.card(CardKind.NEWS, f"{crisis.id}.n.{event.kind}", place, ordinal=moment(event), text=text),
        *advice.stands_in(after, place),
        *watching.stands_in(after, place),
        *(Refresh(CardKind.PING, ping_subject(crisis, person)) for person in sorted(crisis.people)),
        Refresh(CardKind.TROUBLE, _trouble(after)),
    ]


def room_delayed(event: RoomDelayed, after: After) -> list[Effect]:
    """Nobody waits for a room: the opener is told and people are called where they can be reached."""
    return [*tell_opener(after), *_call_on(event.platform, after)]


def platform_lost(event: PlatformLost, after: After, text: str) -> list[Effect]:
    """The rooms elsewhere are told, and whoever was to be called there is called elsewhere."""
    elsewhere = [room.platform for room in after.crisis.rooms if room.platform is not event.platform]
    return [*_told_beyond(event, after, text), *(call for p in elsewhere for call in _call_on(p, after))]


def platform_back(event: PlatformBack, after: After, text: str) -> list[Effect]:
    """The rooms elsewhere are told; what waited finds its way by itself, as it stands now."""
    return [Refresh(CardKind.NEWS, f"{after.crisis.id}.n.platform_lost"), *_told_beyond(event, after, text)]


def _told_beyond(event: PlatformLost | PlatformBack, after: After, text: str) -> list[Effect]:
    subject = f"{after.crisis.id}.n.{event.kind}"
    return after.everywhere(CardKind.NEWS, subject, ordinal=moment(event), text=text, but=event.platform)


def trouble(event: InvitationFailed | DeliveryFailed, after: After, text: str) -> list[Effect]:
    """A fault is said in the rooms and to the opener. `text` is the event, for the view.

    Until it lasts only elsewhere: where it fails the card would come when the fault is over.
    """
    if isinstance(event, DeliveryFailed) and event.what == CardKind.TROUBLE:
        return []
    here = None if isinstance(event, InvitationFailed) or event.lasting else event.platform
    return _told_everywhere(after, ordinal=moment(event), text=text, but=here)


def _told_everywhere(after: After, *, ordinal: int, text: str, but: Platform | None = None) -> list[Effect]:
    places: list[Place] = [*after.rooms(), after.direct(after.crisis.opened_by)]
    return [
        after.card(CardKind.TROUBLE, _trouble(after), place, ordinal=ordinal, text=text)
        for place in places
        if place.platform is not but
    ]


def _trouble(after: After) -> str:
    """What faults of a crisis are called."""
    return f"{after.crisis.id}.t"


def _call_on(platform: Platform, after: After) -> list[Effect]:
    """Ping those who were asked and are written to on this platform, unless its room is still to come.

    Into a closed crisis nobody is called.
    """
    room, over = after.crisis.room_on(platform), after.crisis.status is CrisisStatus.CLOSED
    if over or not after.rings or (room is not None and room.status is RoomStatus.ASKED):
        return []
    asked = (p for p in sorted(after.crisis.people) if silent(after.crisis, p))
    return [ping(after, p) for p in asked if after.direct(p).platform is platform]
