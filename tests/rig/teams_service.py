"""The whole service against the Teams double: see `tests.rig.service`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from adapters.teams.manifest import manifest
from bot.data import SAMPLE_PLAN
from bot.main import Service
from bot.settings import Settings
from tests.rig.migrated import migrated
from tests.rig.plans import read_plan
from tests.rig.service import PEOPLE, SECRET, Running
from tests.rig.slack.service import MovedClock
from tests.rig.teams.double import TeamsDouble
from tests.rig.teams.person import TeamsUser
from tests.rig.teams.reading import inputs, seen
from tests.rig.teams.world import APP_ID, Dialog, Message


class TeamsRig(Running[Message]):
    """The service and its people on Teams."""

    def __init__(self, service: Service, teams: TeamsDouble, clock: MovedClock) -> None:
        super().__init__(service, clock)
        self.teams = teams

    def user(self, name: str) -> TeamsUser:
        """One of the sample plan's people at their Teams client."""
        return self.teams.user(name)

    @property
    def room(self) -> str:
        return self.teams.rooms[-1].id

    @property
    def room_name(self) -> str:
        return self.teams.rooms[-1].name

    @property
    def said_in_room(self) -> list[Message]:
        return self.teams.rooms[-1].messages

    async def elsewhere(self, name: str, words: str) -> Message:
        chat = self.teams.add_chat("avis", members=[name, "tom"])
        await self.user("tom").types(words, where=chat.id)
        return chat.messages[-1]

    def form(self, name: str) -> Dialog | None:
        shown = self.user(name).open_dialog()
        return shown if shown is not None and inputs(shown.card) else None

    def members(self) -> set[str]:
        return {account.handle for account in self.teams.world.members(self.teams.rooms[-1])}

    def called(self, message: Message) -> set[str]:
        ids = {entity["mentioned"]["id"] for entity in message.entities if entity["type"] == "mention"}
        everybody = self.teams.world.accounts.values()
        return {one.handle for one in everybody if {one.id, one.aad, one.upn} & ids}

    def notice(self, message: Message) -> str:
        return message.summary

    def outcomes(self) -> set[str]:
        """Somebody who is there already makes a conflict, which is well."""
        return {call.outcome for call in self.teams.calls} - {"Conflict"}

    def attached(self, name: str) -> int:
        """Teams takes no file from an app in a chat: a message bears its name and its text."""
        messages = self.teams.rooms[-1].messages
        return sum(seen("", message.cards).startswith(name) for message in messages)

    async def settle(self, *, patience: int = 15) -> None:
        await super().settle(patience=patience)
        await self.teams.told()


def tenant() -> TeamsDouble:
    """A tenant with the sample plan's people and one more whom the plan does not name."""
    declared = manifest(app_id=APP_ID, base_url="https://cellule.test", version="1.0.0", channels=False)
    teams = TeamsDouble(manifest=declared)
    for name in PEOPLE:
        host = "cabinet" if name in {"farid", "salome"} else "cellule"
        teams.add_user(name, mail=f"{name}@{host}.example")
    teams.add_user("tom", mail="tom@ailleurs.example")
    return teams


@asynccontextmanager
async def served_on_teams(
    teams: TeamsDouble, folder: Path, clock: MovedClock, *, plan: Path = SAMPLE_PLAN, **more: Any
) -> AsyncIterator[TeamsRig]:
    """The service itself, on a tenant that lives longer; the communities of `plan` meet on Teams."""
    service = Service(settings_for(teams, folder, plan=plan, **more), clock=clock, read_plan=read_plan)
    teams.app = service.app
    teams.now = lambda: clock().timestamp()
    assert service.teams is not None
    await service.teams.start()
    service.application.prepare(clock())
    try:
        yield TeamsRig(service, teams, clock)
    finally:
        await teams.told()
        await service.teams.stop()
        service.close()


def settings_for(teams: TeamsDouble, folder: Path, *, plan: Path = SAMPLE_PLAN, **more: Any) -> Settings:
    """Settings that lead to the double; `more` stand over them."""
    there = folder / "teams.yaml"
    there.write_text(plan.read_text("utf-8").replace("rooms: [web, slack]", "rooms: [web, teams]"), "utf-8")
    told: dict[str, Any] = {name.lower(): value for name, value in teams.settings.items()} | more
    return Settings(
        _env_file=None, database_url=migrated(folder), plan=there, secret_key=SecretStr(SECRET), **told
    )
