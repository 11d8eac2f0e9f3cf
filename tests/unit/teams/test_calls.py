"""What a failure of Microsoft's means, and tokens that are asked for once."""

import asyncio
from datetime import timedelta

import pytest

from adapters.teams.tokens import CONNECTOR
from bot.cards import Card, Text
from bot.domain.ids import PersonId, Platform
from bot.ports import Ambiguous, Denied, DirectPlace, Gone, RateLimited, Unreachable
from tests.rig.slack.service import ScriptedCore
from tests.rig.teams.service import Kept, served
from tests.rig.teams.world import TENANT

LEA = DirectPlace(Platform.TEAMS, PersonId("lea"))
CARD = Card("Cellule", "FORUM", (Text("words"),))


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (412, Unreachable),
        (502, Unreachable),
        (503, Unreachable),
        (504, Unreachable),
        (500, Ambiguous),
        (403, Denied),
    ],
)
async def test_it_says_whether_a_post_was_done(adapter, teams, status, meaning):
    teams.fail_next("send", status=status, times=2)
    with pytest.raises(meaning):
        await adapter.gateway.post(LEA, CARD, mark="c.1")
    teams.heal()


async def test_it_takes_a_broken_update_for_not_done(adapter, teams):
    message = await adapter.gateway.post(LEA, CARD, mark="c.1")
    for fault in ({"status": 500}, {"cut_after": True}):
        teams.fail_next("update", **fault)
        with pytest.raises(Unreachable):
            await adapter.gateway.update(LEA, message, CARD, mark="c.1")


async def test_it_keeps_off_a_conversation_that_teams_held_back(adapter, teams):
    teams.fail_next("send", status=429, retry_after=9)
    for _again in range(2):
        with pytest.raises(RateLimited) as limited:
            await adapter.gateway.post(LEA, CARD, mark="c.1")
    assert limited.value.retry_after == pytest.approx(9, abs=0.5)
    assert teams.count("send") == 1


def asked(teams):
    """How often a token for the connector was asked for."""
    scopes = [call.body["scope"] for call in teams.calls if call.name == "token"]
    return scopes.count(CONNECTOR)


async def test_it_asks_once_for_a_token_that_many_need(adapter, teams):
    await asyncio.gather(*(adapter.gateway.post(LEA, CARD, mark=f"c.{number}") for number in range(5)))
    assert asked(teams) == 1


async def test_it_replaces_a_token_before_it_ends(adapter, teams, clock):
    await adapter.gateway.post(LEA, CARD, mark="c.1")
    clock.ahead += timedelta(minutes=50)
    await adapter.gateway.post(LEA, CARD, mark="c.2")
    assert asked(teams) == 1
    clock.ahead += timedelta(minutes=6)
    await adapter.gateway.post(LEA, CARD, mark="c.3")
    assert asked(teams) == 2


async def test_it_gets_another_token_when_microsoft_no_longer_takes_it(adapter, teams):
    message = await adapter.gateway.post(LEA, CARD, mark="c.1")
    teams.tokens.forget()
    with pytest.raises(Unreachable):
        await adapter.gateway.update(LEA, message, CARD, mark="c.1")
    await adapter.gateway.update(LEA, message, CARD, mark="c.1")


async def test_it_sends_its_token_to_no_other_host(teams):
    """As if another address had come into the database."""
    kept = Kept()
    await kept.save(f"service:{TENANT}", "https://elsewhere.example/")
    async with served(teams, ScriptedCore(), kept=kept) as adapter:
        with pytest.raises(Denied, match="service_url_not_allowed"):
            await adapter.gateway.post(LEA, CARD, mark="c.2")


async def test_it_says_that_a_vanished_conversation_is_gone(adapter, teams):
    message = await adapter.gateway.post(LEA, CARD, mark="c.1")
    teams.world.conversations.clear()
    with pytest.raises(Gone):
        await adapter.gateway.update(LEA, message, CARD, mark="c.1")
