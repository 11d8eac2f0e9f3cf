"""A released text as a letter: whoever makes it looks at it in the browser room, prints it and posts it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from bot.cards import Action, Answer
from bot.checking import language
from bot.domain import letters, permissions
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.events import LetterMade
from bot.domain.ids import PersonId, Platform, crisis_of
from bot.domain.states import Route
from bot.domain.subjects import letter_subject
from bot.domain.verbs import Verb
from bot.guide import Guide
from bot.handlers.request import Request, value
from bot.handlers.sending import chosen_day, route_of
from bot.ports import Letter
from bot.store import UnitOfWork
from bot.texts import translator
from bot.views import dates
from bot.views.letter import days_ahead, letter_form, made_card

LINK_LIVES = timedelta(minutes=30)
"""Of the personal link with which somebody at a chat comes to the letter."""


def ask(request: Request, action: Action) -> Answer:
    """The form: to which address, of which date."""
    crisis, number, _route = route_of(request, action)
    letters.check_to_make(crisis, number)
    if not letters.addresses(crisis, number):
        raise Refused(Code.CONTACT_ABSENT)
    return Answer(form=letter_form(request.scene(crisis), crisis.draft(number)))


def submit(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """Note it; the way to it is shown to whoever asked, this once."""
    crisis, number, _route = route_of(request, action)
    if not request.guide.letters:
        raise Refused(Code.UNKNOWN_ACTION)
    scene = request.scene(crisis)
    contact = _chosen(crisis, number, value(values, "contact"))
    day = chosen_day(values, "dated", among=days_ahead(scene))
    letters.make(crisis, number, contact=contact, day=day, by=request.person, at=request.now)
    page = _page(request, letter_subject(crisis, number, contact))
    return Answer(card=made_card(scene, crisis.draft(number), page=page), secret=True)


def look_at(uow: UnitOfWork, guide: Guide, person: PersonId, subject: str, *, now: datetime) -> Letter:
    """The letter that this person made within the hour, once more from text and address. Raises `Refused`."""
    named = crisis_of(subject)
    crisis = uow.crises.get(named) if named else None
    if crisis is None:
        raise Refused(Code.ABSENT)
    permissions.check(Verb.LETTER, crisis, person, frozenset(guide.community(crisis).roles_of(person)))
    number, contact = _meant(crisis, subject)
    events = [entry.event for entry in uow.journal.of(crisis.id)]
    made = letters.to_look_at(events, draft=number, contact=contact, person=person, now=now)
    letters.check_to_make(crisis, number)
    return _letter(guide, crisis, made)


def _chosen(crisis: Crisis, number: int, chosen: str) -> int:
    """One of the addresses that were offered. Raises `contact_absent`: it was perhaps found wrong since."""
    for contact in letters.addresses(crisis, number):
        if str(contact.number) == chosen:
            return contact.number
    raise Refused(Code.CONTACT_ABSENT)


def _meant(crisis: Crisis, subject: str) -> tuple[int, int]:
    """The text and the address that a letter's name means. Raises `absent`."""
    for draft in (each.draft for each in crisis.dispatches if each.route is Route.LETTER):
        for contact in letters.addresses(crisis, draft):
            if letter_subject(crisis, draft, contact.number) == subject:
                return draft, contact.number
    raise Refused(Code.ABSENT)


def _letter(guide: Guide, crisis: Crisis, made: LetterMade) -> Letter:
    """In the language of its text."""
    text, head = crisis.draft(made.draft).current.text, guide.community(crisis).letter
    locale = language(text, usual="en" if crisis.locale == "en" else "fr")
    _ = translator(locale)
    dated = dates.date_of(made.day, _)
    return Letter(
        name=_("letter-{number}", number=crisis.number),
        sender=(head.sender, *head.address),
        recipient=tuple(letters.address(crisis, made.draft, made.contact).value.split("\n")),
        dated=_("{place}, {date}", place=head.place, date=dated) if head.place else dated,
        day=made.day,
        text=text,
        signature=head.signature,
        locale=locale,
        warning=_("DRILL: do not post this letter.") if crisis.drill else "",
    )


def _page(request: Request, subject: str) -> str:
    """Where the letter is; from a chat by a personal link, as nobody there has come in yet."""
    if request.actor.platform is Platform.WEB:
        return f"{request.base_url}/letters/{subject}"
    token = request.new_token()
    request.uow.links.add(
        sha256(token.encode()).digest(), request.person, expires_at=request.now + LINK_LIVES
    )
    return f"{request.base_url}/r/{token}/{subject}"
