"""Whether a crisis waits for somebody: their answer, their decision, their word to send."""

from datetime import datetime

from bot.domain import advice, cell, sending
from bot.domain.crisis import Crisis
from bot.domain.ids import PersonId
from bot.domain.states import DraftStatus
from bot.guide import Guide


def waits_for(guide: Guide, crisis: Crisis, person: PersonId, *, now: datetime) -> bool:
    """Whether this person is the one, or one of those, whom the crisis waits for now."""
    rule = guide.rule(crisis, now)
    declared = crisis.emergency
    unrecorded = declared is not None and not declared.settled and declared.declared_by == person
    deciding = any(person in guide.awaited(crisis, draft, now) for draft in crisis.drafts)
    advising = any(person in advice.awaited(crisis, asked) for asked in crisis.advice)
    to_send = bool(sending.waiting(crisis)) or any(d.status is DraftStatus.APPROVED for d in crisis.drafts)
    sends = to_send and rule.release in cell.roles_of(crisis, person)
    return cell.silent(crisis, person) or unrecorded or deciding or advising or sends
