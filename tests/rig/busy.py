"""The threads that everything shares, all taken."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event


@contextmanager
def shared_threads_busy() -> Iterator[None]:
    """Whatever asks the event loop for a thread waits until the block ends."""
    over = Event()
    with ThreadPoolExecutor(1) as pool:
        asyncio.get_running_loop().set_default_executor(pool)
        pool.submit(over.wait)
        try:
            yield
        finally:
            over.set()
