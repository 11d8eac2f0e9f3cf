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
    is about them. `earlier` are those about other members, oldest first.
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
    earlier: tuple[Proposal, ...] = ()


def each_of(crisis: Crisis) -> tuple[Proposal, ...]:
    """The last about each member, oldest first."""
    last = crisis.proposal
    return (*last.earlier, replace(last, earlier=())) if last else ()


def put(crisis: Crisis, proposal: Proposal) -> None:
    """Take it in the place of the one about the same member."""
    others = tuple(each for each in each_of(crisis) if each.member != proposal.member)
    crisis.proposal = replace(proposal, earlier=others)


def is_of_another(crisis: Crisis, proposal: Proposal) -> bool:
    """Whether it is about somebody else than whom the level of the crisis is about."""
    return proposal.member != FIRST and len(crisis.members) > 1


def level_set(crisis: Crisis, proposal: Proposal) -> Level:
    """What people have set for its member; from D2 on another than the first gets a crisis of their own."""
    level = crisis.level or Level.D0
    return min(level, Level.D1) if is_of_another(crisis, proposal) else level


def standing(crisis: Crisis) -> Proposal | None:
    """The gravest while it is graver than what people have set, and nobody has decided."""
    if crisis.status is CrisisStatus.CLOSED:
        return None
    stand = [p for p in each_of(crisis) if not p.settled and p.level > level_set(crisis, p)]
    return max(stand, key=lambda proposal: proposal.level, default=None)


def level_held(crisis: Crisis) -> Level | None:
    """Below this, somebody lowers: what people have set, or D4 or D5 where the aid proposes it."""
    proposal = standing(crisis)
    if proposal is None or not proposal.level.is_grave:
        return crisis.level
    return max(proposal.level, crisis.level or Level.D0)


def settle(crisis: Crisis, member: MemberId = FIRST) -> None:
    """A person has set the level."""
    if crisis.proposal is None:
        return
    *earlier, last = (replace(p, settled=p.settled or p.member == member) for p in each_of(crisis))
    crisis.proposal = replace(last, earlier=tuple(earlier))
