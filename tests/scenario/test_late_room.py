"""A room that could not be made at first comes up minutes later: it shows today, and says so once."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.domain.events import PlatformBack, PlatformLost
from tests.rig.either import CHATS, AtABrowser, cloud, served_on
from tests.rig.refused import REPLY, WORDS, the_crisis
from tests.rig.service import Running
from tests.rig.slack.service import MovedClock

CREATION: Mapping[str, str] = {"slack": "conversations.create", "teams": "create_chat"}
FAULTS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "slack": {"refused": {"error": "restricted_action"}, "broken": {"status": 503}},
    "teams": {"refused": {"status": 403, "code": "Forbidden"}, "broken": {"status": 503}},
}
TOO_LATE = "cette cellule n'a pu être créée que plus tard"


@asynccontextmanager
async def no_room(
    where: str, folder: Path, fault: str = "refused", *, minutes: int = 1
) -> AsyncIterator[Running[Any]]:
    """Léa opened a crisis some minutes ago, and the platform makes no room."""
    with cloud(where) as chat:
        chat.fail_next(CREATION[where], times=10_000, **FAULTS[where][fault])
        async with served_on(chat, folder, MovedClock()) as rig:
            await CHATS[where](rig, "lea").types(f"urgent {WORDS}")
            await rig.later(minutes=minutes)
            yield rig


async def heals(rig: Running[Any], where: str) -> None:
    """The platform makes rooms again, and is asked for this one."""
    (rig.slack if where == "slack" else rig.teams).heal()  # type: ignore[attr-defined]
    await rig.later(minutes=6)


async def acts_meanwhile(rig: Running[Any], where: str) -> None:
    """Noé comes, Léa calls for help, asks an expert and writes a reply: each from where they were called."""
    lea, noe = CHATS[where](rig, "lea"), CHATS[where](rig, "noe")
    await noe.finds_directly("Votre rôle")
    await noe.does("J'arrive")
    assert "La cellule se crée encore" in await noe.finds_directly("Vous êtes là")
    await lea.types("secours")
    await lea.orders("avis juriste Peut-on citer la charte ?")
    await lea.finds_directly("La cellule ne peut pas se créer pour l'instant")
    await lea.asks("Écrire une réponse")
    await lea.fills({"text": REPLY, "routes": ["private_message", "email"]})


@pytest.mark.parametrize("fault", ["refused", "broken"])
@pytest.mark.parametrize("where", CHATS)
async def test_it_shows_how_things_stand_and_says_once_that_it_is_late(
    tmp_path: Path, where: str, fault: str
) -> None:
    async with no_room(where, tmp_path, fault) as rig:
        await acts_meanwhile(rig, where)
        await rig.later(minutes=3)
        await heals(rig, where)
        lea, noe = CHATS[where](rig, "lea"), CHATS[where](rig, "noe")
        assert "Noé est là" in await lea.reads_brief()
        room = await lea.reads_room()
        assert room.count(TOO_LATE) == 1
        for shown in (REPLY, "VIE EN DANGER", "Peut-on citer la charte ?"):
            assert shown in room
        assert {"lea", "noe", "farid", "claire", "denis"} <= rig.members()
        for who in (lea, noe):
            said = "\n".join(await who.reads_directly())
            assert "se crée encore" not in said
            assert "ne peut pas se créer" not in said
            assert "la création de la cellule" not in said
        await lea.finds_directly("La cellule est prête.")
        await rig.later(minutes=5)
        assert (await lea.reads_room()).count(TOO_LATE) == 1


@pytest.mark.parametrize("where", CHATS)
async def test_it_is_not_made_for_a_false_alarm(tmp_path: Path, where: str) -> None:
    """Nobody who may sleep again is woken by an invitation."""
    async with no_room(where, tmp_path) as rig:
        lea, noe = CHATS[where](rig, "lea"), CHATS[where](rig, "noe")
        for who in (lea, noe):
            await who.orders("annuler paroles d'une chanson")
        assert the_crisis(rig).false_alarm
        before = len(await noe.reads_directly())
        await heals(rig, where)
        made = (rig.slack if where == "slack" else rig.teams).rooms  # type: ignore[attr-defined]
        assert made == []
        assert len(await noe.reads_directly()) == before
        assert "nous continuons d'essayer" not in "\n".join(await lea.reads_directly())


async def test_it_believes_no_platform_to_be_back_because_nothing_is_asked_of_it_any_more(
    tmp_path: Path,
) -> None:
    async with no_room("slack", tmp_path, "broken") as rig:
        for who in ("lea", "noe"):
            await CHATS["slack"](rig, who).orders("annuler paroles d'une chanson")
        await rig.later(minutes=3)
        with rig.service.application.store.read() as uow:
            told = [type(entry.event) for entry in uow.journal.of(the_crisis(rig).id)]
        assert PlatformLost in told
        assert PlatformBack not in told


async def test_it_takes_back_that_it_could_not_be_made(tmp_path: Path) -> None:
    async with no_room("slack", tmp_path, minutes=31) as rig:
        lea, page = CHATS["slack"](rig, "lea"), AtABrowser(rig, "lea")
        assert "N'a pas marché : la création de la cellule" in await page.reads_room()
        await heals(rig, "slack")
        assert "La cellule est maintenant là sur Slack." in await page.reads_room()
        for said in (await page.reads_room(), *await lea.reads_directly()):
            assert "la création de la cellule" not in said


@pytest.mark.parametrize("where", CHATS)
async def test_it_calls_nobody_into_a_crisis_that_is_closed_by_then(tmp_path: Path, where: str) -> None:
    async with no_room(where, tmp_path) as rig:
        await CHATS[where](rig, "claire").orders("clore fini")
        others = ("noe", "farid", "denis")
        called = {who: len(await CHATS[where](rig, who).reads_directly()) for who in others}
        await heals(rig, where)
        room = await CHATS[where](rig, "lea").reads_room()
        assert "crise close" in room.lower() or "Close" in room
        assert "on a besoin de vous ici" not in room
        for who, before in called.items():
            assert len(await CHATS[where](rig, who).reads_directly()) == before
