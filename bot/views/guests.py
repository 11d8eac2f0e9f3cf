"""Guests: whom to hand a link to, how it stands, and what of a card a guest is shown."""

from dataclasses import replace

from bot.cards import (
    Action,
    Actions,
    Block,
    Button,
    Card,
    ChoiceField,
    Confirm,
    Form,
    Quote,
    Style,
    Text,
    TextField,
    Tone,
)
from bot.domain.cell import assignments_of
from bot.domain.events import GuestMailFailed
from bot.domain.guests import Guest, guest_of, works
from bot.domain.ids import PersonId
from bot.domain.permissions import PERMISSIONS
from bot.domain.roster import Role, role_name
from bot.domain.states import CrisisStatus, MailStatus
from bot.domain.subjects import guest_subject
from bot.domain.verbs import Verb
from bot.views.buttons import button
from bot.views.guest_mail import can_be_mailed
from bot.views.lines import drill_notice, roles, summary, title, when
from bot.views.mail_state import fault
from bot.views.notices import notice
from bot.views.scene import Scene

NAME_LENGTH = 80


def guest_form(scene: Scene) -> Form:
    """Who comes in, and as what."""
    _ = scene._
    named = tuple((role.value, role_name(role, _)) for role in Role)
    return Form(
        action=Action(Verb.GUEST, scene.crisis.id),
        title=_("Invite a guest"),
        submit=_("Make the link"),
        cancel=_("Cancel"),
        intro=(Text(_("A guest reads this crisis alone and decides as their role, in a browser.")),),
        fields=(
            ChoiceField("role", _("As what?"), named, value=Role.LAWYER.value, required=True),
            TextField("name", _("Their name"), required=True, max_length=NAME_LENGTH),
            TextField("email", _("Their e-mail address"), required=True, max_length=200),
        ),
    )


def link_card(scene: Scene, guest: Guest, *, address: str) -> Card:
    """The link itself, to whoever hands it on: nobody sees it again."""
    _ = scene._
    name = scene.guide.name(guest.person)
    return Card(
        summary=summary(scene, _("a guest's link")),
        title=title(scene),
        blocks=(
            *drill_notice(scene),
            Text(_("Copy this link now: it is shown this once."), Tone.STRONG),
            Quote(address, label=_("For {name} alone", name=name)),
            Text(
                _(
                    "Hand it on yourself, by telephone or from your own mailbox, never in the room. It opens "
                    "this crisis alone, as {role}, and stops {when}.",
                    role=role_name(guest.role, _),
                    when=when(scene, guest.expires_at),
                )
            ),
            Actions((_revoke(scene, guest.person),)),
        ),
    )


def guest_card(scene: Scene, subject: str) -> Card | None:
    """How a guest's link stands; None once the person has no part in the crisis."""
    crisis, _ = scene.crisis, scene._
    person = next((p for p in crisis.people if guest_subject(crisis, p) == subject), None)
    if person is None:
        return None
    return Card(
        summary=summary(scene, _("a guest's link")),
        title=title(scene),
        blocks=(*drill_notice(scene), *_state(scene, person)),
    )


def for_guest(card: Card) -> Card:
    """A card without what a guest may not press, nor the way into a room."""
    blocks = (_allowed(block) if isinstance(block, Actions) else block for block in card.blocks)
    return replace(card, blocks=tuple(b for b in blocks if not isinstance(b, Actions) or b.buttons))


def _allowed(actions: Actions) -> Actions:
    return Actions(
        tuple(b for b in actions.buttons if isinstance(b, Button) and PERMISSIONS[b.action.verb].guests)
    )


def _state(scene: Scene, person: PersonId) -> tuple[Block, ...]:
    _, guest, name = scene._, guest_of(scene.crisis, person), scene.guide.name(person)
    if scene.crisis.status is CrisisStatus.CLOSED:
        return (Text(_("The crisis is closed: the link for {name} opens nothing any more.", name=name)),)
    if guest is None:
        as_whom = roles((a.role for a in assignments_of(scene.crisis, person)), _)
        called = _("{name} is called as {roles} and has no seat here.", name=name, roles=as_whom)
        how = _("Make their link, then hand it on yourself, by telephone or from your own mailbox.")
        make = button(Verb.GUEST_LINK, guest_subject(scene.crisis, person), _, style=Style.PRIMARY)
        return (Text(called), Text(how, Tone.STRONG), Actions((make, *_by_mail(scene, person))))
    if not works(scene.crisis, guest, now=scene.now):
        told = _("The link for {name} opens nothing any more.", name=name)
        make = button(Verb.GUEST_LINK, guest_subject(scene.crisis, person), _)
        return (Text(told), Actions((*_by_mail(scene, person), make)))
    told = _(
        "{name} has a link to this crisis alone, as {role}, made by {maker}. It stops {when}.",
        name=name,
        role=role_name(guest.role, _),
        maker=scene.guide.name(guest.made_by),
        when=when(scene, guest.expires_at),
    )
    buttons = (*ways_to_give(scene, guest), _revoke(scene, person))
    return (Text(told), _arrived(scene, guest), Actions(buttons))


