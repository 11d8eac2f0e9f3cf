"""Socket Mode: Slack speaks to us through a connection that we open, so that no public address is needed.

Nothing is signed here: Slack vouches for what comes by the connection, which the app's own token opened. The
SDK's client opens it anew by itself, but tries an address again that is good only once; hence the watch.
"""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime, timedelta

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports import Clock

log = structlog.get_logger()

LOOK_EVERY = 1.0
"""Seconds between two looks at the connection."""
PING_EVERY = 5
"""Seconds. Four pings without an answer, and the connection counts as lost."""
ANEW_AFTER = timedelta(seconds=15)
"""Without a connection for so long, everything is begun anew."""
DOWN_AFTER = timedelta(seconds=30)
"""Slack replaces connections every few hours; a gap of this length is no replacement."""


class Socket:
    """One connection to Slack, kept up between `start` and `stop`."""

    def __init__(self, *, app_token: str, api_url: str, bolt: AsyncApp, clock: Clock) -> None:
        self._app_token = app_token
        self._api_url = api_url
        self._bolt = bolt
        self._clock = clock
        self._lost_at: datetime | None = clock()
        self._watch: asyncio.Task[None] | None = None

    @property
    def works(self) -> bool:
        """Whether Slack reaches us, or did a moment ago."""
        return self._lost_at is None or self._clock() - self._lost_at < DOWN_AFTER

    async def start(self) -> None:
        """Begin to connect; nobody waits for Slack."""
        self._watch = asyncio.create_task(self._kept_up())

    async def stop(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch

    async def _kept_up(self) -> None:
        quiet = logging.getLogger("adapters.slack.socket.sdk")
        quiet.setLevel(logging.CRITICAL + 1)  # it logs what people wrote
        handler = AsyncSocketModeHandler(
            self._bolt,
            self._app_token,
            logger=quiet,
            web_client=AsyncWebClient(base_url=self._api_url, logger=quiet),
            ping_interval=PING_EVERY,
        )
        connecting, begun_at = asyncio.create_task(self._connect(handler)), self._clock()
        try:
            while True:
                await asyncio.sleep(LOOK_EVERY)
                self._look(up=await handler.client.is_connected())
                now = self._clock()
                if self._lost_at is not None and now - max(self._lost_at, begun_at) > ANEW_AFTER:
                    connecting.cancel()
                    connecting, begun_at = asyncio.create_task(self._connect(handler)), now
        finally:
            connecting.cancel()
            await handler.client.close()  # type: ignore[no-untyped-call]

    def _look(self, *, up: bool) -> None:
        if up and self._lost_at is not None:
            log.info("slack_socket_open")
            self._lost_at = None
        elif not up and self._lost_at is None:
            log.warning("slack_socket_lost")
            self._lost_at = self._clock()

    async def _connect(self, handler: AsyncSocketModeHandler) -> None:
        """Ask Slack for an address and open it. An address is good once: it is never tried again."""
        try:
            handler.client.wss_uri = await handler.client.issue_new_wss_url()
            await handler.client.connect()  # type: ignore[no-untyped-call]
        except SlackApiError as refused:
            log.warning("slack_socket_refused", code=str(refused.response.get("error")))
        except (aiohttp.ClientError, OSError) as failed:
            log.warning("slack_socket_refused", code=type(failed).__name__)
