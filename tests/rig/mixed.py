"""One cell on Slack and Teams at once, and in the browser: an agency here, its client there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.main import Service
from bot.settings import Settings
from tests.rig.migrated import migrated
from tests.rig.reading import plain
from tests.rig.service import SECRET, Rig, workspace
from tests.rig.slack.double import SlackDouble
from tests.rig.slack.service import MovedClock
from tests.rig.teams.double import TeamsDouble
from tests.rig.teams.person import TeamsUser
from tests.rig.teams.world import Conversation, Message

ON_TEAMS = ("farid", "claire", "denis", "noe")
PLAN = """
version: 1
people:
  lea: {{name: Léa Marchand, slack: ULEA}}
  ines: {{name: Inès Benali, slack: UINES}}
  helene: {{name: Hélène Faure, slack: UHELENE}}
  noe: {{name: Noé Girard, email: noe@cellule.example}}
  farid: {{name: Farid Haddad, teams: {farid}}}
  claire: {{name: Claire Moreau, teams: {claire}}}
  denis: {{name: Denis Roux, teams: {denis}}}
  yves: {{name: Yves Caron, email: yves@cabinet.example, external: true}}
communities:
  forum:
    name: Forum Exemple
    code: fe
    country: FR
    rooms: {rooms}
    workspaces: {workspaces}
    roles:
      moderator: [lea, ines]
      spokesperson: [claire, ines]
      lawyer: [farid]
      communication_lead: [yves]
      distress_referent: [noe]
      manager: [helene, denis]
      director: [helene]
      dpo: [claire]
    approvals:
      default: {{roles: [lawyer, communication_lead, distress_referent], release: spokesperson}}
"""
"""Léa, Inès and Hélène are on Slack; Farid, Claire and Denis on Teams; Noé on both; Yves in a browser."""


class MixedRig(Rig):
    """A running service, and its people at Slack (`user`) and at Teams (`on_teams`)."""

    def __init__(self, service: Service, slack: SlackDouble, teams: TeamsDouble, clock: MovedClock) -> None:
        super().__init__(service, slack, clock)
        self.teams = teams

    def on_teams(self, name: str) -> TeamsUser:
        return self.teams.user(name)

    @property
    def teams_room(self) -> Conversation:
        """The crisis room on Teams."""
        return self.teams.rooms[-1]

    def reads_on_teams(self, who: str, message: Message) -> str:
        """What a message says, with plain spaces where French typography asks for others."""
        return plain(self.on_teams(who).reads(message))

    def in_teams_room(self, who: str, words: str) -> Message:
        """The newest message of the crisis room on Teams with these words."""
        return self._newest(who, self.on_teams(who).sees_in(self.teams_room.id), words)

    def direct_on_teams(self, who: str, words: str) -> Message:
        """The newest direct message on Teams with these words."""
        return self._newest(who, self.on_teams(who).direct_messages(), words)

    def _newest(self, who: str, messages: list[Message], words: str) -> Message:
        for message in reversed(messages):
            if words in self.reads_on_teams(who, message):
                return message
        said = "\n\n".join(self.reads_on_teams(who, message) for message in messages)
        raise AssertionError(f"nothing says {words!r} among:\n{said}")


def tenant() -> TeamsDouble:
    """The client's tenant."""
    teams = TeamsDouble()
    for name in ON_TEAMS:
        teams.add_user(name, mail=f"{name}@cellule.example")
    return teams


def plan_for(teams: TeamsDouble, *, rooms: str = "[slack, teams]", workspaces: str = "{}") -> str:
    people = {name: teams.user(name).account.aad for name in ON_TEAMS}
    return PLAN.format(rooms=rooms, workspaces=workspaces, **people)


@asynccontextmanager
async def on_both(folder: Path, *, rooms: str = "[slack, teams]") -> AsyncIterator[MixedRig]:
    """Both platforms, with the service on them."""
    with workspace() as slack, tenant() as teams:
        async with served_on_both(slack, teams, folder, MovedClock(), rooms=rooms) as rig:
            yield rig


@asynccontextmanager
async def served_on_both(
    slack: SlackDouble, teams: TeamsDouble, folder: Path, clock: MovedClock, **plan_says: str
) -> AsyncIterator[MixedRig]:
    """The service itself, on platforms that live longer."""
    plan = folder / "plan.yaml"
    plan.write_text(plan_for(teams, **plan_says), "utf-8")
    told: dict[str, Any] = {name.lower(): value for name, value in teams.settings.items()}
    settings = Settings(
        _env_file=None,
        database_url=migrated(folder),
        plan=plan,
        secret_key=SecretStr(SECRET),
        slack_bot_token=SecretStr(slack.token),
        slack_signing_secret=SecretStr(slack.signing_secret),
        slack_api_url=slack.api_url,
        **told,
    )
    service = Service(settings, clock=clock)
    slack.app = teams.app = service.app
    slack.now = teams.now = lambda: clock().timestamp()
    assert service.slack is not None
    assert service.teams is not None
    await service.slack.start()
    await service.teams.start()
    service.application.prepare(clock())
    try:
        yield MixedRig(service, slack, teams, clock)
    finally:
        await teams.told()
        await service.teams.stop()
        await service.slack.stop()
        service.close()
