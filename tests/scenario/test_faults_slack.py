"""Slack limits, breaks, cuts the line: one room, one ping each, one brief; a fault that lasts is said."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.verbs import Verb
from tests.rig.acts import newest, offers, press
from tests.rig.reading import dialog, text
from tests.rig.refused import proposes
from tests.rig.service import Rig, slack_rig
from tests.rig.slack.waiting import eventually

CALLED = ("claire", "farid", "denis", "noe")
FAULTS: dict[str, dict[str, Any]] = {
    "limited": {"ratelimited": 1},
    "broken": {"status": 500},
    "unavailable": {"status": 503},
    "cut before": {"cut_before": True},
    "cut after": {"cut_after": True},
}
METHODS = ("conversations.create", "conversations.invite", "chat.postMessage", "chat.update")


async def opens(rig: Rig) -> None:
    await rig.user("lea").command("/crisis urgence je ne vais pas bien")
    await rig.settle()


async def recovers(rig: Rig) -> None:
    """Long enough for each back-off, too short for anybody to be called again."""
    for _second in range(12):
        rig.clock.ahead += timedelta(seconds=2)
        await rig.service.relay.drain()


def of_kind(rig: Rig, who: str, verb: Verb) -> int:
    return sum(verb in offers(message) for message in rig.user(who).direct_messages())


def briefs(rig: Rig) -> int:
    (room,) = rig.slack.rooms
    return sum(Verb.MORE in offers(message) for message in room.messages)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("fault", FAULTS)
async def test_it_opens_once_whatever_slack_does(tmp_path: Path, method: str, fault: str) -> None:
    async with slack_rig(tmp_path) as rig:
        rig.slack.fail_next(method, **FAULTS[fault])
        await opens(rig)
        await recovers(rig)
        (room,) = rig.slack.rooms
        assert {f"U{name.upper()}" for name in ("lea", *CALLED)} <= set(room.members)
        assert {who: of_kind(rig, who, Verb.TAKE_UP) for who in CALLED} == dict.fromkeys(CALLED, 1)
        assert briefs(rig) == 1


@pytest.mark.parametrize("fault", FAULTS)
async def test_it_shows_a_draft_once_to_each(tmp_path: Path, fault: str) -> None:
    async with slack_rig(tmp_path) as rig:
        await opens(rig)
        rig.slack.fail_next("chat.postMessage", **FAULTS[fault])
        rig.slack.fail_next("chat.update", **FAULTS[fault])
        await proposes(rig)
        await recovers(rig)
        for who in ("noe", "farid", "denis"):
            assert of_kind(rig, who, Verb.APPROVE) == 1
        (room,) = rig.slack.rooms
        assert sum(Verb.APPROVE in offers(message) for message in room.messages) == 1


async def test_it_calls_people_without_a_room_and_tells_the_opener(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        rig.slack.fail_next("conversations.create", error="restricted_action", times=99)
        await opens(rig)
        assert rig.slack.rooms == []
        assert {who: of_kind(rig, who, Verb.TAKE_UP) for who in CALLED} == dict.fromkeys(CALLED, 1)
        (told,) = rig.user("lea").direct_messages()
        assert list(offers(told))[:2] == [Verb.LIFE_IN_DANGER, Verb.DRAFT]
        assert "Claire" in text(rig, "lea", told)
        rig.slack.heal()
        await rig.later(minutes=6)
        (room,) = rig.slack.rooms
        assert "ULEA" in room.members


async def test_it_says_whom_it_could_not_invite(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        rig.slack.world.accounts["UFARID"].deleted = True
        await opens(rig)
        (room,) = rig.slack.rooms
        assert {"ULEA", "UCLAIRE", "UDENIS", "UNOE"} <= set(room.members)
        in_room = [text(rig, "lea", message) for message in room.messages]
        direct = [text(rig, "lea", message) for message in rig.user("lea").direct_messages()]
        for place in (in_room, direct):
            assert any("Farid" in said and "users_not_found" in said for said in place), place


async def test_it_says_whom_a_message_did_not_reach(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        rig.slack.fail_next("chat.postMessage", error="cannot_dm_bot", times=1)
        await opens(rig)
        (room,) = rig.slack.rooms
        assert any("cannot_dm_bot" in text(rig, "lea", message) for message in room.messages)


async def test_it_catches_up_after_ten_minutes_without_stale_cards(tmp_path: Path) -> None:
    """Noé answered meanwhile: nothing that reaches him asks again, and the brief says that he is here."""
    async with slack_rig(tmp_path) as rig:
        await opens(rig)
        ping = newest(rig, "noe", Verb.TAKE_UP)
        for method in METHODS:
            rig.slack.fail_next(method, cut_before=True, times=10_000)
        await press(rig, "noe", Verb.TAKE_UP, on=ping)
        await rig.later(minutes=10)
        rig.slack.heal()
        await rig.later(minutes=2)
        assert of_kind(rig, "noe", Verb.TAKE_UP) == 0
        brief = next(m for m in rig.slack.rooms[0].messages if Verb.MORE in offers(m))
        assert "Noé est là" in text(rig, "lea", brief)
        with rig.service.application.store.read() as uow:
            assert uow.outbox.oldest_undelivered() is None
        for who in ("lea", "noe"):
            everything = [*rig.user(who).direct_messages(), *rig.slack.rooms[0].messages]
            assert not [m for m in everything if "ServerDisconnectedError" in text(rig, who, m)]


@pytest.mark.soak
async def test_it_says_what_fails_for_more_than_a_quarter_of_an_hour(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        await opens(rig)
        rig.slack.fail_next("chat.postMessage", status=500, times=10_000)
        await press(rig, "lea", Verb.LIFE_IN_DANGER)
        await rig.later(minutes=30)
        rig.slack.heal()
        await rig.settle(patience=300)
        told = [m for m in rig.user("lea").direct_messages() if Verb.ROLE in offers(m)]
        assert len([m for m in told if "fiche" in text(rig, "lea", m)]) == 1


async def test_it_opens_the_form_or_says_that_it_could_not(tmp_path: Path) -> None:
    async with slack_rig(tmp_path) as rig:
        lea = rig.user("lea")
        rig.slack.fail_next("views.open", status=500)
        await lea.command("/crisis ouvrir un message qui inquiète")
        await eventually(lea.ephemerals)
        assert "formulaire" in text(rig, "lea", lea.ephemerals()[-1])
        await lea.command("/crisis ouvrir un message qui inquiète")
        await dialog(rig, "lea")
