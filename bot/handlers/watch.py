"""Follow-ups on the member."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.cards import Action, Answer
from bot.domain import emergency, members, watch
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.reminders import Reminder
from bot.domain.serious_news import check_may_write
from bot.domain.states import News, Outcome, ReminderKind, ReminderStatus
from bot.domain.subjects import follow_up_subject, member_in
from bot.domain.verbs import Verb
from bot.domain.wording import clean
from bot.handlers import serious_news
from bot.handlers.request import Request, choice, value
from bot.views.answers import second_person_card
from bot.views.members import meant
from bot.views.watch import record_form, stop_form, worrying_card, write_word_card

LATER = timedelta(hours=1)


def write_word(request: Request, action: Action) -> Answer:
    """How to write to the member again, and the way to a draft."""
    crisis, reminder = _follow_up(request, Verb.FOLLOW_UP_WRITE, action)
    check_may_write(crisis)
    member = member_in(reminder.subject)
    watch.check_may_write(members.find(crisis, member))
    return Answer(card=write_word_card(request.scene(crisis).about(member)))


def ask_record(request: Request, action: Action) -> Answer:
    """The form with the outcomes."""
    crisis, reminder = _open_follow_up(request, Verb.FOLLOW_UP_RECORD, action)
    return Answer(form=record_form(request.scene(crisis).about(member_in(reminder.subject)), reminder))


def submit_record(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Note how the member is. «Worrying» shows whom to call at once."""
    crisis, reminder = _open_follow_up(request, Verb.FOLLOW_UP_RECORD, action)
    outcome, note = choice(Outcome, values, "outcome"), clean(value(values, "note"))
    request.uow.reminders.save(replace(reminder, status=ReminderStatus.DONE, text=outcome.value))
    watch.record(
        crisis,
        member=member_in(reminder.subject),
        ordinal=reminder.ordinal,
        outcome=outcome,
        note=note,
        level=request.guide.category(crisis).level_in_force(crisis.level),
        by=request.person,
        at=request.now,
    )
    if outcome is Outcome.SERIOUS_NEWS:
        serious_news.stop(request, crisis, News.OTHER, note=note)
    if outcome is not Outcome.WORRYING:
        return Answer()
    emergency.declare(crisis, by=request.person, at=request.now)
    return Answer(card=worrying_card(request.scene(crisis)))


def later(request: Request, action: Action) -> Answer:
    """In an hour."""
    crisis, reminder = _open_follow_up(request, Verb.FOLLOW_UP_LATER, action)
    until = request.now + LATER
    request.uow.reminders.save(replace(reminder, status=ReminderStatus.PLANNED, due_at=until))
    watch.postpone(
        crisis,
        member=member_in(reminder.subject),
        ordinal=reminder.ordinal,
        until=until,
        by=request.person,
        at=request.now,
    )
    return Answer()


def ask_stop(request: Request, action: Action) -> Answer:
    """The form for the reason."""
    crisis = request.crisis(Verb.FOLLOW_UP_STOP, action.subject)
    member = members.find(crisis, member_in(action.subject))
    return Answer(form=stop_form(request.scene(crisis).about(member.id)))


def submit_stop(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """End the follow-ups, or be the first of two who want it."""
    crisis = request.crisis(Verb.FOLLOW_UP_STOP, action.subject)
    stopped = watch.stop(
        crisis,
        member=meant(request.about(crisis, action.subject), value(values, "member")),
        level=request.guide.category(crisis).level_in_force(crisis.level),
        by=request.person,
        reason=clean(value(values, "reason")),
        asked_by_member=value(values, "asked_by_member") in {"look", "yes"},
        looks=value(values, "asked_by_member") == "look",
        at=request.now,
    )
    return Answer() if stopped else Answer(card=second_person_card(request._))


def _follow_up(request: Request, verb: Verb, action: Action) -> tuple[Crisis, Reminder]:
    """The follow-up `….f2` is the second, of the first member; `….u3.f2` of the third. Raises `absent`."""
    crisis = request.crisis(verb, action.subject)
    ordinal = action.subject.rpartition(".f")[2]
    if not ordinal.isdecimal():
        raise Refused(Code.ABSENT)
    subject = follow_up_subject(crisis, int(ordinal), member_in(action.subject))
    reminder = request.uow.reminders.get(ReminderKind.FOLLOW_UP, subject, int(ordinal))
    if reminder is None:
        raise Refused(Code.ABSENT)
    return crisis, reminder


def _open_follow_up(request: Request, verb: Verb, action: Action) -> tuple[Crisis, Reminder]:
    crisis, reminder = _follow_up(request, verb, action)
    if reminder.status is not ReminderStatus.DUE:
        raise Refused(Code.ALREADY_DONE)
    return crisis, reminder
