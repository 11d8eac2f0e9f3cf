"""What is not grave wakes nobody; what becomes grave rings at once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.ids import CrisisId, Platform
from bot.domain.verbs import Verb
from tests.rig.chat import Chat
from tests.rig.core import Core
from tests.rig.plain import plain
from tests.scenario.test_duty import with_duty

QUIET = '\n    quiet: "22:00-07:30"\n'
EVENING = datetime(2026, 11, 23, 20, 52, tzinfo=UTC)
"""Eight minutes before the quiet hours."""
MORNING = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
CALLED = ("claire", "farid", "denis", "noe")
"""Those who are called for a complaint; Léa opens it."""


@pytest.fixture(params=[Platform.SLACK, Platform.TEAMS])
def core(tmp_path: Path, request: pytest.FixtureRequest) -> Core:
    """At a quarter past three in a community that sleeps."""
    return Core(plan=with_duty(tmp_path, QUIET), chat=Chat(request.param))


def complaint(core: Core) -> CrisisId:
    return core.opens(first="anger_or_image")


def rung(core: Core) -> dict[str, int]:
    """How many messages each of them got."""
    return {who: len(core.chat.read_by(who)) for who in (*CALLED, "salome", "helene")}


def mentioned(core: Core) -> str:
    return "\n".join(
        said for each in core.chat.in_rooms() if "on a besoin de vous ici" in (said := plain(each.card))
    )


def brief(core: Core) -> str:
    return next(plain(said.card) for said in core.chat.in_rooms() if "Délais" in plain(said.card))


def until_morning(core: Core) -> None:
    while core.now < MORNING:
        core.now = min(core.now + timedelta(minutes=5), MORNING)
        core.settle()


NOBODY = dict.fromkeys((*CALLED, "salome", "helene"), 0)
ONCE = NOBODY | dict.fromkeys(CALLED, 1)


def test_it_lets_people_sleep_until_the_morning(core: Core) -> None:
    complaint(core)
    assert "on appellera Claire, Farid, Denis et Noé à 07:30" in brief(core)
    core.now = MORNING - timedelta(minutes=1)
    core.settle()
    assert rung(core) == NOBODY
    assert mentioned(core) == ""
    core.now = MORNING
    core.settle()
    assert rung(core) == ONCE
    assert all(who in mentioned(core) for who in CALLED)
    assert "Heures calmes" not in brief(core)
    assert "Claire, sans réponse (appel à 07:30)" in brief(core)


def test_it_tells_the_opener_who_sleeps(core: Core) -> None:
    answer = core.fill("lea", Verb.OPEN, text="avis", first_choice="anger_or_image", community="forum")
    assert answer.card is not None
    assert "on appellera Claire, Farid, Denis et Noé à 07:30" in plain(answer.card)


def test_it_counts_silence_from_the_morning_on(core: Core) -> None:
    complaint(core)
    until_morning(core)
    core.later(minutes=4)
    assert rung(core) == ONCE
    core.later(minutes=1)
    assert rung(core)["claire"] == 2
    assert rung(core)["salome"] == 0
    core.later(minutes=5)
    assert rung(core)["salome"] == 1


def test_it_begins_silence_anew_when_the_quiet_hours_came_between(core: Core) -> None:
    core.now = EVENING
    complaint(core)
    core.later(minutes=5)
    assert rung(core)["claire"] == 2
    until_morning(core)
    assert rung(core)["salome"] == 0
    core.later(minutes=10)
    assert rung(core)["salome"] == 1


@pytest.mark.parametrize("first", ["leak_or_threat", "someone_in_danger"])
def test_it_rings_at_once_for_what_is_grave(core: Core, first: str) -> None:
    core.opens(first=first)
    assert all(rung(core)[who] == 1 for who in ("claire", "farid", "denis"))


def test_it_rings_at_once_in_the_daytime(core: Core) -> None:
    core.now = EVENING
    complaint(core)
    assert rung(core) == ONCE


def raise_severity(core: Core, crisis: CrisisId) -> None:
    assert core.fill("lea", Verb.SEVERITY, crisis, severity="3").code is None


def declare(core: Core, crisis: CrisisId) -> None:
    assert core.press("lea", Verb.LIFE_IN_DANGER, crisis).code is None


@pytest.mark.parametrize("graver", [raise_severity, declare])
def test_it_rings_at_once_when_it_becomes_grave(core: Core, graver: Callable[[Core, CrisisId], None]) -> None:
    crisis = complaint(core)
    graver(core, crisis)
    core.deliver()
    assert rung(core) == ONCE
    assert all(who in mentioned(core) for who in CALLED)
    for who in CALLED:
        core.press(who, Verb.TAKE_UP, crisis)
    core.fill("lea", Verb.CALL_NOT_NEEDED, crisis, reason="vu avec le client")
    core.deliver()
    said = rung(core)
    until_morning(core)
    core.later(minutes=1)
    assert rung(core) == said


def test_it_shows_a_draft_in_the_night_to_those_alone_who_are_there(core: Core) -> None:
    crisis = complaint(core)
    core.press("denis", Verb.TAKE_UP, crisis)
    core.proposes(crisis)
    core.deliver()
    assert rung(core) == NOBODY | {"denis": 1}
    until_morning(core)
    assert rung(core)["noe"] == 2, "the call, and the list with the draft"
    assert any("lire une réponse et décider" in plain(said.card) for said in core.chat.read_by("noe"))


def test_it_asks_nobody_again_for_a_decision_in_the_night(core: Core) -> None:
    crisis = complaint(core)
    for who in CALLED:
        core.press(who, Verb.TAKE_UP, crisis)
    core.proposes(crisis)
    core.deliver()
    said = rung(core)["denis"]
    until_morning(core)
    assert rung(core)["denis"] == said
    core.later(minutes=11)
    assert rung(core)["denis"] == said + 1


def test_it_waits_no_longer_for_a_decision_once_it_is_grave(core: Core) -> None:
    crisis = complaint(core)
    core.press("denis", Verb.TAKE_UP, crisis)
    core.proposes(crisis)
    raise_severity(core, crisis)
    core.deliver()
    said = rung(core)["denis"]
    core.later(minutes=30)
    assert rung(core)["denis"] > said
