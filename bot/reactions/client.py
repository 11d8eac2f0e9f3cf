"""The client's contact is told once that a crisis is open; in quiet hours only at once if it is grave."""

from bot.domain.events import ClientContactTold
from bot.domain.ids import PersonId, Platform
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind
from bot.domain.subjects import client_subject
from bot.ports import DirectPlace
from bot.reactions.effects import After, Cancel, Effect, Plan, Refresh
from bot.store import CardKind


def schedule(after: After) -> list[Effect]:
    """When they are told, planned anew; what they were told is kept true."""
    crisis = after.crisis
    subject = client_subject(crisis, crisis.community)
    effects: list[Effect] = [Cancel(ReminderKind.CLIENT, subject), Refresh(CardKind.CLIENT, subject)]
    if after.guide.contact_to_tell(crisis) is None:
        return effects
    at = after.guide.rings_at(crisis, after.now)
    return [*effects, Plan(Reminder(ReminderKind.CLIENT, subject, 1, at, crisis.id))]


def moved(after: After, before: str) -> list[Effect]:
    """The crisis was another community's: the contact who was told by mistake learns it."""
    subject = client_subject(after.crisis, before)
    return [Cancel(ReminderKind.CLIENT, subject), Refresh(CardKind.CLIENT, subject), *schedule(after)]


def told(event: ClientContactTold, after: After) -> list[Effect]:
    """One message, wherever they are reached."""
    subject = client_subject(after.crisis, after.crisis.community)
    return [after.card(CardKind.CLIENT, subject, _reached(after, event.person))]


def _reached(after: After, person: PersonId) -> DirectPlace:
    """Where the cell meets, else where they have a seat: a page in a browser rings nobody."""
    place, guide = after.direct(person), after.guide
    seats = [p for p in guide.platforms if p is not Platform.WEB and guide.meets_on(p, person)]
    return DirectPlace(seats[0], person) if place.platform is Platform.WEB and seats else place
