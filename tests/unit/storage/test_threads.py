"""Short writes at once, on the event loop itself; in a thread where they would have to wait."""

import asyncio
import os
import sqlite3
import threading
from contextlib import closing

import pytest

from bot.storage.engine import open_database
from bot.storage.seal import Keyring
from bot.storage.sql import SqlStore
from bot.store import MAY_WAIT, Locked
from bot.threads import STEPS_BACK, Threads
from tests.rig.migrated import migrated


@pytest.fixture
def database(tmp_path):
    with closing(open_database(migrated(tmp_path))) as opened:
        yield opened


@pytest.fixture
def store(database):
    return SqlStore(database, Keyring(["a secret for tests"]))


@pytest.fixture
def threads():
    made = Threads(writers=1)
    yield made
    made.stop()


@pytest.fixture
def elsewhere(database):
    """Another process, as far as SQLite can tell."""
    with closing(sqlite3.connect(database.writer.url.database, isolation_level=None)) as connection:
        yield connection


def written(store) -> str:
    """Write something; the thread that did it."""
    with store.write() as uow:
        uow.crises.next_number(2026)
        uow.commit()
    return threading.current_thread().name


@pytest.mark.parametrize("short", [Threads.press, Threads.write_behind])
async def test_it_writes_at_once_what_is_short(store, threads, short):
    assert await short(threads, written, store) == threading.current_thread().name


async def test_it_writes_in_a_thread_what_may_take_long(store, threads):
    assert await threads.write(written, store) != threading.current_thread().name


async def test_it_lets_presses_have_the_processor_before_what_nobody_waits_for(threads):
    def priority() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    assert await threads.think(priority) == min(priority() + STEPS_BACK, 19)
    assert await threads.read(priority) == priority()


async def test_it_writes_in_a_thread_where_the_database_is_taken(store, threads, elsewhere):
    elsewhere.execute("BEGIN IMMEDIATE")
    pressed = asyncio.create_task(threads.press(written, store))
    while not pressed.done() and elsewhere.in_transaction:
        await asyncio.sleep(0.01)  # the loop is free meanwhile
        elsewhere.execute("ROLLBACK")
    assert await pressed != threading.current_thread().name


def test_it_does_nothing_where_it_would_have_to_wait(store, elsewhere):
    elsewhere.execute("BEGIN IMMEDIATE")
    before = MAY_WAIT.set(False)
    try:
        with pytest.raises(Locked):
            written(store)
    finally:
        MAY_WAIT.reset(before)
    elsewhere.execute("ROLLBACK")
    assert written(store)


async def test_it_lets_no_press_in_between_a_long_write(store, threads):
    ended = threading.Event()
    writing = asyncio.create_task(threads.write(ended.wait, 5))
    await asyncio.sleep(0)  # it has its turn now
    pressed = asyncio.create_task(threads.press(written, store))
    await asyncio.sleep(0)
    assert not pressed.done()
    ended.set()
    await writing
    assert await pressed == threading.current_thread().name
