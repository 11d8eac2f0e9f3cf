"""Members who come into a crisis, get no reply of their own, or get a crisis of their own."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.events.base import Happened, OfMember


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAdded(OfMember):
    """Somebody put another member into the crisis; `nth` counts the messages in it."""

    nth: int
    kind: Literal["member_added"] = "member_added"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberExcused(OfMember):
    """Somebody said why this member gets no reply of their own."""

    reason: str
    kind: Literal["member_excused"] = "member_excused"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCrisisOpened(OfMember):
    """The member is in distress: the crisis with this number goes on with them."""

    number: str
    kind: Literal["own_crisis_opened"] = "own_crisis_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisLinked(Happened):
    """It goes with the crisis of this number."""

    number: str
    kind: Literal["crisis_linked"] = "crisis_linked"


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyConcerned(Happened):
    """Somebody noted that no member of the community is behind it: what is answered is answered in public."""

    kind: Literal["nobody_concerned"] = "nobody_concerned"
