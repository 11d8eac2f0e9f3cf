"""When to look again where the member's message stands, and who is told that it should be hidden."""

from bot.domain.cell import holders
from bot.domain.events import MessageStillOnline
from bot.domain.message import next_look
from bot.domain.roster import Role
from bot.domain.states import ReminderKind
from bot.ports import Place
from bot.reactions.effects import After, Cancel, Effect, Plan, moment
from bot.reactions.texts import as_text
from bot.store import CardKind


def schedule(after: After) -> list[Effect]:
    """The next look, planned anew."""
    crisis = after.crisis
    ahead = next_look(crisis, to_hide=after.guide.to_hide(crisis), now=after.now)
    return [Cancel(ReminderKind.STANDING, crisis.id), *([Plan(ahead)] if ahead else [])]


def still_online(event: MessageStillOnline, after: After) -> list[Effect]:
    """In every room, and to its moderators directly."""
    crisis = after.crisis
    moderators = [a.person for a in holders(crisis, Role.MODERATOR)] or [crisis.opened_by]
    places: list[Place] = [*after.rooms(), *(after.direct(person) for person in moderators)]
    subject, ordinal, text = f"{crisis.id}.n.{event.kind}", moment(event), as_text(event)
    return [after.card(CardKind.NEWS, subject, place, ordinal=ordinal, text=text) for place in places]
