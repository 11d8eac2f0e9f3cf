"""What the triage aid makes of the member's message. It proposes; a person decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.axes import Axis
from bot.domain.ids import FIRST, MemberId
from bot.domain.labels import Label
from bot.domain.levels import Level
from bot.domain.states import CrisisStatus

if TYPE_CHECKING:
    from bot.domain.crisis import Crisis


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of the message, from its first letter to behind its last, and why it counts."""

    start: int
    end: int
    term: str
    why: Label


@dataclass(frozen=True, slots=True)
class CountryHint:
    """From which country, or one of which, somebody perhaps writes; never set by it.

    `start` and `end` as of a reason; 0, 0 where the message itself does not say it.
    """

    countries: tuple[str, ...]
    why: Label
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """`language` is `fr`, `en` or `fr+en`. `settled`: a person has decided since.

    `words` is what was judged, where it is not the message that opened the crisis; `member` wrote it, or it
    is about them.
    """

    category: str
    level: Level
    language: str
    reasons: tuple[Reason, ...]
    settled: bool = False
    words: str = ""
    axes: tuple[Axis, ...] = ()
    country: CountryHint | None = None
    member: MemberId = FIRST


def standing(crisis: Crisis) -> Proposal | None:
    """The proposal while it is graver than what people have set, and nobody has decided."""
    proposal = crisis.proposal
    if proposal is None or proposal.settled or crisis.status is CrisisStatus.CLOSED:
        return None
    return proposal if proposal.level > (crisis.level or Level.D0) else None


def level_held(crisis: Crisis) -> Level | None:
    """Below this, somebody lowers: what people have set, or D4 or D5 where the aid proposes it."""
    proposal = standing(crisis)
    return proposal.level if proposal and proposal.level.is_grave else crisis.level


def settle(crisis: Crisis) -> None:
    """A person has set the level."""
    if crisis.proposal is not None:
        crisis.proposal = replace(crisis.proposal, settled=True)
