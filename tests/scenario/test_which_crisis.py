"""A command outside a room, where several crises may be meant: one is chosen, and the command goes on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.domain.crisis import Crisis
from bot.domain.errors import Code
from bot.domain.events import NoteAdded
from bot.domain.ids import CrisisId
from bot.domain.states import CrisisStatus
from bot.domain.verbs import Verb
from tests.rig.core import Core
from tests.rig.either import AROUND, EITHER
from tests.rig.plain import plain
from tests.rig.refused import night_at
from tests.rig.service import Running

LONG = "le client a rappelé " * 180
"""More than the 3,000 characters that a form of Slack shows."""


@asynccontextmanager
async def two_crises(where: str, folder: Path) -> AsyncIterator[Running[Any]]:
    async with night_at(where, folder) as rig:
        await AROUND[where](rig, "lea").types("urgent un deuxième message")
        yield rig


def crises(rig: Running[Any]) -> list[Crisis]:
    with rig.service.application.store.read() as uow:
        return list(uow.crises.of(["forum", "club"], closed_since=rig.clock().replace(year=2000)))


def notes(rig: Running[Any], crisis: CrisisId) -> list[str]:
    with rig.service.application.store.read() as uow:
        return [entry.event.text for entry in uow.journal.of(crisis) if isinstance(entry.event, NoteAdded)]


@pytest.mark.parametrize("where", EITHER)
@pytest.mark.parametrize("who", ["lea", "helene"])
async def test_it_carries_the_whole_command_on(tmp_path: Path, who: str, where: str) -> None:
    """Léa has a part in both; Hélène has none and manages the community."""
    async with two_crises(where, tmp_path) as rig:
        first, second = crises(rig)
        asks = EITHER[where](rig, who)
        shown = await asks.form(f"note {LONG}")
        assert first.number in shown
        assert second.number in shown
        await asks.fills({"crisis": second.id})
        assert notes(rig, second.id) == [LONG.strip()]
        assert notes(rig, first.id) == []


@pytest.mark.parametrize("where", EITHER)
async def test_it_goes_on_to_the_form_that_a_command_needs(tmp_path: Path, where: str) -> None:
    async with two_crises(where, tmp_path) as rig:
        first, _second = crises(rig)
        helene = EITHER[where](rig, "helene")
        await helene.form("clore")
        await helene.submits({"crisis": first.id})
        await helene.fills({"reason": "vu avec le client"})
        assert [c.status for c in crises(rig)] == [CrisisStatus.CLOSED, CrisisStatus.OPEN]


@pytest.mark.parametrize("where", EITHER)
@pytest.mark.parametrize("command", ["statut", "secours", "brouillon", "gravité 3", "rappel dans 2h relire"])
async def test_it_asks_for_every_command(tmp_path: Path, command: str, where: str) -> None:
    async with two_crises(where, tmp_path) as rig:
        assert command in await EITHER[where](rig, "lea").form(command)


def test_it_opens_no_crisis_of_others_to_a_form_that_was_tampered_with() -> None:
    core = Core()
    core.opens()
    core.opens()
    theirs = core.opens("noe", community="club")
    asked = core.command("lea", "note vu", key="typed")
    assert asked.form is not None
    before = core.store.state  # type: ignore[attr-defined]  # the store in memory
    for chosen in (theirs, "0123456789abcdef", "x"):
        assert core.fill("lea", Verb.CHOOSE, "typed", crisis=chosen).code == Code.ABSENT
    assert core.fill("lea", Verb.CHOOSE, "never typed", crisis=theirs).code == Code.ABSENT
    assert core.store.state == before  # type: ignore[attr-defined]


def test_it_names_a_number_to_whoever_calls_for_help_without_a_crisis() -> None:
    answer = Core().command("lea", "secours")
    assert answer.code == Code.ABSENT
    assert answer.card is not None
    assert "Appelez le 112 maintenant." in plain(answer.card)
