"""What is known of a crisis, how grave it is, how it ends."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.events.base import Happened, OfMember
from bot.domain.ids import PersonId
from bot.domain.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisOpened(Happened):
    community: str
    category: str
    severity: int
    kind: Literal["crisis_opened"] = "crisis_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityChanged(Happened):
    """`removed` are those who have no part any more."""

    before: str
    after: str
    removed: tuple[PersonId, ...]
    kind: Literal["community_changed"] = "community_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsCompleted(OfMember):
    """`fields` names what was filled in, never with what."""

    fields: tuple[str, ...]
    kind: Literal["details_completed"] = "details_completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChanged(Happened):
    before: Level | None
    after: Level
    reason: str = ""
    kind: Literal["level_changed"] = "level_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoweringAsked(Happened):
    """One person wants a grave crisis judged less grave (`target`: a level or a severity).

    A second must agree.
    """

    target: str
    reason: str
    kind: Literal["lowering_asked"] = "lowering_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityChanged(Happened):
    before: int
    after: int
    reason: str = ""
    kind: Literal["severity_changed"] = "severity_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryChanged(Happened):
    before: str
    after: str
    kind: Literal["category_changed"] = "category_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Happened):
    text: str
    kind: Literal["note_added"] = "note_added"


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseAlarmAsked(Happened):
    """One person says that nothing happened, where a life seemed in danger; a second must agree."""

    reason: str
    kind: Literal["false_alarm_asked"] = "false_alarm_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseAsked(Happened):
    """One person wants to close though the member is silent, or was never reached; a second must agree."""

    reason: str
    kind: Literal["close_asked"] = "close_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRefused(Happened):
    """A second person wants the crisis to stay open."""

    kind: Literal["close_refused"] = "close_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisClosed(Happened):
    reason: str
    false_alarm: bool = False
    kind: Literal["crisis_closed"] = "crisis_closed"
