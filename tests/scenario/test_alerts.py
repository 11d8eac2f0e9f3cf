"""Tom is of the workspace and in no plan: what he asks for, the moderators on duty decide."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.data import SAMPLE_PLAN
from bot.domain.crisis import Crisis
from bot.domain.errors import Code, Refused
from bot.texts import translator
from bot.views.refusals import sentence
from tests.rig.dump import changed, dump
from tests.rig.either import CHATS, rig_at
from tests.rig.reading import aside, dialog, direct, plain, text
from tests.rig.refused import refuses
from tests.rig.service import Rig, Running, served, workspace
from tests.rig.slack.service import MovedClock

OUTSIDE = "hors du plan de crise"
WORDS = "un client ne répond plus, il parlait d'en finir"


@asynccontextmanager
async def a_night(folder: Path) -> AsyncIterator[Rig]:
    """#forum belongs to Forum Exemple, #commun to nobody."""
    with workspace() as slack:
        forum = slack.add_channel("forum", members=["UTOM", "ULEA"])
        slack.add_channel("commun", members=["UTOM", "ULEA"])
        plan = folder / "plan.yaml"
        plan.write_text(
            SAMPLE_PLAN.read_text().replace("# channels: [slack:C01ABCDEF]", f"channels: [slack:{forum.id}]")
        )
        async with served(slack, folder, MovedClock(), plan=plan) as rig:
            yield rig


async def raises(rig: Rig, channel: str = "forum") -> None:
    await rig.user("tom").command(f"/crisis urgence {WORDS}", channel=channel)
    said = await aside(rig, "tom", "modération de service est prévenue")
    assert "112" in said
    await rig.settle()


def crises(rig: Running[Any]) -> list[Crisis]:
    with rig.service.application.store.read() as uow:
        return list(uow.crises.of(["forum", "club"]))


def hears(rig: Running[Any], who: str) -> bool:
    return any("hors du plan de crise" in text(rig, who, m) for m in rig.user(who).direct_messages())


def times_asked(rig: Rig, who: str) -> int:
    return sum("hors du plan de crise" in text(rig, who, m) for m in rig.user(who).direct_messages())


async def test_it_asks_the_moderators_of_the_channels_community(tmp_path: Path) -> None:
    async with a_night(tmp_path) as rig:
        await raises(rig)
        assert crises(rig) == []
        assert [who for who in ("lea", "ines", "noe", "claire", "helene") if hears(rig, who)] == [
            "lea",
            "ines",
        ]
        card = text(rig, "lea", direct(rig, "lea", "hors du plan de crise"))
        assert WORDS in card
        assert "FORUM EXEMPLE" in card
        assert not any(WORDS in shown for shown in rig.user("lea").notified())


async def raises_directly(rig: Running[Any], where: str) -> None:
    """Where nobody says which community is meant."""
    said = await CHATS[where](rig, "tom").types(f"urgence {WORDS}")
    assert "modération de service est prévenue" in said
    assert "112" in said


@pytest.mark.parametrize("where", CHATS)
async def test_it_asks_those_with_a_part_everywhere_when_nobody_knows_whose_it_is(
    tmp_path: Path, where: str
) -> None:
    async with rig_at(where, tmp_path) as rig:
        await raises_directly(rig, where)
        assert crises(rig) == []
        assert [who for who in ("lea", "ines", "noe", "claire") if hears(rig, who)] == ["ines", "noe"]
        assert WORDS in await CHATS[where](rig, "ines").finds_directly(OUTSIDE)
        assert not any(WORDS in shown for shown in rig.user("ines").notified())


