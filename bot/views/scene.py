"""What a view needs to know to draw a card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.approvals import ApprovalRule
from bot.domain.crisis import Crisis
from bot.domain.ids import PersonId, Platform
from bot.domain.reminders import Reminder
from bot.guide import Guide
from bot.texts import Translator


@dataclass(frozen=True, slots=True)
class Scene:
    """One crisis as one reader sees it now.

    `reader` is None in a room, where language and zone are the community's. Most cards need no reminder:
    `planned` reads them when one does.
    """

    crisis: Crisis
    guide: Guide
    planned: Callable[[], Sequence[Reminder]]
    now: datetime
    _: Translator
    zone: ZoneInfo
    platform: Platform
    reader: PersonId | None = None

    @property
    def rule(self) -> ApprovalRule:
        """Who must approve a reply at this moment."""
        return self.guide.rule(self.crisis, self.now)

    @property
    def reminders(self) -> Sequence[Reminder]:
        """All of the crisis, by hour."""
        return self.planned()

    @property
    def for_guest(self) -> bool:
        """Whether the reader comes in by a link, and can press little of what the cell can."""
        return self.reader is not None and self.guide.is_external(self.reader)
