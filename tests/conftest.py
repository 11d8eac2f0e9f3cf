"""What every test stands on: no setting of this machine, no skip where all must run, a database to have."""

import gc
import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.rig.examples import examples
from tests.rig.postgres import NoPostgresError, Server, postgres_server
from tests.rig.skips import fail_when_skipped, not_tested, skip_or_fail

if TYPE_CHECKING:
    from tests.rig.dovecot import Dovecot, Mailbox

# By name: of a package whose plugin pytest finds by itself, it rewrites every file, anew in each worker.
pytest_plugins = ("pytest_asyncio.plugin", "_hypothesis_pytestplugin")

ROOT = Path(__file__).parents[1]
IN_MEMORY = Path("/dev/shm")  # Linux has it
ROOM = 2**30
SERVICE_SETTINGS = (
    "CELLULE_",
    "DATABASE_URL",
    "DKIM_",
    "HOST",
    "IMAP_URL",
    "MAIL_FROM",
    "MICROSOFT_",
    "PORT",
    "SLACK_",
    "SMTP_URL",
    "TEAMS_",
)

# A slow machine is no failure; failing examples are kept beside the code wherever the tests run.
settings.register_profile(
    "cellule",
    deadline=None,
    max_examples=examples(100),
    database=DirectoryBasedExampleDatabase(ROOT / ".hypothesis" / "examples"),
)
settings.load_profile("cellule")


def pytest_configure() -> None:
    """Keep the tests' folders in memory where there is room: else each commit waits for the disk."""
    with suppress(OSError):
        if shutil.disk_usage(IN_MEMORY).free > ROOM:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None]:
    """Look for no garbage in what is collected, neither now nor later: nothing of it goes."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with those at a browser: one worker has them, one Chromium starts, none is waited for at last."""
    items.sort(key=lambda item: "browser" not in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session", autouse=True)
def _away_from_the_machines_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hide the environment's settings, and `.env` and `var/`, which are looked for in the current folder."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(SERVICE_SETTINGS) and not name.startswith("CELLULE_TEST_"):
                patch.delenv(name)
        patch.chdir(tmp_path_factory.mktemp("current"))
        # Reading all the world's certificates, as each client does for itself, takes longer than most tests.
        patch.setenv("SSL_CERT_DIR", str(tmp_path_factory.mktemp("trusts-nobody")))
        yield


@pytest.fixture(scope="session")
def _postgres() -> Iterator[Server]:
    try:
        with postgres_server() as server:
            yield server
    except NoPostgresError as missing:
        skip_or_fail(str(missing))


@pytest.fixture
def postgres_url(_postgres: Server) -> Iterator[str]:
    """Yield the URL of a fresh, empty PostgreSQL database (`postgresql+psycopg://…`)."""
    with _postgres.fresh_database() as url:
        yield url


@pytest.fixture(scope="session")
def _dovecot() -> "Iterator[Dovecot]":
    from tests.rig.dovecot import NoDovecotError, dovecot  # noqa: PLC0415  (few tests need what it loads)

    try:
        with dovecot() as server:
            yield server
    except NoDovecotError as missing:
        skip_or_fail(str(missing))


@pytest.fixture
def mailbox(_dovecot: "Dovecot", monkeypatch: pytest.MonkeyPatch) -> "Mailbox":
    """An empty mailbox on a real IMAP server, which Cellule trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(_dovecot.certificate))
    _dovecot.start()  # a test before may have stopped it, and failed
    return _dovecot.mailbox()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    fail_when_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    fail_when_skipped(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in not_tested(terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_line(line, bold=True, yellow=True)
