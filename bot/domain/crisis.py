"""One situation handled by a cell, with everything that changes together under one version.

The rules that change a crisis stand beside this file, a module a subject: `cell`, `emergency`, `drafts`,
`sending`, `watch`, `course`, `false_alarm`. Each checks all, then changes, then records what happened.
"""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.advice import Advice
from bot.domain.cell import Assignment
from bot.domain.contacts import NO_CONTACTS, Contacts
from bot.domain.drafts import Draft
from bot.domain.emergency import Emergency
from bot.domain.errors import Code, Refused
from bot.domain.events import Event
from bot.domain.guest_codes import GuestCode
from bot.domain.guests import Guest
from bot.domain.ids import FIRST, CrisisId, MemberId, PersonId, Platform, RoomRef
from bot.domain.levels import Level
from bot.domain.mailing import Mailing
from bot.domain.proposal import Proposal
from bot.domain.questions import PublicQuestion
from bot.domain.reaching import NOT_ASKED, Reaching
from bot.domain.roster import Role
from bot.domain.sending import Dispatch
from bot.domain.states import Age, CrisisStatus, DispatchStatus, Presence, RoomStatus, Standing


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the community who wrote; never one of us. `country` is an ISO 3166 code or empty.

    `anchored_at`: our first word to them. `watch_silent`: they asked us to write no more. `unanswered` counts
    the follow-ups in a row that found nobody. `excused`: why they get no reply of their own. `own_crisis` is
    the number of the crisis that goes on with them.
    """

    id: MemberId
    handle: str = ""
    platform: str = ""
    age: Age = Age.UNKNOWN
    country: str = ""
    anchored_at: datetime | None = None
    watch_stopped: bool = False
    watch_silent: bool = False
    unanswered: int = 0
    excused: str = ""
    own_crisis: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything about who they are is written down."""
        return bool(self.handle or self.platform or self.country) or self.age is not Age.UNKNOWN


@dataclass(frozen=True, slots=True)
class MemberMessage:
    """What a member wrote, untouched. `written_at` is None when nobody knows."""

    id: str
    text: str
    link: str
    seen_at: datetime
    written_at: datetime | None = None
    standing: Standing = Standing.UNKNOWN
    standing_since: datetime | None = None
    member: MemberId = FIRST


@dataclass(frozen=True, slots=True)
class Room:
    """The crisis room on one platform; `ref` is None until it is made.

    `lost_at`: since when what goes there does not arrive; None while it does. `overheard`: others than the
    cell may read it.
    """

    platform: Platform
    status: RoomStatus = RoomStatus.ASKED
    ref: RoomRef | None = None
    name: str = ""
    lost_at: datetime | None = None
    overheard: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """An act that needs a second person: who asked for it, why, and for what."""

    act: str
    by: PersonId
    at: datetime
    reason: str
    target: str = ""


@dataclass(slots=True)
class Crisis:
    """The aggregate. Its parts are frozen; a rule replaces them and never changes them in place.

    `exhausted` are the roles that nobody fills and for which nobody is left to call. `silenced_at`: since
    when serious news stops every message to its members. `goes_with` are the numbers of crises linked to it.
    `merged_into` is the number of the one that it goes on in.
    """

    id: CrisisId
    number: str
    community: str
    locale: str
    category: str
    severity: int
    opened_by: PersonId
    opened_at: datetime
    level: Level | None = None
    status: CrisisStatus = CrisisStatus.OPEN
    drill: bool = False
    closed_by: PersonId | None = None
    closed_at: datetime | None = None
    close_reason: str = ""
    false_alarm: bool = False
    members: tuple[Member, ...] = ()
    messages: tuple[MemberMessage, ...] = ()
    rooms: tuple[Room, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    guests: tuple[Guest, ...] = ()
    guest_codes: tuple[GuestCode, ...] = ()
    exhausted: tuple[Role, ...] = ()
    emergency: Emergency | None = None
    drafts: tuple[Draft, ...] = ()
    dispatches: tuple[Dispatch, ...] = ()
    mailings: tuple[Mailing, ...] = ()
    advice: tuple[Advice, ...] = ()
    contacts: Contacts = NO_CONTACTS
    reaching: Reaching = NOT_ASKED
    pending: Pending | None = None
    proposal: Proposal | None = None
    questions: tuple[PublicQuestion, ...] = ()
    goes_with: tuple[str, ...] = ()
    merged_into: str | None = None
    silenced_by: PersonId | None = None
    silenced_at: datetime | None = None
    reminders_set: int = 0
    version: int = 0
    events: list[Event] = field(default_factory=list)

    def record(self, event: Event) -> None:
        """Keep what happened for the journal; storage empties the list when it is written."""
        self.events.append(event)

    def check_not_closed(self) -> None:
        """Raises `crisis_closed`."""
        if self.status is CrisisStatus.CLOSED:
            raise Refused(Code.CRISIS_CLOSED, number=self.number)

    @property
    def member(self) -> Member | None:
        """The first: where there is one alone, the one whom all is about."""
        return self.members[0] if self.members else None

    @property
    def message(self) -> MemberMessage | None:
        """The message that opened the crisis."""
        return self.messages[0] if self.messages else None

    @property
    def anchored_at(self) -> datetime | None:
        """Our first word, whomever it went to; where there is no member, in public."""
        words = [member.anchored_at for member in self.members]
        if not self.members:
            words = [each.at for each in self.dispatches if each.status is DispatchStatus.USED]
        return min((at for at in words if at), default=None)

    @property
    def seen_at(self) -> datetime:
        """Since when we know of it: the hour from which delays run."""
        return self.message.seen_at if self.message else self.opened_at

    @property
    def people(self) -> frozenset[PersonId]:
        """Everybody who has a part in this crisis, whatever they answered, but those who left its room."""
        return frozenset(a.person for a in self.assignments if a.presence is not Presence.LEFT)

    def room_on(self, platform: Platform) -> Room | None:
        """The room on one platform."""
        return next((room for room in self.rooms if room.platform is platform), None)

    def draft(self, number: int) -> Draft:
        """Raises `absent`."""
        for draft in self.drafts:
            if draft.number == number:
                return draft
        raise Refused(Code.ABSENT)
