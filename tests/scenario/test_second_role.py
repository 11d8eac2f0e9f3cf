"""A deputy of two roles who stays silent: each role has its own time."""

from datetime import timedelta
from pathlib import Path

from bot.data import SAMPLE_PLAN
from bot.domain.cell import roles_of
from bot.domain.ids import CrisisId, PersonId
from bot.domain.roster import Role
from bot.domain.verbs import Verb
from tests.rig.core import Core
from tests.rig.plain import plain


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


def test_it_says_for_each_role_by_when_the_answer_is_awaited(tmp_path: Path) -> None:
    """Both with a deputy to come, asked a minute apart."""
    plan = tmp_path / "plan.yaml"
    sample = SAMPLE_PLAN.read_text("utf-8")
    sample = sample.replace("lawyer: [farid, salome]", "lawyer: [farid, salome, denis]", 1)
    plan.write_text(sample.replace("referent: [noe, salome]", "referent: [noe, salome, ines]", 1), "utf-8")
    core = Core(plan=plan)
    crisis = core.opens()
    core.press("noe", Verb.DECLINE, crisis)
    core.later(minutes=1)
    core.press("farid", Verb.DECLINE, crisis)
    core.deliver()
    said = plain(core.chat.read_by("salome")[-1].card).replace("\u00a0", " ")
    assert "Sans réponse de votre part à 03:16, on appelle aussi Inès." in said
    assert "Sans réponse de votre part à 03:17, on appelle aussi Denis." in said
