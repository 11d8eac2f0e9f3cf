"""The list of what waits for a person follows what is asked of them, whichever crisis asks it."""

from collections.abc import Iterable, Sequence

from bot.domain.ids import PersonId
from bot.ports import DirectPlace
from bot.reactions.effects import After, Effect, Refresh, Send
from bot.store import CardKind, Outgoing, Task

OF_THE_CELL = {CardKind.DRAFT, CardKind.ADVICE, CardKind.EMERGENCY, CardKind.EMERGENCY_NUDGE}
"""Cards whose change may end or begin a wait for anybody in the cell."""


def kept_current(effects: Sequence[Effect], after: After) -> list[Effect]:
    """Whoever is called or asked to read has the list; it is drawn anew when a card that asks changes."""
    asked: dict[PersonId, Effect] = {}
    for effect in effects:
        match effect:
            case Send(Outgoing(kind=CardKind.PING | CardKind.DRAFT, place=DirectPlace() as place)):
                asked[place.person] = _list(place, after)
            case Refresh(CardKind.PING, subject):
                asked |= _refreshed([PersonId(subject.partition(".p.")[2])])
            case Refresh(kind) if kind in OF_THE_CELL:
                asked = _refreshed(sorted(after.crisis.people)) | asked
            case _:
                pass
    return list(asked.values())


def _refreshed(people: Iterable[PersonId]) -> dict[PersonId, Effect]:
    return {person: Refresh(CardKind.WAITING, person) for person in people}


def _list(place: DirectPlace, after: After) -> Send:
    return Send(
        Outgoing(
            id=0,
            task=Task.CARD,
            kind=CardKind.WAITING,
            platform=place.platform,
            subject=place.person,
            place=place,
            lane=f"waiting:{place.platform}:{place.person}",
            at=after.now,
        )
    )
