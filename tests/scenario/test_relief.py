"""Four hours of distress in a row: the moderator is asked whether somebody should take over."""

import pytest

from bot.domain.ids import CrisisId
from bot.domain.verbs import Verb
from tests.rig.core import Core

OFFERED = "Voulez-vous passer le relais"


def works(core: Core, crisis: CrisisId, *, hours: float, who: str = "ines") -> None:
    """An act each half-hour."""
    for _half_hour in range(int(hours * 2)):
        core.later(minutes=30)
        assert core.fill(who, Verb.NOTE, crisis, text="je suis là").code is None
    core.settle()


def offered(core: Core, who: str = "ines") -> int:
    return sum(OFFERED in str(card) for card in core.chat.read_by(who))


@pytest.mark.parametrize("hours", [1, 2.5])
def test_it_counts_from_the_first_act_when_a_crisis_becomes_distress_later(hours: float) -> None:
    core = Core()
    crisis = core.opens("ines", first="anger_or_image")
    works(core, crisis, hours=hours)
    assert core.fill("ines", Verb.COMPLETE, crisis, level="D3").code is None
    works(core, crisis, hours=3.5 - hours)
    assert not offered(core)
    works(core, crisis, hours=1)
    assert offered(core) == 1


def test_it_offers_none_where_nobody_is_in_distress() -> None:
    core = Core()
    crisis = core.opens("ines", first="anger_or_image")
    works(core, crisis, hours=5)
    assert not offered(core)


def test_it_counts_on_from_one_crisis_to_the_next() -> None:
    core = Core()
    first = core.opens("ines")
    works(core, first, hours=2.5)
    second = core.opens("ines", community="club")
    assert (
        core.fill("helene", Verb.CLOSE, first, reason="suivi ailleurs", despite_waiting="close").code is None
    )
    works(core, second, hours=1)
    assert not offered(core)
    works(core, second, hours=1)
    assert offered(core) == 1


def test_it_puts_nothing_off_when_a_second_part_is_taken_up() -> None:
    core = Core()
    crisis = core.opens("ines")
    works(core, crisis, hours=3)
    core.fill("helene", Verb.ROLE, crisis, role="communication_lead", person="ines")
    works(core, crisis, hours=1.5)
    assert offered(core) == 1
