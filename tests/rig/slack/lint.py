"""Slack's limits on blocks and dialogs, and the ones that its own SDK does not know.

Sources: Slack's Block Kit reference for each block, element and composition object («Fields» tables);
`msg_blocks_too_long` is undocumented (met above about 12,000 characters). Lengths are counted in UTF-16
units, the strictest reading. A text of a rich-text element has no documented limit: the section's is taken.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from tests.rig.slack.world import Blocks, SlackError

MAX_BLOCKS_TEXT = 12_000
_BUTTON_KEYS = {"type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label"}
_LEAVES = {
    "text": {"text"},
    "user": {"user_id"},
    "broadcast": {"range"},
    "emoji": {"name"},
    "link": {"url"},
    "usergroup": {"usergroup_id"},
    "channel": {"channel_id"},
}
_IN_MODALS_ALONE = {"input"}
_ID = re.compile(r"[0-9a-f]{8,}")


def length(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check_blocks(blocks: Any, *, limit: int = 50) -> None:
    """Refuse blocks that Slack would refuse in a message (or, with a limit of 100, in a dialog)."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SlackError("invalid_blocks_format")
    problems = [*_count(blocks, limit), *_block_ids(blocks)]
    for place, block in enumerate(blocks):
        problems += [f"{said} [json-pointer:/blocks/{place}]" for said in _block(block, modal=limit > 50)]
    if problems:
        raise SlackError("invalid_blocks", response_metadata={"messages": problems})
    if limit == 50 and sum(map(length, _texts(blocks))) > MAX_BLOCKS_TEXT:
        raise SlackError("msg_blocks_too_long")


def check_view(view: Any) -> None:
    """Refuse a dialog that Slack would refuse."""
    if not isinstance(view, dict) or view.get("type") != "modal":
        raise SlackError("invalid_arguments", response_metadata={"messages": ["view: not a modal"]})
    check_blocks(view.get("blocks"), limit=100)
    problems = list(_plain(view.get("title"), "title", 24))
    for key in ("submit", "close"):
        if key in view:
            problems += _plain(view[key], key, 24)
    if any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
        problems.append("submit: required when the view contains an input block")
    problems += _within(view.get("private_metadata", ""), "private_metadata", 3000)
    problems += _within(view.get("callback_id", ""), "callback_id", 255)
    known = {
        "type",
        "title",
        "submit",
        "close",
        "blocks",
        "private_metadata",
        "callback_id",
        "clear_on_close",
    }
    problems += [f"{key}: unknown" for key in view.keys() - known]
    if problems:
        raise SlackError("invalid_arguments", response_metadata={"messages": problems})


def _count(blocks: Blocks, limit: int) -> Iterator[str]:
    if not 0 < len(blocks) <= limit:
        yield f"no more than {limit} items allowed, and one at least"


def _block_ids(blocks: Blocks) -> Iterator[str]:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(ids)) < len(ids):
        yield "duplicate block_id"


def _block(block: dict[str, Any], *, modal: bool) -> Iterator[str]:
    yield from _within(block.get("block_id", "-"), "block_id", 255)
    if block.get("type") in _IN_MODALS_ALONE and not modal:
        yield "unsupported type: input"
    match block.get("type"):
        case "header":
            yield from _plain(block.get("text"), "header", 150)
        case "section":
            yield from _section(block)
        case "context":
            yield from _context(block)
        case "divider":
            pass
        case "actions":
            yield from _actions(block)
        case "rich_text":
            yield from _rich(block)
        case "input":
            yield from _input(block)
        case other:
            yield f"unsupported type: {other}"
    yield from _sdk(block)


def _sdk(block: dict[str, Any]) -> tuple[str, ...]:
    """Ids, which are new each time, count only by their length."""
    return _refused_by_sdk(_ID.sub(lambda id_: "1" * len(id_[0]), json.dumps(block)))


@lru_cache(maxsize=4096)
def _refused_by_sdk(block: str) -> tuple[str, ...]:
    try:
        parsed = Block.parse(json.loads(block))
        if parsed is not None:
            parsed.to_dict()
    except (SlackObjectFormationError, KeyError, TypeError) as refused:
        return (str(refused),)
    return ()


def _section(block: dict[str, Any]) -> Iterator[str]:
    fields = block.get("fields", [])
    if "text" not in block and not fields:
        yield "section: text or fields needed"
    if "text" in block:
        yield from _composed(block["text"], "section", 3000)
    if len(fields) > 10:
        yield "no more than 10 fields"
    for text in fields:
        yield from _composed(text, "field", 2000)


