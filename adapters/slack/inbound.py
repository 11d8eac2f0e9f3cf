"""Slack's payloads → what the core understands. Only translation: nothing here decides.

Keys for deduplication: Slack repeats a request with the same `trigger_id`, `view.id` and `view.hash`,
`action_ts` or `event_id`.
"""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from adapters.slack.buttons import parse_action
from adapters.slack.forms import nothing_typed, room_of, submitted
from adapters.slack.texts import Json
from bot.domain.ids import MessageRef, PersonId, Platform, RoomRef
from bot.domain.wording import storable
from bot.interactions import (
    Actor,
    ButtonPress,
    Departure,
    FormSubmission,
    MessageAction,
    MessageChange,
    SlashCommand,
    Wanted,
)

PersonOf = Callable[[str], Awaitable[PersonId | None]]

_USER = re.compile(r"<@([A-Z0-9]+)(?:\|([^>]*))?>")
_SPECIAL = re.compile(r"<[#!]([^>|]+)(?:\|([^>]*))?>")
_LINK = re.compile(r"<([^<>|]+)(?:\|[^<>]*)?>")
_LINK_BUTTON = "link."


async def slash_command(body: Json, actor: Actor, person_of: PersonOf) -> SlashCommand:
    return SlashCommand(
        key=f"slack:command:{body['trigger_id']}",
        actor=actor,
        text=await as_typed(body.get("text", ""), person_of),
        room=RoomRef(body["channel_id"]),
    )


def button_press(body: Json, actor: Actor) -> ButtonPress:
    """Raises `ValueError` for a button that we do not know."""
    pressed, container = body["actions"][0], body["container"]
    held_by = container.get("message_ts") or container["view_id"]
    return ButtonPress(
        key=f"slack:button:{held_by}:{pressed['action_ts']}:{body['user']['id']}",
        actor=actor,
        action=parse_action(pressed.get("value", "null")),
        room=RoomRef(body["channel"]["id"]) if "channel" in body else room_of(body["view"]),
    )


def is_link(body: Json) -> bool:
    """Whether a button only leads somewhere: Slack tells of the press all the same."""
    return str(body["actions"][0].get("action_id", "")).startswith(_LINK_BUTTON)


def form_submission(body: Json, actor: Actor) -> FormSubmission:
    """Raises `ValueError` for a form that we do not know."""
    view = body["view"]
    sent = submitted(view)
    return FormSubmission(
        key=f"slack:form:{view['id']}:{view['hash']}",
        actor=actor,
        action=sent.action,
        values=sent.values,
        room=sent.room,
    )


def is_choice(body: Json) -> bool:
    """Whether something was chosen in a dialog; we are told where it brings the next one."""
    return "view" in body and body["actions"][0]["type"] in {"static_select", "radio_buttons"}


def form_choice(body: Json, actor: Actor) -> FormSubmission | None:
    """Read a choice as the submission of its form; None where that would take a text from whoever typed it.

    Raises `ValueError` for a form that we do not know.
    """
    view = body["view"]
    sent = submitted(view)
    if not nothing_typed(view):
        return None
    return FormSubmission(
        key=f"slack:choice:{view['id']}:{body['actions'][0]['action_ts']}",
        actor=actor,
        action=sent.action,
        values=sent.values,
        room=sent.room,
    )


async def message_action(body: Json, actor: Actor, person_of: PersonOf, *, wanted: Wanted) -> MessageAction:
    message, channel = body["message"], body["channel"]["id"]
    keeps = wanted is Wanted.KEEP
    return MessageAction(
        key=f"slack:message:{body['trigger_id']}",
        actor=actor,
        text=await as_typed(message.get("text") or "", person_of),
        message=MessageRef(message["ts"]),
        wanted=wanted,
        author=await person_of(message["user"]) if keeps and message.get("user") else None,
        link=_permalink(body["team"], channel, message["ts"]),
        written_at=float(message["ts"]),
        room=RoomRef(channel),
    )


async def message_change(body: Json, person_of: PersonOf) -> MessageChange | None:
    """Read that somebody's message was edited or deleted; None for every other message that Slack tells of.

    Sources: Slack's reference of the events `message_changed` and `message_deleted`. A deleted message with
    answers stays as a tombstone.
    """
    event = body["event"]
    message = event.get("message") or {}
    before = event.get("previous_message") or {}
    if "bot_id" in message or "bot_id" in before:
        return None
    match event.get("subtype"):
        case "message_deleted":
            ref, text = event["deleted_ts"], None
        case "message_changed" if message.get("subtype") == "tombstone":
            ref, text = message["ts"], None
        case "message_changed" if message.get("text") != before.get("text"):
            ref, text = message["ts"], await as_typed(message.get("text") or "", person_of)
        case _:
            return None
    return MessageChange(
        key=f"slack:event:{body['event_id']}",
        actor=Actor(Platform.SLACK, None),
        message=MessageRef(ref),
        room=RoomRef(event["channel"]),
        text=text,
    )


def departure(body: Json, person: PersonId | None) -> Departure:
    """Read that somebody is no longer in a channel. Source: Slack's reference of `member_left_channel`."""
    event = body["event"]
    return Departure(
        key=f"slack:event:{body['event_id']}",
        actor=Actor(Platform.SLACK, person),
        room=RoomRef(event["channel"]),
        at=datetime.fromtimestamp(float(event["event_ts"]), UTC),
    )


async def as_typed(text: str, person_of: PersonOf) -> str:
    """Undo Slack's markup: `<@U…>` becomes `@person` for those in the plan, a link its address.

    Source: Slack, «Formatting text»: `&`, `<` and `>` come escaped, what stands in angle brackets is Slack's.
    """
    users = {found[1] for found in _USER.finditer(text)}
    people = {user: await person_of(user) for user in users}
    text = _USER.sub(lambda found: f"@{people[found[1]] or found[2] or found[1]}", text)
    text = _SPECIAL.sub(lambda found: f"@{found[2] or found[1]}", text)
    text = _LINK.sub(lambda found: found[1], text)
    return storable(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def _permalink(team: Json | None, channel: str, ts: str) -> str:
    """The form of Slack's message links; asking for one would cost a call before the answer."""
    return f"https://{team['domain']}.slack.com/archives/{channel}/p{ts.replace('.', '')}" if team else ""
