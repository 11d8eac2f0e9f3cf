"""What the member is owed by an hour is asked for before it has passed, and again when it has."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.cards import ChoiceField
from bot.domain.ids import CrisisId, Platform
from bot.domain.verbs import Verb
from tests.rig.chat import Chat
from tests.rig.core import Core
from tests.rig.plain import plain
from tests.scenario.test_duty import with_duty
from tests.scenario.test_quiet_hours import MORNING, QUIET

FIRST_WORD = "attend un premier mot"
REPLY = "attend une réponse"
LATE = "EN RETARD"


@pytest.fixture(params=[Platform.SLACK, Platform.TEAMS])
def core(tmp_path: Path, request: pytest.FixtureRequest) -> Core:
    """A quarter past three in a community that sleeps."""
    return Core(plan=with_duty(tmp_path, QUIET), chat=Chat(request.param))


def asked_of(core: Core, who: str, what: str) -> list[str]:
    """What a person was told directly about it, as it stands now, oldest first."""
    return [told for said in core.chat.read_by(who) if what in (told := plain(said.card))]


def asked_in_rooms(core: Core, what: str) -> list[str]:
    return [told for said in core.chat.in_rooms() if what in (told := plain(said.card))]


def minute_by_minute(core: Core, minutes: int) -> None:
    for _each in range(minutes):
        core.later(minutes=1)


def test_it_warns_before_a_first_word_is_late_and_says_when_it_is(core: Core) -> None:
    core.opens(first="leak_or_threat")
    core.later(minutes=3)
    assert asked_of(core, "lea", FIRST_WORD) == []
    core.later(seconds=30)
    (near,) = asked_of(core, "lea", FIRST_WORD)
    assert LATE not in near
    assert len(asked_in_rooms(core, FIRST_WORD)) == 1
    core.later(seconds=90)
    _near, late = asked_of(core, "lea", FIRST_WORD)
    assert LATE in late
    assert len(asked_in_rooms(core, LATE)) == 1
    core.later(minutes=30)
    assert len(asked_of(core, "lea", FIRST_WORD)) == 2


def test_it_warns_of_the_reply_too(core: Core) -> None:
    core.opens(first="leak_or_threat")
    core.later(minutes=160)
    (near,) = asked_of(core, "lea", REPLY)
    assert LATE not in near
    core.later(minutes=80)
    assert LATE in asked_of(core, "lea", REPLY)[-1]


def test_it_says_only_that_it_is_late_to_who_was_away_from_the_hours(core: Core) -> None:
    core.opens(first="leak_or_threat")
    core.later(minutes=10)
    (late,) = asked_of(core, "lea", FIRST_WORD)
    assert LATE in late


def sends(core: Core, crisis: CrisisId) -> None:
    """The pre-approved first message, by hand."""
    form = core.press("lea", Verb.FIRST_MESSAGE, crisis).form
    assert form is not None
    language = next(f.value for f in form.fields if isinstance(f, ChoiceField) and f.name == "message")
    answer = core.fill("lea", Verb.FIRST_MESSAGE, crisis, message=language, routes="private_message")
    assert answer.code is None, answer
    sent = core.fill(
        "lea",
        Verb.DISPATCH,
        f"{crisis}.d1.private_message",
        1,
        note="messagerie du forum",
        route="private_message",
    )
    assert sent.code is None, sent
    core.settle()


def test_it_stops_once_the_first_word_has_gone_and_takes_back_what_it_asked(core: Core) -> None:
    crisis = core.opens()
    core.later(seconds=80)
    (near,) = asked_of(core, "lea", FIRST_WORD)
    assert "Envoyer le premier message" in near
    sends(core, crisis)
    assert asked_of(core, "lea", FIRST_WORD) == []
    assert len(asked_of(core, "lea", "Premier mot au membre")) == 1
    core.later(minutes=2)
    assert asked_of(core, "lea", FIRST_WORD) == []


def test_it_stops_when_the_crisis_is_closed(core: Core) -> None:
    crisis = core.opens(first="leak_or_threat")
    assert core.fill("claire", Verb.CLOSE, crisis, reason="vu avec le client").code is None
    minute_by_minute(core, 10)
    assert asked_of(core, "lea", FIRST_WORD) == []


def test_it_asks_nothing_for_a_kind_of_crisis_without_minutes(core: Core) -> None:
    crisis = core.opens(first="leak_or_threat")
    assert core.fill("lea", Verb.COMPLETE, crisis, category="troll").code is None
    core.settle()
    minute_by_minute(core, 10)
    assert asked_of(core, "lea", "attend un") == []


def test_it_lets_what_is_not_grave_wait_for_the_morning(core: Core) -> None:
    core.opens(first="anger_or_image")
    while core.now < MORNING - timedelta(minutes=5):
        core.later(minutes=5)
    assert asked_of(core, "lea", "attend un") == []
    core.now = MORNING
    core.settle()
    (late,) = asked_of(core, "lea", FIRST_WORD)
    assert LATE in late


def test_it_waits_no_longer_for_the_morning_once_it_is_grave(core: Core) -> None:
    crisis = core.opens(first="anger_or_image")
    assert core.fill("lea", Verb.SEVERITY, crisis, severity="3").code is None
    core.later(minutes=10)
    assert len(asked_of(core, "lea", FIRST_WORD)) == 1
