"""One line of the log for each event. It holds the cell's own words, never the member's."""

from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain import events as e
from bot.domain.ids import Platform
from bot.domain.roster import role_name
from bot.domain.states import AskedAs
from bot.guide import Guide
from bot.texts import N_, Translator
from bot.views.brief import STANDINGS
from bot.views.journal_reply import Reply, reply_line
from bot.views.journal_watch import Watch, watch_line
from bot.views.lines import listed
from bot.views.news import lost_name
from bot.views.teller import Teller

PLATFORMS = {Platform.SLACK: N_("Slack"), Platform.WEB: N_("the browser room")}

FIELDS = {
    "handle": N_("pseudonym"),
    "platform": N_("place of writing"),
    "age": N_("age"),
    "country": N_("country"),
    "written_at": N_("hour of writing"),
}

Judged = (
    e.CrisisOpened
    | e.DetailsCompleted
    | e.MessageStandingChanged
    | e.LevelChanged
    | e.LoweringAsked
    | e.SeverityChanged
    | e.CategoryChanged
    | e.NoteAdded
    | e.CrisisClosed
)
Sent = (
    e.RoomCreated
    | e.RoomDelayed
    | e.PeopleInvited
    | e.InvitationFailed
    | e.DeliveryFailed
    | e.PingSent
    | e.RoomArchived
)
Called = (
    e.PersonAsked
    | e.PersonAskedAgain
    | e.TakenUp
    | e.Declined
    | e.ChainExhausted
    | e.EmergencyDeclared
    | e.EmergencyOnPhone
    | e.EmergencyCalled
    | e.EmergencyNotNeeded
    | e.EmergencyUnrecorded
)


def line(event: e.Event, *, guide: Guide, zone: ZoneInfo, _: Translator) -> str:
    """What happened, in one sentence, without its hour."""
    teller = Teller(guide, zone, _)
    if isinstance(event, Judged):
        return _judged(event, teller)
    if isinstance(event, Sent):
        return _sent(event, teller)
    if isinstance(event, Called):
        return _called(event, teller)
    if isinstance(event, Reply):
        return reply_line(event, teller)
    if isinstance(event, Watch):
        return watch_line(event, teller)
    assert_never(event)


def _judged(event: Judged, teller: Teller) -> str:
    _, who = teller._, teller.who(event)
    match event:
        case e.CrisisOpened():
            category = teller.category(event.category)
            return _(
                "{who} opened the crisis ({category}, severity {severity}).",
                who=who,
                category=category,
                severity=event.severity,
            )
        case e.DetailsCompleted():
            filled = listed((_(FIELDS.get(name, name)) for name in event.fields), _)
            return _("{who} completed: {fields}.", who=who, fields=filled)
        case e.MessageStandingChanged():
            return _(
                "{who} noted of the member's message: {standing}.",
                who=who,
                standing=_(STANDINGS[event.standing]),
            )
        case e.LevelChanged():
            told = _("{who} set the level to {level}", who=who, level=event.after)
            return teller.because(told, event.reason)
        case e.LoweringAsked():
            return teller.because(
                _("{who} asked to lower to {target}", who=who, target=event.target), event.reason
            )
        case e.SeverityChanged():
            told = _(
                "{who} set the severity from {before} to {after}",
                who=who,
                before=event.before,
                after=event.after,
            )
            return teller.because(told, event.reason)
        case e.CategoryChanged():
            return _("{who} set the kind: {category}.", who=who, category=teller.category(event.after))
        case e.NoteAdded():
            return _("{who} noted: {text}", who=who, text=event.text)
        case e.CrisisClosed():
            return teller.because(_("{who} closed the crisis", who=who), event.reason)
        case _:
            assert_never(event)


def _sent(event: Sent, teller: Teller) -> str:
    _ = teller._
    match event:
        case e.RoomCreated():
            return _(
                "Room ready on {platform}: {name}.", platform=_(PLATFORMS[event.platform]), name=event.name
            )
        case e.RoomDelayed():
            return _(
                "No room on {platform} for the moment ({code}).",
                platform=_(PLATFORMS[event.platform]),
                code=event.code,
            )
        case e.PeopleInvited():
            people = listed((teller.name(p) for p in event.people), _)
            return _("Invited on {platform}: {people}.", platform=_(PLATFORMS[event.platform]), people=people)
        case e.InvitationFailed():
            return _(
                "{name} could not be invited on {platform} ({code}).",
                name=teller.name(event.person),
                platform=_(PLATFORMS[event.platform]),
                code=event.code,
            )
        case e.DeliveryFailed():
            what = lost_name(event.what, _)
            if event.person is None:
                return _("Not delivered: {what} ({code}).", what=what, code=event.code)
            return _(
                "Not delivered to {name}: {what} ({code}).",
                name=teller.name(event.person),
                what=what,
                code=event.code,
            )
        case e.PingSent():
            return _(
                "{name} was called on {platform}.",
                name=teller.name(event.person),
                platform=_(PLATFORMS[event.platform]),
            )
        case e.RoomArchived():
            return _("Room on {platform} put to rest.", platform=_(PLATFORMS[event.platform]))
        case _:
            assert_never(event)


def _called(event: Called, teller: Teller) -> str:
    _, who = teller._, teller.who(event)
    match event:
        case e.PersonAsked(asked_as=AskedAs.OPENER):
            return _(
                "{name} is in the cell as {role}.",
                name=teller.name(event.person),
                role=role_name(event.role, _),
            )
        case e.PersonAsked():
            name, role = teller.name(event.person), role_name(event.role, _)
            if event.instead_of is None:
                return _("{name} is called as {role}.", name=name, role=role)
            return _(
                "{name} is called as {role}, in place of {other}.",
                name=name,
                role=role,
                other=teller.name(event.instead_of),
            )
        case e.PersonAskedAgain():
            return _("{name} is called again ({n}).", name=teller.name(event.person), n=event.attempt)
        case e.TakenUp():
            return _("{name} is on it.", name=teller.name(event.person))
        case e.Declined():
            return _("{name} cannot.", name=teller.name(event.person))
        case e.ChainExhausted():
            return _("Nobody is left to call as {role}.", role=role_name(event.role, _))
        case e.EmergencyDeclared():
            return _("{who} said that a life is in danger.", who=who)
        case e.EmergencyOnPhone():
            return _("{who} is on the phone with the emergency services.", who=who)
        case e.EmergencyCalled():
            return _call(event, teller)
        case e.EmergencyNotNeeded():
            return teller.because(_("{who} judged that no call is needed", who=who), event.reason)
        case e.EmergencyUnrecorded():
            return _("No call recorded yet: the cell is reminded ({n}).", n=event.attempt)
        case _:
            assert_never(event)


def _call(event: e.EmergencyCalled, teller: Teller) -> str:
    _ = teller._
    told = _(
        "{who} called {service}, {when}.",
        who=teller.who(event),
        service=event.service,
        when=teller.when(event.called_at),
    )
    said = _("Said: {said}", said=event.said) if event.said else ""
    reference = _("Reference: {reference}", reference=event.reference) if event.reference else ""
    return " ".join(part for part in (told, said, reference) if part)
