"""The Slack app's manifest: what is pasted into «Create an app → From a manifest»."""

from adapters.slack.texts import Json
from bot.texts import Translator

COMMAND = "/crisis"
OPEN_CRISIS = "open_crisis"
ADD_TO_JOURNAL = "add_to_journal"
EVENTS_PATH = "/slack/events"

LEAST = (
    "commands",
    "chat:write",
    "groups:write",
    "groups:read",
    "users:read",
    "users:read.email",
    "im:write",
    "files:write",
)
RECOMMENDED = ("groups:history", "im:history")
"""To look after an ambiguous failure: without them a message may come twice, or a room's card late.

And to hear that a message which stands in the journal was edited or deleted.
"""
LEAST_EVENTS = ("member_left_channel",)
EVENTS = (*LEAST_EVENTS, "message.groups")
"""Slack sends `message.groups` to whoever has `groups:history`; the other needs `groups:read`."""


def manifest(*, base_url: str, least: bool, socket: bool = False, _: Translator) -> Json:
    """Build the manifest of a service at `base_url`, a public address; `least`: no recommended scopes.

    `socket`: Slack is heard by Socket Mode, and needs no address.
    """
    url = f"{base_url.rstrip('/')}{EVENTS_PATH}"
    there = {} if socket else {"url": url}
    asked_there = {} if socket else {"request_url": url}
    return {
        "display_information": {
            "name": "Cellule",
            "description": _("The crisis cell's coordination room"),
            "background_color": "#1c2b39",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "cellule", "always_online": True},
            "slash_commands": [
                {
                    "command": COMMAND,
                    **there,
                    "description": _("Open a crisis, call for help, see where things stand"),
                    "usage_hint": "open · urgent · emergency · draft · add · merge · status · list · help",
                    "should_escape": True,
                }
            ],
            "shortcuts": [
                {
                    "name": _("Open a crisis"),
                    "type": "message",
                    "callback_id": OPEN_CRISIS,
                    "description": _("Opens a crisis about this message"),
                },
                {
                    "name": _("Add to the journal"),
                    "type": "message",
                    "callback_id": ADD_TO_JOURNAL,
                    "description": _("Puts a message of the crisis room into its journal"),
                },
            ],
        },
        "oauth_config": {"scopes": {"bot": [*LEAST, *(() if least else RECOMMENDED)]}},
        "settings": {
            "interactivity": {"is_enabled": True, **asked_there},
            "event_subscriptions": {**asked_there, "bot_events": list(LEAST_EVENTS if least else EVENTS)},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }
