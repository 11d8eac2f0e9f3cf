"""From the plan file as it was written to the plan as it is used."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.approvals import ApprovalRule
from bot.domain.categories import DEFAULT, Category
from bot.domain.duty import Duty, Swap
from bot.domain.ids import PersonId, Platform
from bot.domain.postal import LINE_LENGTH
from bot.domain.roster import Role
from bot.domain.templates import Agreement, Template
from bot.plan.crosschecks import default_code
from bot.plan.model import (
    Community,
    ContactSearch,
    FirstMessage,
    FollowUp,
    LetterHead,
    Person,
    Plan,
    ReplyTo,
    Steps,
)
from bot.plan.schema import (
    ApprovalEntry,
    CommunityEntry,
    ContactsEntry,
    FirstMessageEntry,
    FollowUpEntry,
    PersonEntry,
    PlanFile,
    ReplyToEntry,
    StepsEntry,
    TemplateEntry,
    WorkspacesEntry,
)
from bot.texts import Locale


def built(file: PlanFile, categories: Mapping[str, Category]) -> Plan:
    people = {PersonId(key): _person(PersonId(key), entry, file) for key, entry in file.people.items()}
    communities = {key: _community(key, entry, file, categories) for key, entry in file.communities.items()}
    return Plan(
        version=file.version,
        locale=file.locale,
        timezone=file.timezone,
        people=MappingProxyType(people),
        communities=MappingProxyType(communities),
    )


def _person(key: PersonId, entry: PersonEntry, file: PlanFile) -> Person:
    return Person(
        id=key,
        name=entry.name,
        email=entry.email,
        phone=entry.phone,
        slack=entry.slack,
        teams=entry.teams,
        timezone=entry.timezone or file.timezone,
        locale=entry.locale or file.locale,
        country=entry.country,
        external=entry.external,
    )


def _community(
    key: str, entry: CommunityEntry, file: PlanFile, categories: Mapping[str, Category]
) -> Community:
    return Community(
        id=key,
        name=entry.name,
        code=entry.code or default_code(key),
        country=entry.country,
        locale=entry.locale or file.locale,
        timezone=entry.timezone or file.timezone,
        moderation=entry.moderation,
        rooms=entry.rooms,
        workspaces=_workspaces(entry.workspaces),
        channels=entry.channels,
        client_contact=entry.client_contact,
        first_message=_first_message(entry.first_message),
        register=entry.register_,
        reply_to=_reply_to(entry.reply_to),
        letter=_letter(entry),
        templates=tuple(_template(each) for each in entry.templates),
        roles=MappingProxyType(entry.roles),
        duty=_duty(entry),
        approvals=_approvals(entry, categories),
        take_up=_steps(entry.take_up),
        decide=_steps(entry.decide),
        follow_up=_follow_up(entry.follow_up),
        contacts=_contacts(entry.contacts),
        quiet=entry.quiet,
        member_text=entry.member_text,
        close=entry.close.roles,
        digest=entry.digest,
    )


def _workspaces(entry: WorkspacesEntry) -> Mapping[Platform, str]:
    named = {Platform.SLACK: entry.slack, Platform.TEAMS: entry.teams}
    return MappingProxyType({platform: own for platform, own in named.items() if own})


def _first_message(entry: FirstMessageEntry | None) -> FirstMessage | None:
    if entry is None:
        return None
    texts: dict[Locale, str | None] = {"fr": entry.fr, "en": entry.en}
    return FirstMessage(
        agreed_by=entry.agreed_by,
        until=entry.until,
        texts=MappingProxyType({locale: text for locale, text in texts.items() if text}),
    )


def _reply_to(entry: ReplyToEntry | None) -> ReplyTo | None:
    return None if entry is None else ReplyTo(entry.address, entry.hours)


def _letter(entry: CommunityEntry) -> LetterHead:
    """Without a word of the plan a letter comes from the community."""
    head = entry.letter
    return LetterHead(
        sender=head.sender or entry.name[:LINE_LENGTH],
        address=head.address,
        place=head.place or "",
        signature=head.signature or "",
    )


def _template(entry: TemplateEntry) -> Template:
    agreed = None
    if entry.agreed_by and entry.agreed_on and entry.until:
        agreed = Agreement(by=entry.agreed_by, on=entry.agreed_on, until=entry.until)
    return Template(
        id=entry.id,
        kind=entry.kind,
        categories=entry.categories,
        levels=entry.levels,
        language=entry.language,
        register=entry.register_,
        routes=entry.routes,
        title=entry.title,
        text=entry.text,
        agreement=agreed,
    )


def _duty(entry: CommunityEntry) -> Duty:
    hours = {(role, person): spans for role, people in entry.duty.items() for person, spans in people.items()}
    swaps = tuple(
        Swap(role=each.role, on=each.on, leaves=each.leaves, takes=each.takes) for each in entry.swaps
    )
    return Duty(hours=MappingProxyType(hours), swaps=swaps)


def _steps(entry: StepsEntry) -> Steps:
    return Steps(remind=entry.remind, deputy=entry.deputy, manager=entry.manager)


def _follow_up(entry: FollowUpEntry) -> FollowUp:
    return FollowUp(default=entry.default, remind=entry.remind, escalate=entry.escalate)


def _contacts(entry: ContactsEntry) -> ContactSearch:
    return ContactSearch(role=entry.role, sources=entry.sources, within=entry.within, remind=entry.remind)


def _approvals(entry: CommunityEntry, categories: Mapping[str, Category]) -> Mapping[str, ApprovalRule]:
    rules = {}
    for key, rule in entry.approvals.items():
        own = Role.SPOKESPERSON if key == DEFAULT else categories[key].at(None).approvals.release
        rules[key] = _rule(rule, release=rule.release or own)
    return MappingProxyType(rules)


def _rule(entry: ApprovalEntry, *, release: Role) -> ApprovalRule:
    relaxed = entry.after_half_the_delay
    return ApprovalRule(
        roles=entry.roles,
        any_of=entry.any.of if entry.any else (),
        count=entry.any.count if entry.any else 0,
        release=release,
        after_half_the_delay=relaxed.roles if relaxed else None,
    )
