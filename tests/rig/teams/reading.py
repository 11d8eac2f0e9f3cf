"""How Teams' clients read texts and cards: what is seen, what can be pressed, what can be filled in."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.rig.teams.world import Json

_AT = re.compile(r"<at>(.*?)</at>", re.DOTALL)
_LINK = re.compile(r"(?<!\\)!?\[((?:\\.|[^\]\\])*)\]\(((?:\\.|[^)\\])*)\)")
_STRONG = re.compile(r"(?<!\\)(\*\*|__)(?=\S)(.+?)(?<![\s\\])\1")
_SLANTED = re.compile(r"(?<![\\\w*_])([*_])(?=\S)(.+?)(?<![\s\\])\1(?!\w)")
_BULLET = re.compile(r"^[-*] ", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~&])")


@dataclass(frozen=True)
class Pressable:
    """An action as it stands, with the cards around it: its inputs are theirs."""

    action: Json
    cards: tuple[Json, ...]


def plain(text: str) -> str:
    """A text of Markdown, as it is drawn."""
    said = _AT.sub(lambda found: f"@{found[1]}", text)
    said = _LINK.sub(lambda found: found[1], said)
    for mark in (_STRONG, _SLANTED):
        said = mark.sub(lambda found: found[2], said)
    return html.unescape(_ESCAPED.sub(r"\1", _BULLET.sub("• ", said)))


def seen(text: str, cards: list[Json]) -> str:
    """What a person reads; buttons stand in brackets."""
    lines = [plain(text)] if text else []
    return "\n".join([*lines, *(line for card in cards for line in _card_seen(card))])


def _card_seen(card: Json) -> Iterator[str]:
    for element in card.get("body") or []:
        yield from _element_seen(element)
    if card.get("actions"):
        yield _actions_seen(card["actions"])


def _actions_seen(actions: list[Json]) -> str:
    return " ".join(f"[{action.get('title', '')}]" for action in actions)


def _element_seen(element: Json) -> Iterator[str]:
    if element.get("isVisible") is False:
        return
    match element["type"]:
        case "TextBlock":
            yield plain(element.get("text", ""))
        case "RichTextBlock":
            runs = element.get("inlines", [])
            yield "".join(one if isinstance(one, str) else one["text"] for one in runs)
        case "FactSet":
            for fact in element["facts"]:
                yield f"{plain(fact['title'])} {plain(fact['value'])}"
        case "ActionSet":
            yield _actions_seen(element["actions"])
        case "Image":
            yield f"({element.get('altText', '')})"
        case _:
            yield from _nested_seen(element)


def _nested_seen(element: Json) -> Iterator[str]:
    if element["type"].startswith("Input."):
        name = element.get("label") or element.get("title") or element.get("placeholder") or element["id"]
        yield f"{plain(name)}: {_shown_value(element) or '____'}"
    for key in ("items", "columns", "rows", "cells"):
        for inner in element.get(key) or []:
            yield from _element_seen({"type": "Column", **inner})


def _shown_value(element: Json) -> str:
    """What stands in a field before somebody types: of choices their titles, not their values."""
    value = str(element.get("value") or "")
    if element["type"] != "Input.ChoiceSet":
        return value
    chosen = value.split(",") if element.get("isMultiSelect") else [value]
    return ", ".join(one["title"] for one in element.get("choices", []) if one["value"] in chosen)


def pressables(card: Json) -> list[Pressable]:
    """Every action that a person can reach, those below a ShowCard with the cards above it."""
    return list(_pressables(card, ()))


def _pressables(card: Json, above: tuple[Json, ...]) -> Iterator[Pressable]:
    here = (*above, card)
    for action in [*_in_elements(card.get("body") or []), *(card.get("actions") or [])]:
        yield Pressable(action, here)
        if action["type"] == "Action.ShowCard":
            yield from _pressables(action["card"], here)


def _in_elements(elements: list[Any]) -> Iterator[Json]:
    for element in elements:
        if element.get("isVisible") is False:
            continue
        if element.get("type") == "ActionSet":
            yield from element["actions"]
        for key in ("selectAction", "inlineAction"):
            if key in element:
                yield element[key]
        for key in ("items", "columns", "rows", "cells"):
            yield from _in_elements(element.get(key) or [])


def inputs(card: Json) -> list[Json]:
    """The fields of one card, without those of the cards below it."""
    return list(_fields(card.get("body") or []))


def _fields(elements: list[Any]) -> Iterator[Json]:
    for element in elements:
        if str(element.get("type", "")).startswith("Input."):
            yield element
        for key in ("items", "columns", "rows", "cells"):
            yield from _fields(element.get(key) or [])


def toggled(card: Json, targets: list[Any]) -> Json:
    """The card after a ToggleVisibility."""
    wanted = {
        one if isinstance(one, str) else one["elementId"]: None
        if isinstance(one, str)
        else one.get("isVisible")
        for one in targets
    }

    def turned(node: Any) -> Any:
        if isinstance(node, list):
            return [turned(one) for one in node]
        if not isinstance(node, dict):
            return node
        kept = {key: turned(value) for key, value in node.items()}
        if node.get("id") in wanted and not str(node.get("type", "")).startswith("Action."):
            asked = wanted[node["id"]]
            kept["isVisible"] = not node.get("isVisible", True) if asked is None else asked
        return kept

    return dict(turned(card))
