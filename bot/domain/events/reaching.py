"""No way to the member is known, and what is done instead."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.events.base import Happened
from bot.domain.states import Recourse


@dataclass(frozen=True, slots=True, kw_only=True)
class NoWayKnown(Happened):
    """Nothing was found, or each way was given up, refused or came back."""

    kind: Literal["no_way_known"] = "no_way_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecourseTaken(Happened):
    """No answer to the member: a report, or the reason why nothing can be done."""

    recourse: Recourse
    done_at: datetime
    proof: str
    kind: Literal["recourse_taken"] = "recourse_taken"
