"""What every use case is given: who asks, from where, in which transaction, at what hour."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TypeVar

from bot.cards import Action
from bot.domain import cell, members
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.domain.ids import FIRST, CrisisId, PersonId, RoomRef, crisis_of
from bot.domain.permissions import MANAGERS, check
from bot.domain.roster import Role
from bot.domain.states import CrisisStatus
from bot.domain.subjects import member_in
from bot.domain.verbs import Verb
from bot.guide import Guide
from bot.interactions import Actor, Standing
from bot.plan.model import Channel, Community
from bot.plan.unknown import ids_of
from bot.store import UnitOfWork
from bot.texts import Translator, translator
from bot.views.scene import Scene

T = TypeVar("T", bound=StrEnum)


CALLS = frozenset(
    {Verb.LIFE_IN_DANGER, Verb.I_CALLED, Verb.ON_THE_PHONE, Verb.CALL_NOT_NEEDED, Verb.CALL_OUTCOME}
)
"""Calling for help, and what is noted of it."""


class WhichCrisis(Exception):
    """A command may mean several crises: whoever typed it chooses."""

    def __init__(self, crises: Sequence[Crisis]) -> None:
        super().__init__()
        self.crises = crises


@dataclass(frozen=True, slots=True)
class Request:
    """One interaction, in one transaction.

    `key` is its name in the inbox; `new_id` gives the id of a crisis that it opens, `new_token` the secret of
    a link, which people follow under `base_url`. `chosen` is the crisis that a command means where its room
    does not say so.
    """

    uow: UnitOfWork
    key: str
    guide: Guide
    actor: Actor
    room: RoomRef | None
    now: datetime
    new_id: Callable[[], CrisisId]
    new_token: Callable[[], str]
    base_url: str
    chosen: str = ""

    @property
    def person(self) -> PersonId:
        """Who acts.

        Raises `stranger` for somebody whom the plan does not name, or a guest of the workspace.
        """
        person = self.actor.person
        known = person in self.guide.plan.people or self.actor.guest_of is not None
        if person is None or not known or self.actor.standing is not Standing.FULL:
            raise Refused(Code.STRANGER)
        return person

    @property
    def _(self) -> Translator:
        """The language of the one who acts: the plan's for its people, the platform's for others."""
        if self.actor.person in self.guide.plan.people:
            return self.guide.translator_for(self.actor.person)
        return translator(self.actor.locale)

    def crisis(self, verb: Verb, subject: str) -> Crisis:
        """The crisis of a subject, if this person may do this there. Any act there says «I'm on it» too."""
        named = crisis_of(subject)
        crisis = self.uow.crises.get(named) if named else None
        if crisis is None:
            raise Refused(Code.ABSENT)
        self.check(verb, crisis)
        if crisis.merged_into is not None and verb is not Verb.LOG:
            crisis = self._goes_on(verb, crisis)
        if verb is not Verb.DECLINE and crisis.status is not CrisisStatus.CLOSED:
            cell.take_up(crisis, person=self.person, at=self.now)
        return crisis

    def _goes_on(self, verb: Verb, crisis: Crisis) -> Crisis:
        """Where a crisis goes on: a call for help is never refused. Raises `crisis_merged` for all else."""
        number = crisis.merged_into or ""
        kept = self.uow.crises.numbered(number)
        if kept is None or verb not in CALLS:
            raise Refused(Code.CRISIS_MERGED, number=crisis.number, other=number)
        self.check(verb, kept)
        return self._goes_on(verb, kept) if kept.merged_into is not None else kept

    def check(self, verb: Verb, crisis: Crisis) -> None:
        """Raise what `permissions.check` does; to a guest every crisis but their own is absent."""
        if self.actor.guest_of not in {None, crisis.id}:
            raise Refused(Code.ABSENT)
        check(verb, crisis, self.person, self.community_roles(crisis))

    def crisis_here(self, verb: Verb) -> Crisis:
        """The crisis of the room where a command was typed; elsewhere the person's only open one.

        Somebody without a part in any means the only open one of the communities they manage or direct.
        Raises `WhichCrisis` when there are several, `absent` when there is none.
        """
        if self.chosen:
            return self.crisis(verb, self.chosen)
        here = self.uow.crises.in_room(self.actor.platform, self.room) if self.room else None
        if here is not None:
            return self.crisis(verb, here.id)
        crises = self.open_crises()
        mine = [c for c in crises if self.person in c.people]
        meant = mine or [c for c in crises if self.community_roles(c) & MANAGERS]
        if len(meant) > 1:
            raise WhichCrisis(meant)
        if not meant:
            raise Refused(Code.ABSENT)
        return self.crisis(verb, meant[0].id)

    def open_crises(self) -> list[Crisis]:
        """Every crisis not closed of the communities that may be meant here."""
        here = self.communities()
        ids = [c.id for c in here] if self.bound in here else ids_of(self.guide.plan, self.person)
        return list(self.uow.crises.of(ids))

    def communities(self) -> list[Community]:
        """Where the person has a role; in a channel bound to one of these, that one alone."""
        mine = list(self.guide.plan.communities_of(self.person))
        bound = self.bound
        return [bound] if bound in mine else mine

    @property
    def bound(self) -> Community | None:
        """The community that the plan binds the channel to."""
        if self.room is None:
            return None
        return self.guide.plan.community_of_channel(Channel(self.actor.platform, self.room))

    def community_roles(self, crisis: Crisis) -> frozenset[Role]:
        """What the plan makes of this person in the crisis's community."""
        return frozenset(self.guide.community(crisis).roles_of(self.person))

    def about(self, crisis: Crisis, subject: str) -> Scene:
        """The same, of the member whom a subject names. Raises `absent`."""
        member = member_in(subject)
        if member != FIRST:
            members.find(crisis, member)
        return self.scene(crisis).about(member)

    def scene(self, crisis: Crisis) -> Scene:
        """The crisis as this person sees it."""
        guide = self.guide.with_guests(crisis)
        return Scene(
            crisis=crisis,
            guide=guide,
            planned=partial(self.uow.reminders.of, crisis.id),
            now=self.now,
            _=self._,
            zone=guide.zone_for(self.person),
            platform=self.actor.platform,
            reader=self.person,
        )


def value(values: Mapping[str, str], name: str) -> str:
    """A form's value, trimmed; empty for an untouched field."""
    return (values.get(name) or "").strip()


def choice(kind: type[T], values: Mapping[str, str], name: str) -> T:
    """A form's value as one of a closed set. Raises `bad_value`."""
    try:
        return kind(value(values, name))
    except ValueError:
        raise Refused(Code.BAD_VALUE, field=name) from None


def count(values: Mapping[str, str], name: str) -> int:
    """A form's value as the number of a part. Raises `bad_value`."""
    typed = value(values, name)
    if not re.fullmatch("[0-9]{1,9}", typed):
        raise Refused(Code.BAD_VALUE, field=name)
    return int(typed)


def draft_number(action: Action) -> int:
    """The draft that an action is about: `….d2` is the second. Raises `absent`."""
    part = action.subject.rpartition(".d")[2]
    if not part.isdecimal():
        raise Refused(Code.ABSENT)
    return int(part)
