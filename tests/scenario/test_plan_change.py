"""A plan that changes under open crises."""
# ruff: noqa: ASYNC240  (a small file of the test itself)

import os
import signal
from pathlib import Path

import pytest

from bot.data import SAMPLE_PLAN
from bot.domain.ids import PersonId
from bot.domain.roster import Role
from bot.domain.verbs import Verb
from bot.plan.problems import CommunitiesMissing, PlanError
from bot.texts import translator
from tests.rig.acts import offers
from tests.rig.process import killable
from tests.rig.reading import dialog
from tests.rig.service import Rig, served, service_on, workspace
from tests.rig.slack.service import MovedClock
from tests.rig.slack.waiting import eventually

SAMPLE = SAMPLE_PLAN.read_text("utf-8")
OTHER_DEPUTY = SAMPLE.replace("lawyer: [farid, salome]", "lawyer: [farid, ines]", 1).replace(
    "distress_referent: [noe, salome]", "distress_referent: [noe]", 1
)


SLOWER = SAMPLE.replace("deputy: 10m, manager: 15m", "deputy: 30m, manager: 40m", 1)


@pytest.fixture
def plan(tmp_path):
    """Give a plan of one's own, the sample's to begin with."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(SAMPLE, "utf-8")
    return plan


def called(rig: Rig, who: str) -> bool:
    return any(Verb.TAKE_UP in offers(message) for message in rig.user(who).direct_messages())


async def test_it_refuses_to_start_without_a_community_that_has_an_open_crisis(tmp_path: Path) -> None:
    smaller = tmp_path / "plan.yaml"
    smaller.write_text(SAMPLE.replace("\n  forum:", "\n  autre:"), "utf-8")
    clock = MovedClock()
    with workspace() as slack:
        async with served(slack, tmp_path, clock) as rig:
            await rig.user("lea").command("/crisis urgence un membre va mal")
        with pytest.raises(CommunitiesMissing) as raised:
            async with served(slack, tmp_path, clock, plan=smaller):
                pass
    (sentence,) = raised.value.sentences(translator("en"))
    assert "“forum” is missing" in sentence


async def test_it_calls_the_new_deputy_and_keeps_whoever_was_asked(tmp_path: Path, plan: Path) -> None:
    with workspace() as slack:
        async with served(slack, tmp_path, MovedClock(), plan=plan) as rig:
            await rig.user("lea").command("/crisis urgence un membre va mal")
            await rig.settle()
            plan.write_text(OTHER_DEPUTY, "utf-8")
            await rig.service.reload()
            await rig.later(minutes=10)
            assert called(rig, "farid")
            assert called(rig, "ines")
            assert not called(rig, "salome")


@pytest.mark.parametrize("wrong", [SAMPLE.replace("[lea, ines]", "[lea, inez]"), "version: 2\n"])
async def test_it_keeps_the_old_plan_when_the_new_one_is_wrong(
    tmp_path: Path, plan: Path, wrong: str
) -> None:
    with workspace() as slack:
        async with served(slack, tmp_path, MovedClock(), plan=plan) as rig:
            plan.write_text(wrong, "utf-8")
            with pytest.raises(PlanError):
                await rig.service.reload()
            assert rig.service.plan.communities["forum"].holders(Role.MODERATOR)[0] == PersonId("lea")


async def test_it_moves_what_is_still_to_come_to_the_new_times(tmp_path: Path, plan: Path) -> None:
    """Farid stays silent: his deputy is called after half an hour instead of ten minutes."""
    with workspace() as slack:
        async with served(slack, tmp_path, MovedClock(), plan=plan) as rig:
            await opens_an_anger(rig)
            plan.write_text(SLOWER, "utf-8")
            await rig.service.reload()
            await said_nothing_before_half_an_hour(rig)


async def test_it_moves_them_when_the_service_was_stopped_meanwhile(tmp_path: Path, plan: Path) -> None:
    clock = MovedClock()
    with workspace() as slack:
        async with served(slack, tmp_path, clock, plan=plan) as rig:
            await opens_an_anger(rig)
        plan.write_text(SLOWER, "utf-8")
        async with service_on(slack, tmp_path, clock, plan=plan).running():
            pass
        async with served(slack, tmp_path, clock, plan=plan) as rig:
            await said_nothing_before_half_an_hour(rig)


async def opens_an_anger(rig: Rig) -> None:
    """Not of severity 4: the plan says after how long silent people's deputies are called."""
    lea = rig.user("lea")
    await lea.command("/crisis ouvrir un avis qui enfle")
    await lea.submit(await dialog(rig, "lea"), {"first_choice": "anger_or_image"})
    await rig.settle()


async def said_nothing_before_half_an_hour(rig: Rig) -> None:
    await rig.later(minutes=29)
    assert not called(rig, "salome")
    await rig.later(minutes=2)
    assert called(rig, "salome")


async def test_it_keeps_the_old_plan_when_an_open_crisis_would_lose_its_community(
    tmp_path: Path, plan: Path
) -> None:
    with workspace() as slack:
        async with served(slack, tmp_path, MovedClock(), plan=plan) as rig:
            await rig.user("lea").command("/crisis urgence un membre va mal")
            plan.write_text(SAMPLE.replace("\n  forum:", "\n  autre:"), "utf-8")
            with pytest.raises(CommunitiesMissing):
                await rig.service.reload()
            assert "forum" in rig.service.plan.communities


async def test_it_takes_a_plan_over_when_a_terminal_or_a_signal_says_so(tmp_path: Path, plan: Path) -> None:
    with workspace() as slack, killable(tmp_path, slack, plan=plan) as (process, _killer):
        applied = process.types("plan", "apply")
        assert (applied.returncode, "Aucun service ne tourne" in applied.stdout) == (0, True)
        await process.start()
        plan.write_text(OTHER_DEPUTY, "utf-8")
        applied = process.types("plan", "apply")
        assert (applied.returncode, "Le service le prend maintenant" in applied.stdout) == (0, True)
        await eventually(lambda: process.log().count("plan_reloaded") == 1)
        plan.write_text(SAMPLE.replace("[lea, ines]", "[lea, inez]"), "utf-8")
        applied = process.types("plan", "apply")
        assert (applied.returncode, "inez" in applied.stderr) == (1, True)
        os.kill(process.pid, signal.SIGHUP)
        await eventually(lambda: "plan_refused" in process.log())
        assert "unknown_person" in process.log()
        assert "inez" not in process.log()
        assert process.alive


async def test_it_takes_terms_over_with_the_plan_and_keeps_the_old_ones_when_they_are_wrong(
    tmp_path: Path, plan: Path
) -> None:
    own = tmp_path / "terms.json"
    own.write_text('{"terms": []}', "utf-8")
    (tmp_path / ".env").write_text(f"TRIAGE_TERMS={own}", "utf-8")
    with workspace() as slack, killable(tmp_path, slack, plan=plan) as (process, _killer):
        await process.start()
        own.write_text('{"terms": [\n {"term": "x"}]}', "utf-8")
        applied = process.types("plan", "apply")
        assert (applied.returncode, "terms.json, ligne 2" in applied.stderr) == (1, True)
        assert "Un service en marche garde ce qu'il a lu avant." in process.types("doctor").stdout
        os.kill(process.pid, signal.SIGHUP)
        await eventually(lambda: "plan_reloaded" in process.log())
        (line,) = [line for line in process.log().splitlines() if "file_refused" in line]
        assert "terms.json" in line
        assert "2: missing" in line
        assert "what was read before stays in force" in line
        assert str(tmp_path) not in line
