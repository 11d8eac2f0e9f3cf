"""A cloud with the plan's people, and the adapter in front of a scripted core."""

from collections.abc import AsyncIterator, Iterator

import pytest

from adapters.teams.app import TeamsAdapter
from tests.rig.slack.service import MovedClock, ScriptedCore
from tests.rig.teams.double import TeamsDouble
from tests.rig.teams.service import Redrawn, people, served


@pytest.fixture
def teams() -> Iterator[TeamsDouble]:
    with TeamsDouble() as cloud:
        yield people(cloud)


@pytest.fixture
def core() -> ScriptedCore:
    return ScriptedCore()


@pytest.fixture
def clock(teams: TeamsDouble) -> MovedClock:
    moved = MovedClock()
    teams.now = lambda: moved().timestamp()
    return moved


@pytest.fixture
def redrawn() -> Redrawn:
    return Redrawn()


@pytest.fixture
async def adapter(
    teams: TeamsDouble, core: ScriptedCore, clock: MovedClock, redrawn: Redrawn
) -> AsyncIterator[TeamsAdapter]:
    async with served(teams, core, clock=clock, redrawn=redrawn) as running:
        yield running
        await teams.told()
