"""«Add to the journal»: what is said in the room stays in the journal, whatever becomes of the message."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.manifest import manifest
from bot.domain.errors import Code, Refused
from bot.texts import translator
from bot.views.refusals import sentence
from tests.rig.either import CHATS, at
from tests.rig.reading import plain
from tests.rig.refused import night, night_at, the_crisis
from tests.rig.service import Rig, Running
from tests.rig.slack.world import Message

SAID = "J'ai eu le 15 à 03:20, ils rappellent."
LATER = "J'ai eu le 15 à 03:25, ils rappellent."


@asynccontextmanager
async def talk(where: str, folder: Path) -> AsyncIterator[tuple[Running[Any], Any]]:
    """Denis says something in the room, and Léa puts it into the journal."""
    async with night_at(where, folder) as rig:
        message = await at(rig, "denis").says(SAID)
        assert "C'est au journal de la crise" in await at(rig, "lea").keeps(message)
        yield rig, message


@asynccontextmanager
async def talk_on_slack(folder: Path, *, least: bool = False) -> AsyncIterator[tuple[Rig, Message]]:
    """The same, where the app hears of later edits if it may: Teams tells it of none but of what calls it."""
    async with talk("slack", folder) as (rig, message):
        assert isinstance(rig, Rig)
        rig.slack.manifest.update(manifest(base_url="https://cellule.test", least=least, _=translator("fr")))
        yield rig, message


async def journal(rig: Running[Any]) -> str:
    lea = at(rig, "lea")
    await lea.types_in_room("log")
    return await lea.finds("au journal le message 1")


@pytest.mark.parametrize("where", CHATS)
async def test_it_keeps_a_message_with_who_wrote_it(tmp_path: Path, where: str) -> None:
    async with talk(where, tmp_path) as (rig, _message):
        assert f"Léa a mis au journal le message 1 de la cellule, de Denis : {SAID}" in await journal(rig)


async def test_it_notes_an_edit_once(tmp_path: Path) -> None:
    async with talk_on_slack(tmp_path) as (rig, message):
        denis = rig.user("denis")
        await denis.edits(message, LATER)
        assert (await denis.repeat()).status == 200
        read = await journal(rig)
        assert SAID in read
        assert read.count(f"Le message 1 a été modifié dans la cellule : {LATER}") == 1


async def test_it_notes_a_deletion(tmp_path: Path) -> None:
    async with talk_on_slack(tmp_path) as (rig, message):
        await rig.user("denis").deletes(message)
        read = await journal(rig)
        assert SAID in read
        assert "Le message 1 a été supprimé de la cellule." in read


async def test_it_notes_nothing_of_what_nobody_added(tmp_path: Path) -> None:
    async with talk_on_slack(tmp_path) as (rig, _message):
        other = rig.slack.someone_writes("UDENIS", rig.slack.rooms[-1].name, "Je reviens dans cinq minutes.")
        await rig.user("denis").edits(other, "Je reviens dans une minute.")
        await rig.user("denis").deletes(other)
        read = await journal(rig)
        assert "minute" not in read
        assert "modifié" not in read


async def test_it_keeps_the_message_without_the_recommended_scopes_too(tmp_path: Path) -> None:
    async with talk_on_slack(tmp_path, least=True) as (rig, message):
        await rig.user("denis").edits(message, LATER)
        read = await journal(rig)
        assert SAID in read
        assert LATER not in read


@pytest.mark.parametrize("where", CHATS)
async def test_it_refuses_a_message_that_is_in_the_journal(tmp_path: Path, where: str) -> None:
    async with talk(where, tmp_path) as (rig, message):
        assert why_not(Code.ALREADY_DONE) in await at(rig, "noe").keeps(message)


@pytest.mark.parametrize("where", CHATS)
@pytest.mark.parametrize("who", ["lea", "tom"])
async def test_it_refuses_a_message_from_anywhere_else(tmp_path: Path, where: str, who: str) -> None:
    async with talk(where, tmp_path) as (rig, _message):
        assert why_not(Code.ABSENT) in await at(rig, who).keeps(await rig.elsewhere(who, "bonjour"))
        with rig.service.application.store.read() as uow:
            kinds = [entry.event.kind for entry in uow.journal.of(the_crisis(rig).id)]
        assert kinds.count("talk_kept") == 1


async def test_it_answers_slacks_check_of_the_address(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        check = {"type": "url_verification", "challenge": "3eZbrw1a", "token": "deprecated"}
        reply = await rig.slack.deliver(json.dumps(check).encode(), "application/json")
        assert (reply.status, json.loads(reply.text)) == (200, {"challenge": "3eZbrw1a"})


@pytest.mark.parametrize("where", CHATS)
async def test_it_refuses_somebody_without_a_part(tmp_path: Path, where: str) -> None:
    """Whoever people let into the room by themselves is not of the cell."""
    async with talk(where, tmp_path) as (rig, _message):
        await at(rig, "denis").brings("salome")
        other = await at(rig, "denis").says("Je reviens.")
        assert why_not(Code.ABSENT) in await at(rig, "salome").keeps(other)


def why_not(code: Code) -> str:
    return plain(sentence(Refused(code), translator("fr")))
