"""A deputy of two roles who stays silent: each role has its own time."""

from datetime import timedelta

from bot.domain.cell import roles_of
from bot.domain.ids import CrisisId, PersonId
from bot.domain.roster import Role
from bot.domain.verbs import Verb
from tests.rig.core import Core


def deputy_of_two() -> tuple[Core, CrisisId]:
    """Salomé is called for Noé at once, and for Farid, who stays silent, two minutes later."""
    core = Core()
    crisis = core.opens()
    core.press("noe", Verb.DECLINE, crisis)
    core.later(minutes=2)
    assert set(roles_of(core.crisis(crisis), PersonId("salome"))) == {Role.DISTRESS_REFERENT, Role.LAWYER}
    return core, crisis


def test_it_gives_up_the_role_asked_first_and_still_waits_for_the_second() -> None:
    core, crisis = deputy_of_two()
    assert core.crisis(crisis).exhausted == (Role.DISTRESS_REFERENT,)


def test_it_gives_up_the_second_role_in_its_own_time() -> None:
    core, crisis = deputy_of_two()
    core.later(minutes=1)
    assert Role.LAWYER not in core.crisis(crisis).exhausted
    core.later(minutes=1)
    assert Role.LAWYER in core.crisis(crisis).exhausted


def test_it_calls_again_for_the_second_role_by_a_message_of_its_own() -> None:
    core, _crisis = deputy_of_two()
    said = len(core.chat.read_by("salome"))
    core.now += timedelta(minutes=1)
    core.settle()
    assert len(core.chat.read_by("salome")) == said + 1
