"""A command outside a room, where several crises may be meant: one is chosen, and the command goes on."""

from pathlib import Path

import pytest

from bot.domain.crisis import Crisis
from bot.domain.errors import Code
from bot.domain.events import NoteAdded
from bot.domain.ids import CrisisId
from bot.domain.states import CrisisStatus
from bot.domain.verbs import Verb
from tests.rig.core import Core
from tests.rig.reading import dialog, text
from tests.rig.refused import night
from tests.rig.service import Rig

LONG = "le client a rappelé " * 180
"""More than the 3,000 characters that a form of Slack shows."""


async def second_crisis(rig: Rig) -> None:
    await rig.user("lea").command("/crisis urgent un deuxième message")
    await rig.settle()


def crises(rig: Rig) -> list[Crisis]:
    with rig.service.application.store.read() as uow:
        return list(uow.crises.of(["forum", "club"], closed_since=rig.clock().replace(year=2000)))


def notes(rig: Rig, crisis: CrisisId) -> list[str]:
    with rig.service.application.store.read() as uow:
        return [entry.event.text for entry in uow.journal.of(crisis) if isinstance(entry.event, NoteAdded)]


@pytest.mark.parametrize("locale", ["fr", "en"])
@pytest.mark.parametrize("who", ["lea", "helene"])
async def test_it_carries_the_whole_command_on(tmp_path: Path, who: str, locale: str) -> None:
    """Léa has a part in both; Hélène has none and manages the community."""
    async with night(tmp_path, locale) as rig:
        await second_crisis(rig)
        first, second = crises(rig)
        await rig.user(who).command(f"/crisis note {LONG}")
        form = await dialog(rig, who)
        shown = str(form.content["blocks"])
        assert first.number in shown
        assert second.number in shown
        await rig.user(who).submit(form, {"crisis": second.id})
        assert notes(rig, second.id) == [LONG.strip()]
        assert notes(rig, first.id) == []


async def test_it_goes_on_to_the_form_that_a_command_needs(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await second_crisis(rig)
        first, _second = crises(rig)
        await rig.user("helene").command("/crisis clore")
        await rig.user("helene").submit(await dialog(rig, "helene"), {"crisis": first.id})
        await rig.user("helene").submit(await dialog(rig, "helene"), {"reason": "vu avec le client"})
        await rig.settle()
        assert [c.status for c in crises(rig)] == [CrisisStatus.CLOSED, CrisisStatus.OPEN]


@pytest.mark.parametrize("command", ["statut", "secours", "brouillon", "gravité 3", "rappel dans 2h relire"])
async def test_it_asks_for_every_command(tmp_path: Path, command: str) -> None:
    async with night(tmp_path) as rig:
        await second_crisis(rig)
        await rig.user("lea").command(f"/crisis {command}")
        assert command in text(rig, "lea", await dialog(rig, "lea"))


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
