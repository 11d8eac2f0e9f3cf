"""Several crises at once: each call rings by itself, and one message lists what waits for a person."""

from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.rig.either import CHATS, rig_at
from tests.rig.reading import dialog, text
from tests.rig.service import Running, slack_rig

M = TypeVar("M")
LIST = "Ce qui vous attend"


@pytest.mark.parametrize("where", CHATS)
async def test_it_keeps_one_list_of_what_waits_for_a_person(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await opens(rig, where, "premier message grave")
        assert lists(rig, "noe") == []
        await opens(rig, where, "second message grave")
        assert len(calls(rig, "noe")) == 2
        (waiting,) = lists(rig, "noe")
        said = text(rig, "noe", waiting)
        assert said.count("dire si vous venez") == 2
        assert "grave" not in said
        await opens(rig, where, "troisième message grave")
        assert len(calls(rig, "noe")) == 3
        assert text(rig, "noe", only_list(rig, "noe")).count("dire si vous venez") == 3


@pytest.mark.parametrize("where", CHATS)
async def test_it_takes_out_of_the_list_what_no_longer_waits(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await opens(rig, where, "premier message grave")
        noe = CHATS[where](rig, "noe")
        await noe.finds_directly("Votre rôle")
        await opens(rig, where, "second message grave")
        await noe.does("J'arrive")
        assert text(rig, "noe", only_list(rig, "noe")).count("dire si vous venez") == 1
        await noe.finds_directly("Votre rôle")
        await noe.does("Je ne peux pas")
        assert "Plus rien ne vous attend" in text(rig, "noe", only_list(rig, "noe"))


async def test_it_lists_a_decision_beside_a_call(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        for words in ("premier message grave", "second message grave"):
            await opens(rig, "slack", words)
        first, _second = calls(rig, "noe")
        await rig.user("noe").press("J'arrive", on=first)
        await rig.settle()
        lea = rig.user("lea")
        await lea.command("/crisis brouillon", channel=rig.slack.rooms[0].name)
        await lea.submit(
            await dialog(rig, "lea"), {"text": "Bonjour, nous vous lisons.", "routes": ["message privé"]}
        )
        await rig.settle()
        said = text(rig, "noe", only_list(rig, "noe"))
        assert "lire une réponse et décider" in said
        assert "dire si vous venez" in said


async def opens(rig: Running[Any], where: str, words: str) -> None:
    await CHATS[where](rig, "lea").types(f"urgence {words}")


def lists(rig: Running[M], who: str) -> list[M]:
    return [m for m in rig.user(who).direct_messages() if LIST in text(rig, who, m)]


def only_list(rig: Running[M], who: str) -> M:
    """The list, which is never said twice."""
    (waiting,) = lists(rig, who)
    return waiting


def calls(rig: Running[M], who: str) -> list[M]:
    return [m for m in rig.user(who).direct_messages() if "Votre rôle" in text(rig, who, m)]
