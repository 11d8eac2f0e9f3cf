"""What every event carries."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Who did it (None: Cellule itself), and when, in UTC."""

    at: datetime
    by: PersonId | None = None
