"""Guests: a link for somebody without a seat, a new one, its end."""

from collections.abc import Mapping

from bot.cards import Action, Answer
from bot.domain import cell, guests
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.guests import Guest
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.states import AskedAs
from bot.domain.subjects import guest_subject
from bot.domain.verbs import Verb
from bot.domain.wording import clean
from bot.handlers.request import Request, choice, value
from bot.views.guests import NAME_LENGTH, guest_form, link_card


def ask(request: Request, action: Action) -> Answer:
    """The form: as what, who, and their address."""
    crisis = request.crisis(Verb.GUEST, action.subject)
    crisis.check_not_closed()
    return Answer(form=guest_form(request.scene(crisis)))


def submit(request: Request, action: Action, values: Mapping[str, str]) -> Answer:
    """The filled form."""
    crisis = request.crisis(Verb.GUEST, action.subject)
    role = choice(Role, values, "role")
    return invite(request, crisis, role, name=value(values, "name"), email=value(values, "email"))


def invite(request: Request, crisis: Crisis, role: Role, *, name: str, email: str) -> Answer:
    """Call somebody without a seat; whoever invited them before gives a new link, perhaps a new role.

    Raises `required`, `text_too_long`, `email_unclear`, `has_a_seat`.
    """
    crisis.check_not_closed()
    name, email = clean(name), _address(email)
    if not name:
        raise Refused(Code.REQUIRED, field="name")
    if len(name) > NAME_LENGTH:
        raise Refused(Code.TEXT_TOO_LONG, field="name", length=len(name), limit=NAME_LENGTH)
    known = request.guide.plan.person_by_email(email)
    if known is None:
        earlier = next((g.person for g in crisis.guests if g.email == email), None)
        person = earlier or PersonId(f"guest-{request.new_id()}")
        return _give(request, crisis, person, role, name=name, email=email)
    if not known.external:
        raise Refused(Code.HAS_A_SEAT, field="email")
    return _give(request, crisis, known.id, role)


def make_link(request: Request, action: Action) -> Answer:
    """A link, or a new one, for somebody external who was called. Raises `absent`."""
    crisis = request.crisis(Verb.GUEST_LINK, action.subject)
    crisis.check_not_closed()
    person = _person(request, crisis, action.subject)
    roles = [a.role for a in cell.assignments_of(crisis, person)]
    known = guests.guest_of(crisis, person)
    role = known.role if known and known.role in roles else roles[0]
    return _give(
        request,
        crisis,
        person,
        role,
        name=known.name if known else "",
        email=known.email if known else "",
    )


def revoke(request: Request, action: Action) -> Answer:
    """End a link at once; somebody else is called for what is left without a holder."""
    crisis = request.crisis(Verb.GUEST_REVOKE, action.subject)
    crisis.check_not_closed()
    person = _person(request, crisis, action.subject)
    for role in guests.revoke(crisis, person, by=request.person, at=request.now):
        if not cell.holders(crisis, role):
            chain = request.guide.chain(crisis, role)
            cell.ask_next(crisis, role=role, chain=chain, at=request.now, instead_of=person)
    return Answer()


def _give(
    request: Request, crisis: Crisis, person: PersonId, role: Role, *, name: str = "", email: str = ""
) -> Answer:
    """Make the link and show it, this once, to whoever hands it on."""
    token = request.new_token()
    guest = Guest(
        person=person,
        role=role,
        made_by=request.person,
        expires_at=request.now + guests.LASTS,
        token_hash=guests.hash_of(token),
        name=name,
        email=email,
    )
    guests.give_link(crisis, guest, at=request.now)
    cell.ask(crisis, person=person, role=role, asked_as=AskedAs.NAMED, at=request.now, by=request.person)
    card = link_card(request.scene(crisis), guest, address=f"{request.base_url}/r/{token}")
    return Answer(card=card, secret=True)


def _person(request: Request, crisis: Crisis, subject: str) -> PersonId:
    """The external person whom a link's subject names."""
    guide = request.guide.with_guests(crisis)
    for person in crisis.people:
        if guest_subject(crisis, person) == subject and guide.is_external(person):
            return person
    raise Refused(Code.ABSENT)


def _address(typed: str) -> str:
    """Slack makes a link of a typed address: `mailto:` comes before it."""
    address = typed.strip().removeprefix("mailto:").lower()
    local, at, domain = address.partition("@")
    if not (local and at and "." in domain) or len(address.split()) != 1:
        raise Refused(Code.EMAIL_UNCLEAR, field="email")
    return address
