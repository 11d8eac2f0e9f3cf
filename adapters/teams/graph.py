"""Microsoft Graph: what the connector cannot do. Chats, channels, their people, the app brought in.

Source: Microsoft, «Graph REST API v1.0» of each call. What was just made is not seen everywhere at once: a
403 or 404 on it is waited out for a while.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import TypeVar
from urllib.parse import quote, urlsplit

import httpx
import jwt

from adapters.teams.calls import Refusal, Said, call
from adapters.teams.texts import Json
from adapters.teams.tokens import GRAPH, Tokens
from bot.ports import Ambiguous, Gone, Unreachable

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]

WAITS = (0.5, 1.0, 2.0, 4.0, 6.0)
"""Seconds between looks at what was just made."""
STRONGER: Mapping[str, frozenset[str]] = {
    "TeamsAppInstallation.ReadWriteSelfForChat.All": frozenset(
        {
            "TeamsAppInstallation.ReadWriteAndConsentSelfForChat.All",
            "TeamsAppInstallation.ReadWriteForChat.All",
        }
    ),
    "TeamsAppInstallation.ReadWriteSelfForUser.All": frozenset({"TeamsAppInstallation.ReadWriteForUser.All"}),
    "User.ReadBasic.All": frozenset({"User.Read.All"}),
    "AppCatalog.Read.All": frozenset({"AppCatalog.ReadWrite.All"}),
}
"""What does as well as a permission; Microsoft lists it beside each call."""
_CONFLICT, _ACCEPTED, _UNAUTHORIZED, _FORBIDDEN = 409, 202, 401, 403


class Graph:
    """Calls Graph as the app itself. `sleep` waits for what takes its time."""

    def __init__(
        self, *, http: httpx.AsyncClient, tokens: Tokens, url: str, tenant: str, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._http = http
        self._tokens = tokens
        self._url = url.rstrip("/")
        self._tenant = tenant
        self._sleep = sleep

    def at(self, tenant: str) -> "Graph":
        """Return the same for a tenant: each consents, and has its people, by itself."""
        return Graph(http=self._http, tokens=self._tokens, url=self._url, tenant=tenant, sleep=self._sleep)

    async def may(self, consent: str) -> bool:
        """Whether an app permission was consented to: our own token names them.

        One that is missing is asked for anew the next time. Unreadable, it counts as granted.
        """
        token = await self._tokens.get(GRAPH, self._tenant)
        granted = roles_of(token)
        if granted is None or granted & ({consent} | STRONGER.get(consent, frozenset())):
            return True
        self._tokens.forget(GRAPH, self._tenant)
        return False

    async def user(self, name: str) -> Json:
        """Somebody by id, mail address or user principal name. Raises `Gone` when there is nobody."""
        fields = "$select=id,displayName,mail,userPrincipalName,userType"
        try:
            return await self._get(f"/users/{quote(name, safe='')}?{fields}")
        except Gone:
            if "@" not in name:
                raise
        escaped = quote(name.replace("'", "''"), safe="@")
        async for found in self._all(f"/users?$filter=mail eq '{escaped}'&{fields}"):
            return found
        raise Gone("user_not_found")

    async def app_in_catalog(self, manifest_id: str) -> str:
        """The id of an app in the tenant's catalogue, by that of its manifest; empty where it is not.

        The organisation's own stands before one that somebody uploaded for themselves.
        """
        fields = "$select=id,distributionMethod"
        found = self._all(f"/appCatalogs/teamsApps?$filter=externalId eq '{manifest_id}'&{fields}")
        ids = {str(each.get("distributionMethod")): str(each["id"]) async for each in found}
        return ids.get("organization") or next(iter(ids.values()), "")

    async def create_chat(self, *, topic: str, people: Mapping[str, bool]) -> str:
        """Make a group chat of these people, and whether each is a guest.

        Graph knows no key that would make a repeat the same chat.
        """
        body = {
            "chatType": "group",
            "topic": topic,
            "members": [self._member(person, guest=guest) for person, guest in people.items()],
        }
        return str((await self._post("/chats", body))["id"])

    async def rename_chat(self, chat: str, topic: str) -> None:
        await self._call("PATCH", f"/chats/{_id(chat)}", {"topic": topic}, repeatable=True)

    async def install_in_chat(self, chat: str, app: str) -> None:
        """Bring the app into a chat that was just made."""
        await self._settled(lambda: self._install(f"/chats/{_id(chat)}/installedApps", app))

    async def install_for(self, user: str, app: str) -> None:
        """Bring the app to a person, so that it may write to them."""
        await self._install(f"/users/{_id(user)}/teamwork/installedApps", app)

    async def add_to_chat(self, chat: str, user: str, *, guest: bool) -> None:
        """Add somebody, who sees all that was said; one who is inside is fine."""
        body = self._member(user, guest=guest) | {"visibleHistoryStartDateTime": "0001-01-01T00:00:00Z"}
        try:
            await self._settled(lambda: self._post(f"/chats/{_id(chat)}/members", body))
        except Refusal as refused:
            if refused.status != _CONFLICT:
                raise

    async def members_of_chat(self, chat: str) -> list[Json]:
        """Everybody in a chat: `id` is the membership's, `userId` the person's."""
        return [member async for member in self._all(f"/chats/{_id(chat)}/members")]

    async def take_out_of_chat(self, chat: str, membership: str) -> None:
        try:
            path = f"/chats/{_id(chat)}/members/{_id(membership)}"
            await self._call("DELETE", path, repeatable=True)
        except Gone:
            return

    async def create_channel(self, team: str, *, name: str) -> str:
        """Make a standard channel, and wait until it is there."""
        body = {"displayName": name, "membershipType": "standard"}
        said = await self._call("POST", f"/teams/{_id(team)}/channels", body)
        if said.status == _ACCEPTED:
            made = await self._finished(said.headers.get("Location") or "")
        else:
            made = str(said.content["id"])
        await self._settled(lambda: self._get(f"/teams/{_id(team)}/channels/{_id(made)}"))
        return made

    async def rename_channel(self, team: str, channel: str, name: str) -> None:
        path = f"/teams/{_id(team)}/channels/{_id(channel)}"
        await self._call("PATCH", path, {"displayName": name}, repeatable=True)

    async def _finished(self, location: str) -> str:
        """Wait for what Graph makes in its own time; its id. `location` is relative to the service."""
        parts = urlsplit(location)
        path = parts.path.removeprefix(urlsplit(self._url).path)
        for wait in WAITS:
            operation = await self._get(path)
            if operation.get("status") == "succeeded":
                return str(operation["targetResourceId"])
            if operation.get("status") == "failed":
                raise Refusal("operation_failed", _CONFLICT)
            await self._sleep(wait)
        raise Ambiguous("operation_not_finished")

    async def _settled(self, act: Callable[[], Awaitable[T]]) -> T:
        """Do something with what was just made; not being seen yet is waited out."""
        for wait in WAITS:
            try:
                return await act()
            except Gone:
                await self._sleep(wait)
            except Refusal as refused:
                if refused.status != _FORBIDDEN or refused.code == "Authorization_RequestDenied":
                    raise
                await self._sleep(wait)
        return await act()

    async def _install(self, path: str, app: str) -> None:
        body = {"teamsApp@odata.bind": f"{self._url}/appCatalogs/teamsApps/{app}"}
        try:
            await self._post(path, body)
        except Refusal as refused:
            if refused.status != _CONFLICT:
                raise

    def _member(self, user: str, *, guest: bool) -> Json:
        return {
            "@odata.type": "#microsoft.graph.aadUserConversationMember",
            "roles": ["guest" if guest else "owner"],
            "user@odata.bind": f"{self._url}/users('{user}')",
        }

    async def _all(self, path: str) -> AsyncIterator[Json]:
        """Every entry of a list, page after page. A next page elsewhere than at Graph is not followed."""
        while path:
            page = await self._get(path)
            for entry in page.get("value") or []:
                yield entry
            following = str(page.get("@odata.nextLink") or "")
            path = following.removeprefix(self._url) if following.startswith(f"{self._url}/") else ""

    async def _get(self, path: str) -> Json:
        return (await self._call("GET", path, repeatable=True)).content

    async def _post(self, path: str, body: Json) -> Json:
        return (await self._call("POST", path, body)).content

    async def _call(
        self, method: str, path: str, body: Json | None = None, *, repeatable: bool = False
    ) -> Said:
        token = await self._tokens.get(GRAPH, self._tenant)
        try:
            return await call(
                self._http, method, f"{self._url}{path}", token=token, json=body, repeatable=repeatable
            )
        except Refusal as refused:
            if refused.status != _UNAUTHORIZED:
                raise
            self._tokens.forget(GRAPH, self._tenant)
            raise Unreachable(refused.code) from None


def roles_of(token: str) -> frozenset[str] | None:
    """The app permissions that a token for Graph names; None when it cannot be read."""
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        return None
    return frozenset(claims.get("roles") or ())


def _id(name: str) -> str:
    return quote(name, safe="")
