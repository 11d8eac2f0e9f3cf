"""The manifest names all that the code uses, and nothing else."""

import re
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.app import commands, events, shortcuts
from adapters.slack.listeners import Listeners
from adapters.slack.manifest import LEAST, RECOMMENDED, manifest
from bot.cards import Card
from bot.domain.ids import PersonId, Platform
from bot.ports import Denied, DirectPlace, RoomPlace
from bot.texts import translator
from tests.rig.slack.method import METHODS
from tests.rig.slack.service import ScriptedCore, double, served

PAGE = (Path(__file__).parents[3] / "docs" / "slack.md").read_text("utf-8")
NOTHING: Any = None
LISTENERS = Listeners(identity=NOTHING, looks=NOTHING, answers=NOTHING, handle=NOTHING)


def made(*, least: bool = False):
    return manifest(base_url="https://cellule.example/", least=least, _=translator("fr"))


def test_it_declares_every_command_and_message_action_of_the_code():
    features = made()["features"]
    assert {one["command"] for one in features["slash_commands"]} == set(commands(LISTENERS))
    assert {one["callback_id"] for one in features["shortcuts"]} == set(shortcuts(LISTENERS))


def heard(*, least: bool = False):
    return made(least=least)["settings"]["event_subscriptions"]["bot_events"]


def test_it_subscribes_to_every_event_of_the_code():
    assert {name.partition(".")[0] for name in heard()} == set(events(LISTENERS))


def test_it_hears_of_messages_only_where_it_may_read_them():
    assert heard() == ["member_left_channel", "message.groups"]
    assert heard(least=True) == ["member_left_channel"]
    assert made(least=True)["settings"]["interactivity"]["is_enabled"]


def test_it_gives_no_address_but_ours():
    urls = [
        made()["settings"]["interactivity"]["request_url"],
        made()["settings"]["event_subscriptions"]["request_url"],
        made()["features"]["slash_commands"][0]["url"],
    ]
    assert set(urls) == {"https://cellule.example/slack/events"}


def test_it_has_names_of_people_come_to_commands_as_ids():
    assert made()["features"]["slash_commands"][0]["should_escape"]


async def test_it_needs_only_the_least_scopes_for_all_but_looking_back():
    lea, card = DirectPlace(Platform.SLACK, PersonId("lea")), Card("s", "t")
    with double(least=True) as slack:
        async with served(slack, ScriptedCore()) as adapter:
            gateway = adapter.gateway
            made = await gateway.create_room(names=["a", "b"], people=(), mark="r", attempted_before=False)
            await gateway.create_room(names=["a", "b"], people=(), mark="r", attempted_before=True)
            await gateway.invite(made.room, [PersonId("lea"), PersonId("denis")])
            for place in (lea, RoomPlace(Platform.SLACK, made.room)):
                await gateway.update(place, await gateway.post(place, card, mark="m"), card, mark="m")
                await gateway.attach(place, name="log.txt", content=b"x", comment="log")
            await gateway.rename(made.room, names=["c"])
            await gateway.archive(made.room)
            assert "missing_scope" not in {call.outcome for call in slack.calls}
            with pytest.raises(Denied, match="missing_scope"):
                await gateway.find(lea, mark="m")


def test_it_asks_for_no_scope_that_no_call_needs():
    """But `commands`, which is for what people type."""
    needed = {scope for method in METHODS.values() for scope in method.scopes}
    assert set(LEAST) - {"commands"} <= needed


def test_it_says_in_the_documentation_what_each_scope_is_for():
    _before, table = PAGE.split("| scope | why |")
    rows = table.partition("\n\n")[0].splitlines()[2:]
    named = [scope for row in rows for scope in re.findall(r"`([\w.:]+)`", row.split("|")[1])]
    assert sorted(named) == sorted([*LEAST, *RECOMMENDED])


def test_it_leaves_the_recommended_out_of_the_least_scopes():
    assert set(made(least=True)["oauth_config"]["scopes"]["bot"]) == set(LEAST)
    assert set(made()["oauth_config"]["scopes"]["bot"]) == {*LEAST, *RECOMMENDED}


def test_it_keeps_slacks_limits():
    """Source: Slack, «App manifest reference»."""
    for language in ("fr", "en"):
        said = manifest(base_url="https://cellule.example", least=False, _=translator(language))
        assert len(said["display_information"]["name"]) <= 35
        assert len(said["display_information"]["description"]) <= 140
        (command,), shortcuts = said["features"]["slash_commands"], said["features"]["shortcuts"]
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
        assert all(len(shortcut["name"]) <= 24 for shortcut in shortcuts)
        assert all(len(shortcut["description"]) <= 150 for shortcut in shortcuts)
