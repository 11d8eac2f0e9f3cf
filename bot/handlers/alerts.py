"""Somebody of the workspace whom the plan does not name asks for a crisis: the moderators on duty decide."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.cards import Action, Answer
from bot.domain.alerts import Alert
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.ids import PersonId
from bot.domain.permissions import check_alert
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind, ReminderStatus
from bot.domain.verbs import Verb
from bot.domain.wording import clean, storable
from bot.guide import Guide
from bot.handlers import alerted, waiting
from bot.handlers.digest import place_of
from bot.handlers.request import Request, value
from bot.interactions import Standing
from bot.store import CardKind, Outgoing, Task, UnitOfWork
from bot.views.alerts import dismiss_form, raised_card
from bot.views.answers import done_card
from bot.views.course import open_form

MOST = 3
COUNTED_FOR = timedelta(hours=1)
"""So many alerts of one person are taken within this time."""


def may_only_raise(request: Request) -> bool:
    """Whether this is a full member of the workspace whom the plan does not name."""
    return request.actor.person is None and request.actor.standing is Standing.FULL


def raise_(request: Request, text: str, link: str = "", written_at: datetime | None = None) -> Answer:
    """Ask those who moderate. The text is sealed, and goes when they have decided."""
    if not text.strip() and not link:
        raise Refused(Code.TEXT_EMPTY)
    _check_not_too_many(request)
    alert = Alert(
        id=request.new_id(),
        community=request.bound.id if request.bound else "",
        raised_by=storable(request.actor.name),
        text=storable(text),
        link=storable(link),
        raised_at=request.now,
        account=request.actor.account,
        written_at=written_at,
    )
    put(request.uow, request.guide, alert, now=request.now)
    return Answer(card=raised_card(request._))


def put(uow: UnitOfWork, guide: Guide, alert: Alert, *, now: datetime) -> None:
    """Those on duty are asked at once; silence has its steps."""
    uow.alerts.add(alert)
    _ask(uow, guide, alert, step=0, now=now)
    times = alerted.communities(guide, alert)[0].take_up
    delays = enumerate((times.remind, times.deputy, times.manager), start=1)
    uow.reminders.plan([Reminder(ReminderKind.ALERT, alert.id, step, now + delay) for step, delay in delays])


def remind(uow: UnitOfWork, guide: Guide, reminder: Reminder, *, now: datetime) -> None:
    """Nobody has decided: those on duty are asked again, then every moderator, then the managers."""
    uow.reminders.save(replace(reminder, status=ReminderStatus.DONE, fired_at=now))
    alert = uow.alerts.get(reminder.subject)
    if alert is not None and alert.decided_by is None:
        _ask(uow, guide, alert, step=reminder.ordinal, now=now)


def ask_open(request: Request, action: Action) -> Answer:
    """The form to open a crisis, with what the alert says; it is decided when the crisis opens."""
    alert = _undecided(request, Verb.ALERT_OPEN, action.subject)
    mine = {c.id: c.name for c in request.guide.plan.communities_of(request.person)}
    named = [alert.community] if alert.community in mine else list(mine)
    form = open_form(
        communities=[(community, mine[community]) for community in named],
        text=alert.text,
        link=alert.link,
        _=request._,
        kept=request.key,
    )
    community = named[0] if len(named) == 1 else ""
    kept = {"alert": alert.id, "community": community, **written(alert.link, alert.written_at)}
    return Answer(form=form, kept=kept)


def written(link: str, at: datetime | None) -> dict[str, str]:
    """What an answer keeps of a message: when it was written, and the link by which it is that message."""
    return {} if at is None else {"link": link, "written_at": at.isoformat()}


def opened(request: Request, alert_id: str, crisis: Crisis) -> None:
    """The crisis that an alert asked for opens. Raises `already_done`."""
    alert = _undecided(request, Verb.ALERT_OPEN, alert_id)
    _decide(request, replace(alert, opened=crisis.number))


def ask_dismiss(request: Request, action: Action) -> Answer:
    """The form for the reason."""
    alert = _undecided(request, Verb.ALERT_DISMISS, action.subject)
    return Answer(form=dismiss_form(alert, request._))


def submit_dismiss(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """It is no crisis."""
    alert = _undecided(request, Verb.ALERT_DISMISS, action.subject)
    reason = clean(value(values, "reason"))
    if not reason:
        raise Refused(Code.REASON_NEEDED, field="reason")
    _decide(request, replace(alert, reason=reason))
    _ = request._
    return Answer(card=done_card(_("It is noted. Nothing was opened, and the text is deleted."), _))


def _decide(request: Request, alert: Alert) -> None:
    decided = replace(alert, decided_by=request.person, decided_at=request.now, text="", link="")
    request.uow.alerts.save(decided)
    request.uow.outbox.refresh(CardKind.ALERT, alert.id, at=request.now)
    request.uow.reminders.cancel(ReminderKind.ALERT, alert.id)
    for person in alerted.waited_for(request.guide, alert, now=request.now):
        request.uow.outbox.refresh(CardKind.WAITING, person, at=request.now)


def _undecided(request: Request, verb: Verb, alert_id: str) -> Alert:
    """Raises `absent`, `already_done`."""
    person = request.person
    alert = request.uow.alerts.get(storable(alert_id))
    if alert is None:
        raise Refused(Code.ABSENT)
    communities = alerted.communities(request.guide, alert)
    roles = {role for community in communities for role in community.roles_of(person)}
    check_alert(verb, frozenset(roles))
    if alert.decided_by is not None:
        raise Refused(Code.ALREADY_DONE)
    return alert


def _check_not_too_many(request: Request) -> None:
    """One person cannot wake the moderators all night. Raises `too_many_alerts`."""
    lately = request.uow.alerts.raised_since(request.now - COUNTED_FOR)
    if sum(alert.account == request.actor.account for alert in lately) >= MOST:
        raise Refused(Code.TOO_MANY_ALERTS)


def _ask(uow: UnitOfWork, guide: Guide, alert: Alert, *, step: int, now: datetime) -> None:
    """Those of a step of silence; each step is a message of its own, so that it rings."""
    people = alerted.asked(guide, alert, step=step, now=now)
    uow.outbox.put([_row(guide, alert, person, step=step, at=now) for person in people])
    waiting.keep_lists(uow, guide, people, now=now)


def _row(guide: Guide, alert: Alert, person: PersonId, *, step: int, at: datetime) -> Outgoing:
    place = place_of(guide, person)
    return Outgoing(
        id=0,
        task=Task.CARD,
        kind=CardKind.ALERT,
        platform=place.platform,
        subject=alert.id,
        ordinal=step,
        place=place,
        lane=f"alert:{alert.id}:{person}",
        at=at,
    )
