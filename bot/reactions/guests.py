"""Guests: whoever called them is told to hand their link on; their page shows the crisis."""

from bot.domain.events import (
    GuestLinkMade,
    GuestLinkOpened,
    GuestLinkRevoked,
    GuestLinkSent,
    GuestMailFailed,
    PersonAsked,
)
from bot.domain.guests import guest_of
from bot.domain.ids import Platform
from bot.domain.states import AskedAs
from bot.domain.subjects import guest_subject
from bot.ports import DirectPlace, RoomPlace
from bot.reactions.effects import After, Effect, Refresh, moment
from bot.reactions.texts import as_text
from bot.store import CardKind


def asked(event: PersonAsked, after: After) -> list[Effect]:
    """Somebody without a seat is called: who called them, or opened, makes the link and hands it on."""
    if not after.guide.is_external(event.person) or event.asked_as is AskedAs.OPENER:
        return []
    subject = guest_subject(after.crisis, event.person)
    issuer = event.by or after.crisis.opened_by
    return [
        after.card(CardKind.GUEST, subject, after.direct(issuer)),
        *after.everywhere(CardKind.GUEST, subject),
    ]


def link_made(event: GuestLinkMade, after: After) -> list[Effect]:
    """The cell can revoke it; the guest's own page begins with where things stand."""
    crisis = after.crisis
    page = DirectPlace(Platform.WEB, event.person)
    return [
        *after.everywhere(CardKind.GUEST, guest_subject(crisis, event.person)),
        *refreshed(event, after),
        after.card(CardKind.BRIEF, crisis.id, page),
    ]


def stands_in(after: After, place: RoomPlace) -> list[Effect]:
    """The cell can revoke each link."""
    crisis = after.crisis
    people = dict.fromkeys(guest.person for guest in crisis.guests)
    return [after.card(CardKind.GUEST, guest_subject(crisis, person), place) for person in people]


def mail_failed(event: GuestMailFailed, after: After) -> list[Effect]:
    """The rooms are told, and whoever asked for the guest: somebody hands the link on."""
    subject, text = guest_subject(after.crisis, event.person), as_text(event)
    guest = guest_of(after.crisis, event.person)
    made_by = [guest.made_by] if guest else []
    return [
        *refreshed(event, after),
        *after.everywhere(CardKind.NEWS, subject, ordinal=moment(event), text=text),
        *after.to(made_by, CardKind.NEWS, subject, ordinal=moment(event), text=text),
    ]


def refreshed(
    event: GuestLinkMade | GuestLinkSent | GuestMailFailed | GuestLinkOpened | GuestLinkRevoked, after: After
) -> list[Effect]:
    """The card of the link says how it stands, and what was said of its e-mail."""
    subject = guest_subject(after.crisis, event.person)
    return [Refresh(CardKind.GUEST, subject), Refresh(CardKind.NEWS, subject)]
