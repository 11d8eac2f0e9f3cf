"""The shape of the plan file: its keys and their defaults.

Validation needs the ids of `people` and `categories` as its context.
"""

from datetime import time, timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.domain.categories import MemberText
from bot.domain.ids import Platform
from bot.domain.levels import Level
from bot.domain.roster import Role
from bot.domain.states import Route, Source
from bot.domain.templates import Kind, Register
from bot.plan.model import Moderation
from bot.plan.values import (
    AddressLine,
    CategoryRef,
    ChannelRef,
    Clock,
    Code,
    Count,
    Country,
    Day,
    Duration,
    Email,
    Hours,
    Key,
    Name,
    PersonRef,
    Phone,
    PreparedText,
    Quiet,
    SlackId,
    Some,
    TeamsId,
    Tenant,
    Words,
    Workspace,
    YesOrNo,
    Zone,
    few_lines,
    listed,
    not_empty,
    wrong,
)
from bot.texts import Locale


class Entry(BaseModel):
    """A part of the file; a key that it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PersonEntry(Entry):
    name: Name
    email: Email | None = None
    phone: Phone | None = None
    slack: SlackId | None = None
    teams: TeamsId | None = None
    timezone: Zone | None = None
    locale: Locale | None = None
    country: Country | None = None
    external: YesOrNo = False


class FirstMessageEntry(Entry):
    agreed_by: PersonRef
    until: Day
    fr: Words | None = None
    en: Words | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.fr or self.en):
            raise wrong("first_message")
        return self


class ReplyToEntry(Entry):
    address: Email
    hours: Annotated[Some[Hours], BeforeValidator(listed)] = ()


class LetterEntry(Entry):
    sender: AddressLine | None = None
    address: Annotated[tuple[AddressLine, ...], AfterValidator(few_lines)] = ()
    place: Name | None = None
    signature: Name | None = None


class TemplateEntry(Entry):
    """Pre-approved where it says who agreed to it, when and until when: all three or none."""

    id: Key
    kind: Kind = Kind.REPLY
    categories: Some[CategoryRef]
    levels: Some[Level] = ()
    language: Locale
    register_: Register | None = Field(default=None, alias="register")
    routes: Some[Route]
    title: Name
    text: PreparedText
    agreed_by: PersonRef | None = None
    agreed_on: Day | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def _agreed_whole(self) -> Self:
        agreed = (self.agreed_by, self.agreed_on, self.until)
        if any(agreed) and not all(agreed):
            raise wrong("agreement")
        return self


def _ids_once(templates: tuple[TemplateEntry, ...]) -> tuple[TemplateEntry, ...]:
    ids = [template.id for template in templates]
    for each in ids:
        if ids.count(each) > 1:
            raise wrong("repeated", value=each)
    return templates


Templates = Annotated[tuple[TemplateEntry, ...], AfterValidator(_ids_once)]


class TemplatesFile(Entry):
    """The file that `templates` may name, beside the plan."""

    templates: Templates


class AnyEntry(Entry):
    of: Some[Role]
    count: Count = 1


class RelaxedEntry(Entry):
    roles: Some[Role]


class ApprovalEntry(Entry):
    """Without `release`, the category says who sends, or the spokesperson for `default`."""

    roles: Some[Role] = ()
    any: AnyEntry | None = None
    release: Role | None = None
    after_half_the_delay: RelaxedEntry | None = None

    @model_validator(mode="after")
    def _can_be_met(self) -> Self:
        choice = set(self.any.of) - set(self.roles) if self.any else set()
        if (self.any.count if self.any else 0) > len(choice) or not (self.roles or choice):
            raise wrong("rule")
        return self


class StepsEntry(Entry):
    remind: Duration
    deputy: Duration
    manager: Duration

    @model_validator(mode="after")
    def _grow(self) -> Self:
        if not self.remind < self.deputy < self.manager:
            raise wrong("steps_order")
        return self


class TakeUpEntry(StepsEntry):
    remind: Duration = timedelta(minutes=5)
    deputy: Duration = timedelta(minutes=10)
    manager: Duration = timedelta(minutes=15)


class DecideEntry(StepsEntry):
    remind: Duration = timedelta(minutes=10)
    deputy: Duration = timedelta(minutes=20)
    manager: Duration = timedelta(minutes=30)


class FollowUpEntry(Entry):
    default: Some[Duration] = (timedelta(days=3),)
    remind: Duration = timedelta(hours=2)
    escalate: Duration = timedelta(hours=4)

    @model_validator(mode="after")
    def _grow(self) -> Self:
        if not self.remind < self.escalate:
            raise wrong("escalate_order")
        return self


class ContactsEntry(Entry):
    role: Role = Role.MODERATOR
    sources: Some[Source] = tuple(Source)
    within: Duration = timedelta(minutes=15)
    remind: Duration = timedelta(minutes=10)

    @model_validator(mode="after")
    def _grow(self) -> Self:
        if not self.remind < self.within:
            raise wrong("within_order")
        return self


class CloseEntry(Entry):
    roles: Some[Role] = (Role.SPOKESPERSON, Role.MANAGER)


class SwapEntry(Entry):
    role: Role
    on: Day
    leaves: PersonRef = Field(alias="from")
    takes: PersonRef = Field(alias="to")


class WorkspacesEntry(Entry):
    slack: Workspace | None = None
    teams: Tenant | None = None


class CommunityEntry(Entry):
    name: Name
    code: Code | None = None
    country: Country
    locale: Locale | None = None
    timezone: Zone | None = None
    moderation: Moderation = Moderation.A_POSTERIORI
    rooms: Some[Platform]
    workspaces: WorkspacesEntry = WorkspacesEntry()
    channels: Some[ChannelRef] = ()
    client_contact: PersonRef | None = None
    first_message: FirstMessageEntry | None = None
    register_: Register = Field(default=Register.VOUS, alias="register")
    reply_to: ReplyToEntry | None = None
    letter: LetterEntry = LetterEntry()
    templates: Templates = ()
    roles: Annotated[dict[Role, Some[PersonRef]], AfterValidator(not_empty)]
    duty: dict[Role, dict[PersonRef, Annotated[Some[Hours], BeforeValidator(listed)]]] = {}
    swaps: tuple[SwapEntry, ...] = ()
    approvals: dict[CategoryRef, ApprovalEntry] = {}
    take_up: TakeUpEntry = TakeUpEntry()
    decide: DecideEntry = DecideEntry()
    follow_up: FollowUpEntry = FollowUpEntry()
    contacts: ContactsEntry = ContactsEntry()
    quiet: Quiet | None = None
    member_text: MemberText | None = None
    close: CloseEntry = CloseEntry()
    digest: Clock = time(8, 30)


class PlanFile(Entry):
    version: Literal[1] = 1
    locale: Locale = "fr"
    timezone: Zone = ZoneInfo("Europe/Paris")
    people: Annotated[dict[Key, PersonEntry], AfterValidator(not_empty)]
    communities: Annotated[dict[Key, CommunityEntry], AfterValidator(not_empty)]
