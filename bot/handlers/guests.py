"""Guests: a link for somebody without a seat, a new one, its end."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.cards import Action, Answer
from bot.domain import cell, guests
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.events import PersonAsked
from bot.domain.guests import Guest
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.states import AskedAs, CrisisStatus, MailStatus
from bot.domain.subjects import guest_subject
from bot.domain.verbs import Verb
from bot.domain.wording import clean
from bot.guide import Guide
from bot.handlers import guest_mail
from bot.handlers.request import Request, choice, value
from bot.store import UnitOfWork
from bot.views.guest_mail import can_be_mailed
from bot.views.guests import NAME_LENGTH, guest_card, guest_form, link_card


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
        invited = _guest(request, crisis, person, role, name=name, email=email)
        return _give(request, crisis, invited, by_mail=request.guide.mail)
    if not known.external:
        raise Refused(Code.HAS_A_SEAT, field="email")
    invited = _guest(request, crisis, known.id, role)
    return _give(request, crisis, invited, by_mail=request.guide.mail)


def make_link(request: Request, action: Action) -> Answer:
    """A link, or a new one, for somebody external who was called, to hand on. Raises `absent`."""
    return _renew(request, action, by_mail=False)


def send_link(request: Request, action: Action) -> Answer:
    """The same by e-mail. Raises `absent`, `cannot_be_mailed`."""
    return _renew(request, action, by_mail=True)


def mail_called(
    uow: UnitOfWork, guide: Guide, crisis: Crisis, *, address: Callable[[], str], now: datetime
) -> None:
    """Whoever was called in this transaction and has no seat gets their link without anybody pressing.

    `address` makes the address of a new link.
    """
    for event in tuple(crisis.events):
        if not isinstance(event, PersonAsked) or crisis.status is CrisisStatus.CLOSED:
            continue
        known = guests.guest_of(crisis, event.person)
        has_one = known is not None and guests.works(crisis, known, now=now)
        if has_one or not guide.is_external(event.person) or not can_be_mailed(guide, event.person):
            continue
        made_by = event.by or crisis.opened_by
        guest = Guest(event.person, event.role, made_by, now + guests.LASTS, token_hash=None)
        _send(uow, crisis, guest, address(), by=None, at=now)


def _renew(request: Request, action: Action, *, by_mail: bool) -> Answer:
    crisis = request.crisis(action.verb, action.subject)
    crisis.check_not_closed()
    person = _person(request, crisis, action.subject)
    if by_mail and not can_be_mailed(request.guide.with_guests(crisis), person):
        raise Refused(Code.CANNOT_BE_MAILED)
    roles = [a.role for a in cell.assignments_of(crisis, person)]
    known = guests.guest_of(crisis, person)
    role = known.role if known and known.role in roles else roles[0]
    name, email = (known.name, known.email) if known else ("", "")
    return _give(
        request, crisis, _guest(request, crisis, person, role, name=name, email=email), by_mail=by_mail
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


def _guest(
    request: Request, crisis: Crisis, person: PersonId, role: Role, *, name: str = "", email: str = ""
) -> Guest:
    """Somebody without a link yet. A code is asked for where it can arrive: not at a refused address."""
    earlier = guests.guest_of(crisis, person)
    refused = earlier is not None and earlier.mail is MailStatus.REFUSED
    known = request.guide.plan.people.get(person)
    address = email or (known.email if known else None)
    return Guest(
        person=person,
        role=role,
        made_by=request.person,
        expires_at=request.now + guests.LASTS,
        token_hash=None,
        name=name,
        email=email,
        mail=MailStatus.REFUSED if refused else None,
        with_code=request.guide.mail and bool(address) and not refused,
    )


def _give(request: Request, crisis: Crisis, guest: Guest, *, by_mail: bool) -> Answer:
    """Make the link; send it, or show it, this once, to whoever hands it on."""
    address = f"{request.base_url}/r/{request.new_token()}"
    if by_mail:
        _send(request.uow, crisis, guest, address, by=request.person, at=request.now)
    else:
        guest = _made(crisis, guest, address, by=request.person, at=request.now)
    role, at = guest.role, request.now
    cell.ask(crisis, person=guest.person, role=role, asked_as=AskedAs.NAMED, at=at, by=request.person)
    scene = request.scene(crisis)
    if by_mail:
        return Answer(card=guest_card(scene, guest_subject(crisis, guest.person)))
    return Answer(card=link_card(scene, guest, address=address), secret=True)


def _send(
    uow: UnitOfWork, crisis: Crisis, guest: Guest, address: str, *, by: PersonId | None, at: datetime
) -> None:
    """What is sent asks for a code: whoever else reads the link does not read the mailbox."""
    token = guest_mail.mail_token(address)
    guest = replace(guest, mail=MailStatus.SENDING, mail_token=token, with_code=True)
    guest_mail.send_link(uow, crisis, _made(crisis, guest, address, by=by, at=at), address, at=at)


def _made(crisis: Crisis, guest: Guest, address: str, *, by: PersonId | None, at: datetime) -> Guest:
    """The guest with this link as their only one."""
    guest = replace(guest, token_hash=guests.hash_of(address.rpartition("/")[2]))
    guests.give_link(crisis, guest, by=by, at=at)
    return guest


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
