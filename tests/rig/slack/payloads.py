"""What Slack sends to an app, field by field, and how it signs it.

Sources: Slack's reference of slash-command, `block_actions`, `message_action` and `view_submission`
payloads, and «Verifying requests from Slack». `is_enterprise_install` is a string in the first and a boolean
in the others.
"""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

from tests.rig.slack import chat, views
from tests.rig.slack.world import Account, Channel, Dialog, Message, World

APP = {"api_app_id": "A0CELLULE", "token": "deprecated"}


def signed(body: bytes, secret: str, *, at: float, content_type: str) -> dict[str, str]:
    """The headers of a genuine request."""
    timestamp = str(int(at))
    base = b"v0:" + timestamp.encode() + b":" + body
    signature = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={signature}",
        "User-Agent": "Slackbot 1.0",
    }


def slash_command(world: World, who: Account, channel: Channel, *, command: str, text: str) -> bytes:
    fields = {
        **APP,
        "team_id": world.team_id,
        "team_domain": world.team_domain,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.is_im else channel.name,
        "user_id": who.id,
        "user_name": who.name,
        "command": command,
        "text": text,
        "is_enterprise_install": "false",
        "response_url": world.response_url(user=who.id, channel=channel.id),
        "trigger_id": world.trigger(who.id),
    }
    return urlencode(fields).encode()


def button_in_message(
    world: World, who: Account, channel: Channel, message: Message, *, button: dict[str, Any], ephemeral: bool
) -> bytes:
    return interactive(
        _common(world, who, "block_actions")
        | {
            "container": {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": channel.id,
                "is_ephemeral": ephemeral,
            },
            "channel": {"id": channel.id, "name": "directmessage" if channel.is_im else channel.name},
            "state": {"values": {}},
            "response_url": world.response_url(
                user=who.id, channel=channel.id, message=None if ephemeral else message
            ),
            "actions": [_pressed(button)],
        }
        | ({} if ephemeral else {"message": chat.as_json(message, world)})
    )


def button_in_dialog(world: World, who: Account, dialog: Dialog, *, button: dict[str, Any]) -> bytes:
    return interactive(
        _common(world, who, "block_actions")
        | {
            "container": {"type": "view", "view_id": dialog.id},
            "view": views.as_json(dialog, world),
            "actions": [_pressed(button)],
        }
    )


def choice_in_dialog(
    world: World, who: Account, dialog: Dialog, values: dict[str, Any], *, chosen: dict[str, Any]
) -> bytes:
    return interactive(
        _common(world, who, "block_actions")
        | {
            "container": {"type": "view", "view_id": dialog.id},
            "view": views.as_json(dialog, world, values),
            "actions": [_pressed(chosen)],
        }
    )


def message_action(world: World, who: Account, channel: Channel, message: Message, *, callback: str) -> bytes:
    return interactive(
        _common(world, who, "message_action")
        | {
            "callback_id": callback,
            "action_ts": world.timestamp(),
            "message_ts": message.ts,
            "channel": {"id": channel.id, "name": channel.name},
            "message": chat.as_json(message, world),
            "response_url": world.response_url(user=who.id, channel=channel.id),
        }
    )


def message_event(world: World, channel: Channel, **event: Any) -> bytes:
    """What the Events API tells of a message of a private channel."""
    told = {"type": "message", "channel": channel.id, "channel_type": "group", "ts": world.timestamp()}
    return _event(world, channel, told | event)


def left_event(world: World, channel: Channel, who: Account, *, at: float) -> bytes:
    """What the Events API tells when somebody is no longer in a private channel, whoever took them out.

    Source: Slack's reference of `member_left_channel`.
    """
    told = {"type": "member_left_channel", "user": who.id, "channel": channel.id, "channel_type": "G"}
    return _event(world, channel, told | {"team": world.team_id, "event_ts": f"{at:.6f}"})


def _event(world: World, channel: Channel, event: dict[str, Any]) -> bytes:
    return json.dumps(
        {
            **APP,
            "type": "event_callback",
            "team_id": world.team_id,
            "event": event,
            "event_id": f"Ev{world.timestamp().replace('.', '')}",
            "event_time": int(time.time()),
            "authorizations": [],
            "is_ext_shared_channel": channel.is_ext_shared,
        }
    ).encode()


def view_submission(world: World, who: Account, dialog: Dialog, values: dict[str, Any]) -> bytes:
    return interactive(
        _common(world, who, "view_submission")
        | {"view": views.as_json(dialog, world, values), "response_urls": []}
    )


def interactive(payload: dict[str, Any]) -> bytes:
    """As Slack posts what happens in its clients: JSON in a form."""
    return urlencode({"payload": json.dumps(payload)}).encode()


def _common(world: World, who: Account, kind: str) -> dict[str, Any]:
    return {
        "type": kind,
        **APP,
        "user": {"id": who.id, "username": who.name, "name": who.name, "team_id": who.team_id},
        "team": {"id": world.team_id, "domain": world.team_domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": world.trigger(who.id),
    }


def _pressed(button: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in button.items() if key != "confirm"}
    return kept | {"action_ts": f"{time.time():.6f}"}