def _context(block: dict[str, Any]) -> Iterator[str]:
    if not 0 < len(block.get("elements", [])) <= 10:
        yield "context: 1 to 10 elements"
    for element in block.get("elements", []):
        yield from _composed(element, "context", 3000)


def _actions(block: dict[str, Any]) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 0 < len(elements) <= 25:
        yield "actions: 1 to 25 elements"
    ids = [element["action_id"] for element in elements if "action_id" in element]
    if len(set(ids)) < len(ids):
        yield "duplicate action_id"
    for element in elements:
        yield from _button(element)


def _button(button: dict[str, Any]) -> Iterator[str]:
    if button.get("type") != "button":
        yield f"unsupported element: {button.get('type')}"
    yield from (f"button: unknown {key}" for key in button.keys() - _BUTTON_KEYS)
    yield from _plain(button.get("text"), "button", 75)
    yield from _within(button.get("action_id", "-"), "action_id", 255)
    yield from _within(button.get("value", "-"), "value", 2000)
    yield from _within(button.get("url", "-"), "url", 3000)
    if button.get("style", "primary") not in {"primary", "danger"}:
        yield "button: style"
    if "confirm" in button:
        confirm = button["confirm"]
        for key, most in (("title", 100), ("confirm", 30), ("deny", 30)):
            yield from _plain(confirm.get(key), key, most)
        yield from _composed(confirm.get("text"), "confirm", 300)


def _rich(block: dict[str, Any]) -> Iterator[str]:
    if not block.get("elements"):
        yield "rich_text: elements needed"
    for element in block.get("elements", []):
        yield from _rich_element(element)


def _rich_element(element: dict[str, Any]) -> Iterator[str]:
    if element.get("type") == "rich_text_list":
        for item in element.get("elements", []):
            yield from _rich_element(item)
        return
    if element.get("type") not in {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}:
        yield f"unsupported rich_text element: {element.get('type')}"
    if not element.get("elements"):
        yield "rich_text element: elements needed"
    for leaf in element.get("elements", []):
        keys = _LEAVES.get(leaf.get("type"))
        if keys is None or not keys <= leaf.keys() or leaf.keys() - keys - {"type", "style", "text"}:
            yield f"unsupported rich_text leaf: {leaf.get('type')}"
        if leaf.get("type") == "text":
            yield from _within(leaf.get("text"), "text", 3000)


def _input(block: dict[str, Any]) -> Iterator[str]:
    yield from _plain(block.get("label"), "label", 2000)
    if "hint" in block:
        yield from _plain(block["hint"], "hint", 2000)
    element = block.get("element", {})
    yield from _within(element.get("action_id", "-"), "action_id", 255)
    match element.get("type"):
        case "plain_text_input":
            most = element.get("max_length", 3000)
            if not 1 <= most <= 3000:
                yield "max_length: 1 to 3000"
            if "initial_value" in element and length(element["initial_value"]) > most:
                yield f"initial_value: more than {most}"
            if "placeholder" in element:
                yield from _plain(element["placeholder"], "placeholder", 150)
        case "static_select" | "multi_static_select":
            yield from _options(element, 100)
        case "radio_buttons" | "checkboxes":
            yield from _options(element, 10)
        case other:
            yield f"unsupported input: {other}"


def _options(element: dict[str, Any], most: int) -> Iterator[str]:
    options = element.get("options", [])
    if not 0 < len(options) <= most:
        yield f"options: 1 to {most}"
    for option in options:
        yield from _plain(option.get("text"), "option", 75)
        yield from _within(option.get("value"), "option value", 150)
    chosen = [element["initial_option"]] if "initial_option" in element else []
    for option in [*chosen, *element.get("initial_options", [])]:
        if option not in options:
            yield "initial_option: not one of the options"
    if element.get("initial_options") == []:
        yield "initial_options: one at least"


def _plain(text: Any, what: str, most: int) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") != "plain_text":
        yield f"{what}: must be plain_text"
    else:
        yield from _within(text.get("text"), what, most)


def _composed(text: Any, what: str, most: int) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in {"plain_text", "mrkdwn"}:
        yield f"{what}: must be a text object"
    else:
        yield from _within(text.get("text"), what, most)


def _within(text: Any, what: str, most: int) -> Iterator[str]:
    optional = what in {"private_metadata", "callback_id"}
    if not isinstance(text, str) or (not text and not optional):
        yield f"{what}: must be more than 0 characters"
    elif length(text) > most:
        yield f"{what}: must be less than {most + 1} characters"


def _texts(node: Any) -> Iterable[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)
