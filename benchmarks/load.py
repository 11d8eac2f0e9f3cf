"""Signed requests, sent on a schedule that does not wait for answers.

Latency counts from the scheduled moment: a service that stalls cannot hide the requests that it held up.
"""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager

import aiohttp

from tests.rig.slack.double import SlackDouble
from tests.rig.slack.payloads import signed
from tests.rig.teams.double import TeamsDouble

EVENTS, MESSAGES = "/slack/events", "/api/messages"
FORM = "application/x-www-form-urlencoded"
OK = 200


class Sender:
    """A platform's side of the connection: where it sends to, and how it signs."""

    def __init__(
        self, session: aiohttp.ClientSession, path: str, sign: Callable[[bytes], Mapping[str, str]]
    ) -> None:
        self._session = session
        self._path = path
        self._sign = sign

    async def send(self, body: bytes) -> str:
        """The answer's text. Raises for any status but 200."""
        async with self._session.post(self._path, data=body, headers=self._sign(body)) as answer:
            answer.raise_for_status()
            return await answer.text()

    async def at_rate(self, bodies: Sequence[bytes], *, per_second: float) -> list[float]:
        """Send each at its moment; the seconds from then to its answer."""
        start = time.perf_counter() + 0.1
        moments = [start + place / per_second for place in range(len(bodies))]
        return await asyncio.gather(*map(self._sent_at, bodies, moments))

    async def as_fast_as_answered(self, bodies: Sequence[bytes], *, connections: int) -> float:
        """Keep so many requests under way; answers a second."""
        left = iter(bodies)

        async def one_after_the_other() -> None:
            for body in left:
                await self.send(body)

        start = time.perf_counter()
        await asyncio.gather(*(one_after_the_other() for _ in range(connections)))
        return len(bodies) / (time.perf_counter() - start)

    async def _sent_at(self, body: bytes, moment: float) -> float:
        await asyncio.sleep(moment - time.perf_counter())
        await self.send(body)
        return time.perf_counter() - moment


@asynccontextmanager
async def sender(slack: SlackDouble) -> AsyncIterator[Sender]:
    """Connect to the service that the workspace delivers to."""

    def sign(body: bytes) -> Mapping[str, str]:
        return signed(body, slack.signing_secret, at=time.time(), content_type=FORM)

    async with _session(str(slack.app)) as session:
        yield Sender(session, EVENTS, sign)


@asynccontextmanager
async def teams_sender(teams: TeamsDouble, base_url: str) -> AsyncIterator[Sender]:
    """Connect to the service as Teams does; Microsoft uses a token for many requests."""
    bearer = teams.keys.token(teams.service_url, at=time.time())
    headers = {"Authorization": f"Bearer {bearer}", "Content-Type": "application/json"}
    async with _session(base_url) as session:
        yield Sender(session, MESSAGES, lambda _body: headers)


def _session(base_url: str) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=2)  # the server closes after 5 s
    return aiohttp.ClientSession(base_url, connector=connector)


@contextmanager
def undisturbed() -> Iterator[None]:
    """No collection of garbage on the measuring side."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
