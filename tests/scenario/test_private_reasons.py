"""A reason that is for the author and the communication lead alone."""

from pathlib import Path

import pytest

from bot.domain.verbs import Verb
from tests.rig.acts import press
from tests.rig.reading import dialog, direct, in_room, text
from tests.rig.refused import REPLY, night, proposes

WHY = "Cette phrase nous engagerait au-delà du contrat."


@pytest.mark.parametrize("private", [True, False])
async def test_it_keeps_a_reason_from_the_room_when_the_lawyer_wishes_so(
    tmp_path: Path, *, private: bool
) -> None:
    async with night(tmp_path) as rig:
        await proposes(rig)
        await press(rig, "farid", Verb.REJECT)
        ticked = {"private": ["yes"]} if private else {}
        await rig.user("farid").submit(await dialog(rig, "farid"), {"reason": WHY, **ticked})
        await rig.settle()
        assert (WHY in text(rig, "noe", in_room(rig, "noe", REPLY))) != private
        assert WHY in text(rig, "lea", direct(rig, "lea", REPLY))
        assert WHY in text(rig, "denis", direct(rig, "denis", REPLY))
        assert (WHY in text(rig, "noe", direct(rig, "noe", REPLY))) != private
        await rig.user("lea").command("/crisis journal", channel=rig.slack.rooms[-1].name)
        await rig.settle()
        assert (WHY in text(rig, "lea", in_room(rig, "lea", "Dernières lignes"))) != private
