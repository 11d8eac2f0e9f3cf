"""A deputy decides as soon as whoever holds the role cannot: the author, or away, or off duty now."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.cell import holders, roles_of
from bot.domain.errors import Code
from bot.domain.ids import CrisisId, PersonId
from bot.domain.roster import Role
from bot.domain.states import DraftStatus
from bot.domain.verbs import Verb
from tests.rig.core import Core
from tests.rig.plain import plain
from tests.scenario.test_duty import with_duty

NIGHT_WATCH = '\n    duty: {communication_lead: {denis: "tue 00:00-04:00", ines: "tue 04:00-09:00"}}\n'
"""Denis until four, then Inès."""


def in_review(core: Core) -> CrisisId:
    """Inès is in the cell as a moderator; Denis holds communication, for which she deputises."""
    crisis = core.opens()
    core.press("denis", Verb.TAKE_UP, crisis)
    core.fill("helene", Verb.ROLE, crisis, role=Role.MODERATOR, person="ines")
    core.press("ines", Verb.TAKE_UP, crisis)
    core.proposes(crisis)
    core.deliver()
    return crisis


def decides(core: Core, crisis: CrisisId, who: str = "ines") -> str | None:
    return core.press(who, Verb.APPROVE, f"{crisis}.d1", 1).code


def card(core: Core, revision: int = 1) -> str:
    cards = (plain(said.card).replace("\u00a0", " ") for said in reversed(core.chat.in_rooms()))
    return next(card for card in cards if f"version {revision}" in card)


def test_it_lets_a_deputy_wait_while_the_holder_can_decide() -> None:
    core = Core()
    crisis = in_review(core)
    assert decides(core, crisis) is Code.DEPUTY_TOO_EARLY
    assert "ne peut pas décider" not in card(core)


def test_it_lets_a_deputy_decide_while_the_holder_is_off_duty(tmp_path: Path) -> None:
    core = Core(plan=with_duty(tmp_path, NIGHT_WATCH), now=datetime(2026, 11, 24, 2, 55, tzinfo=UTC))
    crisis = in_review(core)
    assert decides(core, crisis) is Code.DEPUTY_TOO_EARLY
    core.later(minutes=6)
    core.fill("lea", Verb.REVISE, f"{crisis}.d1", 1, text="Bonjour, nous vous lisons.")
    core.deliver()
    assert "Qui tient le rôle ne peut pas décider maintenant. À sa place : Inès." in card(core, 2)
    assert core.press("ines", Verb.APPROVE, f"{crisis}.d1", 2).code is None
    given = core.crisis(crisis).draft(1).verdicts[-1]
    assert Role.COMMUNICATION_LEAD in given.roles
    assert PersonId("ines") in [a.person for a in holders(core.crisis(crisis), Role.COMMUNICATION_LEAD)]


def test_it_calls_a_deputy_at_once_for_whoever_goes_away() -> None:
    """A leak needs the lawyer; where any of several would do, those who are there are enough."""
    core = Core()
    crisis = core.opens("ines", first="leak_or_threat")
    core.proposes(crisis, "ines")
    core.command("farid", "absent jusqu'à demain 9h")
    called = [a.person for a in holders(core.crisis(crisis), Role.LAWYER)]
    assert called == ["farid", "salome"]
    assert decides(core, crisis, "salome") is None


def test_it_calls_a_deputy_for_a_text_written_while_the_holder_is_away() -> None:
    core = Core()
    crisis = core.opens()
    core.command("farid", "absent jusqu'à demain 9h")
    core.command("denis", "absent jusqu'à demain 9h")
    core.command("noe", "absent jusqu'à demain 9h")
    assert "salome" not in [a.person for a in holders(core.crisis(crisis), Role.DISTRESS_REFERENT)]
    core.proposes(crisis)
    assert "salome" in [a.person for a in holders(core.crisis(crisis), Role.DISTRESS_REFERENT)]


def test_it_still_takes_the_decision_of_whoever_is_away_and_comes() -> None:
    core = Core()
    crisis = in_review(core)
    core.command("denis", "absent jusqu'à demain 9h")
    assert decides(core, crisis, "denis") is None


def test_it_lets_the_deputy_of_whoever_is_away_decide_uncalled() -> None:
    core = Core()
    crisis = in_review(core)
    core.command("denis", "absent jusqu'à demain 9h")
    core.deliver()
    assert [a.person for a in holders(core.crisis(crisis), Role.COMMUNICATION_LEAD)] == ["denis"]
    assert decides(core, crisis) is None


def test_it_calls_a_deputy_without_a_part_for_whoever_went_off_duty(tmp_path: Path) -> None:
    """Farid's watch ends while a text waits for a lawyer; Salomé, who knew of nothing, is called."""
    shift = '\n    duty: {lawyer: {farid: "tue 00:00-04:00", salome: "tue 04:00-09:00"}}\n'
    core = Core(plan=with_duty(tmp_path, shift), now=datetime(2026, 11, 24, 2, 55, tzinfo=UTC))
    crisis = core.opens("ines", first="leak_or_threat")
    core.press("farid", Verb.TAKE_UP, crisis)
    core.proposes(crisis, "ines")
    assert called(core, crisis, Role.LAWYER) == ["farid"]
    core.later(minutes=11)
    assert called(core, crisis, Role.LAWYER) == ["farid", "salome"]
    assert decides(core, crisis, "salome") is None


