"""What a silent person brings about, as long as nobody else does their part."""

import pytest

from bot.domain.cell import assignments_of
from bot.domain.ids import PersonId
from bot.domain.verbs import Verb
from tests.rig.core import Core


@pytest.fixture
def core() -> Core:
    """A crisis of severity 4 where everybody is there but Farid; his deputy has just been called."""
    core = Core()
    crisis = core.opens()
    for who in ("claire", "denis", "noe"):
        core.press(who, Verb.TAKE_UP, crisis)
    core.later(minutes=1)
    core.later(minutes=1)
    return core


def called(core: Core, who: str) -> int:
    return len(core.chat.read_by(who))


def managers(core: Core) -> bool:
    (crisis,) = core.crises()
    return bool(assignments_of(core.crisis(crisis), PersonId("helene")))


def test_it_wakes_the_managers_while_nobody_fills_the_role(core: Core) -> None:
    core.later(minutes=2)
    assert managers(core)
    assert called(core, "farid") == 4


def test_it_lets_the_managers_sleep_once_the_deputy_is_there(core: Core) -> None:
    (crisis,) = core.crises()
    core.press("salome", Verb.TAKE_UP, crisis)
    before = called(core, "farid")
    core.later(minutes=2)
    assert not managers(core)
    assert called(core, "farid") == before
