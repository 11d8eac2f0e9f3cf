"""The client's contact is told once that a crisis is open; in quiet hours only at once if it is grave."""

from bot.domain.events import ClientContactTold
from bot.domain.ids import PersonId, Platform
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind
from bot.domain.subjects import client_subject
from bot.ports import DirectPlace
from bot.reactions.effects import After, Cancel, Effect, Plan, Refresh, Send
from bot.store import CardKind, Outgoing, Task

OPEN, OVER, MISTAKEN = 1, 2, 3
"""What an e-mail to them is about."""


def schedule(after: After) -> list[Effect]:
    """When they are told, planned anew; what they were told is kept true."""
    crisis = after.crisis
    subject = client_subject(crisis, crisis.community)
    effects: list[Effect] = [Cancel(ReminderKind.CLIENT, subject), Refresh(CardKind.CLIENT, subject)]
    if after.guide.contact_to_tell(crisis) is None:
        return effects
    at = after.guide.rings_at(crisis, after.now)
    return [*effects, Plan(Reminder(ReminderKind.CLIENT, subject, 1, at, crisis.id))]


def over(after: After) -> list[Effect]:
    """Whoever was told by e-mail learns that it is closed."""
    return _again_by_mail(after, after.crisis.community, OVER)


def moved(after: After, before: str) -> list[Effect]:
    """The crisis was another community's: the contact who was told by mistake learns it."""
    subject = client_subject(after.crisis, before)
    kept_true: list[Effect] = [Cancel(ReminderKind.CLIENT, subject), Refresh(CardKind.CLIENT, subject)]
    return [*kept_true, *_again_by_mail(after, before, MISTAKEN), *schedule(after)]


def told(event: ClientContactTold, after: After) -> list[Effect]:
    """One message, wherever they are reached."""
    subject = client_subject(after.crisis, after.crisis.community)
    place = _reached(after, event.person)
    return [after.card(CardKind.CLIENT, subject, place), *_by_mail(after, place, subject, OPEN)]


def _again_by_mail(after: After, community: str, ordinal: int) -> list[Effect]:
    """An e-mail cannot be kept true: whoever was told by one is told by another."""
    subject = client_subject(after.crisis, community)
    known = after.guide.plan.communities.get(community)
    contact = known.client_contact if known else None
    was_told = any(
        r.kind is ReminderKind.CLIENT and r.subject == subject and r.fired_at for r in after.reminders()
    )
    if contact is None or not was_told:
        return []
    return _by_mail(after, _reached(after, contact), subject, ordinal)


def _by_mail(after: After, place: DirectPlace, subject: str, ordinal: int) -> list[Effect]:
    """To somebody who is reached in a browser alone, if Cellule sends e-mails and knows their address."""
    person = after.guide.plan.people.get(place.person)
    if place.platform is not Platform.WEB or not after.guide.mail or person is None or not person.email:
        return []
    row = Outgoing(
        id=0,
        task=Task.MAIL,
        kind=CardKind.CLIENT_MAIL,
        platform=Platform.WEB,
        subject=subject,
        ordinal=ordinal,
        crisis=after.crisis.id,
        place=place,
        lane=f"mail:{subject}",
        at=after.now,
    )
    return [Send(row)]


def _reached(after: After, person: PersonId) -> DirectPlace:
    """Where the cell meets, else where they have a seat: a page in a browser rings nobody."""
    place, guide = after.direct(person), after.guide
    seats = [p for p in guide.platforms if p is not Platform.WEB and guide.meets_on(p, person)]
    return DirectPlace(seats[0], person) if place.platform is Platform.WEB and seats else place
