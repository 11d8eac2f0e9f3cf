"""What a plan that can be used still lacks. Nothing here stops a start."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from babel.dates import format_datetime

from bot.domain.approvals import missing
from bot.domain.categories import Category, approval_rule_for
from bot.domain.duty import gaps
from bot.domain.ids import PersonId, Platform
from bot.domain.levels import Level
from bot.domain.roster import Role
from bot.plan.model import Community, Plan
from bot.remarks import Remark, warning
from bot.texts import Translator
from bot.views.lines import BABEL_LOCALES

LOOK_AHEAD = timedelta(days=14)
"""How far ahead the hours of duty are looked through."""


def plan_remarks(
    plan: Plan,
    *,
    categories: Mapping[str, Category],
    platforms: tuple[Platform, ...],
    now: datetime,
    _: Translator,
) -> Iterator[Remark]:
    """`platforms` are those whose adapter is on."""
    yield from _people_remarks(plan, platforms, _)
    for community in plan.communities.values():
        yield from _role_remarks(community, categories, _)
        yield from _room_remarks(community, platforms, _)
        yield from _first_message_remarks(community, now.astimezone(community.timezone).date(), _)
        yield from _template_remarks(community, now.astimezone(community.timezone).date(), _)
        yield from _duty_remarks(community, now, _)


def _people_remarks(plan: Plan, platforms: tuple[Platform, ...], _: Translator) -> Iterator[Remark]:
    cell = {
        person
        for community in plan.communities.values()
        for people in community.roles.values()
        for person in people
    }
    silent = [p.id for p in plan.people.values() if p.id in cell and not p.phone]
    if silent:
        yield warning(
            _(
                "No telephone number for {people}: when their screen is off, nobody can call them. Write "
                "“phone:” beside their name.",
                people=_list(silent),
            )
        )
    unseen = [p.id for p in plan.people.values() if not (p.slack or p.email or p.external)]
    if unseen and Platform.SLACK in platforms:
        yield warning(
            _(
                "Neither “slack” nor “email” for {people}: Slack cannot find them, and they come in only by "
                "a personal link.",
                people=_list(unseen),
            )
        )


def _role_remarks(
    community: Community, categories: Mapping[str, Category], _: Translator
) -> Iterator[Remark]:
    if not community.holders(Role.MODERATOR):
        yield warning(
            _("{community}: nobody is “moderator”: nobody watches over a member.", community=community.name)
        )
    if not community.holders(Role.MANAGER):
        yield warning(
            _(
                "{community}: nobody is “manager”: calls that nobody answers go no further, and the morning "
                "page goes to nobody.",
                community=community.name,
            )
        )
    searches = community.contacts.role
    if searches is not Role.MODERATOR and not community.holders(searches):
        yield warning(
            _(
                "{community}: nobody is “{role}”, who looks for a member's contacts. Name somebody under "
                "“roles”, or change “contacts”.",
                community=community.name,
                role=searches.value,
            )
        )
    for role, named in _unfilled(community, categories).items():
        yield warning(
            _(
                "{community}: nobody is “{role}”, whose part a reply needs in: {categories}. Name somebody "
                "under “roles”, or change “approvals”.",
                community=community.name,
                role=role.value,
                categories=_list(named),
            )
        )


def _unfilled(community: Community, categories: Mapping[str, Category]) -> Mapping[Role, list[str]]:
    """The roles that nobody holds and without which a reply waits, with the categories that ask for them."""
    held = tuple(role for role in Role if community.holders(role))
    found: dict[Role, list[str]] = {}
    for category in categories.values():
        for level in Level if isinstance(category.terms, Mapping) else (None,):
            rule = approval_rule_for(category, level, community.approvals)
            lacking = missing(rule, held)
            for role in (*lacking.roles, *lacking.any_of, *({rule.release} - set(held))):
                named = found.setdefault(role, [])
                if category.id not in named:
                    named.append(category.id)
    return found


def _room_remarks(community: Community, platforms: tuple[Platform, ...], _: Translator) -> Iterator[Remark]:
    off = [platform.value for platform in community.rooms if platform not in platforms]
    if off:
        yield warning(
            _(
                "{community}: no room opens on {platforms}: Cellule is not connected there.",
                community=community.name,
                platforms=_list(off),
            )
        )


def _first_message_remarks(community: Community, today: date, _: Translator) -> Iterator[Remark]:
    message = community.first_message
    if message is None:
        yield warning(
            _(
                "{community}: no “first_message”: at night, nothing reaches a member in distress before "
                "somebody approves it.",
                community=community.name,
            )
        )
    elif message.until < today:
        yield warning(
            _(
                "{community}: the agreement on “first_message” ended on {day}: have it renewed, then change "
                "“until”.",
                community=community.name,
                day=message.until.isoformat(),
            )
        )


def _template_remarks(community: Community, today: date, _: Translator) -> Iterator[Remark]:
    if community.reply_to is None:
        yield warning(
            _(
                "{community}: no “reply_to”: prepared replies cannot say where members write back. Write an "
                "address that somebody reads, and in which hours.",
                community=community.name,
            )
        )
    ended = [t.id for t in community.templates if t.agreement and t.agreement.until < today]
    if ended:
        yield warning(
            _(
                "{community}: the agreement on these templates has ended, and they are drafts like any "
                "other: {templates}. Have it renewed, then change “until”.",
                community=community.name,
                templates=_list(ended),
            )
        )


def _duty_remarks(community: Community, now: datetime, _: Translator) -> Iterator[Remark]:
    """Name every span without anybody, role by role, in the community's time."""

    def local(at: datetime) -> str:
        return format_datetime(
            at, "EEE d MMM HH:mm", tzinfo=community.timezone, locale=BABEL_LOCALES[_.locale]
        )

    spans: dict[Role, list[str]] = {}
    for gap in gaps(community, since=now, until=now + LOOK_AHEAD):
        spans.setdefault(gap.role, []).append(f"{local(gap.since)} – {local(gap.until)}")
    for role, without in spans.items():
        yield warning(
            _(
                "{community}: nobody is on duty as “{role}” in these hours, and the first of the list is "
                "called all the same: {spans}. Add somebody under “duty” or “roles”.",
                community=community.name,
                role=role.value,
                spans=" · ".join(without),
            )
        )


def _list(names: list[PersonId] | list[str]) -> str:
    return ", ".join(names)
