"""A channel that the plan binds to a community: what is typed there means that community."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.data import SAMPLE_PLAN
from bot.domain.crisis import Crisis
from tests.rig.reading import aside, dialog, text
from tests.rig.service import Rig, served, workspace
from tests.rig.slack.service import MovedClock


@asynccontextmanager
async def bound(folder: Path) -> AsyncIterator[Rig]:
    """#forum belongs to Forum Exemple; Inès moderates there and at Club Marin."""
    with workspace() as slack:
        channel = slack.add_channel("forum", members=["UINES", "UTOM"])
        slack.add_channel("commun", members=["UINES", "UTOM"])
        plan = folder / "plan.yaml"
        plan.write_text(
            SAMPLE_PLAN.read_text().replace(
                "# channels: [slack:C01ABCDEF]", f"channels: [slack:{channel.id}]"
            )
        )
        async with served(slack, folder, MovedClock(), plan=plan) as rig:
            yield rig


def crises(rig: Rig) -> list[Crisis]:
    with rig.service.application.store.read() as uow:
        return list(uow.crises.of(["forum", "club"]))


async def opens_at(rig: Rig, community: str) -> None:
    await rig.user("ines").command("/crisis ouvrir")
    filled = {"text": "un message", "first_choice": "Colère ou image", "community": community}
    await rig.user("ines").submit(await dialog(rig, "ines"), filled)
    await rig.settle()


async def test_it_opens_there_without_asking_for_the_community(tmp_path: Path) -> None:
    async with bound(tmp_path) as rig:
        await rig.user("ines").command("/crisis urgence à l'aide", channel="forum")
        assert [crisis.community for crisis in crises(rig)] == ["forum"]


async def test_it_asks_for_no_community_for_a_message_of_such_a_channel(tmp_path: Path) -> None:
    async with bound(tmp_path) as rig:
        ines = rig.user("ines")
        await ines.message_action("Ouvrir une crise", rig.slack.someone_writes("UTOM", "forum", "à l'aide"))
        await ines.submit(await dialog(rig, "ines"), {"first_choice": "someone_in_danger"})
        assert [crisis.community for crisis in crises(rig)] == ["forum"]


async def test_it_lists_there_what_is_open_in_that_community(tmp_path: Path) -> None:
    async with bound(tmp_path) as rig:
        await opens_at(rig, "Club Marin")
        await opens_at(rig, "Forum Exemple")
        at_the_club, at_the_forum = crises(rig)
        await rig.user("ines").command("/crisis liste", channel="forum")
        listed = await aside(rig, "ines", at_the_forum.number)
        assert at_the_club.number not in listed


async def test_it_means_there_the_only_crisis_of_that_community(tmp_path: Path) -> None:
    async with bound(tmp_path) as rig:
        await opens_at(rig, "Club Marin")
        await opens_at(rig, "Forum Exemple")
        await rig.user("ines").command("/crisis statut", channel="forum")
        await aside(rig, "ines", "FORUM EXEMPLE · crise")
        await rig.user("ines").command("/crisis statut", channel="commun")
        assert "Plusieurs crises sont ouvertes" in text(rig, "ines", await dialog(rig, "ines"))


async def test_it_offers_elsewhere_ones_own_communities_and_none_beforehand(tmp_path: Path) -> None:
    async with bound(tmp_path) as rig:
        await rig.user("ines").command("/crisis ouvrir", channel="commun")
        form = await dialog(rig, "ines")
        (element,) = [
            block["element"]
            for block in form.content["blocks"]
            if block.get("block_id", "").startswith("community")
        ]
        assert [option["value"] for option in element["options"]] == ["forum", "club"]
        assert "initial_option" not in element
