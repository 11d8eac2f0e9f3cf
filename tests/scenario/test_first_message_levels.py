"""The first message leaves by the moderator alone at every level of distress, whoever is there."""

from datetime import timedelta

import pytest

from bot.cards import ChoiceField
from bot.domain.roster import Role
from bot.domain.verbs import Verb
from tests.rig.core import Core

REREAD = "Relisez-le maintenant"


@pytest.mark.parametrize("level", ["D1", "D2", "D3", "D4", "D5"])
def test_it_leaves_by_the_moderator_alone_and_the_referent_reads_it_next_morning(level: str) -> None:
    core = Core()
    crisis = core.opens("lea")
    assert core.fill("lea", Verb.COMPLETE, crisis, level=level).code is None
    for who in ("claire", "farid", "denis", "noe"):
        core.press(who, Verb.TAKE_UP, crisis)
    form = core.press("lea", Verb.FIRST_MESSAGE, crisis).form
    assert form is not None
    agreed = form.fields[0]
    assert isinstance(agreed, ChoiceField)
    gone = core.fill("lea", Verb.FIRST_MESSAGE, crisis, message=agreed.value, routes="private_message")
    assert gone.code is None
    core.settle()
    core.now += timedelta(hours=14)
    core.settle()
    assert [card for card in core.chat.read_by("noe") if REREAD in str(card)]
    assert core.press("noe", Verb.REREAD, f"{crisis}.d1").code is None
    core.settle()
    assert "Noé a relu" in str(core.chat.read_by("noe"))


def test_it_brings_in_a_referent_who_has_no_part() -> None:
    """Noé is away the next morning: Salomé, who deputises, was never called."""
    core = Core()
    crisis = core.opens("lea", first="anger_or_image")
    assert core.fill("lea", Verb.COMPLETE, crisis, level="D1").code is None
    assert "salome" not in core.crisis(crisis).people
    form = core.press("lea", Verb.FIRST_MESSAGE, crisis).form
    assert form is not None
    agreed = form.fields[0]
    assert isinstance(agreed, ChoiceField)
    core.fill("lea", Verb.FIRST_MESSAGE, crisis, message=agreed.value, routes="private_message")
    core.command("noe", "away until in 3d")
    for who in ("claire", "farid", "denis"):
        core.press(who, Verb.TAKE_UP, crisis)
    core.now += timedelta(hours=14)
    core.settle()
    parts = {(a.person, a.role) for a in core.crisis(crisis).assignments}
    assert ("salome", Role.DISTRESS_REFERENT) in parts
    assert [card for card in core.chat.read_by("salome") if REREAD in str(card)]
