"""«Add to the journal»: what is said in the room stays in the journal, whatever becomes of the message."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from adapters.slack.manifest import manifest
from bot.domain.errors import Code, Refused
from bot.texts import translator
from bot.views.refusals import sentence
from tests.rig.reading import aside, in_room, plain, text
from tests.rig.refused import night, the_crisis, told
from tests.rig.service import Rig
from tests.rig.slack.world import Message

SAID = "J'ai eu le 15 à 03:20, ils rappellent."
LATER = "J'ai eu le 15 à 03:25, ils rappellent."
ACTION = "Ajouter au journal"


@asynccontextmanager
async def talk(folder: Path, *, least: bool = False) -> AsyncIterator[tuple[Rig, Message]]:
    """Denis says something in the room, and Léa puts it into the journal."""
    async with night(folder) as rig:
        rig.slack.manifest.update(manifest(base_url="https://cellule.test", least=least, _=translator("fr")))
        message = rig.slack.someone_writes("UDENIS", rig.slack.rooms[-1].name, SAID)
        await rig.user("lea").message_action(ACTION, message)
        await aside(rig, "lea", "C'est au journal de la crise")
        yield rig, message


async def journal(rig: Rig) -> str:
    await rig.user("lea").command("/crisis log", channel=rig.slack.rooms[-1].name)
    await rig.settle()
    return plain(text(rig, "lea", in_room(rig, "lea", "au journal le message 1")))


async def test_it_keeps_a_message_with_who_wrote_it(tmp_path: Path) -> None:
    async with talk(tmp_path) as (rig, _message):
        assert f"Léa a mis au journal le message 1 de la cellule, de Denis : {SAID}" in await journal(rig)


async def test_it_notes_an_edit_once(tmp_path: Path) -> None:
    async with talk(tmp_path) as (rig, message):
        denis = rig.user("denis")
        await denis.edits(message, LATER)
        assert (await denis.repeat()).status == 200
        read = await journal(rig)
        assert SAID in read
        assert read.count(f"Le message 1 a été modifié dans la cellule : {LATER}") == 1


async def test_it_notes_a_deletion(tmp_path: Path) -> None:
    async with talk(tmp_path) as (rig, message):
        await rig.user("denis").deletes(message)
        read = await journal(rig)
        assert SAID in read
        assert "Le message 1 a été supprimé de la cellule." in read


async def test_it_notes_nothing_of_what_nobody_added(tmp_path: Path) -> None:
    async with talk(tmp_path) as (rig, _message):
        other = rig.slack.someone_writes("UDENIS", rig.slack.rooms[-1].name, "Je reviens dans cinq minutes.")
        await rig.user("denis").edits(other, "Je reviens dans une minute.")
        await rig.user("denis").deletes(other)
        read = await journal(rig)
        assert "minute" not in read
        assert "modifié" not in read


async def test_it_keeps_the_message_without_the_recommended_scopes_too(tmp_path: Path) -> None:
    async with talk(tmp_path, least=True) as (rig, message):
        await rig.user("denis").edits(message, LATER)
        read = await journal(rig)
        assert SAID in read
        assert LATER not in read


async def test_it_refuses_a_message_that_is_in_the_journal(tmp_path: Path) -> None:
    async with talk(tmp_path) as (rig, message):
        said = await told(rig, "noe", lambda: rig.user("noe").message_action(ACTION, message))
        assert plain(sentence(Refused(Code.ALREADY_DONE), translator("fr"))) in said


@pytest.mark.parametrize("who", ["lea", "tom"])
async def test_it_refuses_a_message_from_anywhere_else(tmp_path: Path, who: str) -> None:
    async with talk(tmp_path) as (rig, _message):
        rig.slack.add_channel("forum", members=["ULEA", "UTOM"])
        elsewhere = rig.slack.someone_writes("UTOM", "forum", "bonjour")
        said = await told(rig, who, lambda: rig.user(who).message_action(ACTION, elsewhere))
        code = Code.ABSENT
        assert plain(sentence(Refused(code), translator("fr"))) in said
        with rig.service.application.store.read() as uow:
            kinds = [entry.event.kind for entry in uow.journal.of(the_crisis(rig).id)]
        assert kinds.count("talk_kept") == 1


async def test_it_answers_slacks_check_of_the_address(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        check = {"type": "url_verification", "challenge": "3eZbrw1a", "token": "deprecated"}
        reply = await rig.slack.deliver(json.dumps(check).encode(), "application/json")
        assert (reply.status, json.loads(reply.text)) == (200, {"challenge": "3eZbrw1a"})


async def test_it_refuses_somebody_without_a_part(tmp_path: Path) -> None:
    """Whoever people let into the channel by themselves is not of the cell."""
    async with talk(tmp_path) as (rig, _message):
        room = rig.slack.rooms[-1]
        room.members.append("USALOME")
        other = rig.slack.someone_writes("UDENIS", room.name, "Je reviens.")
        said = await told(rig, "salome", lambda: rig.user("salome").message_action(ACTION, other))
        assert plain(sentence(Refused(Code.ABSENT), translator("fr"))) in said
