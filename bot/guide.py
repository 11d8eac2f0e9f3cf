"""What the cell works by: the client's plan and the facts that ship with the product."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain import duty, no_answer, review
from bot.domain.approvals import ApprovalRule
from bot.domain.categories import Category, KeepOnline, MemberText, Terms, approval_rule_for
from bot.domain.cell import has_left
from bot.domain.crisis import Crisis
from bot.domain.drafts import Draft
from bot.domain.errors import Code, Refused
from bot.domain.first_message import rereaders, some_word_released
from bot.domain.follow_up import Schedule
from bot.domain.helplines import HelpLines
from bot.domain.ids import PersonId, Platform
from bot.domain.levels import Level, LevelFacts
from bot.domain.members import waits_since
from bot.domain.message import seen_online
from bot.domain.proposal import Proposal, is_of_another, standing
from bot.domain.roster import Role
from bot.domain.serious_news import check_may_write
from bot.domain.states import AskedAs, CrisisStatus, Deadline, DraftStatus, Presence
from bot.domain.templates import Template, agreed_receipts
from bot.plan.model import Community, FirstMessage, Person, Plan
from bot.plan.unknown import community_of
from bot.texts import Translator, translator

RINGS_AT_ONCE = 3
"""From this severity on nobody waits for the end of the quiet hours."""


NONE_IN_FORCE = {Code.FIRST_MESSAGE_ABSENT, Code.FIRST_MESSAGE_EXPIRED}
"""Why the plan's first message cannot leave, where a receipt that the client agreed to still may."""


