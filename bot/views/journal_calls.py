"""Lines of the log about rooms, messages, people and calls for help."""

from typing import assert_never

from bot.domain import events as e
from bot.domain.cell import COME_BY_THEMSELVES
from bot.domain.reminders import step_of
from bot.domain.roster import role_name
from bot.views.lines import listed
from bot.views.news import lost_name
from bot.views.outage import PLATFORMS
from bot.views.teller import Teller

Rooms = (
    e.RoomCreated
    | e.RoomDelayed
    | e.PlatformLost
    | e.PlatformBack
    | e.PeopleInvited
    | e.InvitationFailed
    | e.PingSent
    | e.RoomArchived
)
People = (
    e.PersonAsked
    | e.PersonAskedAgain
    | e.TakenUp
    | e.Declined
    | e.ChainExhausted
    | e.TelephonesRead
    | e.ClientContactTold
)
Emergencies = (
    e.EmergencyDeclared
    | e.EmergencyOnPhone
    | e.EmergencyCalled
    | e.EmergencyNotNeeded
    | e.EmergencyUnrecorded
)


def room_line(event: Rooms, teller: Teller) -> str:
    """What a platform did."""
    _ = teller._
    where = _(PLATFORMS[event.platform])
    match event:
        case e.RoomCreated(lesser=code) if code:
            return _(
                "Room ready on {platform}: {name}. It is not the private room that was asked for ({code}): "
                "others may read it.",
                platform=where,
                name=event.name,
                code=code,
            )
        case e.RoomCreated(perhaps_twice=True):
            return _(
                "Room ready on {platform}: {name}. An earlier attempt was cut off: an empty room of the same "
                "name may stand beside it.",
                platform=where,
                name=event.name,
            )
        case e.RoomCreated():
            return _("Room ready on {platform}: {name}.", platform=where, name=event.name)
        case e.RoomDelayed():
            return _("No room on {platform} for the moment ({code}).", platform=where, code=event.code)
        case e.PlatformLost():
            return _("{platform} does not answer ({code}).", platform=where, code=event.code)
        case e.PlatformBack():
            return _("{platform} answers again.", platform=where)
        case e.PeopleInvited():
            people = listed((teller.name(person) for person in event.people), _)
            return _("Invited on {platform}: {people}.", platform=where, people=people)
        case e.InvitationFailed():
            name, code = teller.name(event.person), event.code
            return _(
                "{name} could not be invited on {platform} ({code}).", name=name, platform=where, code=code
            )
        case e.PingSent():
            return _("{name} was called on {platform}.", name=teller.name(event.person), platform=where)
        case e.RoomArchived():
            return _("Room on {platform} put to rest.", platform=where)
        case _:
            assert_never(event)


def lost_line(event: e.DeliveryFailed, teller: Teller) -> str:
    """What did not go out, where, and to whom."""
    _ = teller._
    what = lost_name(event.what, _)
    if event.person is not None:
        what = _("{what} for {name}", what=what, name=teller.name(event.person))
    where, code = _(PLATFORMS[event.platform]), event.code
    if event.lasting:
        return _("Not delivered on {platform}: {what} ({code}).", platform=where, what=what, code=code)
    return _("Not delivered yet on {platform}: {what} ({code}).", platform=where, what=what, code=code)


def person_line(event: People, teller: Teller) -> str:
    """Who was called, and what they answered."""
    _ = teller._
    match event:
        case e.PersonAsked():
            return _asked(event, teller)
        case e.PersonAskedAgain() if step_of(event.attempt) == 0:
            return _("The quiet hours are over: {name} is called.", name=teller.name(event.person))
        case e.PersonAskedAgain():
            return _(
                "{name} is called again ({n}).", name=teller.name(event.person), n=step_of(event.attempt)
            )
        case e.TakenUp():
            return _("{name} is on it.", name=teller.name(event.person))
        case e.Declined():
            return _("{name} cannot.", name=teller.name(event.person))
        case e.TelephonesRead():
            people = listed((teller.name(person) for person in event.people), _)
            return _("{who} read the telephone numbers of {names}.", who=teller.who(event), names=people)
        case e.ClientContactTold():
            name = teller.name(event.person)
            return _("{name}, the client's contact, is told that a crisis is open.", name=name)
        case e.ChainExhausted():
            return _("Nobody is left to call as {role}.", role=role_name(event.role, _))
        case _:
            assert_never(event)


def emergency_line(event: Emergencies, teller: Teller) -> str:
    """Every step of calling for help."""
    _, who = teller._, teller.who(event)
    match event:
        case e.EmergencyDeclared():
            return _("{who} said that a life is in danger.", who=who)
        case e.EmergencyOnPhone():
            return _("{who} is on the phone with the emergency services.", who=who)
        case e.EmergencyCalled():
            return _called(event, teller)
        case e.EmergencyNotNeeded():
            return teller.because(_("{who} judged that no call is needed", who=who), event.reason)
        case e.EmergencyUnrecorded():
            return _("No call recorded yet: the cell is reminded ({n}).", n=event.attempt)
        case _:
            assert_never(event)


def _asked(event: e.PersonAsked, teller: Teller) -> str:
    _, name = teller._, teller.name(event.person)
    role = role_name(event.role, _)
    if event.asked_as in COME_BY_THEMSELVES:
        return _("{name} is in the cell as {role}.", name=name, role=role)
    if event.instead_of is None:
        return _("{name} is called as {role}.", name=name, role=role)
    other = teller.name(event.instead_of)
    return _("{name} is called as {role}, in place of {other}.", name=name, role=role, other=other)


def _called(event: e.EmergencyCalled, teller: Teller) -> str:
    _, at = teller._, teller.when(event.called_at)
    told = _("{who} called {service}, {when}.", who=teller.who(event), service=event.service, when=at)
    said = _("Said: {said}", said=event.said) if event.said else ""
    reference = _("Reference: {reference}", reference=event.reference) if event.reference else ""
    return " ".join(part for part in (told, said, reference) if part)
