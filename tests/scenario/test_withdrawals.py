"""An approval is taken back before the release, and given again."""

from pathlib import Path
from typing import Any

import pytest

from bot.cards import Action
from bot.domain.errors import Code, Refused
from bot.domain.states import DraftStatus
from bot.domain.verbs import Verb
from tests.rig.acts import act, newest, offers, press
from tests.rig.either import CHATS, InChat
from tests.rig.reading import direct, in_room, text
from tests.rig.refused import REPLY, approved, night, night_at, refuses, released, the_crisis
from tests.rig.service import Running


async def approves(rig: Running[Any], where: str) -> tuple[InChat, InChat]:
    """Léa, who wrote the reply, and Noé, who holds their approval in hand."""
    lea, noe = CHATS[where](rig, "lea"), CHATS[where](rig, "noe")
    await lea.asks_in_room("Écrire une réponse")
    await lea.fills({"text": REPLY, "routes": ["private_message", "email"]})
    await noe.finds_directly(REPLY)
    await noe.does("Approuver la version 1")
    await noe.finds_directly(REPLY)
    return lea, noe


@pytest.mark.parametrize("where", CHATS)
async def test_it_awaits_a_decision_again_when_an_approval_is_withdrawn(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        lea, noe = await approves(rig, where)
        await noe.does("Retirer mon accord")
        card = await lea.finds(REPLY)
        assert "Noé : décision attendue" in card
        assert "[Envoyer…]" not in card
        assert "Noé a retiré son accord" in await lea.finds_directly("Ne l'envoyez pas")
        await lea.types_in_room("journal")
        await lea.finds("Noé a retiré son accord sur la version 1 de la réponse 1.")


@pytest.mark.parametrize("where", CHATS)
async def test_it_takes_an_approval_again_after_it_was_withdrawn(tmp_path: Path, where: str) -> None:
    async with night_at(where, tmp_path) as rig:
        lea, noe = await approves(rig, where)
        await noe.does("Retirer mon accord")
        await noe.finds_directly(REPLY)
        await noe.does("Approuver la version 1")
        await lea.finds(REPLY)
        await lea.does("Envoyer…")
        assert draft_status(rig) is DraftStatus.RELEASED


async def test_it_calls_deputies_and_managers_after_a_withdrawal_as_for_a_new_text(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await approved(rig)
        await rig.later(minutes=31)
        await press(rig, "noe", Verb.WITHDRAW)
        await rig.later(minutes=31)
        assert "Les responsables sont" in text(rig, "helene", direct(rig, "helene", REPLY))


async def test_it_reminds_of_a_release_that_waits_a_second_time(tmp_path: Path) -> None:
    """The first approval was left waiting so long that its reminder had gone out."""
    async with night(tmp_path) as rig:
        await approved(rig)
        await rig.later(minutes=25)
        await press(rig, "noe", Verb.WITHDRAW)
        await rig.settle()
        await press(rig, "noe", Verb.APPROVE)
        await rig.settle()
        told = len(rig.user("lea").direct_messages())
        await rig.later(minutes=61)
        again = rig.user("lea").direct_messages()[told:]
        assert any("Approuvée, et toujours pas" in text(rig, "lea", message) for message in again)


async def test_it_lets_nobody_withdraw_what_they_have_not_approved(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await approved(rig)
        card = in_room(rig, "lea", REPLY)
        await refuses(
            rig,
            tmp_path,
            "lea",
            lambda: press(rig, "lea", Verb.WITHDRAW, on=card),
            locale="fr",
            refused=Refused(Code.NOTHING_TO_WITHDRAW),
        )


async def test_it_withdraws_nothing_once_the_word_to_send_is_given(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await released(rig)
        withdraw = Action(Verb.WITHDRAW, f"{the_crisis(rig).id}.d1", 1)
        await refuses(
            rig,
            tmp_path,
            "noe",
            lambda: act(rig, "noe", withdraw),
            locale="fr",
            refused=Refused(Code.ALREADY_RELEASED),
        )


async def test_it_offers_no_second_decision_to_who_has_approved(tmp_path: Path) -> None:
    async with night(tmp_path) as rig:
        await approved(rig)
        assert set(offers(newest(rig, "noe", Verb.WITHDRAW))) == {Verb.WITHDRAW, Verb.REVISE, Verb.RELEASE}


def draft_status(rig: Running[Any]) -> DraftStatus:
    return the_crisis(rig).drafts[-1].status
