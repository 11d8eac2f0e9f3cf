"""Where the adapter of one platform finds people and rooms again, off the event loop."""

from bot.domain.ids import Platform
from bot.store import Store
from bot.threads import Threads


class KeptAddresses:
    """An `AddressBook` in the database. What was read or written is remembered.

    Should another process learn a newer one meanwhile, the older one still leads there.
    """

    def __init__(self, *, store: Store, threads: Threads, platform: Platform) -> None:
        self._store = store
        self._threads = threads
        self._platform = platform
        self._known: dict[str, str] = {}

    async def get(self, name: str) -> str | None:
        if name not in self._known:
            value = await self._threads.read(self._read, name)
            if value is None:
                return None
            self._known[name] = value
        return self._known[name]

    async def save(self, name: str, value: str) -> None:
        if self._known.get(name) != value:
            await self._threads.write(self._write, name, value)
            self._known[name] = value

    def _read(self, name: str) -> str | None:
        with self._store.read() as uow:
            return uow.addresses.get(self._platform, name)

    def _write(self, name: str, value: str) -> None:
        with self._store.write() as uow:
            uow.addresses.save(self._platform, name, value)
            uow.commit()
