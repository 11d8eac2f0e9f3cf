"""What a view needs to know to draw a card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.approvals import ApprovalRule
from bot.domain.crisis import Crisis, Member, MemberMessage
from bot.domain.ids import FIRST, MemberId, PersonId, Platform
from bot.domain.members import message_of, number, several
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind
from bot.domain.subjects import member_in
from bot.guide import Guide
from bot.texts import Translator


@dataclass(frozen=True, slots=True)
class Scene:
    """One crisis as one reader sees it now.

    `reader` is None in a room, where language and zone are the community's. Most cards need no reminder:
    `planned` reads them when one does. `who` is the member whom a card is about.
    """

    crisis: Crisis
    guide: Guide
    planned: Callable[[], Sequence[Reminder]]
    now: datetime
    _: Translator
    zone: ZoneInfo
    platform: Platform
    reader: PersonId | None = None
    who: MemberId = FIRST

    def about(self, member: MemberId) -> "Scene":
        """The same, of one member."""
        return replace(self, who=member)

    @property
    def member(self) -> Member | None:
        """None where nobody wrote, or a text is for everybody."""
        return next((each for each in self.crisis.members if each.id == self.who), None)

    @property
    def message(self) -> MemberMessage | None:
        """What that member wrote first; for everybody, what opened the crisis."""
        return message_of(self.crisis, self.who or FIRST)

    @property
    def anchored_at(self) -> datetime | None:
        """Our first word to that member; where there is none, in public."""
        return self.member.anchored_at if self.member else self.crisis.anchored_at

    @property
    def follow_ups(self) -> Sequence[Reminder]:
        """That member's, by hour."""
        rows = (row for row in self.planned() if row.kind is ReminderKind.FOLLOW_UP)
        return [row for row in rows if member_in(row.subject) == self.who]

    @property
    def watch_silent(self) -> bool:
        """Whether that member asked us to write no more."""
        return self.member is not None and self.member.watch_silent

    @property
    def named(self) -> str:
        """«member 2» where there are several; else nothing."""
        if not several(self.crisis) or self.member is None:
            return ""
        return self._("member {n}", n=number(self.who))

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
