"""Lines of the log about how the member can be reached, never with a contact itself."""

from typing import assert_never

from bot.domain import events as e
from bot.domain.roster import role_name
from bot.views.contacts import CONFIDENCES, MEANS, SOURCES
from bot.views.lines import listed
from bot.views.teller import Teller

Searches = e.ContactSearchAsked | e.ContactSearchOverdue | e.ContactSearchEnded | e.ContactSearchStopped
Contacts = Searches | e.ContactFound | e.ContactsShown | e.ContactWrong


def contacts_line(event: Contacts, teller: Teller) -> str:
    """Looked for, found, read, wrong: each contact by its number."""
    _, who = teller._, teller.who(event)
    match event:
        case e.ContactFound():
            return _(
                "{who} added contact {n} of the member: {means} ({source}, {confidence}).",
                who=who,
                n=event.contact,
                means=_(MEANS[event.means]),
                source=_(SOURCES[event.source]),
                confidence=_(CONFIDENCES[event.confidence]),
            )
        case e.ContactsShown():
            numbers = listed(map(str, event.contacts), _)
            return _("{who} read the member's contacts: {numbers}.", who=who, numbers=numbers)
        case e.ContactWrong():
            told = _(
                "{who} noted that contact {n} ({means}) is wrong",
                who=who,
                n=event.contact,
                means=_(MEANS[event.means]),
            )
            return teller.because(told, event.reason)
        case _:
            return _search(event, teller)


def _search(event: Searches, teller: Teller) -> str:
    _ = teller._
    match event:
        case e.ContactSearchAsked():
            return _("Contacts of the member are looked for ({role}).", role=role_name(event.role, _))
        case e.ContactSearchOverdue():
            return _("The search for contacts still goes on.")
        case e.ContactSearchEnded(found=0):
            told = _("{who} ended the search for contacts, nothing found", who=teller.who(event))
            return teller.because(told, event.reason)
        case e.ContactSearchEnded():
            told = _("{who} ended the search for contacts, known: {n}", who=teller.who(event), n=event.found)
            return teller.because(told, event.reason)
        case e.ContactSearchStopped():
            return _("Contacts are no longer looked for: it is less grave now.")
        case _:
            assert_never(event)
