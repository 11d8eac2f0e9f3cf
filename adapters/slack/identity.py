"""Who somebody on Slack is in the plan, and the other way round."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.slack.calls import Calls, Refusal
from adapters.slack.texts import Json
from bot.domain.ids import PersonId, Platform
from bot.errands import Errands
from bot.interactions import Actor, Standing
from bot.plan.model import Plan
from bot.ports import Clock, Denied, GatewayError, Unreachable

KEPT = timedelta(minutes=10)
"""How long an account is believed before Slack is asked again, beside the answer."""
PATIENCE = 2.0
"""Seconds that an unknown person may cost before Slack is answered (it waits 3)."""


@dataclass(frozen=True, slots=True)
class Bot:
    """Who we are: from `auth.test`."""

    user: str
    team: str
    enterprise: str | None


@dataclass(frozen=True, slots=True)
class Account:
    """What Slack says of one user. `email` is empty for those whom another workspace vouches for."""

    user: str
    email: str
    standing: Standing
    locale: str
    name: str
    asked_at: datetime


class Identity:
    """Looks people up by the plan's Slack id, else by e-mail address; remembers what Slack said."""

    def __init__(self, *, calls: Calls, plan: Callable[[], Plan], clock: Clock, errands: Errands) -> None:
        self._calls = calls
        self._plan = plan
        self._clock = clock
        self._errands = errands
        self._bot: Bot | None = None
        self._accounts: dict[str, Account] = {}
        self._users: dict[str, str] = {}
        self._asking: set[str] = set()

    async def actor(self, user: str) -> Actor:
        """Say who acts. Raises `GatewayError` when only Slack could say it, and does not."""
        try:
            account = await self._account(user)
        except GatewayError as failure:
            named = self._plan().person_by_slack(user)
            if named is not None:
                return Actor(Platform.SLACK, named.id, locale=named.locale)
            if isinstance(failure, Refusal):
                return Actor(Platform.SLACK, None, Standing.STRANGER)
            raise
        person = self._person(account)
        if person:
            return Actor(Platform.SLACK, person, account.standing, account.locale)
        return Actor(
            Platform.SLACK, None, account.standing, account.locale, name=account.name, account=account.user
        )

    async def person(self, user: str) -> PersonId | None:
        """Return whom the plan knows by this Slack user, if anybody."""
        named = self._plan().person_by_slack(user)
        return named.id if named else self._person(await self._account(user))

    def knows(self, person: PersonId) -> bool:
        """Whether the plan says where to find somebody here; asks nobody."""
        known = self._plan().people.get(person)
        return known is not None and known.has_a_seat_on(Platform.SLACK)

    def known_user(self, person: PersonId) -> str | None:
        """Return somebody's Slack user as far as it is known without asking."""
        known = self._plan().people.get(person)
        if known is None or known.external:
            return None
        return known.slack or self._users.get(known.email or "")

    async def user(self, person: PersonId) -> str:
        """Return somebody's Slack user. Raises `Denied` when they have none, or another `GatewayError`."""
        if not self.knows(person):
            raise Denied("not_on_slack")
        if user := self.known_user(person):
            return user
        email = self._plan().person(person).email or ""
        answer = await self._calls("users.lookupByEmail", email=email)
        self._users[email] = answer["user"]["id"]
        return self._users[email]

    async def meet(self, people: Iterable[PersonId]) -> Mapping[PersonId, GatewayError]:
        """Look for these people together, so that `known_user` answers; return why it will not for some."""
        strangers = [person for person in people if not self.known_user(person)]
        failures = await asyncio.gather(*(self._failure(person) for person in strangers))
        return {person: why for person, why in zip(strangers, failures, strict=True) if why is not None}

    async def warm_up(self) -> None:
        """Ask about everyone in the plan ahead of the first press; what fails now is asked for later."""
        people = [person for person in self._plan().people if self.knows(person)]
        await self.meet(people)
        for person in people:
            if user := self.known_user(person):
                await self._ask_again(user)

    @property
    def team(self) -> str | None:
        """The workspace's id, once it is known."""
        return self._bot.team if self._bot else None

    async def bot(self) -> Bot:
        """Return who we are here."""
        if self._bot is None:
            said = await self._calls("auth.test")
            self._bot = Bot(said["user_id"], said["team_id"], said.get("enterprise_id"))
        return self._bot

    async def _failure(self, person: PersonId) -> GatewayError | None:
        try:
            await self.user(person)
        except GatewayError as failure:
            return failure
        return None

    def _person(self, account: Account) -> PersonId | None:
        """A Slack id in the plan stands over the address, which only our own workspace vouches for."""
        named = self._plan().person_by_slack(account.user)
        if named is None and account.email:
            by_email = self._plan().person_by_email(account.email)
            named = by_email if by_email and by_email.slack is None else None
        return named.id if named and not named.external else None

    async def _account(self, user: str) -> Account:
        known = self._accounts.get(user)
        if known is None:
            return await self._ask_in_time(user)
        if self._clock() - known.asked_at > KEPT and user not in self._asking:
            self._asking.add(user)
            self._errands.start(self._ask_again(user), name="look a person up again")
        return known

    async def _ask_in_time(self, user: str) -> Account:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._ask(user)
        except TimeoutError:
            raise Unreachable("timeout") from None

    async def _ask_again(self, user: str) -> None:
        try:
            await self._ask(user)
        except Refusal:
            self._accounts.pop(user, None)
        except GatewayError:
            return
        finally:
            self._asking.discard(user)

    async def _ask(self, user: str) -> Account:
        bot, asked_at = await self.bot(), self._clock()
        said: Json = (await self._calls("users.info", user=user, include_locale=True))["user"]
        standing = _standing(said, bot)
        email = said.get("profile", {}).get("email") or "" if standing is not Standing.STRANGER else ""
        locale, name = (said.get("locale") or "fr")[:2], said.get("real_name") or said.get("name") or ""
        account = Account(user, email.lower(), standing, locale, name, asked_at)
        self._accounts[user] = account
        return account


def _standing(said: Json, bot: Bot) -> Standing:
    enterprise = said.get("enterprise_user", {}).get("enterprise_id")
    ours = said.get("team_id") == bot.team or (enterprise is not None and enterprise == bot.enterprise)
    if not ours or any(said.get(flag) for flag in ("is_stranger", "deleted", "is_bot")):
        return Standing.STRANGER
    if said.get("is_restricted") or said.get("is_ultra_restricted"):
        return Standing.GUEST
    return Standing.FULL
