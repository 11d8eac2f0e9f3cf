"""Somebody of the workspace whom the plan does not name asks for a crisis: the moderators on duty decide."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.cards import Action, Answer
from bot.domain.alerts import Alert
from bot.domain.crisis import Crisis
from bot.domain.duty import on_duty
from bot.domain.errors import Code, Refused
from bot.domain.ids import PersonId
from bot.domain.permissions import check_alert
from bot.domain.roster import Role
from bot.domain.verbs import Verb
from bot.domain.wording import clean, storable
from bot.handlers.digest import place_of
from bot.handlers.request import Request, value
from bot.interactions import Standing
from bot.plan.model import Community
from bot.store import CardKind, Outgoing, Task
from bot.views.alerts import dismiss_form, raised_card
from bot.views.answers import done_card
from bot.views.course import open_form


def may_only_raise(request: Request) -> bool:
    """Whether this is a full member of the workspace whom the plan does not name."""
    return request.actor.person is None and request.actor.standing is Standing.FULL


def raise_(request: Request, text: str, link: str = "", written_at: datetime | None = None) -> Answer:
    """Ask those who moderate. The text is sealed, and goes when they have decided."""
    if not text.strip() and not link:
        raise Refused(Code.TEXT_EMPTY)
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
    request.uow.alerts.add(alert)
    request.uow.outbox.put([_row(request, alert, person) for person in _asked(request, alert)])
    return Answer(card=raised_card(request._))


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


def _undecided(request: Request, verb: Verb, alert_id: str) -> Alert:
    """Raises `absent`, `already_done`."""
    person = request.person
    alert = request.uow.alerts.get(storable(alert_id))
    if alert is None:
        raise Refused(Code.ABSENT)
    roles = {role for community in _communities(request, alert) for role in community.roles_of(person)}
    check_alert(verb, frozenset(roles))
    if alert.decided_by is not None:
        raise Refused(Code.ALREADY_DONE)
    return alert


def _communities(request: Request, alert: Alert) -> list[Community]:
    """Whose it may be: that of the channel, else any."""
    every = request.guide.plan.communities
    return [every[alert.community]] if alert.community in every else list(every.values())


def _asked(request: Request, alert: Alert) -> list[PersonId]:
    """The moderators on duty; where nobody knows whose it is, those among them who have a part everywhere.

    Without any the first listed are asked: an alert reaches somebody.
    """
    communities = _communities(request, alert)
    here = [p for c in communities for p in on_duty(c, Role.MODERATOR, at=request.now)]
    asked = here or [p for c in communities for p in c.holders(Role.MODERATOR)[:1]]
    everywhere = [p for p in asked if all(c.roles_of(p) for c in communities)]
    return list(dict.fromkeys(everywhere or asked))


def _row(request: Request, alert: Alert, person: PersonId) -> Outgoing:
    place = place_of(request.guide, person)
    return Outgoing(
        id=0,
        task=Task.CARD,
        kind=CardKind.ALERT,
        platform=place.platform,
        subject=alert.id,
        place=place,
        lane=f"alert:{alert.id}:{person}",
        at=request.now,
    )
