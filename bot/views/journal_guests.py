"""Lines of the log about guests' links."""

from typing import assert_never

from bot.domain import events as e
from bot.domain.roster import role_name
from bot.views.teller import Teller

Guests = e.GuestLinkMade | e.GuestLinkOpened | e.GuestLinkRevoked


def guest_line(event: Guests, teller: Teller) -> str:
    """Who may come in by a link, and who did."""
    _, who, name = teller._, teller.who(event), teller.name(event.person)
    match event:
        case e.GuestLinkMade():
            return _(
                "{who} made a guest's link for {name}, as {role}, until {until}.",
                who=who,
                name=name,
                role=role_name(event.role, _),
                until=teller.when(event.until),
            )
        case e.GuestLinkOpened():
            return _("{name} opened their guest's link.", name=name)
        case e.GuestLinkRevoked():
            return _("{who} revoked the guest's link for {name}.", who=who, name=name)
        case _:
            assert_never(event)
