"""Serious news: every message stops, a manager and the distress referent are called; a manager lifts it."""

from collections.abc import Mapping

from bot.cards import Action, Answer
from bot.domain import cell, mailing, serious_news
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.roster import Role
from bot.domain.states import AskedAs, MailStatus, News
from bot.domain.verbs import Verb
from bot.domain.wording import clean
from bot.handlers.request import Request, choice, value
from bot.views.serious_news import news_form, resume_form


def ask(request: Request, action: Action) -> Answer:
    """The form."""
    crisis = request.crisis(Verb.SERIOUS_NEWS, action.subject)
    return Answer(form=news_form(request.scene(crisis)))


def submit(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Stop every message."""
    crisis = request.crisis(Verb.SERIOUS_NEWS, action.subject)
    stop(request, crisis, choice(News, values, "news"), note=clean(value(values, "note")))
    return Answer()


def stop(request: Request, crisis: Crisis, news: News, *, note: str) -> None:
    """Whichever way the news came. Those who decide now have a part from this moment on."""
    serious_news.stop_messages(crisis, news, note=note, by=request.person, at=request.now)
    for role, asked_as in ((Role.MANAGER, AskedAs.MANAGER), (Role.DISTRESS_REFERENT, AskedAs.HOLDER)):
        for person in request.guide.chain(crisis, role)[:1]:
            cell.ask(crisis, person=person, role=role, asked_as=asked_as, at=request.now)


def ask_resume(request: Request, action: Action) -> Answer:
    """The form for the reason. Raises `already_done`."""
    crisis = request.crisis(Verb.RESUME_MESSAGES, action.subject)
    if crisis.silenced_at is None:
        raise Refused(Code.ALREADY_DONE)
    return Answer(form=resume_form(request.scene(crisis)))


def submit_resume(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """A manager lets messages go again."""
    crisis = request.crisis(Verb.RESUME_MESSAGES, action.subject)
    reason = clean(value(values, "reason"))
    serious_news.resume_messages(crisis, reason=reason, by=request.person, at=request.now)
    for mail in crisis.mailings:  # held on its way: a person sends it anew, or does not
        if mail.status is MailStatus.SENDING:
            mailing.refuse(crisis, mail, code=mailing.STOPPED_BY_NEWS, at=request.now)
    return Answer()
