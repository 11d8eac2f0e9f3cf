"""No way to the member is known: the rooms are told what can be done, and read what was."""

from bot.domain.events import NoWayKnown
from bot.domain.reaching import NOT_ASKED
from bot.reactions.effects import After, Effect, Refresh, moment
from bot.reactions.texts import as_text
from bot.store import CardKind


def told(event: NoWayKnown, after: After) -> list[Effect]:
    """One card in each room."""
    return after.everywhere(CardKind.NEWS, _subject(after), ordinal=moment(event), text=as_text(event))


def current(after: After) -> list[Effect]:
    """Nearly whatever happens may open a way, or close one."""
    return [Refresh(CardKind.NEWS, _subject(after))] if after.crisis.reaching != NOT_ASKED else []


def _subject(after: After) -> str:
    return f"{after.crisis.id}.n.no_way_known"
