"""`views.*`: dialogs. A trigger opens one, once, within three seconds of what the person did."""

import time
from typing import Any

from tests.rig.slack.lint import check_view
from tests.rig.slack.method import TIER_4, Arguments, method
from tests.rig.slack.world import Dialog, SlackError, World

TRIGGER_SECONDS = 3.0
DEEPEST = 3


@method("views.open", tier=TIER_4, required="trigger_id view")
def open_view(world: World, given: Arguments) -> dict[str, Any]:
    check_view(given["view"])
    user = _exchanged(world, given["trigger_id"])
    return {"view": as_json(shown(world, user=user, content=given["view"]), world)}


@method("views.push", tier=TIER_4, required="trigger_id view")
def push_view(world: World, given: Arguments) -> dict[str, Any]:
    check_view(given["view"])
    user = _exchanged(world, given["trigger_id"])
    top = open_dialog(world, user)
    if top is None:
        raise SlackError("not_found")
    return {"view": as_json(shown(world, user=user, content=given["view"], parent=top), world)}


@method("views.update", tier=TIER_4, required="view_id view", optional="hash")
def update_view(world: World, given: Arguments) -> dict[str, Any]:
    check_view(given["view"])
    dialog = world.dialogs.get(given["view_id"])
    if dialog is None:
        raise SlackError("not_found")
    if given.get("hash", dialog.hash) != dialog.hash:
        raise SlackError("hash_conflict")
    replace(world, dialog, given["view"])
    return {"view": as_json(dialog, world)}


def shown(world: World, *, user: str, content: dict[str, Any], parent: Dialog | None = None) -> Dialog:
    """Put a dialog in front of somebody."""
    depth, below = 1, parent
    while below is not None:
        depth, below = depth + 1, below.parent
    if depth > DEEPEST:
        raise SlackError("push_limit_reached")
    dialog = Dialog(world.serial("V"), user, _identified(world, content), world.serial("h"), parent)
    world.dialogs[dialog.id] = dialog
    return dialog


def replace(world: World, dialog: Dialog, content: dict[str, Any]) -> None:
    """Show other content in an open dialog."""
    dialog.content, dialog.hash, dialog.errors = _identified(world, content), world.serial("h"), {}


def open_dialog(world: World, user: str) -> Dialog | None:
    """The one on top, if any."""
    mine = [dialog for dialog in world.dialogs.values() if dialog.user == user]
    return mine[-1] if mine else None


def as_json(dialog: Dialog, world: World, values: dict[str, Any] | None = None) -> dict[str, Any]:
    """A dialog as Slack sends it, with what was typed."""
    return {
        "private_metadata": "",
        "callback_id": "",
        "submit": None,
        "close": None,
        **dialog.content,
        "id": dialog.id,
        "hash": dialog.hash,
        "team_id": world.team_id,
        "state": {"values": values or {}},
        "clear_on_close": False,
        "notify_on_close": False,
        "previous_view_id": dialog.parent.id if dialog.parent else None,
        "root_view_id": dialog.root.id,
        "app_id": "A0CELLULE",
        "external_id": "",
        "app_installed_team_id": world.team_id,
        "bot_id": "B0CELLULE",
    }


def _exchanged(world: World, trigger: str) -> str:
    if trigger not in world.triggers:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["invalid `trigger_id`"]})
    user, given_at = world.triggers[trigger]
    if not user:
        raise SlackError("exchanged_trigger_id")
    world.triggers[trigger] = ("", given_at)
    if time.monotonic() - given_at > TRIGGER_SECONDS:
        raise SlackError("expired_trigger_id")
    return user


def _identified(world: World, content: dict[str, Any]) -> dict[str, Any]:
    return content | {"blocks": [{"block_id": world.serial("b"), **block} for block in content["blocks"]]}
