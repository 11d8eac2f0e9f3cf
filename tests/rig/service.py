"""The whole service in the test's own process, on SQLite and against the Slack double, with a clock to move.

Nothing works by itself: what waits is sent when the test says so, and time passes when it is moved.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from pydantic import SecretStr

from adapters.slack.manifest import manifest
from bot.data import SAMPLE_PLAN
from bot.main import Service
from bot.settings import Settings
from bot.texts import translator
from tests.rig import browser
from tests.rig.migrated import migrated
from tests.rig.plans import read_plan
from tests.rig.slack.double import SlackDouble
from tests.rig.slack.person import SlackUser
from tests.rig.slack.reading import called
from tests.rig.slack.service import MovedClock
from tests.rig.slack.socket import APP_TOKEN
from tests.rig.slack.waiting import eventually
from tests.rig.slack.world import Dialog, Message

SECRET = "a secret of these tests and of nothing else"
PEOPLE = ("lea", "ines", "denis", "claire", "farid", "salome", "noe", "helene")


M = TypeVar("M")


class Client(Protocol[M]):
    """What somebody sees on a platform, whichever it is."""

    def sees_in(self, where: str, /) -> list[M]: ...

    def direct_messages(self) -> list[M]: ...

    def reads(self, shown: Any, /) -> str: ...

    def notified(self) -> list[str]: ...

    async def press(self, label: str, /, *, on: Any) -> Any: ...

    async def submit(self, form: Any, filled: Mapping[str, str | list[str] | None], /) -> Any: ...


class Running(Generic[M]):
    """A running service and a clock to move; `M` are the messages of its platform."""

    def __init__(self, service: Service, clock: MovedClock) -> None:
        self.service = service
        self.clock = clock

    def user(self, name: str) -> Client[M]:
        """One of the sample plan's people."""
        raise NotImplementedError

    @property
    def room(self) -> str:
        """The newest crisis room."""
        raise NotImplementedError

    @property
    def room_name(self) -> str:
        """How people see the newest crisis room called."""
        return self.room

    @property
    def said_in_room(self) -> list[M]:
        """All that was said in the newest crisis room, oldest first."""
        raise NotImplementedError

    async def elsewhere(self, name: str, words: str) -> M:
        """What Tom writes where somebody is, too."""
        raise NotImplementedError

    def form(self, name: str) -> Any:
        """The form that is open before somebody, if any."""
        raise NotImplementedError

    def members(self) -> set[str]:
        """Who is in the newest crisis room."""
        raise NotImplementedError

    def called(self, message: M) -> set[str]:
        """Whom a message calls by name."""
        raise NotImplementedError

    def notice(self, message: M) -> str:
        """What devices show of a message."""
        raise NotImplementedError

    def outcomes(self) -> set[str]:
        """How its calls to the platform ended; `ok` is well."""
        raise NotImplementedError

    def attached(self, name: str) -> int:
        """How often a file of this name stands in the newest crisis room."""
        raise NotImplementedError

    async def settle(self, *, patience: int = 15) -> None:
        """Do what is due and send what waits.

        What Slack's pace puts off gets up to `patience` seconds of the clock.
        """
        application = self.service.application
        for _second in range(patience):
            while application.tick(self.clock()):
                pass
            while judged := application.judge_next():
                application.propose(judged, self.clock())
            await self.service.relay.drain()
            if not self.undelivered():
                return
            self.clock.ahead += timedelta(seconds=1)

    def undelivered(self) -> bool:
        """Whether something still waits to go out."""
        with self.service.application.store.read() as uow:
            return uow.outbox.oldest_undelivered() is not None

    async def later(self, **ahead: float) -> None:
        """Let time pass, minute by minute up to an hour, then in larger steps: reminders come in order."""
        left = timedelta(**ahead)
        step = timedelta(minutes=1) if left <= timedelta(hours=1) else timedelta(minutes=30)
        while left > timedelta():
            self.clock.ahead += min(step, left)
            left -= step
            await self.settle(patience=2)
        await self.settle()


