"""What comes back from a press equals what the button showed, on Slack, on Teams and in the browser."""

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from starlette.datastructures import FormData

from adapters.slack import buttons as slack
from adapters.teams import buttons as teams
from adapters.teams.dialogs import submitted
from adapters.web import inbound
from adapters.web.render import Screen
from bot.cards import Action, Button, Confirm
from tests.rig.any_cards import actions
from tests.rig.examples import examples
from tests.rig.web_visitor import visitor

NO_URL: Any = None
SURE = Confirm("Sure?", "Really", "Yes", "No")


class Hidden(HTMLParser):
    """The hidden inputs of a form, as a browser sends them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inputs: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "input" and named.get("type") == "hidden":
            self.inputs[str(named["name"])] = named.get("value") or ""


def on_slack(button: Button) -> Action:
    (element,) = slack.row([button], room_url=NO_URL)
    return slack.parse_action(element["value"])


def in_a_message(button: Button) -> Action:
    (row,) = teams.rows([button], where=teams.Where(), room_url=NO_URL)
    return teams.parse_action(pressed(row)["data"])


def in_a_dialog(button: Button) -> Action:
    (row,) = teams.rows([button], where=teams.Where(dialog=True), room_url=NO_URL)
    return submitted(pressed(row)["data"]).action


def pressed(row: dict[str, Any]) -> dict[str, Any]:
    (action,) = row["actions"]
    return action["card"]["actions"][0] if "card" in action else action


def in_the_browser(button: Button) -> Action:
    html = Screen().draw("press.html", visitor(), button=button, card_id="c", room="")
    return inbound.press(FormData(Hidden(html).inputs), visitor()).action


@pytest.mark.parametrize("pressed_there", [on_slack, in_a_message, in_a_dialog, in_the_browser])
def test_it_brings_back_what_was_shown(pressed_there):
    @settings(max_examples=examples(40))
    @given(actions)
    def round_trip(action: Action) -> None:
        assert pressed_there(Button("Go", action)) == action
        assert pressed_there(Button("Go", action, confirm=SURE)) == action

    round_trip()
