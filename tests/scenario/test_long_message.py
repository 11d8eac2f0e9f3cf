"""A member's message longer than a form, opened from the message itself."""

from pathlib import Path
from typing import Any

import pytest

from tests.rig.either import CHATS, rig_at
from tests.rig.refused import the_crisis
from tests.rig.service import Running

LONG = "".join(f"Phrase numéro {n} d'un long message. " for n in range(800)).strip()

pytestmark = pytest.mark.parametrize("where", CHATS)


async def test_it_keeps_a_long_message_whole_of_which_a_form_shows_the_beginning(
    tmp_path: Path, where: str
) -> None:
    async with rig_at(where, tmp_path) as rig:
        shown = await opens_from_message(rig, where, {})
        assert the_words(rig) == LONG
        assert f"{len(LONG)}" in shown.replace(" ", "").replace(".", "")


async def test_it_takes_what_somebody_changed_in_the_form(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await opens_from_message(rig, where, {"text": "Seulement la phrase qui compte."})
        assert the_words(rig) == "Seulement la phrase qui compte."


async def opens_from_message(rig: Running[Any], where: str, changed: dict[str, str]) -> str:
    """The card that says where the crisis stands, which Léa opened from the message."""
    lea = CHATS[where](rig, "lea")
    await lea.reports(LONG)
    await lea.fills({"first_choice": "anger_or_image", **changed})
    return await lea.reads_brief()


def the_words(rig: Running[Any]) -> str:
    message = the_crisis(rig).message
    assert message is not None
    return message.text
