"""Reminders that people set for themselves and the room."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from bot.cards import Action, Answer
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.events import ReminderDone, ReminderSet, ReminderSnoozed, ReminderStopped
from bot.domain.ids import PersonId
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind, ReminderStatus
from bot.domain.verbs import Verb
from bot.domain.when import parse_when, split_when
from bot.domain.wording import clean
from bot.handlers.request import Request, value
from bot.store import UnitOfWork
from bot.texts import Locale
from bot.views.reminders import remind_echo_card, remind_form

SNOOZE = timedelta(hours=1)


def ask(request: Request, action: Action) -> Answer:
    """The form: when, and what."""
    crisis = request.crisis(Verb.REMIND, action.subject)
    return Answer(form=remind_form(request.scene(crisis)))


def submit(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """The filled form."""
    crisis = request.crisis(Verb.REMIND, action.subject)
    try:
        at = parse_when(value(values, "when"), **_reading(request))
    except Refused as refused:
        raise Refused(refused.code, field="when", **refused.params) from None
    return _set(request, crisis, at=at, text=value(values, "text"))


def command(request: Request, text: str) -> Answer:
    """`/crisis remind in 2h call the client back`."""
    crisis = request.crisis_here(Verb.REMIND)
    when = split_when(text, **_reading(request))
    return _set(request, crisis, at=when.at, text=when.rest)


def done(request: Request, action: Action) -> Answer:
    """It is done."""
    crisis, reminder = _open(request, Verb.REMINDER_DONE, action)
    request.uow.reminders.save(replace(reminder, status=ReminderStatus.DONE))
    crisis.record(ReminderDone(at=request.now, by=request.person, reminder=reminder.subject))
    return Answer()


def snooze(request: Request, action: Action) -> Answer:
    """Say it again in an hour."""
    crisis, reminder = _open(request, Verb.SNOOZE, action)
    request.uow.reminders.save(replace(reminder, status=ReminderStatus.DONE))
    crisis.record(
        ReminderSnoozed(
            at=request.now,
            by=request.person,
            reminder=reminder.subject,
            ordinal=reminder.ordinal + 1,
            until=request.now + SNOOZE,
        )
    )
    return Answer()


def stop(request: Request, action: Action) -> Answer:
    """Never say it again."""
    crisis, reminder = _open(request, Verb.REMINDER_STOP, action)
    request.uow.reminders.save(replace(reminder, status=ReminderStatus.CANCELLED))
    crisis.record(ReminderStopped(at=request.now, by=request.person, reminder=reminder.subject))
    return Answer()


def pass_on(uow: UnitOfWork, crisis: Crisis, before: PersonId, after: PersonId) -> bool:
    """What one person is still to be reminded of, another is; False where there was nothing."""
    waits = {ReminderStatus.PLANNED, ReminderStatus.DUE}
    theirs = [
        row
        for row in uow.reminders.of(crisis.id)
        if row.kind is ReminderKind.PERSONAL and row.status in waits and row.owner == before
    ]
    for row in theirs:
        uow.reminders.save(replace(row, owner=after))
    return bool(theirs)


def _set(request: Request, crisis: Crisis, *, at: datetime, text: str) -> Answer:
    words = clean(text)
    if not words:
        raise Refused(Code.TEXT_EMPTY, field="text")
    plan(request, crisis, at=at, text=words)
    return Answer(card=remind_echo_card(request.scene(crisis), at=at, text=words))


def plan(request: Request, crisis: Crisis, *, at: datetime, text: str) -> None:
    """Remind whoever asks."""
    crisis.reminders_set += 1
    crisis.record(
        ReminderSet(
            at=request.now,
            by=request.person,
            reminder=f"{crisis.id}.r{crisis.reminders_set}",
            due_at=at,
            text=text,
        )
    )


def _open(request: Request, verb: Verb, action: Action) -> tuple[Crisis, Reminder]:
    crisis = request.crisis(verb, action.subject)
    reminder = request.uow.reminders.get(ReminderKind.PERSONAL, action.subject, action.revision or 0)
    if reminder is None:
        raise Refused(Code.ABSENT)
    if reminder.status not in {ReminderStatus.DUE, ReminderStatus.PLANNED}:
        raise Refused(Code.ALREADY_DONE)
    return crisis, reminder


class _Reading(TypedDict):
    now: datetime
    zone: ZoneInfo
    locale: Locale


def _reading(request: Request) -> _Reading:
    """A moment is read in the person's own zone and language."""
    return {
        "now": request.now,
        "zone": request.guide.zone_for(request.person),
        "locale": request._.locale,
    }
