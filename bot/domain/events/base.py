"""What every event carries."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import FIRST, MemberId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Who did it (None: Cellule itself), and when, in UTC."""

    at: datetime
    by: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfMember(Happened):
    """It concerns one member of the crisis, the first where there is one alone."""

    member: MemberId = FIRST
