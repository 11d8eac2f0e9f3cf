"""The other direction of e-mail: once a minute what came in is taken, each once."""

import asyncio
from collections import Counter
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
"""Seconds."""

TRIES = 3
"""Looks in which an e-mail has failed, before it may be taken as nobody's."""

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

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Take what is new. What could not be read or written now comes with the next look."""
        try:
            cursor, mails = await self._mailbox.since(await self._kept.get(CURSOR))
            if all([await self._taken(mail) for mail in mails]):
                await self._kept.save(CURSOR, cursor)
        except GatewayError as error:
            log.warning("mailbox_not_read", code=error.code)
        except Exception as error:  # noqa: BLE001  (whatever it was, the next look may do)
            log.error("look_failed", **cause(error))  # noqa: TRY400  (no words)

    async def _taken(self, mail: Arrived) -> bool:
        """One that fails holds no other up; after `TRIES` those who moderate get it, as nobody's."""
        if await self._received(mail):
            return True
        self._failed[mail.key] += 1
        return self._failed[mail.key] >= TRIES and await self._received(nobodys(mail))

    async def _received(self, mail: Arrived) -> bool:
        try:
            await self._threads.write(self._application.receive, mail)
        except Conflict:
            log.info("mail_lost_a_race")
        except Exception as error:  # noqa: BLE001  (the next look tries it again)
            log.error("mail_not_taken", **cause(error))  # noqa: TRY400  (no words)
        else:
            return True
        return False


def nobodys(mail: Arrived) -> Arrived:
    """Without what leads to a crisis: there it could not be taken."""
    return replace(mail, sender="", tokens=(), bounced="")