class Rig(Running[Message]):
    """The service and its people on Slack."""

    def __init__(self, service: Service, slack: SlackDouble, clock: MovedClock) -> None:
        super().__init__(service, clock)
        self.slack = slack

    def user(self, name: str) -> SlackUser:
        """One of the sample plan's people at their Slack client."""
        return self.slack.user(f"U{name.upper()}")

    @property
    def room(self) -> str:
        return self.slack.rooms[-1].name

    @property
    def said_in_room(self) -> list[Message]:
        return self.slack.rooms[-1].messages

    async def elsewhere(self, name: str, words: str) -> Message:
        self.slack.add_channel("avis", members=[self.user(name).account.id, "UTOM"])
        return self.slack.someone_writes("UTOM", "avis", words)

    def form(self, name: str) -> Dialog | None:
        shown = self.user(name).open_modal()
        asks = shown is not None and any(block["type"] == "input" for block in shown.content["blocks"])
        return shown if asks else None

    def members(self) -> set[str]:
        return self._names(set(self.slack.rooms[-1].members))

    def called(self, message: Message) -> set[str]:
        return self._names(called(message.blocks, message.text))

    def notice(self, message: Message) -> str:
        return message.text

    def outcomes(self) -> set[str]:
        return {call.outcome for call in self.slack.calls}

    def attached(self, name: str) -> int:
        files = [file for message in self.slack.rooms[-1].messages for file in message.files]
        return sum(file["name"] == name for file in files)

    def _names(self, ids: set[str]) -> set[str]:
        return {account.name for account in self.slack.world.accounts.values() if account.id in ids}


class Working(Rig):
    """A service whose worker runs: what waits goes out by itself."""

    async def settle(self, *, patience: int = 15) -> None:
        """Wait until it has, for so many seconds."""
        await eventually(lambda: not self.undelivered(), within=patience)


@asynccontextmanager
async def slack_rig(folder: Path, *, database_url: str = "", plan: Path = SAMPLE_PLAN) -> AsyncIterator[Rig]:
    """Serve the sample plan on Slack. A second rig on the same folder goes on where the first was stopped."""
    with workspace() as slack:
        async with served(slack, folder, MovedClock(), database_url=database_url, plan=plan) as rig:
            yield rig


@asynccontextmanager
async def served(
    slack: SlackDouble, folder: Path, clock: MovedClock, *, database_url: str = "", plan: Path = SAMPLE_PLAN
) -> AsyncIterator[Rig]:
    """The service itself, on a workspace that lives longer; by Socket Mode if the manifest says so."""
    service = service_on(slack, folder, clock, database_url=database_url, plan=plan)
    slack.app = service.app
    slack.now = lambda: clock().timestamp()
    assert service.slack is not None
    await service.slack.start()
    service.application.prepare(clock())
    try:
        yield Rig(service, slack, clock)
    finally:
        await service.slack.stop()
        service.close()


@asynccontextmanager
async def serving_slack(folder: Path, clock: MovedClock, *, port: int) -> AsyncIterator[Rig]:
    """The sample plan on Slack, its worker running, its pages served to real browsers."""
    with workspace() as slack:
        service = service_on(slack, folder, clock, port=port)
        slack.app = service.app
        slack.now = lambda: clock().timestamp()
        async with service.running(), browser.served(service.app, port=port):
            try:
                yield Working(service, slack, clock)
            finally:
                service.web.hub.close()  # the streams of open pages would hold the stop up


def service_on(
    slack: SlackDouble,
    folder: Path,
    clock: MovedClock,
    *,
    database_url: str = "",
    plan: Path = SAMPLE_PLAN,
    port: int = 8080,
) -> Service:
    settings = Settings(
        _env_file=None,
        database_url=database_url or migrated(folder),
        plan=plan,
        secret_key=SecretStr(SECRET),
        port=port,
        slack_bot_token=SecretStr(slack.token),
        slack_signing_secret=SecretStr(slack.signing_secret),
        slack_app_token=SecretStr(APP_TOKEN) if slack.socket else None,
        slack_api_url=slack.api_url,
    )
    return Service(settings, clock=clock, read_plan=read_plan)


def workspace(*, socket: bool = False) -> SlackDouble:
    """A workspace with the sample plan's people and one more whom the plan does not name."""
    declared = manifest(base_url="https://cellule.test", least=False, socket=socket, _=translator("fr"))
    slack = SlackDouble(manifest=declared)
    for name in PEOPLE:
        host = "cabinet" if name in {"farid", "salome"} else "cellule"
        slack.add_user(f"U{name.upper()}", name, email=f"{name}@{host}.example", locale="fr-FR")
    slack.add_user("UTOM", "tom", email="tom@ailleurs.example", locale="fr-FR")
    return slack
