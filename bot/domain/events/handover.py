"""Parts that pass from one person of the cell to another."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.events.base import Happened
from bot.domain.ids import PersonId, Platform
from bot.domain.roster import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft(Happened):
    """They have no part here any more: the plan no longer names them in this community.

    Or, with the platform of its `room`, they left that, or somebody took them out of it.
    """

    person: PersonId
    roles: tuple[Role, ...]
    room: Platform | None = None
    kind: Literal["person_left"] = "person_left"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverOffered(Happened):
    """`giver` wants `taker` to go on in their place."""

    giver: PersonId
    taker: PersonId
    roles: tuple[Role, ...]
    kind: Literal["handover_offered"] = "handover_offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverAccepted(Happened):
    """`offered`: the `at` of the offer, as microseconds since 1970."""

    giver: PersonId
    taker: PersonId
    roles: tuple[Role, ...]
    offered: int
    kind: Literal["handover_accepted"] = "handover_accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverEnded(Happened):
    """One of the two said no: everything stays with `giver`. `offered` as above."""

    giver: PersonId
    taker: PersonId
    offered: int
    kind: Literal["handover_ended"] = "handover_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverUnanswered(Happened):
    """`taker` stays silent: at the first `step` both are told again, at the second the managers too."""

    giver: PersonId
    taker: PersonId
    offered: int
    step: int
    kind: Literal["handover_unanswered"] = "handover_unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefOffered(Happened):
    """A moderator has been at work since this hour without a pause, and is asked whether to hand over."""

    person: PersonId
    since: datetime
    kind: Literal["relief_offered"] = "relief_offered"
