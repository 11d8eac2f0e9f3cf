"""The connector: conversations begun, cards posted and replaced, members looked up.

The SDK's `ConnectorClient` carries the rare calls, on our connections and tokens instead of its own. Cards go
past it: its serialiser takes some 15 ms a card, during which nobody's press is answered
(docs/adr/0011-a-frozen-sdk-for-teams.md). Nothing else imports the SDK.
"""

import json
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx
from botbuilder.schema import Activity, ChannelAccount, ConversationParameters
from botframework.connector.aio import ConnectorClient
from msrest.authentication import Authentication
from msrest.pipeline import ClientRawResponse, Request, Response
from msrest.pipeline.async_abc import AsyncPipeline
from msrest.pipeline.universal import RawDeserializer

from adapters.teams.calls import Said, call
from adapters.teams.guard import may_be_called
from adapters.teams.links import THREAD
from adapters.teams.pace import Pace
from adapters.teams.texts import Json
from adapters.teams.tokens import CONNECTOR, Tokens
from bot.ports import Denied, GatewayError, RateLimited, Unreachable

_REPEATABLE = frozenset({"GET", "PUT"})
_UNAUTHORIZED = 401


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where something is said: the conversation, and the service that carries it."""

    id: str
    service_url: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A new conversation; `activity` is its first message, if it began with one."""

    conversation: str
    activity: str


class Connector:
    """One client a service URL, all on the same connections and the same tokens."""

    def __init__(
        self, *, http: httpx.AsyncClient, tokens: Tokens, tenant: str, hosts: AbstractSet[str], pace: Pace
    ) -> None:
        self._http = http
        self._tokens = tokens
        self._tenant = tenant
        self._hosts = hosts
        self._pace = pace
        self._clients: dict[str, ConnectorClient] = {}

    async def warm_up(self) -> None:
        """Have a token before the first message needs one; without it that message asks."""
        with suppress(GatewayError):
            await self._tokens.get(CONNECTOR, self._tenant)

    async def post(self, where: Conversation, message: Json, *, mark: str) -> str:
        """Say something new; returns the activity's id. Raises `GatewayError`."""
        conversation = where.id.partition(THREAD)[0]
        self._pace.take(conversation, about=mark)
        try:
            said = await self._send("POST", where, _activities(where), message)
        except RateLimited as limited:
            self._pace.hold(conversation, limited.retry_after)
            raise
        return str(said.content["id"])

    async def update(self, where: Conversation, activity: str, message: Json) -> None:
        """Replace what was said; no limit is documented for that."""
        await self._send("PUT", where, f"{_activities(where)}/{quote(activity, safe='')}", message)

    async def begin_direct(self, service_url: str, *, tenant: str, account: str, bot: str) -> Begun:
        """Open the conversation with one person; the same one each time."""
        parameters = ConversationParameters(
            bot=ChannelAccount(id=bot),
            is_group=False,
            members=[ChannelAccount(id=account)],
            channel_data={"tenant": {"id": tenant}},
        )
        return await self._begin(service_url, parameters, about=account)

    async def begin_thread(
        self, service_url: str, *, tenant: str, channel: str, bot: str, message: Json
    ) -> Begun:
        """Begin a thread of a channel with this message."""
        parameters = ConversationParameters(
            bot=ChannelAccount(id=bot),
            is_group=True,
            channel_data={"channel": {"id": channel}, "tenant": {"id": tenant}},
            activity=Activity().deserialize(message),
        )
        return await self._begin(service_url, parameters, about=channel)

    async def member(self, where: Conversation, account: str) -> Json:
        """What Teams says of somebody in a conversation; `account` is any of their ids."""
        client = self._client(where.service_url)
        found = await client.conversations.get_conversation_member(where.id, account, raw=True)
        return _raw(found)

    async def members(self, where: Conversation) -> list[Json]:
        """Everybody in a conversation."""
        client, token = self._client(where.service_url), None
        everybody: list[Json] = []
        while True:
            page = _raw(
                await client.conversations.get_conversation_paged_members(
                    where.id, page_size=500, continuation_token=token, raw=True
                )
            )
            everybody += page.get("members") or []
            token = page.get("continuationToken")
            if not token:
                return everybody

    async def _begin(self, service_url: str, parameters: ConversationParameters, *, about: str) -> Begun:
        self._pace.take(about, about="begin")
        client = self._client(service_url)
        said = _raw(await client.conversations.create_conversation(parameters, raw=True))
        return Begun(str(said["id"]), str(said.get("activityId") or ""))

    async def _send(self, method: str, where: Conversation, path: str, message: Json) -> Said:
        self._check(where.service_url)
        data = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
        return await self.carry(method, f"{where.service_url.rstrip('/')}{path}", data)

    def _check(self, service_url: str) -> None:
        """Raise `Denied` for a service that may not have our token."""
        if not may_be_called(service_url, self._hosts):
            raise Denied("service_url_not_allowed")

    def _client(self, service_url: str) -> ConnectorClient:
        self._check(service_url)
        client = self._clients.get(service_url)
        if client is None:
            client = ConnectorClient(Authentication(), base_url=service_url, pipeline_type=self._pipeline)
            self._clients[service_url] = client
        return client

    def _pipeline(self, _config: object) -> AsyncPipeline[Any, Any]:
        return AsyncPipeline([], _Sender(self))  # type: ignore[arg-type]

    async def carry(self, method: str, url: str, data: bytes | None) -> Said:
        """Make one request with our token."""
        token = await self._tokens.get(CONNECTOR, self._tenant)
        try:
            return await call(
                self._http, method, url, token=token, data=data, repeatable=method in _REPEATABLE
            )
        except Denied as refused:
            if getattr(refused, "status", None) != _UNAUTHORIZED:
                raise
            self._tokens.forget(CONNECTOR, self._tenant)
            raise Unreachable(refused.code) from None


class _Sender:
    """The end of the SDK's pipeline: what it wrote goes out by our client."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    def build_context(self) -> None:
        """The pipeline asks for one; nothing is kept in it."""

    async def send(self, request: "Request[Any]", **_config: object) -> "Response[Any, Any]":
        asked = request.http_request
        said = await self._connector.carry(asked.method, asked.url, asked.data)
        return Response(request, _Answer(said), {RawDeserializer.CONTEXT_NAME: said.content})


class _Answer:
    """As much of an HTTP response as the SDK reads. `content` is what came, for answers taken raw."""

    def __init__(self, said: Said) -> None:
        self.status_code = said.status
        self.headers = said.headers
        self.content = said.content


def _activities(where: Conversation) -> str:
    return f"/v3/conversations/{quote(where.id, safe='')}/activities"


def _raw(answer: ClientRawResponse) -> Json:
    content: Json = answer.response.content
    return content
