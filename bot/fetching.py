"""The other direction of e-mail: what comes in is taken at once, each once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from bot.addresses import KeptAddresses
from bot.application import Application
from bot.logs import cause
from bot.ports import Arrived, GatewayError, Mailbox
from bot.store import Conflict
from bot.threads import Threads

log = structlog.get_logger(__name__)

EVERY = 60
"""Seconds between two looks while something fails; after the first failures fewer."""

BURST = 1
"""Seconds from the first sign of news to the look: what comes together is taken together."""

TRIES = 3
"""Looks in which an e-mail has failed, before it may be taken as nobody's."""

RACES = 5
"""How often in a row another writer may come first: an answer waits for no look because of that."""

CURSOR = "mailbox"


class Fetcher:
    """`kept` remembers how far the mailbox was read; what comes twice all the same is taken once."""

    def __init__(
        self, *, application: Application, mailbox: Mailbox, kept: KeptAddresses, threads: Threads
    ) -> None:
        self._application = application
        self._mailbox = mailbox
        self._kept = kept
        self._threads = threads
        self._failed: Counter[str] = Counter()
        self._losses = 0

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            pause = await self.look() or await self._guarded(self._news)
            await asyncio.sleep(pause)

    async def look(self) -> float:
        """Take what is new; the seconds until the next look, 0 for as soon as there are news.

        What could not be read or written now comes with the next look.
        """
        return await self._guarded(self._look)

    async def _guarded(self, step: Callable[[], Awaitable[float]]) -> float:
        try:
            return await step()
        except GatewayError as error:
            log.warning("mailbox_not_read", code=error.code)
            self._losses += 1
            return float(min(2**self._losses, EVERY))
        except Exception as error:  # noqa: BLE001  (whatever it was, the next look may do)
            log.error("look_failed", **cause(error))  # noqa: TRY400  (no words)
            return EVERY

    async def _look(self) -> float:
        cursor, mails = await self._mailbox.since(await self._kept.get(CURSOR))
        if not all([await self._taken(mail) for mail in mails]):
            return EVERY
        await self._kept.save(CURSOR, cursor)
        return 0

    async def _news(self) -> float:
        await self._mailbox.news()
        self._losses = 0
        return BURST

    async def _taken(self, mail: Arrived) -> bool:
        """One that fails holds no other up; after `TRIES` those who moderate get it, as nobody's.

        Of one that the server withholds so often they are told that it is there.
        """
        if not mail.withheld and await self._received(mail):
            return True
        self._failed[mail.key] += 1
        return self._failed[mail.key] >= TRIES and await self._received(nobodys(mail))

    async def _received(self, mail: Arrived) -> bool:
        for _again in range(RACES):
            try:
                await self._threads.write(self._application.receive, mail)
            except Conflict:
                log.info("mail_lost_a_race")
            except Exception as error:  # noqa: BLE001  (the next look tries it again)
                log.error("mail_not_taken", **cause(error))  # noqa: TRY400  (no words)
                return False
            else:
                return True
        return False


def nobodys(mail: Arrived) -> Arrived:
    """Without what leads to a crisis: there it could not be taken."""
    return replace(mail, sender="", tokens=(), bounced="")
