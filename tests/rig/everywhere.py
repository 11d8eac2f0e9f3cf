"""What a card or a form says, and what is read of it on each platform."""

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from adapters.slack import forms as slack_forms
from adapters.slack import render as slack
from adapters.teams import dialogs
from adapters.teams import render as teams
from adapters.web.render import Screen
from bot.cards import (
    Actions,
    Block,
    Card,
    ChecksField,
    ChoiceField,
    Divider,
    Fields,
    Form,
    Mention,
    TextField,
)
from bot.domain.ids import PersonId
from bot.texts import translator
from tests.rig.web_visitor import visitor

Shown = Card | Form

SCREEN = Screen()
NOBODY_ELSE = replace(visitor(), people=[])
"""Somebody who knows people by their keys, as this page does."""


def words_of(shown: Shown) -> list[str]:
    """Everything that a person must be able to read or press."""
    if isinstance(shown, Card):
        return [shown.title, *(words for block in shown.blocks for words in _of_block(block))]
    told = [words for block in shown.intro for words in _of_block(block)]
    return [shown.submit, *told, *(words for field in shown.fields for words in _of_field(field))]


def _of_block(block: Block) -> list[str]:
    match block:
        case Fields():
            return [words for pair in block.pairs for words in pair]
        case Actions():
            return [button.label for button in block.buttons]
        case Mention():
            return [block.text, *block.people]
        case Divider():
            return []
        case _:
            return [block.text]


def _of_field(field: TextField | ChoiceField | ChecksField) -> list[str]:
    if isinstance(field, TextField):
        return [field.label, field.value, field.hint]
    return [field.label, field.hint, *(label for _value, label in field.options)]


def on_slack(shown: Shown) -> str:
    look = slack.Look(translator("fr"), _bold, lambda _link: "https://slack.com")
    if isinstance(shown, Card):
        return " ".join(_strings(slack.message(shown, look, nonce="n")))
    return " ".join(_strings(slack_forms.form_view(shown, look, room=None, nonce="n")))


def _bold(person: PersonId) -> dict[str, Any]:
    return {"type": "text", "text": person}


def on_teams(shown: Shown) -> str:
    """Commands are named as they are typed there: that is the same word."""
    look = teams.Look(
        translator("fr"), lambda person: (person, person), lambda _link: "https://teams.example"
    )
    if isinstance(shown, Card):
        return " ".join(_strings(teams.message(shown, look))).replace("@Cellule crisis", "/crisis")
    return " ".join(_strings(dialogs.form_task(shown, look, room=None)))


def in_the_browser(shown: Shown) -> str:
    said: dict[str, Any] = {"room": "", "card_id": "c"}
    if isinstance(shown, Card):
        html = SCREEN.draw("answer_card.html", NOBODY_ELSE, card=shown, **said)
    else:
        html = SCREEN.draw("form.html", NOBODY_ELSE, form=shown, errors={}, typed={}, **said)
    return " ".join(_Read(html).words)


class _Read(HTMLParser):
    """Text, and what stands in the fields."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [value or "" for name, value in attrs if (tag, name) == ("input", "value")]


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)
    elif isinstance(node, str):
        yield node
