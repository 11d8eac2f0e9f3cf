"""A role that nobody can fill any more: it is said, and a manager names somebody."""

from bot.domain.ids import CrisisId
from bot.domain.roster import Role
from bot.domain.states import DraftStatus
from bot.domain.verbs import Verb
from tests.rig.core import Core
from tests.rig.plain import plain


def leak_without_officer() -> tuple[Core, CrisisId]:
    """A leak needs the lawyer and the data protection officer; the one officer cannot come."""
    core = Core()
    crisis = core.opens("ines", first="leak_or_threat")
    core.press("salome", Verb.DECLINE, crisis)
    return core, crisis


def test_it_says_before_anybody_writes_that_nobody_can_approve() -> None:
    core, crisis = leak_without_officer()
    form = core.press("ines", Verb.DRAFT, crisis).form
    assert form is not None
    assert "rôle : délégué·e à la protection des données" in plain(form).replace("\u00a0", " ")


def test_it_goes_on_with_whom_a_manager_names() -> None:
    core, crisis = leak_without_officer()
    core.proposes(crisis, "ines")
    core.press("farid", Verb.APPROVE, f"{crisis}.d1", 1)
    assert core.fill("helene", Verb.ROLE, crisis, role=Role.DPO, person="claire").code is None
    core.press("claire", Verb.APPROVE, f"{crisis}.d1", 1)
    assert core.crisis(crisis).draft(1).status is DraftStatus.APPROVED


def test_it_calls_the_next_when_the_other_holder_of_the_authors_role_declines() -> None:
    """Ines writes and holds the only other approving role: who declines must not leave her alone."""
    core = Core()
    crisis = core.opens("ines", first="leak_or_threat")
    core.fill("helene", Verb.ROLE, crisis, role=Role.LAWYER, person="ines")
    core.proposes(crisis, "ines")
    core.press("farid", Verb.DECLINE, crisis)
    called = {a.role for a in core.crisis(crisis).assignments if a.person == "salome"}
    assert Role.LAWYER in called
