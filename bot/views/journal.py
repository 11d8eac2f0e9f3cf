"""One line of the log for each event. It holds the cell's own words, never the member's."""

from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain import events as e
from bot.domain.events.base import OfMember
from bot.domain.members import number
from bot.guide import Guide
from bot.texts import N_, Translator
from bot.views.journal_advice import Questions, advice_line
from bot.views.journal_after_call import AfterCall, after_call_line
from bot.views.journal_calls import (
    Emergencies,
    People,
    Rooms,
    emergency_line,
    lost_line,
    person_line,
    room_line,
)
from bot.views.journal_contacts import Contacts, contacts_line
from bot.views.journal_guests import Guests, guest_line
from bot.views.journal_handover import Handovers, handover_line
from bot.views.journal_mail import Mails, mail_line
from bot.views.journal_members import Members, members_line
from bot.views.journal_message import Message, message_line
from bot.views.journal_questions import PublicQuestions, question_line
from bot.views.journal_reaching import Unreached, reaching_line
from bot.views.journal_reply import Reply, reply_line
from bot.views.journal_serious_news import Silence, silence_line
from bot.views.journal_talk import Talk, talk_line
from bot.views.journal_watch import Watch, watch_line
from bot.views.lines import listed
from bot.views.teller import Teller

FIELDS = {
    "handle": N_("pseudonym"),
    "platform": N_("place of writing"),
    "age": N_("age"),
    "country": N_("country"),
    "written_at": N_("hour of writing"),
    "link": N_("link"),
    "concerns": N_("who is behind it"),
    "text": N_("what they wrote"),
}

Judged = e.LevelChanged | e.LoweringAsked | e.SeverityChanged | e.CategoryChanged
Course = (
    e.CrisisOpened
    | e.CommunityChanged
    | e.DetailsCompleted
    | e.NoteAdded
    | e.FalseAlarmAsked
    | e.CloseAsked
    | e.CloseRefused
    | e.CrisisClosed
)


def line(event: e.Event, *, guide: Guide, zone: ZoneInfo, _: Translator) -> str:
    """What happened, in one sentence, without its hour; which member it concerns, but the first."""
    told = _line(event, Teller(guide, zone, _))
    if isinstance(event, OfMember) and number(event.member) > 1:
        return _("Member {n}: {told}", n=number(event.member), told=told)
    return told


def _line(event: e.Event, teller: Teller) -> str:
    if isinstance(event, Course):
        return _course(event, teller)
    if isinstance(event, Message):
        return message_line(event, teller)
    if isinstance(event, Judged):
        return _judged(event, teller)
    if isinstance(event, Rooms):
        return room_line(event, teller)
    if isinstance(event, e.DeliveryFailed):
        return lost_line(event, teller)
    if isinstance(event, People):
        return person_line(event, teller)
    if isinstance(event, Guests):
        return guest_line(event, teller)
    if isinstance(event, Handovers):
        return handover_line(event, teller)
    if isinstance(event, Emergencies):
        return emergency_line(event, teller)
    if isinstance(event, AfterCall):
        return after_call_line(event, teller)
    if isinstance(event, Questions):
        return advice_line(event, teller)
    if isinstance(event, PublicQuestions):
        return question_line(event, teller)
    if isinstance(event, Contacts):
        return contacts_line(event, teller)
    if isinstance(event, Unreached):
        return reaching_line(event, teller)
    if isinstance(event, Mails):
        return mail_line(event, teller)
    if isinstance(event, Members):
        return members_line(event, teller)
    if isinstance(event, Reply):
        return reply_line(event, teller)
    if isinstance(event, Talk):
        return talk_line(event, teller)
    if isinstance(event, Silence):
        return silence_line(event, teller)
    if isinstance(event, Watch):
        return watch_line(event, teller)
    assert_never(event)


def _course(event: Course, teller: Teller) -> str:
    _, who = teller._, teller.who(event)
    match event:
        case e.CrisisOpened():
            return _(
                "{who} opened the crisis ({category}, severity {severity}).",
                who=who,
                category=teller.category(event.category),
                severity=event.severity,
            )
        case e.CommunityChanged():
            return _other_community(event, teller)
        case e.DetailsCompleted():
            filled = listed((_(FIELDS.get(name, name)) for name in event.fields), _)
            return _("{who} completed: {fields}.", who=who, fields=filled)
        case e.NoteAdded():
            return _("{who} noted: {text}", who=who, text=event.text)
        case e.FalseAlarmAsked():
            return teller.because(_("{who} said that it is a false alarm", who=who), event.reason)
        case e.CloseAsked():
            return teller.because(_("{who} asked to close", who=who), event.reason)
        case e.CloseRefused():
            return _("{who} keeps the crisis open.", who=who)
        case e.CrisisClosed(false_alarm=True):
            return teller.because(_("{who} closed the crisis as a false alarm", who=who), event.reason)
        case e.CrisisClosed():
            return teller.because(_("{who} closed the crisis", who=who), event.reason)
        case _:
            assert_never(event)


def _other_community(event: e.CommunityChanged, teller: Teller) -> str:
    _, communities = teller._, teller.guide.plan.communities
    known = communities.get(event.after)
    whose = known.name if known else event.after
    told = _("{who} found that the crisis concerns {community}.", who=teller.who(event), community=whose)
    if not event.removed:
        return told
    return _("{told} Taken out: {names}.", told=told, names=listed(map(teller.name, event.removed), _))


def _judged(event: Judged, teller: Teller) -> str:
    _, who = teller._, teller.who(event)
    match event:
        case e.LevelChanged():
            told = _("{who} set the level to {level}", who=who, level=event.after)
            return teller.because(told, event.reason)
        case e.LoweringAsked():
            told = _("{who} asked to lower to {target}", who=who, target=event.target)
            return teller.because(told, event.reason)
        case e.SeverityChanged():
            before, after = event.before, event.after
            told = _("{who} set the severity from {before} to {after}", who=who, before=before, after=after)
            return teller.because(told, event.reason)
        case e.CategoryChanged():
            return _("{who} set the kind: {category}.", who=who, category=teller.category(event.after))
        case _:
            assert_never(event)
