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
from bot.domain.guests import Guest, guest_of, works
from bot.domain.ids import PersonId
from bot.domain.permissions import PERMISSIONS
from bot.domain.roster import Role, role_name
from bot.domain.states import CrisisStatus
from bot.domain.subjects import guest_subject
from bot.domain.verbs import Verb
from bot.views.buttons import button
from bot.views.lines import drill_notice, roles, summary, title, when
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
    subject = guest_subject(scene.crisis, person)
    if guest is None:
        as_whom = roles((a.role for a in assignments_of(scene.crisis, person)), _)
        called = _("{name} is called as {roles} and has no seat here.", name=name, roles=as_whom)
        how = _("Make their link, then hand it on yourself, by telephone or from your own mailbox.")
        make = button(Verb.GUEST_LINK, subject, _, style=Style.PRIMARY)
        return (Text(called), Text(how, Tone.STRONG), Actions((make,)))
    if not works(scene.crisis, guest, now=scene.now):
        told = _("The link for {name} opens nothing any more.", name=name)
        return (Text(told), Actions((button(Verb.GUEST_LINK, subject, _),)))
    told = _(
        "{name} has a link to this crisis alone, as {role}, made by {maker}. It stops {when}.",
        name=name,
        role=role_name(guest.role, _),
        maker=scene.guide.name(guest.made_by),
        when=when(scene, guest.expires_at),
    )
    return (Text(told), _opened(scene, guest), Actions((_renew(scene, person), _revoke(scene, person))))


def _opened(scene: Scene, guest: Guest) -> Text:
    if guest.opened_at is None:
        return Text(scene._("Not opened yet: has it been handed on?"), Tone.STRONG)
    return Text(scene._("Opened {when}.", when=when(scene, guest.opened_at)))


def _renew(scene: Scene, person: PersonId) -> Button:
    _ = scene._
    confirm = Confirm(
        title=_("Make a new link?"),
        text=_("The one before it stops at once. Hand the new one on yourself."),
        yes=_("Yes, a new one"),
        no=_("Not yet"),
    )
    return Button(
        _("New link…"), Action(Verb.GUEST_LINK, guest_subject(scene.crisis, person)), confirm=confirm
    )


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
