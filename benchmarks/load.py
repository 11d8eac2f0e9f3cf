"""Signed requests, sent on a schedule that does not wait for answers.

Latency counts from the scheduled moment: a service that stalls cannot hide the requests that it held up.
"""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

import aiohttp

from tests.rig.slack.double import SlackDouble
from tests.rig.slack.payloads import signed

EVENTS = "/slack/events"
FORM = "application/x-www-form-urlencoded"
OK = 200


class Sender:
    """Slack's side of the connection."""

    def __init__(self, session: aiohttp.ClientSession, slack: SlackDouble) -> None:
        self._session = session
        self._slack = slack

    async def send(self, body: bytes) -> str:
        """The answer's text. Raises for any status but 200."""
        headers = signed(body, self._slack.signing_secret, at=time.time(), content_type=FORM)
        async with self._session.post(EVENTS, data=body, headers=headers) as answer:
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
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=2)  # the server closes after 5 s
    async with aiohttp.ClientSession(str(slack.app), connector=connector) as session:
        yield Sender(session, slack)


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
