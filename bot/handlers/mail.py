"""Sending a released text by e-mail, and saying whether an uncertain one has gone."""

from collections.abc import Mapping
from hashlib import sha256

from bot.cards import Action, Answer
from bot.domain import contacts, mailing
from bot.domain.contact_values import normal
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.ids import MemberId
from bot.domain.mailing import SUBJECT_LIMIT, Mailing
from bot.domain.states import Means, Route
from bot.domain.wording import clean, for_display
from bot.handlers.request import Request, value
from bot.handlers.sending import route_of
from bot.views.mail import mail_form

TOKEN_LENGTH = 24
"""Hexadecimal digits: 96 bits that nobody guesses, and a local part that stays short."""


def ask(request: Request, action: Action) -> Answer:
    """The form that shows the text once more, to whom it goes and under which subject."""
    crisis, number, _route = route_of(request, action)
    return Answer(form=mail_form(request.scene(crisis), crisis.draft(number)))


def submit(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """It leaves now. Raises what `_address` and `_subject` do."""
    crisis, number, _route = route_of(request, action)
    if not request.guide.mail:
        raise Refused(Code.UNKNOWN_ACTION)
    mailing.ask(
        crisis,
        number,
        address=_address(crisis, crisis.draft(number).member, values),
        subject=_subject(value(values, "heading")),
        token=sha256(request.new_token().encode()).hexdigest()[:TOKEN_LENGTH],
        by=request.person,
        at=request.now,
    )
    return Answer()


def went(request: Request, action: Action) -> Answer:
    """Somebody saw that it has gone."""
    crisis, mail = _uncertain(request, action)
    proof = request._("looked up after the line was cut")
    mailing.went(crisis, mail, proof=proof, by=request.person, at=request.now)
    return Answer()


def not_gone(request: Request, action: Action) -> Answer:
    """Somebody saw that it has not: it may be sent anew."""
    crisis, mail = _uncertain(request, action)
    mailing.not_gone(crisis, mail, by=request.person, at=request.now)
    return Answer()


def _uncertain(request: Request, action: Action) -> tuple[Crisis, Mailing]:
    crisis = request.crisis(action.verb, action.subject)
    number = action.subject.rpartition(".m")[2]
    if not number.isdecimal():
        raise Refused(Code.ABSENT)
    return crisis, mailing.to_judge(crisis, int(number))


def _address(crisis: Crisis, member: MemberId, values: Mapping[str, str]) -> str:
    """The contact that was chosen, or what was typed where none is known.

    Raises `contact_absent` for one that has been found wrong meanwhile, `required`, `email_unclear`.
    """
    chosen = value(values, "contact")
    if not chosen:
        return normal(Means.EMAIL, value(values, "value"), country="")
    for contact in contacts.for_route(crisis, Route.EMAIL, member):
        if str(contact.number) == chosen:
            return contact.value
    raise Refused(Code.CONTACT_ABSENT)


def _subject(typed: str) -> str:
    """One line. Raises `required`, `text_too_long`."""
    subject = " ".join(for_display(clean(typed)).split())
    if not subject:
        raise Refused(Code.REQUIRED, field="heading")
    if len(subject) > SUBJECT_LIMIT:
        raise Refused(Code.TEXT_TOO_LONG, field="heading", length=len(subject), limit=SUBJECT_LIMIT)
    return subject
