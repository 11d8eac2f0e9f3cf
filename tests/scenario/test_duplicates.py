"""Two people open a crisis about the same: the second learns of the first, and loses nothing."""

from pathlib import Path
from typing import Any

import pytest

from bot.domain.crisis import Crisis
from bot.domain.states import CrisisStatus
from tests.rig.either import EITHER, Somebody, rig_at
from tests.rig.reading import in_room
from tests.rig.service import Running

LINK = "https://forum.example/t/88#m412"

pytestmark = pytest.mark.parametrize("where", EITHER)


def crises(rig: Running[Any]) -> list[Crisis]:
    with rig.service.application.store.read() as uow:
        return list(uow.crises.of(["forum", "club"]))


async def opens(who: Somebody, *, community: str = "forum", **values: str) -> str:
    await who.form("ouvrir")
    return await who.submits({"first_choice": "anger_or_image", "community": community, **values})


async def test_it_says_that_the_same_link_is_open_and_lets_one_join(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await opens(EITHER[where](rig, "ines"), link=LINK)
        await rig.later(minutes=4)
        noe = EITHER[where](rig, "noe")
        said = await opens(noe, link=f"http://www.{LINK.removeprefix('https://')}")
        (first,) = crises(rig)
        assert f"Déjà ouverte : {first.number}, par Inès, il y a 4 min." in said
        assert "noe" in first.people  # called as consumer service
        salome = EITHER[where](rig, "salome")
        assert "Déjà ouverte" in await opens(salome, link=LINK, text="le texte")
        heard = rig.user("salome").direct_messages()
        assert "Vous êtes dans la cellule." in await salome.presses("Rejoindre")
        (joined,) = crises(rig)
        assert "salome" in joined.people
        assert "salome" in rig.members()
        in_room(rig, "salome", "À FAIRE MAINTENANT")
        assert rig.user("salome").direct_messages() == heard


async def test_it_opens_another_with_all_that_was_typed(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await opens(EITHER[where](rig, "ines"), handle="Marin", text="un message")
        denis = EITHER[where](rig, "denis")
        assert "Déjà ouverte" in await opens(denis, handle="@marin", text="autre chose", link=LINK)
        assert len(crises(rig)) == 1
        assert "est ouverte" in await denis.presses("En ouvrir une autre")
        _first, second = crises(rig)
        assert second.message is not None
        assert (second.message.text, second.message.link) == ("autre chose", LINK)
        assert second.member is not None
        assert (second.member.handle, second.category, second.opened_by) == ("@marin", "complaint", "denis")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"handle": "Marin"}, {"handle": "Marin", "community": "club"}),
        ({"link": LINK}, {"link": f"{LINK}3"}),
        ({"text": "mot pour mot"}, {"text": "mot pour mot"}),
    ],
)
async def test_it_opens_at_once_what_is_something_else(
    tmp_path: Path, where: str, first: dict[str, str], second: dict[str, str]
) -> None:
    async with rig_at(where, tmp_path) as rig:
        await opens(EITHER[where](rig, "ines"), **{"link": "", "text": "un message", **first})
        assert "est ouverte" in await opens(EITHER[where](rig, "denis"), **{"text": "un autre", **second})


async def test_it_looks_back_seventy_two_hours(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await opens(EITHER[where](rig, "ines"), link=LINK)
        await rig.later(hours=73)
        assert "est ouverte" in await opens(EITHER[where](rig, "denis"), link=LINK)


async def test_it_does_not_count_what_is_closed(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await opens(EITHER[where](rig, "ines"), link=LINK)
        await EITHER[where](rig, "claire").orders("clore fausse alerte")
        with rig.service.application.store.read() as uow:
            (first,) = uow.crises.of(["forum"], closed_since=rig.clock().replace(year=2000))
        assert first.status is CrisisStatus.CLOSED
        assert "est ouverte" in await opens(EITHER[where](rig, "denis"), link=LINK)


async def test_it_tells_nothing_of_a_community_that_is_not_ones_own(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await opens(EITHER[where](rig, "noe"), link=LINK, community="club")
        lea = EITHER[where](rig, "lea")
        await lea.form("ouvrir")
        assert "est ouverte" in await lea.submits({"first_choice": "anger_or_image", "link": LINK})


async def test_it_opens_an_urgent_one_at_once_and_says_what_is_open(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await opens(EITHER[where](rig, "ines"), link=LINK)
        await rig.later(minutes=4)
        lea = EITHER[where](rig, "lea")
        said = await lea.types(f"urgence il écrit qu'il n'en peut plus : {LINK}.")
        first, second = crises(rig)
        assert f"La crise {second.number} est ouverte" in said
        assert f"Déjà ouverte : {first.number}, par Inès, il y a 4 min." in said
        assert "Vous êtes dans la cellule." in await lea.presses("Rejoindre")
        first, second = crises(rig)
        assert "lea" in first.people & second.people


async def test_it_finds_a_link_in_a_text(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await EITHER[where](rig, "lea").types(f"urgence voir ({LINK})")
        denis = EITHER[where](rig, "denis")
        assert "Déjà ouverte" in await opens(denis, text=f"{LINK} : il n'en peut plus")
        assert len(crises(rig)) == 1


@pytest.mark.parametrize("typed", [{"handle": "Marin"}, {"platform": LINK}])
async def test_it_says_so_when_the_likeness_is_typed_later(
    tmp_path: Path, where: str, typed: dict[str, str]
) -> None:
    async with rig_at(where, tmp_path) as rig:
        await opens(EITHER[where](rig, "ines"), handle="marin", link=LINK)
        first = crises(rig)[0]
        await rig.later(minutes=4)
        lea = EITHER[where](rig, "lea")
        await lea.types("urgence un membre va mal")
        await lea.asks_in_room("Compléter…")
        assert f"Déjà ouverte : {first.number}, par Inès, il y a 4 min." in await lea.submits(typed)
        assert "Vous êtes dans la cellule." in await lea.presses("Rejoindre")
        assert "lea" in crises(rig)[0].people
