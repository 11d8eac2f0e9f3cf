"""Whoever is on duty at that hour is called; whoever is away is not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cards import Action
from bot.data import SAMPLE_PLAN
from bot.domain.cell import holders
from bot.domain.crisis import Crisis
from bot.domain.errors import Code
from bot.domain.roster import Role
from bot.domain.verbs import Verb
from tests.rig.acts import act, press
from tests.rig.core import Core
from tests.rig.reading import aside, in_room, text
from tests.rig.refused import night, the_crisis
from tests.rig.samples import NIGHT
from tests.rig.service import slack_rig

DAYTIME = datetime(2026, 11, 24, 10, tzinfo=UTC)
DUTY = """
    duty: {lawyer: {farid: "mon-fri 09:00-19:00"}}
    swaps: [{role: communication_lead, on: 2026-11-24, from: denis, to: helene}]
"""


def with_duty(folder: Path, more: str = DUTY) -> Path:
    """The sample plan, with these lines for its first community."""
    plan = folder / "plan.yaml"
    plan.write_text(SAMPLE_PLAN.read_text().replace("    code: fe  ", f"{more}    code: fe  ", 1))
    return plan


def called(crisis: Crisis, role: Role) -> list[str]:
    return [assignment.person for assignment in holders(crisis, role)]


@pytest.mark.parametrize(("now", "lawyer"), [(DAYTIME, "farid"), (NIGHT, "salome")])
def test_it_calls_whoever_is_on_duty_at_that_hour(tmp_path: Path, now: datetime, lawyer: str) -> None:
    core = Core(plan=with_duty(tmp_path), now=now)
    crisis = core.crisis(core.opens())
    assert called(crisis, Role.LAWYER) == [lawyer]
    assert called(crisis, Role.SPOKESPERSON) == ["claire"]


def test_it_calls_whoever_takes_the_day(tmp_path: Path) -> None:
    core = Core(plan=with_duty(tmp_path))
    assert called(core.crisis(core.opens()), Role.COMMUNICATION_LEAD) == ["helene"]


def test_it_calls_the_others_when_nobody_on_duty_answers(tmp_path: Path) -> None:
    core = Core(plan=with_duty(tmp_path))
    crisis = core.opens()
    core.press("salome", Verb.DECLINE, crisis)
    assert called(core.crisis(crisis), Role.LAWYER) == ["farid"]


def test_it_does_not_give_the_opener_a_role_whose_holder_is_on_duty(tmp_path: Path) -> None:
    core = Core(plan=with_duty(tmp_path))
    assert called(core.crisis(core.opens("denis")), Role.COMMUNICATION_LEAD) == ["helene"]


@pytest.mark.parametrize("typed", ["away until tomorrow 9am", "absente jusqu'à demain 9h"])
def test_it_calls_somebody_else_while_the_holder_is_away(typed: str) -> None:
    core = Core()
    assert core.command("claire", typed).code is None
    assert called(core.crisis(core.opens()), Role.SPOKESPERSON) == ["denis"]
    core.later(hours=30)
    assert called(core.crisis(core.opens()), Role.SPOKESPERSON) == ["claire"]


def test_it_calls_again_whoever_came_back_early() -> None:
    core = Core()
    core.command("claire", "away until tomorrow 9am")
    assert core.press("claire", Verb.BACK).code is None
    assert called(core.crisis(core.opens()), Role.SPOKESPERSON) == ["claire"]


def test_it_calls_those_who_are_away_when_nobody_else_is_left() -> None:
    core = Core()
    core.command("claire", "away until tomorrow 9am")
    crisis = core.opens()
    core.press("denis", Verb.DECLINE, crisis)
    assert called(core.crisis(crisis), Role.SPOKESPERSON) == ["claire"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("away", Code.WHEN_UNCLEAR),
        ("away until the cows come home", Code.WHEN_UNCLEAR),
        ("away until today 01:00", Code.WHEN_PAST),
        ("away until 3 January 2031 9am", Code.WHEN_TOO_FAR),
    ],
)
def test_it_refuses_an_absence_without_a_clear_end(typed: str, code: Code) -> None:
    core = Core()
    assert core.command("claire", typed).code == code
    assert called(core.crisis(core.opens()), Role.SPOKESPERSON) == ["claire"]


async def test_it_reads_back_until_when_and_takes_back(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        await rig.user("claire").command("/crisis absente jusqu'à demain 9h")
        told = await aside(rig, "claire", "Vous êtes absent·e jusqu'au")
        assert "à 09:00" in told
        await rig.user("claire").command("/crisis absente")
        await rig.user("claire").press("Je suis de retour", on=rig.user("claire").ephemerals()[-1])
        await aside(rig, "claire", "Vous êtes de retour")


async def test_it_gives_the_telephone_of_those_who_are_not_in_and_logs_it(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await press(rig, "noe", Verb.TAKE_UP)
        said = len(rig.slack.rooms[-1].messages)
        await act(rig, "lea", Action(Verb.TELEPHONES, the_crisis(rig).id))
        told = await aside(rig, "lea", "Claire Moreau")
        assert "+33639980004" in told
        assert "Noé" not in told
        await rig.settle()
        assert not [m for m in rig.slack.rooms[-1].messages[said:] if "+336" in text(rig, "lea", m)]
        await rig.user("lea").command("/crisis journal", channel=rig.slack.rooms[-1].name)
        await rig.settle()
        in_room(rig, "lea", "Léa a lu les numéros de téléphone de Claire, Farid et Denis")