@pytest.mark.parametrize("where", CHATS)
async def test_it_opens_with_the_words_and_tells_the_others(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await raises_directly(rig, where)
        ines = CHATS[where](rig, "ines")
        await ines.finds_directly(OUTSIDE)
        await ines.asks("L'ouvrir")
        await ines.fills({"first_choice": "someone_in_danger", "community": "forum"})
        (crisis,) = crises(rig)
        assert (crisis.community, crisis.opened_by, crisis.severity) == ("forum", "ines", 4)
        assert crisis.message is not None
        assert crisis.message.text == WORDS
        card = await CHATS[where](rig, "noe").finds_directly(OUTSIDE)
        assert f"Inès a ouvert la crise {crisis.number}." in card
        assert WORDS not in card
        assert "[" not in card


@pytest.mark.parametrize("where", CHATS)
async def test_it_deletes_the_words_of_what_is_no_crisis(tmp_path: Path, where: str) -> None:
    async with rig_at(where, tmp_path) as rig:
        await raises_directly(rig, where)
        ines, noe = CHATS[where](rig, "ines"), CHATS[where](rig, "noe")
        await ines.finds_directly(OUTSIDE)
        ines.pockets()
        await noe.finds_directly(OUTSIDE)
        await noe.asks("Pas une crise…")
        await noe.fills({"reason": "exercice du voisin"})
        assert crises(rig) == []
        before = dump(tmp_path)
        assert plain(sentence(Refused(Code.ALREADY_DONE), translator("fr"))) in await ines.presses("L'ouvrir")
        assert changed(before, dump(tmp_path)) == []
        told = await ines.finds_directly(OUTSIDE)
        assert "Pas une crise, dit Noé : exercice du voisin" in told
        assert WORDS not in told


async def test_it_takes_an_alert_from_a_message(tmp_path: Path) -> None:
    async with a_night(tmp_path) as rig:
        said = rig.slack.someone_writes("ULEA", "commun", "regardez ceci")
        await rig.user("tom").message_action("Ouvrir une crise", said)
        await rig.settle()
        card = text(rig, "ines", direct(rig, "ines", "hors du plan de crise"))
        assert "regardez ceci" in card
        assert "slack.com/archives/" in card


@pytest.mark.parametrize("account", [{"is_restricted": True}, {"is_stranger": True}])
async def test_it_takes_none_from_guests_and_strangers(tmp_path: Path, account: dict[str, bool]) -> None:
    async with a_night(tmp_path) as rig:
        for name, value in account.items():
            setattr(rig.slack.world.account("UTOM"), name, value)
        await refuses(
            rig,
            tmp_path,
            "tom",
            lambda: rig.user("tom").command(f"/crisis urgence {WORDS}", channel="commun"),
            locale="fr",
            refused=Refused(Code.STRANGER),
        )


async def test_it_takes_three_within_an_hour_from_one_person(tmp_path: Path) -> None:
    async with a_night(tmp_path) as rig:
        for _each in range(3):
            await raises(rig)
        heard = len(rig.user("lea").direct_messages())
        said = await refuses(
            rig,
            tmp_path,
            "tom",
            lambda: rig.user("tom").command(f"/crisis urgence {WORDS}", channel="forum"),
            locale="fr",
            refused=Refused(Code.TOO_MANY_ALERTS),
        )
        assert "112" in said
        await rig.settle()
        assert len(rig.user("lea").direct_messages()) == heard
        zoe = rig.slack.add_user("UZOE", "zoe", email="zoe@ailleurs.example", locale="fr-FR")
        rig.slack.channel("forum").members.append("UZOE")
        await zoe.command(f"/crisis urgence {WORDS}", channel="forum")
        await rig.settle()
        assert len(rig.user("lea").direct_messages()) == heard + 1


async def test_it_takes_more_after_an_hour(tmp_path: Path) -> None:
    async with a_night(tmp_path) as rig:
        for _each in range(3):
            await raises(rig)
        await rig.later(hours=1, minutes=1)
        await raises(rig)
        with rig.service.application.store.read() as uow:
            assert len(uow.alerts.raised_since(rig.clock() - timedelta(days=1))) == 4


async def test_it_asks_again_then_the_managers_while_nobody_decides(tmp_path: Path) -> None:
    async with a_night(tmp_path) as rig:
        await raises(rig)
        await rig.later(minutes=6)
        assert [times_asked(rig, who) for who in ("lea", "ines", "helene")] == [2, 2, 0]
        assert "Personne n'a encore décidé." in text(rig, "lea", direct(rig, "lea", WORDS))
        await rig.later(minutes=10)
        assert [times_asked(rig, who) for who in ("lea", "ines", "helene")] == [4, 4, 1]
        await rig.user("helene").press("Pas une crise…", on=direct(rig, "helene", WORDS))
        await rig.user("helene").submit(await dialog(rig, "helene"), {"reason": "un essai"})
        await rig.settle()
        for message in rig.user("lea").direct_messages():
            assert WORDS not in text(rig, "lea", message)


async def test_it_asks_nobody_again_once_it_is_decided(tmp_path: Path) -> None:
    async with a_night(tmp_path) as rig:
        await raises(rig)
        await rig.user("lea").press("Pas une crise…", on=direct(rig, "lea", WORDS))
        await rig.user("lea").submit(await dialog(rig, "lea"), {"reason": "un essai"})
        await rig.later(minutes=20)
        assert [times_asked(rig, who) for who in ("lea", "ines", "helene")] == [1, 1, 0]


async def test_it_takes_over_when_the_message_was_written(tmp_path: Path) -> None:
    async with a_night(tmp_path) as rig:
        said = rig.slack.someone_writes("ULEA", "forum", "regardez ceci")
        await rig.user("tom").message_action("Ouvrir une crise", said)
        await rig.settle()
        await rig.user("ines").press("L'ouvrir", on=direct(rig, "ines", "regardez ceci"))
        await rig.user("ines").submit(await dialog(rig, "ines"), {"first_choice": "someone_in_danger"})
        (crisis,) = crises(rig)
        assert crisis.message is not None
        assert crisis.message.written_at == datetime.fromtimestamp(float(said.ts), UTC)
