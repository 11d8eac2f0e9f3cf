"""A crisis under the wrong community: whoever is only of that one leaves, and its data officer is told."""

from pathlib import Path
from typing import Any

import pytest

from bot.data import SAMPLE_PLAN
from bot.domain.crisis import Crisis
from bot.domain.errors import Code
from bot.domain.events import CommunityChanged
from bot.domain.verbs import Verb
from tests.rig.core import Core
from tests.rig.either import EITHER, AtABrowser, rig_at
from tests.rig.reading import direct, in_room, text
from tests.rig.service import Running

WORDS = "je n'en peux plus"
HANDLE = "marin-d-eau-douce"


def the_crisis(rig: Running[Any]) -> Crisis:
    with rig.service.application.store.read() as uow:
        (crisis,) = uow.crises.of(["forum", "club"])
    return crisis


def plan(folder: Path) -> Path:
    """Salomé is the data protection officer of the forum; she and Farid have no part in the club."""
    path = folder / "plan.yaml"
    forum, club = SAMPLE_PLAN.read_text().split("  club:")
    club = club.replace("lawyer: [salome, farid]", "lawyer: [denis]").replace(
        "dpo: [salome]", "dpo: [helene]"
    )
    path.write_text(f"{forum}  club:{club}")
    return path


@pytest.mark.parametrize("where", EITHER)
async def test_it_takes_the_wrong_people_out_and_calls_the_right_ones(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path, plan=plan(tmp_path)) as rig:
        ines = EITHER[where](rig, "ines")
        await ines.form("ouvrir")
        filled = {
            "first_choice": "someone_in_danger",
            "community": "forum",
            "text": WORDS,
            "handle": HANDLE,
        }
        await ines.submits(filled)
        await rig.later(minutes=3)
        assert "farid" in rig.members()
        assert "salome" in rig.members()  # Farid was silent
        farid = AtABrowser(rig, "farid")
        assert WORDS not in await farid.reads_room()  # on demand
        assert "À FAIRE MAINTENANT" in await farid.reads_room()
        await ines.asks_in_room("Compléter…")
        await ines.fills({"community": "club"})
        assert {"farid", "salome"} & rig.members() == set()
        assert {"ines", "denis", "noe"} <= rig.members()
        crisis = the_crisis(rig)
        assert crisis.community == "club"
        assert {"farid", "salome"} & crisis.people == set()
        assert "CLUB MARIN" in text(rig, "ines", in_room(rig, "ines", "À FAIRE MAINTENANT"))
        assert "on vous a appelé·e par erreur" in text(rig, "farid", direct(rig, "farid", "Crise"))
        told = text(rig, "salome", direct(rig, "salome", "rattachée par erreur"))
        assert "Farid et Salomé" in told
        assert "FORUM EXEMPLE" in told
        for word in (WORDS, HANDLE, "Club Marin", "CLUB MARIN", "gravité", "détresse"):
            assert word not in told
        assert "À FAIRE MAINTENANT" not in await farid.reads_room()
        assert rig.room_name == f"crise-{crisis.number}-cm"
        await no_longer_rings(rig)


async def no_longer_rings(rig: Running[Any]) -> None:
    heard = len(rig.user("farid").direct_messages())
    await rig.later(minutes=20)
    assert len(rig.user("farid").direct_messages()) == heard


def test_it_offers_no_community_to_somebody_of_one_alone() -> None:
    core = Core()
    crisis = core.opens("lea")
    form = core.press("lea", Verb.COMPLETE, crisis).form
    assert form is not None
    assert "community" not in {field.name for field in form.fields}
    assert core.fill("lea", Verb.COMPLETE, crisis, community="club").code == Code.BAD_VALUE
    assert core.crisis(crisis).community == "forum"


def test_it_refuses_the_next_press_of_somebody_taken_out(tmp_path: Path) -> None:
    core = Core(plan=plan(tmp_path))
    crisis = core.opens("ines")
    assert core.press("farid", Verb.TAKE_UP, crisis).code is None
    assert core.fill("ines", Verb.COMPLETE, crisis, community="club").code is None
    assert core.press("farid", Verb.STATUS, crisis).code == Code.ABSENT
    with core.store.read() as uow:
        (event,) = [e.event for e in uow.journal.of(crisis) if isinstance(e.event, CommunityChanged)]
    assert (event.before, event.after, event.by) == ("forum", "club", "ines")
    assert "farid" in event.removed


def test_it_keeps_whoever_finds_it_in_the_cell(tmp_path: Path) -> None:
    core = Core(plan=plan(tmp_path))
    crisis = core.opens("noe")
    core.fill("noe", Verb.COMPLETE, crisis, community="club")
    assert "noe" in core.crisis(crisis).people
