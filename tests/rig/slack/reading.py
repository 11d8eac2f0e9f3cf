"""How Slack's clients read text and blocks: what is seen, and whom it notifies."""

import re
from collections.abc import Iterator
from typing import Any

from tests.rig.slack.world import Blocks, World

_REFERENCE = re.compile(r"<([@!#])([^>|]+)(?:\|([^>]*))?>")
_LINK = re.compile(r"<((?:https?|mailto|tel|slack):[^>|]*)(?:\|([^>]*))?>")
EVERYONE = frozenset({"channel", "here", "everyone"})


def seen(blocks: Blocks, text: str, world: World) -> str:
    """What a person reads. Quoted lines begin with «> », buttons stand in brackets."""
    if not blocks:
        return _markup_seen(text, world)
    return "\n".join(_block_seen(block, world) for block in blocks)


def buttons(blocks: Blocks) -> list[dict[str, Any]]:
    """Every button, with the `block_id` that it stands in."""
    return [
        {**element, "block_id": block["block_id"]}
        for block in blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    ]


def called(blocks: Blocks, text: str) -> set[str]:
    """Whom it mentions: user ids, and `channel`, `here`, `everyone`."""
    if not blocks:
        return _markup_called(text)
    return {name for block in blocks for name in _block_called(block)}


def _block_seen(block: dict[str, Any], world: World) -> str:
    match block["type"]:
        case "header":
            return str(block["text"]["text"])
        case "section":
            texts = [block["text"]] if "text" in block else []
            return "\n".join(_text_seen(text, world) for text in [*texts, *block.get("fields", [])])
        case "context":
            return " ".join(_text_seen(element, world) for element in block["elements"])
        case "divider":
            return "———"
        case "actions":
            return " ".join(f"[{element['text']['text']}]" for element in block["elements"])
        case "rich_text":
            return "\n".join(_rich_seen(element, world) for element in block["elements"])
        case "input":
            return f"{block['label']['text']}: ____"
        case other:
            return f"({other})"


def _rich_seen(element: dict[str, Any], world: World) -> str:
    if element["type"] == "rich_text_list":
        return "\n".join(f"• {_rich_seen(item, world)}" for item in element["elements"])
    said = "".join(_leaf_seen(leaf, world) for leaf in element["elements"])
    if element["type"] == "rich_text_quote":
        return "\n".join(f"> {line}" for line in said.split("\n"))
    return said


def _leaf_seen(leaf: dict[str, Any], world: World) -> str:
    match leaf["type"]:
        case "text":
            return str(leaf["text"])
        case "user":
            return f"@{world.account(leaf['user_id']).name}"
        case "broadcast":
            return f"@{leaf['range']}"
        case "emoji":
            return f":{leaf['name']}:"
        case "link":
            return str(leaf.get("text") or leaf["url"])
        case other:
            return f"({other})"


def _text_seen(text: dict[str, Any], world: World) -> str:
    return str(text["text"]) if text["type"] == "plain_text" else _markup_seen(text["text"], world)


def _markup_seen(text: str, world: World) -> str:
    def reference(found: re.Match[str]) -> str:
        sign, name, label = found.groups()
        if sign == "@" and name in world.accounts:
            return f"@{world.accounts[name].name}"
        return f"{'@' if sign == '!' else sign}{label or name}"

    without_links = _LINK.sub(lambda found: found[2] or found[1], text)
    return unescape(_REFERENCE.sub(reference, without_links))


def _markup_called(text: str) -> set[str]:
    return {
        name
        for sign, name, _ in _REFERENCE.findall(text)
        if sign == "@" or (sign == "!" and name in EVERYONE)
    }


def _block_called(block: dict[str, Any]) -> Iterator[str]:
    for leaf in _leaves(block):
        match leaf.get("type"):
            case "mrkdwn":
                yield from _markup_called(leaf["text"])
            case "user":
                yield leaf["user_id"]
            case "broadcast":
                yield leaf["range"]
            case _:
                pass


def _leaves(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from _leaves(value)
    elif isinstance(node, list):
        for value in node:
            yield from _leaves(value)


def escape(text: str) -> str:
    """As Slack writes what a person typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """As Slack's clients show it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
