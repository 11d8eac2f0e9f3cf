"""The member's message: read by whoever asks, hidden in time, and not left without a word."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.data import SAMPLE_PLAN
from bot.domain.events import MessageRead, MessageStillOnline
from bot.domain.states import Standing
from bot.domain.verbs import Verb
from tests.rig.acts import newest, offers, press, press_behind_more
from tests.rig.either import AROUND, EITHER
from tests.rig.reading import aside, dialog, direct, in_room, text
from tests.rig.refused import WORDS, night, night_at, released_by, the_crisis
from tests.rig.service import Rig, Running, served, slack_rig, workspace
from tests.rig.slack.service import MovedClock

TO_HIDE = "Ce message doit être masqué"
HIDDEN_FOR = "aucun mot au membre"


def happened(rig: Running[Any], kind: type) -> list[object]:
    with rig.service.application.store.read() as uow:
        return [e.event.by for e in uow.journal.of(the_crisis(rig).id) if isinstance(e.event, kind)]


def brief(rig: Rig) -> str:
    return text(rig, "lea", in_room(rig, "lea", "Message"))


@pytest.mark.parametrize("locale", ["fr", "en"])
async def test_it_shows_the_words_to_whoever_asks_and_notes_each_reading(tmp_path: Path, locale: str) -> None:
    async with night(tmp_path, locale) as rig:
        everything = [*rig.slack.rooms[-1].messages, *rig.user("noe").direct_messages()]
        assert not [m for m in everything if WORDS in rig.user("noe").reads(m)]
        for _again in range(2):
            await press(rig, "noe", Verb.READ_MESSAGE)
            await aside(rig, "noe", WORDS)
        await rig.settle()
        assert happened(rig, MessageRead) == ["noe", "noe"]
        assert not [e for e in rig.user("lea").ephemerals() if WORDS in rig.user("lea").reads(e)]


@pytest.mark.parametrize("where", EITHER)
async def test_it_keeps_the_words_from_whoever_does_not_ask(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        noe = EITHER[where](rig, "noe")
        assert WORDS not in await noe.reads_room()
        for _again in range(2):
            assert WORDS in await noe.hears_in_room("Lire le message")
        assert WORDS not in await noe.reads_room()
        assert happened(rig, MessageRead) == ["noe", "noe"]


async def test_it_shows_the_words_to_all_where_the_plan_says_so(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(SAMPLE_PLAN.read_text().replace("    code: fe ", "    member_text: shown\n    code: fe "))
    with workspace() as slack:
        async with served(slack, tmp_path, MovedClock(), plan=plan) as rig:
            await rig.user("lea").command(f"/crisis urgent {WORDS}")
            await rig.settle()
            assert WORDS in brief(rig)
            assert Verb.READ_MESSAGE not in offers(newest(rig, "lea", Verb.MORE))


@pytest.mark.parametrize("where", EITHER)
async def test_it_asks_once_about_a_message_to_hide_and_says_so_on_the_card(
    tmp_path: Path, where: str
) -> None:
    async with night_at(where, tmp_path) as rig:
        lea = EITHER[where](rig, "lea")
        await rig.later(minutes=4)
        assert TO_HIDE not in await lea.reads_room()
        await rig.later(minutes=2)
        assert TO_HIDE in await lea.reads_brief()
        await rig.later(minutes=30)
        assert len(happened(rig, MessageStillOnline)) == 1
        direct(rig, "lea", TO_HIDE)
        await lea.presses_in_room("Masqué maintenant")
        message = the_crisis(rig).message
        assert message is not None
        assert message.standing is Standing.HIDDEN
        assert TO_HIDE not in await lea.reads_brief()


@pytest.mark.parametrize("where", EITHER)
async def test_it_counts_how_long_the_member_is_without_a_word(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        lea = EITHER[where](rig, "lea")
        await lea.presses_in_room("Masqué maintenant")
        assert HIDDEN_FOR in await lea.reads_brief()
        await rig.later(minutes=11)
        counted = {"slack": 10, "teams": 10, "browser": 11}[
            where
        ]  # a card every five minutes, a page whenever it is read
        assert f"EN RETARD : masqué depuis {counted} min, {HIDDEN_FOR}" in await lea.reads_brief()
        assert happened(rig, MessageStillOnline) == []


@pytest.mark.parametrize("where", EITHER)
async def test_it_counts_no_longer_once_a_word_has_gone(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        lea = EITHER[where](rig, "lea")
        await lea.presses_in_room("Masqué maintenant")
        sender, noe = AROUND[where](rig, "lea"), AROUND[where](rig, "noe")
        await released_by(sender, noe)
        await sender.asks_in_room("Message privé envoyé")
        await sender.fills({"note": "lu"})
        assert HIDDEN_FOR not in await lea.reads_brief()


@pytest.mark.parametrize("where", EITHER)
async def test_it_asks_again_about_a_message_that_came_back(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        lea = EITHER[where](rig, "lea")
        await rig.later(minutes=6)
        chat = AROUND[where](rig, "lea")
        await chat.finds_directly(TO_HIDE)
        await chat.does("Masqué maintenant")
        await lea.presses_in_room("De nouveau en ligne")
        await rig.later(minutes=6)
        assert len(happened(rig, MessageStillOnline)) == 2


@pytest.mark.parametrize("link", [None, "https://forum.example/t/88#m412"])
async def test_it_takes_over_when_the_message_was_written(tmp_path: Path, link: str | None) -> None:
    """Unless somebody gives a link to another one: a report on Slack is of another hour than the message."""
    async with slack_rig(tmp_path) as rig:
        rig.slack.add_channel("commun", members=["UINES", "UTOM"])
        said = rig.slack.someone_writes("UTOM", "commun", "je n'en peux plus")
        await rig.later(minutes=10)
        await rig.user("ines").message_action("Ouvrir une crise", said)
        filled = {"first_choice": "someone_in_danger", "community": "forum"}
        await rig.user("ines").submit(await dialog(rig, "ines"), filled | ({"link": link} if link else {}))
        message = the_crisis(rig).message
        assert message is not None
        written = datetime.fromtimestamp(float(said.ts), UTC)
        assert message.written_at == (None if link else written)
        if link is None:
            await rig.settle()
            await press_behind_more(rig, "ines", Verb.COMPLETE)
            hour = f"{written.astimezone(ZoneInfo('Europe/Paris')):%H:%M}"
            fields = (await dialog(rig, "ines")).content["blocks"]
            (field,) = [b for b in fields if b.get("block_id", "").startswith("written_at")]
            assert field["element"]["initial_value"].endswith(hour)
