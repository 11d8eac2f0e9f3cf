"""Lines of the log about guests' links."""

from typing import assert_never

from bot.domain import events as e
from bot.domain.roster import role_name
from bot.domain.states import MailStatus
from bot.views.mail_state import fault
from bot.views.teller import Teller

Guests = (
    e.GuestLinkMade
    | e.GuestLinkSent
    | e.GuestMailFailed
    | e.GuestCodeAsked
    | e.GuestCodeSpent
    | e.GuestLinkOpened
    | e.GuestLinkRevoked
)


def guest_line(event: Guests, teller: Teller) -> str:
    """Who may come in by a link, and who did."""
    _, who, name = teller._, teller.who(event), teller.name(event.person)
    match event:
        case e.GuestLinkMade(by_mail=True):
            return _(
                "{who} made a guest's link for {name}, as {role}, until {until}, to go by e-mail.",
                who=who,
                name=name,
                role=role_name(event.role, _),
                until=teller.when(event.until),
            )
        case e.GuestLinkMade():
            return _(
                "{who} made a guest's link for {name}, as {role}, until {until}.",
                who=who,
                name=name,
                role=role_name(event.role, _),
                until=teller.when(event.until),
            )
        case e.GuestLinkSent():
            return _("The guest's link for {name} was sent by e-mail.", name=name)
        case e.GuestMailFailed():
            return _failed(event, teller, name)
        case e.GuestCodeAsked():
            return _("{name} asked for a one-time code.", name=name)
        case e.GuestCodeSpent():
            return _("Five wrong codes were typed at the guest's link for {name}.", name=name)
        case e.GuestLinkOpened():
            return _("{name} opened their guest's link.", name=name)
        case e.GuestLinkRevoked():
            return _("{who} revoked the guest's link for {name}.", who=who, name=name)
        case _:
            assert_never(event)


def _failed(event: e.GuestMailFailed, teller: Teller, name: str) -> str:
    _, why = teller._, fault(event.code, teller._)
    match event.status:
        case MailStatus.SENDING:
            return _("An e-mail to the guest {name} cannot be sent for now ({why}).", name=name, why=why)
        case MailStatus.UNCERTAIN:
            return _("An e-mail to the guest {name} has perhaps gone.", name=name)
        case _:
            return _("An e-mail to the guest {name} was refused ({why}).", name=name, why=why)
