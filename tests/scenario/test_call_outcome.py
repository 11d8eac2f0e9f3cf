"""What came of a call for help: asked of whoever called, then of the cell, then of the managers."""

import pytest

from bot.domain.ids import CrisisId
from bot.domain.verbs import Verb
from tests.rig.core import Core

ASKED = "rappelez les secours"
RELIEF = "Comment allez-vous"


def called(core: Core, who: str = "ines") -> CrisisId:
    crisis = core.opens("lea")
    assert core.fill("lea", Verb.COMPLETE, crisis, level="D1").code is None  # no search for contacts
    for each in ("claire", "farid", "denis", "noe"):
        assert core.press(each, Verb.TAKE_UP, crisis).code is None
    assert core.fill(who, Verb.I_CALLED, crisis, service="15").code is None
    core.settle()
    return crisis


def heard(core: Core, who: str, words: str = ASKED) -> int:
    return sum(words in str(card) for card in core.chat.read_by(who))


def test_it_asks_the_caller_then_the_cell_then_the_managers() -> None:
    core = Core()
    called(core)
    core.later(minutes=59)
    assert not heard(core, "ines")
    core.later(minutes=2)
    assert heard(core, "ines") == 1
    assert not heard(core, "noe")
    core.later(hours=3)
    assert heard(core, "noe") == 1
    assert not heard(core, "helene")
    core.later(hours=4)
    assert heard(core, "helene") == 1


@pytest.mark.parametrize(("outcome", "hours"), [("call_back", 1), ("not_found", 4)])
def test_it_asks_again_where_the_answer_is_not_the_last_word(outcome: str, hours: int) -> None:
    core = Core()
    crisis = called(core)
    core.later(minutes=61)
    assert core.fill("ines", Verb.CALL_OUTCOME, crisis, outcome=outcome).code is None
    core.settle()
    before = len(core.chat.read_by("ines"))
    core.later(hours=hours, minutes=-1)
    assert not [card for card in core.chat.read_by("ines")[before:] if ASKED in str(card)]
    core.later(minutes=2)
    assert [card for card in core.chat.read_by("ines")[before:] if ASKED in str(card)]


def test_it_asks_anew_after_another_call() -> None:
    core = Core()
    crisis = called(core)
    assert core.fill("ines", Verb.CALL_OUTCOME, crisis, outcome="refused").code is None
    assert core.fill("ines", Verb.CALL_OUTCOME, crisis, outcome="found").code == "already_done"
    assert core.fill("noe", Verb.I_CALLED, crisis, service="17").code is None
    core.later(minutes=61)
    assert heard(core, "noe") == 1


def test_it_asks_nobody_once_it_was_a_false_alarm() -> None:
    core = Core()
    crisis = called(core)
    for who in ("lea", "noe"):
        assert core.fill(who, Verb.FALSE_ALARM, crisis, reason="une chanson").code is None
    core.later(hours=9)
    assert not heard(core, "ines")


def test_it_offers_relief_at_once_when_the_outcome_is_known_and_only_once() -> None:
    core = Core()
    crisis = called(core)
    assert core.fill("ines", Verb.CALL_OUTCOME, crisis, outcome="found").code is None
    core.settle()
    assert heard(core, "ines", RELIEF) == 1
    core.later(minutes=40)
    assert heard(core, "ines", RELIEF) == 1


def test_it_offers_relief_to_whoever_raised_the_alarm_and_to_whoever_called() -> None:
    core = Core()
    crisis = core.opens("lea")
    core.press("lea", Verb.LIFE_IN_DANGER, crisis)
    assert core.fill("ines", Verb.I_CALLED, crisis, service="15").code is None
    core.later(minutes=31)
    assert [who for who in ("lea", "ines", "noe", "helene") if heard(core, who, RELIEF)] == ["lea", "ines"]


def test_it_reminds_of_a_second_call_as_of_the_first() -> None:
    core = Core()
    crisis = core.opens("lea")
    core.press("lea", Verb.LIFE_IN_DANGER, crisis)
    core.later(minutes=3)
    core.fill("lea", Verb.I_CALLED, crisis, service="15", called_at="")
    core.press("lea", Verb.LIFE_IN_DANGER, crisis)
    before = len(core.chat.read_by("lea"))
    core.later(minutes=3)
    emergency = core.crisis(crisis).emergency
    assert emergency is not None
    assert not emergency.settled
    assert emergency.reminded == 2
    assert len(core.chat.read_by("lea")) > before
