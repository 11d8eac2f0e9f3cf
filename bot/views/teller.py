"""What the lines of the log are told with."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.events.base import Happened
from bot.domain.ids import PersonId
from bot.guide import Guide
from bot.texts import Translator
from bot.views import dates


@dataclass(frozen=True, slots=True)
class Teller:
    """Who is who, in which zone and language."""

    guide: Guide
    zone: ZoneInfo
    _: Translator

    def who(self, event: Happened) -> str:
        """Who did it; `Cellule` for its own acts."""
        return self.guide.name(event.by)

    def name(self, person: PersonId | None) -> str:
        return self.guide.name(person)

    def category(self, category: str) -> str:
        """A kind of crisis; one that the data no longer hold stays as it was written."""
        known = self.guide.categories.get(category)
        return known.label.in_(self._.locale) if known else category

    def when(self, at: datetime) -> str:
        """A whole date: a log is read months later."""
        return dates.full(at, self.zone, self._)

    def because(self, told: str, reason: str) -> str:
        """A sentence and, if one was given, its reason."""
        return self._("{told}: {reason}", told=told, reason=reason) if reason else f"{told}."