@dataclass(frozen=True, slots=True)
class Guide:
    """`platforms` are those whose adapter is on.

    A community's rooms are made on the ones it names among them. `mail`: Cellule itself sends e-mails;
    `letters`: it sets letters. `hour` (UTC) and `away` say who is on duty: see `at`.
    """

    plan: Plan
    categories: Mapping[str, Category]
    levels: Mapping[Level, LevelFacts]
    help_lines: HelpLines
    schedule: Schedule
    platforms: tuple[Platform, ...]
    mail: bool = False
    letters: bool = False
    hour: datetime | None = None
    away: Callable[[datetime], Collection[PersonId]] = lambda _hour: ()

    def at(self, hour: datetime, away: Callable[[datetime], Collection[PersonId]]) -> "Guide":
        """The same guide at an hour: people are called in the order of duty, not in the plan's.

        `away` names those who are away then; it is asked only when somebody is called.
        """
        return replace(self, hour=hour, away=away)

    def community(self, crisis: Crisis) -> Community:
        """The community of a crisis; while nobody has named it, one that stands for all it may be."""
        return community_of(self.plan, crisis.community)

    def category(self, crisis: Crisis) -> Category:
        """The kind of situation."""
        return self.categories[crisis.category]

    def is_distress(self, crisis: Crisis) -> bool:
        """Whether somebody may be in distress: noted, or not assessed yet."""
        level = self.category(crisis).level_in_force(crisis.level)
        return level is not None and level > Level.D0

    def proposal(self, crisis: Crisis) -> Proposal | None:
        """What the triage aid proposes and nobody has decided on. It only raises: never below what acts."""
        proposal, acts = standing(crisis), self.category(crisis).level_in_force(crisis.level)
        if proposal is None or is_of_another(crisis, proposal):
            return proposal
        return None if acts and proposal.level < acts else proposal

    def to_hide(self, crisis: Crisis) -> bool:
        """Whether the member's message should be hidden and, for all we know, is not."""
        return self.category(crisis).keep_online is KeepOnline.NO and seen_online(crisis)

    def on_demand(self, crisis: Crisis) -> bool:
        """Whether only those who ask see the member's words: the plan says it, else the category.

        Always where a room can be read by others than the cell.
        """
        if any(room.overheard for room in crisis.rooms):
            return True
        said = self.community(crisis).member_text or self.category(crisis).member_text
        return said is MemberText.ON_DEMAND

    def terms(self, crisis: Crisis) -> Terms:
        """The delays of this crisis as it is judged now."""
        return self.category(crisis).at(crisis.level)

    def deadlines(self, crisis: Crisis) -> Mapping[Deadline, datetime]:
        """What is still owed, and by when, to whoever waits longest: from when their message was seen."""
        if crisis.status is not CrisisStatus.OPEN or crisis.silenced_at:
            return {}
        terms = self.terms(crisis)
        owed = {Deadline.FIRST_WORD: terms.receipt, Deadline.REPLY: terms.reply}
        return {
            what: since + delay
            for what, delay in owed.items()
            if delay is not None and (since := waits_since(crisis, what))
        }

    def contact_to_tell(self, crisis: Crisis) -> PersonId | None:
        """The client's person who learns that a crisis is open; None where the cell they are in told them."""
        contact = self.community(crisis).client_contact
        silent = crisis.drill or crisis.status is CrisisStatus.CLOSED or contact in crisis.people
        return None if silent else contact

    def half_the_delay(self, crisis: Crisis) -> datetime | None:
        """When half of the time to reply has passed; None where no reply is due."""
        delay = self.terms(crisis).reply
        return None if delay is None else crisis.seen_at + delay / 2

    def rule(self, crisis: Crisis, now: datetime) -> ApprovalRule:
        """Who must approve a reply in this crisis, as it is judged now; the fallback only once it holds."""
        rule = approval_rule_for(self.category(crisis), crisis.level, self.community(crisis).approvals)
        half = self.half_the_delay(crisis)
        return rule if half is not None and half <= now else rule.before_half_the_delay()

    def first_message(self, crisis: Crisis, *, now: datetime) -> FirstMessage:
        """What may go to the member without approval.

        Raises `silenced` after serious news, `already_done` once a word has left, `no_distress`,
        `first_message_absent`, `first_message_expired`.
        """
        check_may_write(crisis)
        if some_word_released(crisis):
            raise Refused(Code.ALREADY_DONE)
        level = self.category(crisis).level_in_force(crisis.level)
        if level is None or level is Level.D0:
            raise Refused(Code.NO_DISTRESS)
        community = self.community(crisis)
        message = community.first_message
        if message is None:
            raise Refused(Code.FIRST_MESSAGE_ABSENT)
        if now.astimezone(community.timezone).date() > message.until:
            raise Refused(Code.FIRST_MESSAGE_EXPIRED)
        return message

    def rereaders(self, crisis: Crisis, draft: Draft, *, now: datetime) -> tuple[PersonId, ...]:
        """Who re-reads a first message the next morning."""
        referents = self.chain(crisis, Role.DISTRESS_REFERENT)
        return rereaders(crisis, draft, self.rule(crisis, now), referents=referents)

    def may_send_first_message(self, crisis: Crisis, *, now: datetime) -> bool:
        """Whether the first message may leave now."""
        if crisis.status is CrisisStatus.CLOSED:
            return False
        try:
            self.first_message(crisis, now=now)
        except Refused as refused:
            return refused.code in NONE_IN_FORCE and bool(self.agreed_receipts(crisis, now=now))
        return True

    def agreed_receipts(self, crisis: Crisis, *, now: datetime) -> tuple[Template, ...]:
        """The client's own first words that are pre-approved today and leave nothing to write."""
        community, level = self.community(crisis), self.category(crisis).level_in_force(crisis.level)
        day = now.astimezone(community.timezone).date()
        return agreed_receipts(community.templates, category=crisis.category, level=level, day=day)

    def agreeing(self, crisis: Crisis) -> tuple[Role, ...]:
        """Who must agree that a member gets no answer."""
        return no_answer.agreeing(self.category(crisis).level_in_force(crisis.level))

    def awaited(self, crisis: Crisis, draft: Draft, now: datetime) -> tuple[PersonId, ...]:
        """Whose decision on a draft is asked."""
        if draft.status is DraftStatus.IN_REVIEW:
            return review.awaited(crisis, draft, self.rule(crisis, now))
        if draft.status is DraftStatus.NO_ANSWER_ASKED:
            return no_answer.awaited(crisis, draft, self.agreeing(crisis))
        return ()

    def chain(self, crisis: Crisis, role: Role) -> tuple[PersonId, ...]:
        """Who can hold a role in the crisis's community, in the order in which they are called."""
        return self.holders(self.community(crisis), role)

    def holders(self, community: Community, role: Role) -> tuple[PersonId, ...]:
        """Who can hold a role, those on duty first; without an hour, in the plan's order."""
        if self.hour is None:
            return community.holders(role)
        return duty.in_order(community, role, at=self.hour, away=self.away(self.hour))

    def absent(self, crisis: Crisis, role: Role, person: PersonId) -> bool:
        """Whether somebody who holds a role is away at this hour, or off duty by the plan's hours for it."""
        if self.hour is None:
            return False
        community = self.community(crisis)
        listed = person in community.holders(role)
        off_duty = listed and person not in duty.on_duty(community, role, at=self.hour)
        return off_duty or person in self.away(self.hour)

    def cannot_decide(self, crisis: Crisis, draft: Draft, role: Role) -> bool:
        """Whether everybody who holds a role wrote the text, is away or off duty."""
        return review.holders_cannot_decide(crisis, draft, role, absent=partial(self.absent, crisis))

    def stands_in(self, crisis: Crisis, draft: Draft, role: Role, person: PersonId) -> bool:
        """Whether a deputy may decide for a role whose holders cannot, though nobody has called them."""
        asked = any(a.person == person for a in crisis.assignments if a.role is role)
        listed = person in self.chain(crisis, role)
        return listed and not asked and self.cannot_decide(crisis, draft, role)

    def rings_at(self, crisis: Crisis, at: datetime) -> datetime:
        """When people are called whom one would call `at`: what is not grave waits while they sleep."""
        community = self.community(crisis)
        if community.quiet is None or self.rings_always(crisis):
            return at
        return community.quiet.ends_at(at, community.timezone) or at

    def rings_always(self, crisis: Crisis) -> bool:
        """Whether it is so grave that a call rings at any hour, and by itself."""
        emergency = crisis.emergency
        open_emergency = emergency is not None and not emergency.settled
        return crisis.severity >= RINGS_AT_ONCE or open_emergency

    def due(self, crisis: Crisis, since: datetime, delay: timedelta) -> datetime:
        """When a delay is over; one that would end in quiet hours begins anew after them."""
        at = self.rings_at(crisis, since) + delay
        morning = self.rings_at(crisis, at)
        return at if morning == at else morning + delay

    def follow_up_owner(self, crisis: Crisis) -> PersonId:
        """Who looks after the member."""
        return self.followers(crisis)[0]

    def followers(self, crisis: Crisis) -> tuple[PersonId, ...]:
        """Who looks after the member, then who deputises.

        Whoever took the moderator's part over last; the moderators who are here, then those who were asked,
        then the others of the community. Where all of these have left, whoever else has a part, a manager.
        """
        chain = [p for p in self.chain(crisis, Role.MODERATOR) if not has_left(crisis, p)]
        held = [a for a in crisis.assignments if a.held]
        taken = [a.person for a in held if a.asked_as is AskedAs.TAKES_OVER and a.role is Role.MODERATOR]
        present = {a.person for a in held if a.presence is Presence.TAKEN_UP}
        asked = {a.person for a in held}
        order = [p for p in reversed(taken) if p in chain]
        order += sorted(chain, key=lambda person: (person not in present, person not in asked))
        named = self.community(crisis).roles_of
        others = [a.person for a in held if named(a.person)] + list(self.chain(crisis, Role.MANAGER))
        return tuple(dict.fromkeys(order or others or [crisis.opened_by]))

    def rooms_for(self, community: Community) -> tuple[Platform, ...]:
        """Where a crisis of this community opens a room, in the plan's order.

        The browser comes last, for a page rings nobody; it is there when none of the platforms is on.
        """
        wanted = [p for p in community.rooms if p in self.platforms] or [Platform.WEB]
        return tuple(sorted(wanted, key=lambda platform: platform is Platform.WEB))

    def with_guests(self, crisis: Crisis) -> "Guide":
        """The guide that also knows the guests of one crisis: external people who speak as its community."""
        invited = [guest for guest in crisis.guests if guest.name]
        if not invited:
            return self
        community = self.community(crisis)
        people = {
            guest.person: Person(
                id=guest.person,
                name=guest.name,
                email=guest.email,
                phone=None,
                slack=None,
                teams=None,
                timezone=community.timezone,
                locale=community.locale,
                country=None,
                external=True,
            )
            for guest in invited
        }
        return replace(self, plan=replace(self.plan, people={**self.plan.people, **people}))

    def is_external(self, person: PersonId) -> bool:
        """Whether somebody has no seat on the platforms, and comes in by a link."""
        known = self.plan.people.get(person)
        return known is not None and known.external

    def meets_on(self, platform: Platform, person: PersonId) -> bool:
        """Whether a person can be written to and invited there: somebody external has a browser only."""
        if platform is Platform.WEB:
            return True
        known = self.plan.people.get(person)
        return known is not None and known.has_a_seat_on(platform)

    def name(self, person: PersonId | None) -> str:
        """What the cell calls somebody: the first name; the plan's old key of one who has left it.

        Cellule itself has acts of its own.
        """
        if person is None:
            return "Cellule"
        known = self.plan.people.get(person)
        return known.name.split()[0] if known else person.capitalize()

    def translator_for(self, person: PersonId | None) -> Translator:
        """The language of a person."""
        known = self.plan.people.get(person) if person else None
        return translator(known.locale if known else self.plan.locale)

    def zone_for(self, person: PersonId | None) -> ZoneInfo:
        """The time zone of a person."""
        known = self.plan.people.get(person) if person else None
        return known.timezone if known else self.plan.timezone
