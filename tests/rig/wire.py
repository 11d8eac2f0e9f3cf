"""A wire to a server on loopback: it can be cut, and it can fall silent without anybody noticing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Wire:
    """`port`: where to connect; `taken`: how many did."""

    def __init__(self, behind: int) -> None:
        self._behind = behind
        self._ends: list[asyncio.StreamWriter] = []
        self._silenced: set[asyncio.StreamWriter] = set()
        self.port = 0
        self.taken = 0

    def cut(self) -> None:
        """All connections at once, as when a cable is pulled and both ends notice."""
        for end in self._ends:
            end.transport.abort()
        self._ends.clear()

    def falls_silent(self) -> None:
        """For those who are connected now: as behind a firewall that has forgotten them."""
        self._silenced.update(self._ends)

    async def takes(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.taken += 1
        try:
            from_behind, to_behind = await asyncio.open_connection("127.0.0.1", self._behind)
        except OSError:
            writer.close()
            return
        self._ends += [writer, to_behind]
        await asyncio.gather(self._pass(reader, to_behind), self._pass(from_behind, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                if writer not in self._silenced:
                    writer.write(data)
        writer.close()


@asynccontextmanager
async def wire(behind: int) -> AsyncIterator[Wire]:
    """To a port of this machine."""
    one = Wire(behind)
    server = await asyncio.start_server(one.takes, "127.0.0.1", 0)
    one.port = server.sockets[0].getsockname()[1]
    try:
        yield one
    finally:
        server.close()
        one.cut()
