"""Who somebody on Teams is in the plan, and the other way round. Never by name."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.teams.calls import Refusal
from adapters.teams.connector import Connector, Conversation
from adapters.teams.graph import Graph
from adapters.teams.texts import Json
from bot.domain.ids import PersonId, Platform
from bot.errands import Errands
from bot.interactions import Actor, Standing
from bot.plan.model import Plan
from bot.ports import Clock, Denied, GatewayError, Gone, Unreachable

KEPT = timedelta(minutes=10)
"""How long an account is believed before Teams is asked again, beside the answer."""
PATIENCE = 2.0
"""Seconds that an unknown person may cost before Teams is answered."""


@dataclass(frozen=True, slots=True)
class Account:
    """What Microsoft says of one person; `id` is their Entra object id. Without a tenant it is not said."""

    id: str
    tenant: str
    emails: frozenset[str]
    standing: Standing
    name: str
    asked_at: datetime


class Identity:
    """Looks people up by the plan's Teams id, else by mail address; remembers what Microsoft said."""

    def __init__(
        self,
        *,
        connector: Connector,
        graph: Graph,
        plan: Callable[[], Plan],
        tenant: str,
        tenants: Callable[[], AbstractSet[str]],
        clock: Clock,
        errands: Errands,
    ) -> None:
        self._connector = connector
        self._graph = graph
        self._plan = plan
        self._tenant = tenant
        self._tenants = tenants
        self._found_in: dict[str, str] = {}
        self._clock = clock
        self._errands = errands
        self._accounts: dict[str, Account] = {}
        self._ids: dict[str, str] = {}
        self._asking: set[str] = set()

    async def actor(self, said: Json, where: Conversation, *, locale: str) -> Actor:
        """Say who acts; `said` is an activity's `from`.

        Raises `GatewayError` when only Microsoft could say it, and does not.
        """
        account_id = str(said["aadObjectId"])
        try:
            account = await self._account(account_id, where)
        except (Gone, Denied) as failure:
            if named := self._plan().person_by_teams(account_id):
                return Actor(Platform.TEAMS, named.id, locale=named.locale)
            if isinstance(failure, Refusal | Gone):
                return Actor(Platform.TEAMS, None, Standing.STRANGER, locale)
            raise
        if person := self._person(account):
            return Actor(Platform.TEAMS, person, account.standing, locale)
        return Actor(Platform.TEAMS, None, account.standing, locale, name=account.name, account=account.id)

    async def person(self, account: str, where: Conversation | None = None) -> PersonId | None:
        """Return whom the plan knows by this account, if anybody. Raises `GatewayError`."""
        named = self._plan().person_by_teams(account)
        return named.id if named else self._person(await self._account(account, where))

    def knows(self, person: PersonId) -> bool:
        """Whether the plan says where to find somebody here; asks nobody."""
        known = self._plan().people.get(person)
        return known is not None and known.has_a_seat_on(Platform.TEAMS)

    def known_account(self, person: PersonId) -> str | None:
        """Return somebody's account as far as it is known without asking."""
        known = self._plan().people.get(person)
        if known is None or known.external:
            return None
        return known.teams or self._ids.get(known.email or "")

    def known_accounts(self, people: Iterable[PersonId]) -> dict[PersonId, str]:
        """The accounts of those among these people of whom one is known."""
        return {person: account for person in people if (account := self.known_account(person))}

    async def account(self, person: PersonId) -> str:
        """Return somebody's account. Raises `Denied` when they have none, or another `GatewayError`."""
        if not self.knows(person):
            raise Denied("not_on_teams")
        if account := self.known_account(person):
            return account
        email = self._plan().person(person).email or ""
        found, tenant = await self._found(email, self._tenants_of(person))
        self._ids[email] = str(found["id"])
        self._found_in[self._ids[email]] = tenant
        self._remember(self._ids[email], found, by_graph=True, asked_at=self._clock())
        return self._ids[email]

    def tenant(self, account: str) -> str:
        """Return where somebody is: of the tenants of their communities the one that knows them."""
        named = self._plan().person_by_teams(account)
        if named is not None:
            return self._tenants_of(named.id)[0]
        return self._found_in.get(account, self._tenant)

    def is_guest(self, account: str) -> bool:
        """Whether somebody is a guest here, as far as it is known without asking."""
        known = self._accounts.get(account)
        return known is not None and known.standing is Standing.GUEST

    async def meet(self, people: Iterable[PersonId]) -> Mapping[PersonId, GatewayError]:
        """Look for these people together, so that `known_account` answers; why it will not for some."""
        strangers = [person for person in people if not self.known_account(person)]
        failures = await asyncio.gather(*(self._failure(person) for person in strangers))
        return {person: why for person, why in zip(strangers, failures, strict=True) if why is not None}

    async def warm_up(self) -> None:
        """Ask about everyone in the plan ahead of the first press; what fails now is asked for later."""
        people = [person for person in self._plan().people if self.knows(person)]
        await self.meet(people)
        for person in people:
            account = self.known_account(person)
            if account and account not in self._accounts:
                await self._ask_again(account, None)

    def _tenants_of(self, person: PersonId) -> list[str]:
        named = self._plan().workspaces(Platform.TEAMS, person)
        return [tenant or self._tenant for tenant in named] or [self._tenant]

    async def _found(self, email: str, tenants: Iterable[str]) -> tuple[Json, str]:
        """Look an address up, in one tenant after the other. Raises `Denied` when none knows it."""
        code = ""
        for tenant in tenants:
            try:
                return await self._graph.at(tenant).user(email), tenant
            except Gone as absent:
                code = absent.code
        raise Denied(code)

    async def _failure(self, person: PersonId) -> GatewayError | None:
        try:
            await self.account(person)
        except GatewayError as failure:
            return failure
        return None

    def _person(self, account: Account) -> PersonId | None:
        """A Teams id in the plan stands over the address, for which only their own tenants vouch."""
        named = self._plan().person_by_teams(account.id)
        if named is None and account.standing is not Standing.STRANGER:
            found = [self._plan().person_by_email(email) for email in sorted(account.emails)]
            unnamed = [each for each in found if each and each.teams is None]
            named = next((each for each in unnamed if account.tenant in self._tenants_of(each.id)), None)
        return named.id if named and not named.external else None

    async def _account(self, account: str, where: Conversation | None) -> Account:
        known = self._accounts.get(account)
        if known is None:
            return await self._ask_in_time(account, where)
        if self._clock() - known.asked_at > KEPT and account not in self._asking:
            self._asking.add(account)
            self._errands.start(self._ask_again(account, where), name="look a person up again")
        return known

    async def _ask_in_time(self, account: str, where: Conversation | None) -> Account:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._ask(account, where)
        except TimeoutError:
            raise Unreachable("timeout") from None

    async def _ask_again(self, account: str, where: Conversation | None) -> None:
        try:
            await self._ask(account, where)
        except (Refusal, Gone):
            self._accounts.pop(account, None)
        except GatewayError:
            return
        finally:
            self._asking.discard(account)

    async def _ask(self, account: str, where: Conversation | None) -> Account:
        """Ask in the conversation, which needs no consent; without one, ask Graph."""
        asked_at = self._clock()
        graph = self._graph.at(self.tenant(account))
        said = await (graph.user(account) if where is None else self._connector.member(where, account))
        found = self._remember(account, said, by_graph=where is None, asked_at=asked_at)
        person = self._person(found)
        if person and (email := self._plan().person(person).email):
            self._ids[email] = account
        return found

    def _remember(self, account: str, said: Json, *, by_graph: bool, asked_at: datetime) -> Account:
        emails = (said.get(field) for field in ("email", "mail", "userPrincipalName"))
        known = frozenset(email.lower() for email in emails if isinstance(email, str) and email)
        name = str(said.get("name") or said.get("displayName") or "")
        tenant = self.tenant(account) if by_graph else str(said.get("tenantId") or "")
        standing = self._standing(said, tenant)
        found = Account(account, tenant, known, standing, name, asked_at)
        self._accounts[account] = found
        if standing is not Standing.STRANGER:
            self._found_in[account] = tenant
        return found

    def _standing(self, said: Json, tenant: str) -> Standing:
        if tenant not in self._tenants():
            return Standing.STRANGER
        role = str(said.get("userRole") or said.get("userType") or "").lower()
        return Standing.GUEST if role == "guest" else Standing.FULL
