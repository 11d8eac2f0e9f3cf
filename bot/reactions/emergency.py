"""Calling for help: the sheet in every room, and nobody forgets to note the call."""

from bot.domain.emergency import REMIND_EVERY
from bot.domain.events import EmergencyUnrecorded
from bot.domain.guests import guest_of, works
from bot.domain.ids import PersonId
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind
from bot.ports import RoomPlace
from bot.reactions import handover
from bot.reactions.effects import After, Cancel, Effect, Plan, Refresh, moment
from bot.store import CardKind


def opened(after: After) -> list[Effect]:
    """The sheet stands in every room, and nobody forgets to note the call."""
    crisis = after.crisis
    return [*after.everywhere(CardKind.EMERGENCY, crisis.id), _reminder(after)]


def held(after: After) -> list[Effect]:
    """Somebody is on the phone: silence until then."""
    crisis = after.crisis
    return [
        Cancel(ReminderKind.EMERGENCY, crisis.id),
        Refresh(CardKind.EMERGENCY, crisis.id),
        _reminder(after),
    ]


def settled(after: After) -> list[Effect]:
    """A call is recorded, or somebody wrote why none is needed."""
    subject = after.crisis.id
    return [
        Cancel(ReminderKind.EMERGENCY, subject),
        Refresh(CardKind.CALL_OUTCOME, subject),
        *after.everywhere(CardKind.EMERGENCY, subject),
        Refresh(CardKind.EMERGENCY_NUDGE, subject),
    ]


def unrecorded(event: EmergencyUnrecorded, after: After) -> list[Effect]:
    """First whoever declared it, then the whole cell, directly and in the room."""
    crisis = after.crisis
    declared = crisis.emergency
    alone = declared is not None and event.attempt == 1 and _still_reads(after, declared.declared_by)
    people = [declared.declared_by] if alone and declared else _here(after)
    return [
        *handover.ring(after, people, ordinal=moment(event)),
        *after.everywhere(CardKind.EMERGENCY_NUDGE, crisis.id, ordinal=event.attempt),
        *after.to(people, CardKind.EMERGENCY_NUDGE, crisis.id, ordinal=event.attempt),
        _reminder(after),
    ]


def _still_reads(after: After, person: PersonId) -> bool:
    """A guest whose link is over reads nothing any more."""
    guest = guest_of(after.crisis, person)
    return guest is None or works(after.crisis, guest, now=after.now)


def stands_in(after: After, place: RoomPlace) -> list[Effect]:
    if after.crisis.emergency is None:
        return []
    return [after.card(CardKind.EMERGENCY, after.crisis.id, place)]


def _reminder(after: After) -> Plan:
    crisis = after.crisis
    declared = crisis.emergency
    held = declared.on_phone_until if declared else None
    due = max(held or after.now, after.now + REMIND_EVERY)
    ordinal = (declared.reminded if declared else 0) + 1
    return Plan(Reminder(ReminderKind.EMERGENCY, crisis.id, ordinal, due, crisis.id))


def _here(after: After) -> list[PersonId]:
    """Those who have a part that they neither declined nor handed over."""
    return sorted({a.person for a in after.crisis.assignments if a.held})
