"""The other direction of e-mail: once a minute what came in is taken, each once."""

import asyncio

import structlog

from bot.addresses import KeptAddresses
from bot.application import Application
from bot.ports import GatewayError, Mailbox
from bot.store import Conflict
from bot.threads import Threads

log = structlog.get_logger(__name__)

EVERY = 60
"""Seconds."""

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

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Take what is new. What could not be read or written now comes with the next look."""
        try:
            cursor, mails = await self._mailbox.since(await self._kept.get(CURSOR))
            for mail in mails:
                await self._threads.write(self._application.receive, mail)
            await self._kept.save(CURSOR, cursor)
        except GatewayError as error:
            log.warning("mailbox_not_read", code=error.code)
        except Conflict:
            log.info("mail_lost_a_race")
