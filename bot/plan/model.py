"""The crisis plan: who does what in which community, and within which times."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.approvals import ApprovalRule
from bot.domain.categories import MemberText
from bot.domain.duty import Duty
from bot.domain.hours import WeekHours
from bot.domain.ids import PersonId, Platform
from bot.domain.roster import Role
from bot.domain.states import Source
from bot.domain.templates import Register, Template
from bot.texts import Locale


class Moderation(StrEnum):
    """Whether a message is read before others see it, or after."""

    A_PRIORI = "a_priori"
    A_POSTERIORI = "a_posteriori"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of a cell. `email` is in lower case; `country` is where they call from, when the plan says it.

    `external` people have no seat on the platforms.
    """

    id: PersonId
    name: str
    email: str | None
    phone: str | None
    slack: str | None
    teams: str | None
    timezone: ZoneInfo
    locale: Locale
    country: str | None
    external: bool

    def has_a_seat_on(self, platform: Platform) -> bool:
        """Whether they can be found there, by their id or their address; a browser is no seat."""
        named = {Platform.SLACK: self.slack, Platform.TEAMS: self.teams}
        return not self.external and platform in named and bool(named[platform] or self.email)


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel where commands mean one community. `ref` is the platform's own id."""

    platform: Platform
    ref: str


@dataclass(frozen=True, slots=True)
class FirstMessage:
    """A text that may go to a member in distress without approval, until the end of the day `until`."""

    agreed_by: PersonId
    until: date
    texts: Mapping[Locale, str]


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """Where members write back. Somebody reads there in these `hours`; none: nobody has said when."""

    address: str
    hours: tuple[WeekHours, ...]


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What a letter bears beside its text: who sends it, the lines of their address, where it is dated.

    `signature` stands below the text, with room for a hand above it. Each may be empty but `sender`.
    """

    sender: str
    address: tuple[str, ...]
    place: str
    signature: str


@dataclass(frozen=True, slots=True)
class Steps:
    """After how long something undone is said again, goes to the deputy, then to the managers."""

    remind: timedelta
    deputy: timedelta
    manager: timedelta


@dataclass(frozen=True, slots=True)
class FollowUp:
    """When to check on a member who is not in distress; a check not done is said again, then goes further."""

    default: tuple[timedelta, ...]
    remind: timedelta
    escalate: timedelta


@dataclass(frozen=True, slots=True)
class ContactSearch:
    """Who looks for a member's contacts, and where: nowhere else.

    Said again after `remind`; after `within` it passes to the deputy.
    """

    role: Role
    sources: tuple[Source, ...]
    within: timedelta
    remind: timedelta


@dataclass(frozen=True, slots=True)
class Community:
    """A client's community.

    `code` ends the names of its rooms. `approvals` is by category id, `default` standing for the others.
    `workspaces`: the Slack workspace or Teams tenant of its rooms, where it is not the app's own.
    `quiet` and `digest` are local hours. `member_text` is None when the category says it.
    `register`: how it says «you» in French. `templates` are its own, beside those of Cellule.
    """

    id: str
    name: str
    code: str
    country: str
    locale: Locale
    timezone: ZoneInfo
    moderation: Moderation
    rooms: tuple[Platform, ...]
    workspaces: Mapping[Platform, str]
    channels: tuple[Channel, ...]
    client_contact: PersonId | None
    first_message: FirstMessage | None
    register: Register
    reply_to: ReplyTo | None
    letter: LetterHead
    templates: tuple[Template, ...]
    roles: Mapping[Role, tuple[PersonId, ...]]
    duty: Duty
    approvals: Mapping[str, ApprovalRule]
    take_up: Steps
    decide: Steps
    follow_up: FollowUp
    contacts: ContactSearch
    quiet: WeekHours | None
    member_text: MemberText | None
    close: tuple[Role, ...]
    digest: time

    def holders(self, role: Role) -> tuple[PersonId, ...]:
        """Return who may hold a role, the first choice first, the deputies in order."""
        return self.roles.get(role, ())

    def next_morning(self, at: datetime) -> datetime:
        """Return the hour of the morning page, of that day or the next; in UTC."""
        local = at.astimezone(self.timezone)
        morning = datetime.combine(local.date(), self.digest, self.timezone)
        if morning <= local:
            morning = datetime.combine(local.date() + timedelta(days=1), self.digest, self.timezone)
        return morning.astimezone(UTC)

    def has(self, person: PersonId) -> bool:
        """Whether they hold any role here."""
        return any(person in people for people in self.roles.values())

    def roles_of(self, person: PersonId) -> tuple[Role, ...]:
        return tuple(role for role, people in self.roles.items() if person in people)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that the plan file says."""

    version: int
    locale: Locale
    timezone: ZoneInfo
    people: Mapping[PersonId, Person]
    communities: Mapping[str, Community]

    def __hash__(self) -> int:
        """By identity: what is worked out from a plan is kept for this one."""
        return id(self)

    def person(self, person: PersonId) -> Person:
        """Raise `KeyError` for somebody whom the plan does not name."""
        return self.people[person]

    def communities_of(self, person: PersonId, role: Role | None = None) -> tuple[Community, ...]:
        """Return where a person holds this role, or any."""
        return tuple(
            community
            for community in self.communities.values()
            if (person in community.holders(role) if role else community.has(person))
        )

    def workspaces(self, platform: Platform, person: PersonId | None = None) -> tuple[str | None, ...]:
        """Return where its communities, or those of a person, are on a platform; None: with the app."""
        communities = self.communities.values() if person is None else self.communities_of(person)
        return tuple(dict.fromkeys(each.workspaces.get(platform) for each in communities))

    def community_of_channel(self, channel: Channel) -> Community | None:
        return next((each for each in self.communities.values() if channel in each.channels), None)

    def person_by_slack(self, slack: str) -> Person | None:
        return next((each for each in self.people.values() if each.slack == slack), None)

    def person_by_teams(self, teams: str) -> Person | None:
        wanted = teams.lower()
        return next((each for each in self.people.values() if (each.teams or "").lower() == wanted), None)

    def person_by_email(self, email: str) -> Person | None:
        wanted = email.lower()
        return next((each for each in self.people.values() if each.email == wanted), None)
