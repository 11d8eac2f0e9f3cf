"""A real server says that something came (IDLE); connections end in every way, and nothing is lost."""

import asyncio
from asyncio import wait_for
from collections.abc import AsyncIterator
from dataclasses import replace
from time import monotonic

import pytest

from adapters.email.mailbox import ImapMailbox, Patience
from bot.ports import Unreachable
from bot.postbox import Postbox
from tests.rig.answers import answer
from tests.rig.dovecot import Mailbox, dovecot
from tests.rig.wire import Wire, wire
from tests.unit.email.conftest import US, Opens


@pytest.fixture
async def line(mailbox: Mailbox) -> AsyncIterator[Wire]:
    """What Cellule talks through."""
    async with wire(mailbox.server.port) as one:
        yield one


def through(line: Wire, mailbox: Mailbox) -> Postbox:
    return replace(mailbox.postbox, port=line.port)


async def waiting(box: ImapMailbox) -> "asyncio.Task[None]":
    """It waits, and nothing comes for a moment."""
    task = asyncio.create_task(box.news())
    assert not (await asyncio.wait({task}, timeout=0.2))[0]
    return task


async def read(box: ImapMailbox, cursor: str) -> list[str]:
    """At a busy machine, too: whoever fetches looks again when the connection broke."""
    deadline = monotonic() + 20
    while True:
        try:
            return [mail.text for mail in (await box.since(cursor))[1]]
        except Unreachable:
            if monotonic() > deadline:
                raise


async def test_it_is_told_of_what_arrives(mailbox: Mailbox, opens: Opens) -> None:
    box = opens(mailbox.postbox)
    cursor, _none = await box.since(None)
    task = await waiting(box)
    mailbox.arrives(answer("Un."))
    await wait_for(task, 10)
    assert await read(box, cursor) == ["Un."]


async def test_it_is_told_of_what_arrived_before_it_waited(mailbox: Mailbox, opens: Opens) -> None:
    box = opens(mailbox.postbox)
    cursor, _none = await box.since(None)
    mailbox.arrives(answer("Un."))
    await wait_for(box.news(), 10)
    assert await read(box, cursor) == ["Un."]


async def test_it_asks_a_silent_server_anew_on_the_same_connection(
    line: Wire, mailbox: Mailbox, opens: Opens
) -> None:
    box = opens(through(line, mailbox), Patience(silence=0.2))
    cursor, _none = await box.since(None)
    for _time in range(3):
        await wait_for(box.news(), 10)
        assert await read(box, cursor) == []
    mailbox.arrives(answer("Un."))
    assert [mail.text for mail in (await box.since(cursor))[1]] == ["Un."]
    assert line.taken == 1


@pytest.mark.usefixtures("_dovecot")
async def test_it_looks_now_and_then_where_the_server_tells_nothing(
    monkeypatch: pytest.MonkeyPatch, opens: Opens
) -> None:
    with dovecot(more="imap_capability = IMAP4rev1") as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        mailbox = server.mailbox()
        box = opens(mailbox.postbox, Patience(poll=0.1))
        cursor, _none = await box.since(None)
        await wait_for(box.news(), 10)
        mailbox.arrives(answer("Un."))
        assert await read(box, cursor) == ["Un."]


async def test_it_loses_nothing_when_the_connection_is_cut(
    line: Wire, mailbox: Mailbox, opens: Opens
) -> None:
    box = opens(through(line, mailbox))
    cursor, _none = await box.since(None)
    task = await waiting(box)
    line.cut()
    mailbox.arrives(answer("Un."))
    with pytest.raises(Unreachable):
        await wait_for(task, 10)
    assert await read(box, cursor) == ["Un."]
    assert line.taken == 2


async def test_it_notices_a_connection_that_is_dead(line: Wire, mailbox: Mailbox, opens: Opens) -> None:
    """Nothing comes, and no answer to DONE either."""
    box = opens(through(line, mailbox), Patience(answer=1, silence=0.2))
    cursor, _none = await box.since(None)
    task = asyncio.create_task(box.news())
    line.falls_silent()
    mailbox.arrives(answer("Un."))
    with pytest.raises(Unreachable):
        await wait_for(task, 10)
    assert await read(box, cursor) == ["Un."]


async def test_it_has_less_patience_with_an_answer_than_with_silence(
    line: Wire, mailbox: Mailbox, opens: Opens
) -> None:
    box = opens(through(line, mailbox), Patience(answer=1))
    cursor, _none = await box.since(None)
    task = await waiting(box)
    mailbox.arrives(answer("Un."))
    await wait_for(task, 10)
    line.falls_silent()
    with pytest.raises(Unreachable):
        await wait_for(box.since(cursor), 10)
    assert await read(box, cursor) == ["Un."]


async def test_it_takes_a_farewell_of_the_server(mailbox: Mailbox, opens: Opens) -> None:
    box = opens(mailbox.postbox)
    cursor, _none = await box.since(None)
    task = await waiting(box)
    mailbox.server.stop()
    with pytest.raises(Unreachable):
        await wait_for(task, 10)
    with pytest.raises(Unreachable):
        await box.since(cursor)
    mailbox.server.start()
    mailbox.arrives(answer("Un."))
    assert await read(box, cursor) == ["Un."]


async def test_it_stops_at_once_while_it_waits(mailbox: Mailbox) -> None:
    box = ImapMailbox(mailbox.postbox, US)
    await box.since(None)
    task = await waiting(box)
    box.close()
    with pytest.raises(Unreachable):
        await wait_for(task, 10)
