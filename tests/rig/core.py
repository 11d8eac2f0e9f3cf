"""The core alone: interactions in, rows out to a platform in memory; no HTTP, no thread, a clock to set."""

import asyncio
import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from bot.application import Application
from bot.cards import Action, Answer
from bot.data import SAMPLE_PLAN
from bot.domain.crisis import Crisis
from bot.domain.drafts import Draft
from bot.domain.ids import CrisisId, PersonId, Platform, RoomRef
from bot.domain.verbs import Verb
from bot.interactions import Actor, ButtonPress, FormSubmission, Interaction, SlashCommand, Standing
from bot.main import guide_of
from bot.ports import Carrier, Email
from bot.relay import Relay
from bot.store import Store
from bot.texts import translator
from bot.threads import Threads
from bot.views.journal import line
from tests.rig.chat import Chat
from tests.rig.good_reply import good_reply
from tests.rig.memory import MemoryStore
from tests.rig.plans import read_once
from tests.rig.samples import NIGHT

P = ParamSpec("P")
R = TypeVar("R")

WORDS = "aidez-moi, je n'en peux plus"
"""What the member of each crisis wrote."""
GOOD = good_reply("je n'en peux plus")

_keys = itertools.count(1)


class Inline(Threads):
    """Runs everything at once, where it is asked."""

    def __init__(self) -> None:
        super().__init__(writers=1)

    async def write(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return work(*args, **kwargs)

    async def write_behind(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return work(*args, **kwargs)

    async def read(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return work(*args, **kwargs)


class Core:
    """One process of the service; another on the same store and chat goes on where this one stopped."""

    def __init__(
        self,
        *,
        store: Store | None = None,
        chat: Chat | None = None,
        plan: Path = SAMPLE_PLAN,
        now: datetime = NIGHT,
        carrier: Carrier[Email] | None = None,
        letters: bool = True,
    ) -> None:
        self.carrier = carrier
        self.now = now
        self.store = store if store is not None else MemoryStore()
        self.chat = chat or Chat()
        rooms = f"rooms: [web, {self.chat.platform}]"
        read = read_once(plan.read_text("utf-8").replace("rooms: [web, slack]", rooms))
        self.guide = guide_of(read, (self.chat.platform,), mail=carrier is not None, letters=letters)
        self.application = Application(
            store=self.store,
            guide=self.guide,
            clock=lambda: self.now,
            committed=lambda: None,
            base_url="https://cellule.test",
        )

    def ask(self, interaction: Interaction) -> Answer:
        return self.application.handle(interaction)

    def command(self, who: str, text: str, *, room: RoomRef | None = None, key: str = "") -> Answer:
        return self.ask(SlashCommand(key or fresh_key(), self._actor(who), text, room))

    def press(
        self, who: str | Actor, verb: Verb, subject: str = "", revision: int | None = None, *, key: str = ""
    ) -> Answer:
        return self.ask(ButtonPress(key or fresh_key(), self._actor(who), Action(verb, subject, revision)))

    def fill(
        self,
        who: str | Actor,
        verb: Verb,
        subject: str = "",
        revision: int | None = None,
        *,
        key: str = "",
        **values: str,
    ) -> Answer:
        action = Action(verb, subject, revision)
        return self.ask(FormSubmission(key or fresh_key(), self._actor(who), action, values))

    def opens(
        self, who: str = "lea", *, first: str = "someone_in_danger", community: str = "forum"
    ) -> CrisisId:
        """Open a crisis and let its room be made."""
        before = set(self.crises())
        answer = self.fill(who, Verb.OPEN, text=WORDS, first_choice=first, community=community)
        assert answer.code is None, answer
        self.deliver()
        (new,) = set(self.crises()) - before
        return new

    def proposes(self, crisis: CrisisId, who: str = "lea", *, text: str = GOOD) -> Draft:
        answer = self.fill(who, Verb.DRAFT, crisis, text=text, routes="private_message,email")
        assert answer.code is None, answer
        return self.crisis(crisis).drafts[-1]

    def crises(self) -> list[CrisisId]:
        with self.store.read() as uow:
            return [c.id for c in uow.crises.of(["forum", "club"], closed_since=NIGHT - timedelta(days=999))]

    def alerts(self) -> list[str]:
        with self.store.read() as uow:
            return [alert.id for alert in uow.alerts.undecided()]

    def crisis(self, crisis: CrisisId) -> Crisis:
        with self.store.read() as uow:
            found = uow.crises.get(crisis)
        assert found is not None
        return found

    def log(self, crisis: CrisisId) -> str:
        """The lines of its log, in French, with plain blanks."""
        guide, zone = self.guide(), ZoneInfo("Europe/Paris")
        with self.store.read() as uow:
            events = [entry.event for entry in uow.journal.of(crisis)]
        told = "\n".join(line(event, guide=guide, zone=zone, _=translator("fr")) for event in events)
        return told.replace("\xa0", " ").replace("\u202f", " ")

    def tick(self) -> int:
        done = self.application.tick(self.now)
        while judged := self.application.judge_next():
            self.application.propose(judged, self.now)
        return done

    def deliver(self) -> None:
        """Send what can be sent now."""
        relay = Relay(
            application=self.application,
            gateways={self.chat.platform: self.chat},
            threads=Inline(),
            recorded=lambda _places: None,
            carrier=self.carrier,
        )
        asyncio.run(relay.drain())

    def settle(self) -> None:
        """Do what is due, and send what follows."""
        while self.tick():
            pass
        self.deliver()

    def later(self, **ahead: float) -> None:
        """Let time pass in one step."""
        self.now += timedelta(**ahead)
        self.settle()

    def _actor(self, who: str | Actor) -> Actor:
        return who if isinstance(who, Actor) else Actor(self.chat.platform, PersonId(who))


def actor(who: str) -> Actor:
    """A person of the plan at their Slack client."""
    return Actor(Platform.SLACK, PersonId(who))


def guest_of(person: str | None) -> Actor:
    """A guest of the workspace, whatever their address says."""
    return Actor(Platform.SLACK, PersonId(person) if person else None, Standing.GUEST)


def fresh_key() -> str:
    return f"test:{next(_keys)}"
