"""Whose list of what waits changes with what was just asked, said or settled."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.ids import PersonId
from bot.ports import DirectPlace
from bot.reactions.effects import After, Effect, Refresh, Send
from bot.store import CardKind, Outgoing

ASKS = {
    CardKind.PING,
    CardKind.DRAFT,
    CardKind.ADVICE,
    CardKind.CONTACTS,
    CardKind.EMERGENCY_NUDGE,
    CardKind.CALL_OUTCOME,
    CardKind.REREAD,
    CardKind.FOLLOW_UP,
    CardKind.FOLLOW_UP_NUDGE,
    CardKind.REMINDER,
    CardKind.HANDOVER,
}
"""Direct messages that ask something of whoever gets them."""

OF_THE_CELL = ASKS - {CardKind.PING, CardKind.HANDOVER} | {CardKind.EMERGENCY}
"""Cards whose change may end or begin a wait for anybody in the cell."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """`asked`: whoever something more may wait for now; `others`: whose list may have become shorter."""

    asked: tuple[PersonId, ...]
    others: tuple[PersonId, ...]


def concerned(effects: Sequence[Effect], after: After) -> Concerned:
    """Read it from what goes out."""
    asked: list[PersonId] = []
    others: list[PersonId] = []
    for effect in effects:
        match effect:
            case Send(Outgoing(kind=kind, place=DirectPlace(person=person))) if kind in ASKS:
                asked.append(person)
            case Refresh(CardKind.WAITING, subject):
                asked.append(PersonId(subject))
            case Refresh(CardKind.PING, subject):
                others.append(PersonId(subject.partition(".p.")[2]))
            case Refresh(CardKind.HANDOVER, subject):
                others += [PersonId(person) for person in subject.split(">")[:2]]
            case Refresh(kind) if kind in OF_THE_CELL:
                others += sorted(after.crisis.people)
            case _:
                pass
    return Concerned(tuple(dict.fromkeys(asked)), tuple(p for p in dict.fromkeys(others) if p not in asked))
