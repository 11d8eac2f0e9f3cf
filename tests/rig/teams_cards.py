"""Adaptive Cards as Teams takes them, read as somebody reads them."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import adaptive_cards
from jsonschema import Draft6Validator  # type: ignore[import-untyped]

Json = dict[str, Any]

MAX_MESSAGE = 28 * 1024
MAX_ACTIONS = 6
"""More are not drawn (Teams, «Adaptive Cards»)."""


@cache
def schema() -> Draft6Validator:
    path = Path(adaptive_cards.__file__).parent / "schemas" / "schema-1.5.json"
    return Draft6Validator(json.loads(path.read_text("utf-8")))


def check_card(card: Json) -> None:
    """Hold a card against the schema, which knows nothing of `msteams`, and against what it does not say."""
    schema().validate({key: value for key, value in card.items() if key != "msteams"})
    assert card["version"] == "1.5"
    assert card["fallbackText"].strip()
    for element in walk(card):
        if element.get("type") == "ActionSet":
            assert 1 <= len(element["actions"]) <= MAX_ACTIONS
        if str(element.get("type")).startswith("Action."):
            assert element["title"].strip()
        if element.get("type") == "RichTextBlock":
            assert any(run["text"].strip() for run in element["inlines"])


def weight(content: object) -> int:
    return len(json.dumps(content, ensure_ascii=False).encode())


def walk(node: object) -> Iterator[Json]:
    """Everything in a card that has keys."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def lines(card: Json) -> list[str]:
    """What stands in a card, one line an element; buttons in brackets."""
    return [line for element in card["body"] for line in _lines(element)]


def _lines(element: Json) -> list[str]:
    match element["type"]:
        case "TextBlock":
            return [element["text"]]
        case "RichTextBlock":
            return ["".join(run["text"] for run in element["inlines"])]
        case "Container":
            return [f"> {line}" for item in element["items"] for line in _lines(item)]
        case "ActionSet":
            return [" ".join(f"[{action['title']}]" for action in element["actions"])]
        case other:
            return [f"({other} {element['label']})"]


def actions(card: Json) -> list[Json]:
    """The buttons, those behind a question in place of the one that asks it."""
    found: list[Json] = []
    for element in card["body"]:
        for action in element.get("actions", ()):
            found += action["card"]["actions"] if action["type"] == "Action.ShowCard" else [action]
    return found


def inputs(card: Json) -> dict[str, Json]:
    return {element["id"]: element for element in card["body"] if element["type"].startswith("Input.")}
