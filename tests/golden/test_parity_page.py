"""`docs/parity.md` says what each platform shows and takes; `make golden` writes it anew."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.datastructures import FormData

from adapters.slack.inbound import slash_command
from adapters.slack.manifest import COMMAND
from adapters.teams.inbound import slash_command as teams_command
from adapters.teams.manifest import LISTED
from adapters.web import inbound
from bot.cards import Card
from bot.domain.ids import Platform
from bot.handlers.commands import COMMANDS, FRENCH
from bot.interactions import Actor
from tests.golden.gallery import GALLERY
from tests.golden.test_cards import LOCALES
from tests.rig.everywhere import Shown, in_the_browser, on_slack, on_teams, words_of
from tests.rig.web_visitor import visitor

PAGE = Path(__file__).parents[2] / "docs" / "parity.md"
READ: dict[str, Callable[[Shown], str]] = {"Slack": on_slack, "Teams": on_teams, "browser": in_the_browser}

HEAD = """\
# What each platform shows and takes

Written by `make golden` from the cards and commands themselves: do not change it by hand. A cell is filled
only when every word, button and field is found where that platform draws it.

"""
COMMANDS_HEAD = """\
## Commands

French and English words mean the same. In a channel that others read, Teams takes no member's words in a
command: it answers with a button to a form. «Proposed»: Teams shows it after `@Cellule`.

| command | French | Slack | Teams | browser |
|---|---|---|---|---|
"""


def whole(shown: Shown, read: Callable[[Shown], str]) -> bool:
    there = squeezed(read(shown))
    return all(squeezed(words) in there for words in words_of(shown))


def squeezed(text: str) -> str:
    """Leave out blanks, which each platform puts in its own way, and what escapes markup."""
    return "".join(text.replace("\\", "").replace("\u2060", "").split())


def cell(name: str, read: Callable[[Shown], str]) -> str:
    views = [GALLERY[name](locale) for locale in LOCALES]
    kind = "message" if isinstance(views[0], Card) else "dialog"
    return kind if all(whole(view, read) for view in views) else "–"


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def cards() -> str:
    head = row("card or form", *READ) + "|" + "---|" * (len(READ) + 1) + "\n"
    lines = [
        row(name.strip("_").replace("_", " "), *(cell(name, read) for read in READ.values()))
        for name in sorted(GALLERY)
    ]
    return f"## Cards and forms\n\n{head}{''.join(lines)}"


def commands() -> str:
    french = {english: word for word, english in reversed(list(FRENCH.items()))}
    lines = [
        row(
            f"`{name}`",
            f"`{french[name]}`" if name in french else "–",
            f"`{COMMAND} {name}`",
            f"`@Cellule crisis {name}`{', proposed' if name in LISTED else ''}",
            f"`/crisis {name}`",
        )
        for name in COMMANDS
    ]
    return COMMANDS_HEAD + "".join(lines) + "\n"


def test_it_says_what_each_platform_shows():
    shown = cards()
    said = HEAD + commands() + shown
    if os.environ.get("CELLULE_TEST_GOLDEN") == "write":
        PAGE.write_text(said, "utf-8")
    assert PAGE.read_text("utf-8") == said
    assert "| –" not in shown


def typed_to_us(text: str) -> dict[str, Any]:
    """What Teams sends of a message that calls the bot by name."""
    us = {"id": "28:us", "name": "Cellule"}
    mention = {"type": "mention", "text": "<at>Cellule</at>", "mentioned": us}
    return {
        "type": "message",
        "id": "1",
        "text": f"<at>Cellule</at> {text}",
        "recipient": us,
        "entities": [mention],
        "conversation": {"id": "19:room@thread.v2", "conversationType": "groupChat"},
    }


@pytest.mark.parametrize("typed", [*COMMANDS, *FRENCH])
async def test_it_takes_every_command_alike(typed):
    async def nobody(_user: str) -> None:
        return None

    actor = Actor(Platform.SLACK, None)
    body = {"trigger_id": "t", "channel_id": "C1", "text": f"{typed} rest"}
    assert (await slash_command(body, actor, nobody)).text == f"{typed} rest"
    form = FormData({"nonce": "n" * 8, "text": f"/crisis {typed} rest"})
    assert inbound.command(form, visitor()).text == f"{typed} rest"
    assert (
        teams_command(typed_to_us(f"crisis {typed} rest"), actor, {}, fixed_channel="").text
        == f"{typed} rest"
    )
