"""Half of the time to reply has passed: fewer approvals are enough."""

from bot.domain.ids import CrisisId
from bot.domain.states import DraftStatus
from bot.domain.verbs import Verb
from tests.rig.core import Core


def distress(level: str) -> tuple[Core, CrisisId]:
    """A distress of this level in the club, where each of the cell has one role.

    At D2 the reply is due within an hour of the opening, at D3 within half an hour.
    """
    core = Core()
    crisis = core.opens("ines", community="club")
    core.fill("ines", Verb.COMPLETE, crisis, level=level)
    return core, crisis


def approves(core: Core, who: str, crisis: CrisisId) -> DraftStatus:
    answer = core.press(who, Verb.APPROVE, f"{crisis}.d1", 1)
    assert answer.code is None, answer
    return core.crisis(crisis).draft(1).status


def test_it_is_content_with_the_referent_who_had_approved_once_half_the_delay_has_passed() -> None:
    core, crisis = distress("D2")
    core.proposes(crisis, "ines")
    assert approves(core, "noe", crisis) is DraftStatus.IN_REVIEW
    core.later(minutes=29)
    assert core.crisis(crisis).draft(1).status is DraftStatus.IN_REVIEW
    core.later(minutes=1)
    assert core.crisis(crisis).draft(1).status is DraftStatus.APPROVED
    assert core.press("ines", Verb.RELEASE, f"{crisis}.d1", 1).code is None
    assert core.crisis(crisis).draft(1).status is DraftStatus.RELEASED


def test_it_is_content_with_the_referent_who_approves_afterwards() -> None:
    core, crisis = distress("D3")
    core.later(minutes=16)
    core.proposes(crisis, "ines")
    assert approves(core, "noe", crisis) is DraftStatus.APPROVED


def test_it_still_needs_the_referent_when_only_another_has_approved() -> None:
    core, crisis = distress("D3")
    core.proposes(crisis, "ines")
    assert approves(core, "salome", crisis) is DraftStatus.IN_REVIEW
    core.later(minutes=16)
    assert core.crisis(crisis).draft(1).status is DraftStatus.IN_REVIEW


def test_it_approves_at_once_a_text_that_needs_less_since_the_level_fell() -> None:
    """At D3 the communication lead alone is not enough; at D1 they are."""
    core, crisis = distress("D3")
    core.proposes(crisis, "ines")
    assert approves(core, "denis", crisis) is DraftStatus.IN_REVIEW
    core.fill("ines", Verb.COMPLETE, crisis, level="D1", level_reason="parlé au téléphone")
    assert core.crisis(crisis).draft(1).status is DraftStatus.APPROVED


def test_it_says_in_the_room_that_fewer_approvals_are_needed() -> None:
    core, crisis = distress("D2")
    core.proposes(crisis, "ines")
    core.later(minutes=31)
    assert "La moitié du délai de réponse est passée" in str(core.chat.in_rooms())
