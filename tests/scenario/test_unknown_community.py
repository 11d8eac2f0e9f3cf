"""A life in danger, and nobody says yet which client's member it is: the agency's people work on it alone."""

from pathlib import Path
from typing import Any

import pytest

from bot.data import SAMPLE_PLAN
from bot.domain.crisis import Crisis
from bot.domain.errors import Code
from bot.domain.events import CommunityChanged, DeliveryFailed
from bot.domain.verbs import Verb
from tests.rig.core import Core
from tests.rig.either import EITHER, Somebody, rig_at
from tests.rig.reading import direct, in_room, text
from tests.rig.service import Running, served, workspace
from tests.rig.slack.service import MovedClock

UNKNOWN = "forum+club"


def plan(folder: Path) -> Path:
    """Claire is of the forum alone, as its client; Denis speaks for the club."""
    path = folder / "plan.yaml"
    forum, club = SAMPLE_PLAN.read_text().split("  club:")
    club = club.replace("[denis, claire]", "[denis]").replace(
        "manager: [claire, helene]", "manager: [helene]"
    )
    forum = forum.replace("spokesperson: [claire, denis]", "spokesperson: [claire]")
    path.write_text(f"{forum}  club:{club}")
    return path


def the_crisis(rig: Running[Any]) -> Crisis:
    with rig.service.application.store.read() as uow:
        (crisis,) = uow.crises.of(["forum", "club", UNKNOWN])
    return crisis


@pytest.mark.parametrize("where", EITHER)
async def test_it_gathers_only_those_who_belong_to_all_of_them(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path, plan=plan(tmp_path)) as rig:
        ines = EITHER[where](rig, "ines")
        assert "est ouverte" in await ines.types("urgence quelqu'un va mal")
        crisis = the_crisis(rig)
        assert crisis.community == UNKNOWN
        assert crisis.people == {"ines", "denis", "farid", "noe"}
        await rig.later(minutes=30)
        assert {"claire", "lea"} & the_crisis(rig).people == set()
        assert {"claire", "lea"} & rig.members() == set()
        assert rig.user("claire").direct_messages() == []
        brief = text(rig, "ines", in_room(rig, "ines", "À FAIRE MAINTENANT"))
        assert "Communauté pas encore connue" in brief
        assert crisis.number in await ines.types("liste")


@pytest.mark.parametrize("where", EITHER)
async def test_it_calls_the_others_once_somebody_says_whose_it_is(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path, plan=plan(tmp_path)) as rig:
        ines = EITHER[where](rig, "ines")
        await ines.types("urgence quelqu'un va mal")
        claire = EITHER["browser"](rig, "claire")
        assert the_crisis(rig).number not in await claire.reads_room()
        await names_the_forum(ines, rig)
        assert "FORUM EXEMPLE" in await claire.reads_room()
        assert "FORUM EXEMPLE ·" in text(rig, "claire", direct(rig, "claire", "Votre rôle"))
        assert "claire" in rig.members()
        brief = text(rig, "ines", in_room(rig, "ines", "À FAIRE MAINTENANT"))
        assert "Communauté pas encore connue" not in brief
        said = [text(rig, "salome", m) for m in rig.user("salome").direct_messages()]
        assert not any("par erreur" in each for each in said)


async def test_it_gives_the_room_the_communitys_name(tmp_path: Path) -> None:
    with workspace() as slack:
        async with served(slack, tmp_path, MovedClock(), plan=plan(tmp_path)) as rig:
            ines = EITHER["slack"](rig, "ines")
            await ines.types("urgence quelqu'un va mal")
            number = the_crisis(rig).number
            assert rig.slack.rooms[-1].name == f"crise-{number}-x"
            slack.fail_next("conversations.rename", status=503)
            await names_the_forum(ines, rig)
            assert rig.slack.rooms[-1].name == f"crise-{number}-fe"
            assert {room.name for room in the_crisis(rig).rooms} == {f"crise-{number}-fe"}


async def test_it_wakes_nobody_for_a_name_that_slack_refuses(tmp_path: Path) -> None:
    with workspace() as slack:
        async with served(slack, tmp_path, MovedClock(), plan=plan(tmp_path)) as rig:
            ines = EITHER["slack"](rig, "ines")
            await ines.types("urgence quelqu'un va mal")
            slack.fail_next("conversations.rename", error="not_authorized")
            await names_the_forum(ines, rig)
            assert rig.slack.rooms[-1].name.endswith("-x")
            with rig.service.application.store.read() as uow:
                happened = [entry.event for entry in uow.journal.of(the_crisis(rig).id)]
            assert not [event for event in happened if isinstance(event, DeliveryFailed)]
            assert not rig.undelivered()


async def names_the_forum(ines: Somebody, rig: Running[Any]) -> None:
    await ines.asks_in_room("Compléter…")
    await ines.fills({"community": "forum"})
    assert the_crisis(rig).community == "forum"


def test_it_does_not_exist_for_somebody_of_one_of_them(tmp_path: Path) -> None:
    core = Core(plan=plan(tmp_path))
    core.command("ines", "urgence quelqu'un va mal")
    with core.store.read() as uow:
        (crisis,) = uow.crises.of([UNKNOWN])
    for who in ("lea", "claire"):
        assert core.press(who, Verb.LIFE_IN_DANGER, crisis.id).code == Code.ABSENT
        assert crisis.number not in str(core.command(who, "liste"))
    assert crisis.number in str(core.command("noe", "liste"))
    assert core.press("helene", Verb.STATUS, crisis.id).code is None


def test_it_parts_with_whoever_leaves_one_of_them(tmp_path: Path) -> None:
    core = Core(plan=plan(tmp_path))
    core.command("ines", "urgence quelqu'un va mal")
    before = plan(tmp_path)
    after = before.read_text().replace("[noe, salome]", "[salome]", 1).replace("[noe]", "[ines]", 1)
    before.write_text(after)
    later = Core(store=core.store, plan=before, now=core.now)
    later.application.look_who_left(later.now)
    with core.store.read() as uow:
        (crisis,) = uow.crises.of([UNKNOWN])
    assert "noe" not in crisis.people
    assert "ines" in crisis.people


def test_it_opens_a_form_without_its_community_the_same_way(tmp_path: Path) -> None:
    core = Core(plan=plan(tmp_path))
    answer = core.fill("ines", Verb.OPEN, "", first_choice="someone_in_danger", text="un message")
    assert answer.code is None
    with core.store.read() as uow:
        (crisis,) = uow.crises.of([UNKNOWN])
    core.fill("ines", Verb.COMPLETE, crisis.id, community="club")
    with core.store.read() as uow:
        changes = [e.event for e in uow.journal.of(crisis.id) if isinstance(e.event, CommunityChanged)]
    assert [(change.before, change.after) for change in changes] == [(UNKNOWN, "club")]