TWO_DIRECTORS = "director: [helene, claire]"


def no_answer_asked(folder: Path, *, duty: str = "", director_writes: bool = False) -> tuple[Core, CrisisId]:
    """An anger: the director alone must agree not to answer; Claire deputises."""
    plan = with_duty(folder, duty)
    plan.write_text(plan.read_text().replace("director: [helene]", TWO_DIRECTORS, 1))
    core = Core(plan=plan, now=datetime(2026, 11, 24, 2, 55, tzinfo=UTC))
    crisis = core.opens("ines", first="anger_or_image")
    core.fill("helene", Verb.ROLE, crisis, role=Role.DIRECTOR, person="helene")
    core.proposes(crisis, "helene" if director_writes else "ines")
    answer = core.fill("denis", Verb.REJECT, f"{crisis}.d1", 1, then="no_answer", reason="mieux vaut")
    assert answer.code is None, answer
    return core, crisis


def test_it_lets_the_deputy_wait_while_the_director_can_agree(tmp_path: Path) -> None:
    core, crisis = no_answer_asked(tmp_path)
    assert called(core, crisis, Role.DIRECTOR) == ["helene"]
    assert agrees(core, crisis, "claire") is Code.DEPUTY_TOO_EARLY


def test_it_calls_a_deputy_to_agree_for_a_director_who_goes_away(tmp_path: Path) -> None:
    core, crisis = no_answer_asked(tmp_path)
    core.command("helene", "absent jusqu'à demain 9h")
    assert called(core, crisis, Role.DIRECTOR) == ["helene", "claire"]
    assert agrees(core, crisis, "claire") is None
    assert core.crisis(crisis).draft(1).status is DraftStatus.NO_ANSWER


def test_it_calls_a_deputy_to_agree_about_the_directors_own_text(tmp_path: Path) -> None:
    core, crisis = no_answer_asked(tmp_path, director_writes=True)
    assert called(core, crisis, Role.DIRECTOR) == ["helene", "claire"]
    assert agrees(core, crisis, "claire") is None


def test_it_lets_a_deputy_agree_once_the_director_is_off_duty(tmp_path: Path) -> None:
    shift = '\n    duty: {director: {helene: "tue 00:00-04:00", claire: "tue 04:00-09:00"}}\n'
    core, crisis = no_answer_asked(tmp_path, duty=shift)
    assert agrees(core, crisis, "claire") is Code.DEPUTY_TOO_EARLY
    core.now += timedelta(minutes=6)
    assert called(core, crisis, Role.DIRECTOR) == ["helene"]
    assert agrees(core, crisis, "claire") is None
    assert Role.DIRECTOR in roles_of(core.crisis(crisis), PersonId("claire"))


def test_it_calls_a_deputy_to_agree_once_the_director_is_off_duty(tmp_path: Path) -> None:
    shift = '\n    duty: {director: {helene: "tue 00:00-04:00", claire: "tue 04:00-09:00"}}\n'
    core, crisis = no_answer_asked(tmp_path, duty=shift)
    core.later(minutes=11)
    assert called(core, crisis, Role.DIRECTOR) == ["helene", "claire"]


def agrees(core: Core, crisis: CrisisId, who: str) -> str | None:
    return core.press(who, Verb.NO_ANSWER, f"{crisis}.d1", 1).code


def called(core: Core, crisis: CrisisId, role: Role) -> list[str]:
    return [a.person for a in holders(core.crisis(crisis), role)]
