"""A PostgreSQL server for the tests, and a fresh database in it for each test that asks."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from tests.rig.unprivileged import unprivileged

DEBIAN_BINARIES = Path("/usr/lib/postgresql")
START_LIMIT = 20.0  # seconds
# Nothing here outlives the run, so nothing waits for the disk.
INITDB = ("-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
IN_A_HURRY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class NoPostgresError(Exception):
    """There is no server to be had; the text says what to install or to set."""


@dataclass(frozen=True, slots=True)
class Server:
    address: URL
    """Of a database that exists; it is only connected to, never changed."""

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """Yield the URL of a new, empty database; drop it afterwards with the connections left open."""
        name = f"cellule_{uuid4().hex}_test"
        self.run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield self.address.set(database=name).render_as_string(hide_password=False)
        finally:
            self.run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def run(self, statement: sql.SQL | sql.Composed) -> None:
        plain = self.address.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def postgres_server() -> Iterator[Server]:
    """Yield the server of $CELLULE_TEST_DATABASE_URL, else one of our own.

    The role in that URL must be allowed to create databases. Raises NoPostgresError when there is neither.
    """
    if url := os.environ.get("CELLULE_TEST_DATABASE_URL"):
        yield Server(_test_address(url))
    else:
        with _own_server(_newest_binaries()) as server:
            yield server


def _test_address(url: str) -> URL:
    address = make_url(url)
    if not (address.database or "").endswith("_test"):
        raise ValueError("CELLULE_TEST_DATABASE_URL is refused: the database's name must end in «_test».")
    return address.set(drivername="postgresql+psycopg")


def _newest_binaries() -> Path:
    found = sorted(DEBIAN_BINARIES.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not found:
        raise NoPostgresError(
            "there is no PostgreSQL: install it (Debian: apt-get install postgresql), "
            "or set CELLULE_TEST_DATABASE_URL to a database whose name ends in _test."
        )
    return found[-1].parent


@contextmanager
def _own_server(binaries: Path) -> Iterator[Server]:
    """Run a server that only listens on a socket in its own folder, which no other user may enter."""
    with tempfile.TemporaryDirectory(prefix="cellule-pg-") as name:
        folder = Path(name)
        nobody = unprivileged(folder, ended_by="QUIT")
        data = ["-D", str(folder / "data")]
        make = [*nobody, str(binaries / "initdb"), *data, "-U", "cellule", "-A", "trust", *INITDB]
        subprocess.run(make, check=True, cwd=folder, stdout=subprocess.DEVNULL)
        serve = [*nobody, str(binaries / "postgres"), *data, "-k", str(folder), "-h", "", *IN_A_HURRY]
        with (folder / "log").open("wb") as log:
            # In a session of its own: Ctrl-C is for the tests.
            process = subprocess.Popen(serve, cwd=folder, stderr=log, start_new_session=True)
        try:
            yield _once_ready(folder, process)
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(START_LIMIT)


def _once_ready(folder: Path, process: subprocess.Popen[bytes]) -> Server:
    server = Server(
        URL.create("postgresql+psycopg", username="cellule", database="postgres", query={"host": str(folder)})
    )
    deadline = time.monotonic() + START_LIMIT
    while process.poll() is None and time.monotonic() < deadline:
        try:
            server.run(sql.SQL("SELECT 1"))
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return server
    raise RuntimeError(f"PostgreSQL does not start:\n{(folder / 'log').read_text()}")