def _arrived(scene: Scene, guest: Guest) -> Text:
    """How far the link is: opened, else on its way."""
    _, name = scene._, scene.guide.name(guest.person)
    if guest.opened_at is not None:
        return Text(_("Opened {when}.", when=when(scene, guest.opened_at)))
    match guest.mail:
        case MailStatus.SENDING:
            return Text(_("It goes by e-mail now."))
        case MailStatus.SENT:
            return Text(_("Sent by e-mail, not opened yet: call {name}.", name=name), Tone.STRONG)
        case MailStatus.UNCERTAIN:
            return Text(_("Perhaps sent by e-mail: ask {name} whether it came.", name=name), Tone.STRONG)
        case MailStatus.REFUSED if guest.with_code:
            return Text(_("E-mail does not reach {name}: hand the link on yourself.", name=name), Tone.STRONG)
        case _:
            return Text(_("Not opened yet: has it been handed on?"), Tone.STRONG)


def ways_to_give(scene: Scene, guest: Guest) -> tuple[Button, ...]:
    """The link anew, by hand or by e-mail; first what is likely to arrive."""
    by_hand = _renew(scene, guest.person)
    by_mail = () if guest.mail is MailStatus.SENDING else _by_mail(scene, guest.person)
    return (by_hand, *by_mail) if guest.mail in {None, MailStatus.REFUSED} else (*by_mail, by_hand)


def _by_mail(scene: Scene, person: PersonId) -> tuple[Button, ...]:
    """Send the link, or another; nothing where no e-mail can be sent."""
    _, guest = scene._, guest_of(scene.crisis, person)
    if not can_be_mailed(scene.guide, person):
        return ()
    subject = guest_subject(scene.crisis, person)
    if guest is None or not works(scene.crisis, guest, now=scene.now):
        return (button(Verb.GUEST_MAIL, subject, _, style=Style.PRIMARY),)
    confirm = Confirm(
        title=_("Send a new link?"),
        text=_("The one before it stops at once. The new one goes to the same address."),
        yes=_("Yes, send a new one"),
        no=_("Not yet"),
    )
    return (Button(_("Send again…"), Action(Verb.GUEST_MAIL, subject), confirm=confirm),)


def mail_failed_card(scene: Scene, event: GuestMailFailed) -> Card:
    """What did not arrive, and what somebody does instead."""
    _, name = scene._, scene.guide.name(event.person)
    guest = guest_of(scene.crisis, event.person)
    if guest is None or _is_settled(scene, guest, event):
        told = _("The trouble with the e-mail to {name} is settled.", name=name)
        return replace(notice(scene, _("a guest's link"), told), tone=Tone.NORMAL)
    told = _what_failed(scene, event, name, fault(event.code, _))
    return notice(scene, _("a guest's link to look after"), told, *ways_to_give(scene, guest))


def _is_settled(scene: Scene, guest: Guest, event: GuestMailFailed) -> bool:
    """Whether another link was made since, or the e-mail has gone after all."""
    superseded = guest.mail is not event.status and (not event.of_code or event.status is MailStatus.REFUSED)
    handed_on = event.status is MailStatus.REFUSED and not guest.with_code
    return superseded or handed_on or not works(scene.crisis, guest, now=scene.now)


def _what_failed(scene: Scene, event: GuestMailFailed, name: str, why: str) -> str:
    _ = scene._
    what = _("The e-mail with the link for {name}", name=name)
    if event.of_code:
        what = _("The e-mail with the code for {name}", name=name)
    match event.status:
        case MailStatus.SENDING:
            return _(
                "{what} cannot be sent for now ({why}). It is tried again; if it is urgent, show the link "
                "and hand it on yourself.",
                what=what,
                why=why,
            )
        case MailStatus.UNCERTAIN:
            return _(
                "{what} has perhaps gone, perhaps twice: ask {name} whether it came.", what=what, name=name
            )
        case _:
            return _(
                "{what} was refused ({why}). Show the link, and hand it on yourself: it asks for no code.",
                what=what,
                why=why,
            )


def _renew(scene: Scene, person: PersonId) -> Button:
    _ = scene._
    confirm = Confirm(
        title=_("Make a new link?"),
        text=_("The one before it stops at once. Hand the new one on yourself."),
        yes=_("Yes, a new one"),
        no=_("Not yet"),
    )
    label = _("Show the link…") if can_be_mailed(scene.guide, person) else _("New link…")
    return Button(label, Action(Verb.GUEST_LINK, guest_subject(scene.crisis, person)), confirm=confirm)


def _revoke(scene: Scene, person: PersonId) -> Button:
    _ = scene._
    confirm = Confirm(
        title=_("Revoke the link?"),
        text=_("{name} is out within a minute.", name=scene.guide.name(person)),
        yes=_("Yes, revoke it"),
        no=_("No, keep it"),
    )
    subject = guest_subject(scene.crisis, person)
    return button(Verb.GUEST_REVOKE, subject, _, confirm=confirm)
