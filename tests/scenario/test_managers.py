"""A manager without a part in the crisis, from the app's own conversation on Slack."""

from pathlib import Path

from bot.domain.errors import Code, Refused
from bot.domain.states import CrisisStatus
from tests.rig.reading import aside
from tests.rig.refused import night, refuses, the_crisis


async def test_it_lets_a_manager_look_note_and_close_from_afar(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        helene = rig.user("helene")
        await helene.command("/crisis statut")
        assert the_crisis(rig).number in await aside(rig, "helene", "gravité 4 sur 4")
        await helene.command("/crisis note vu avec Claire")
        assert the_crisis(rig).number in await aside(rig, "helene", "au journal")
        await helene.command("/crisis clore fausse alerte")
        await rig.settle()
        closed = the_crisis(rig)
        assert (closed.status, closed.closed_by) == (CrisisStatus.CLOSED, "helene")


async def test_it_closes_nothing_from_afar_for_others_of_the_community(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await refuses(
            rig,
            tmp_path,
            "ines",
            lambda: rig.user("ines").command("/crisis clore fin"),
            locale="fr",
            refused=Refused(Code.ABSENT),
        )
