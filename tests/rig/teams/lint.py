"""What Teams takes from a bot: activities, mentions, and the answers to invokes.

Sources: the Bot Framework's activity schema, and the Teams documentation on mentions, dialogs and Universal
Actions. Anything else is a blunder: it fails the test, even where Teams itself would only show nothing.
No limit is documented for the title of a dialog: 64 characters fit.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.rig.teams.card_lint import card_problems, strings
from tests.rig.teams.world import BOT, Conversation, Json, TeamsError, World

CARD = "application/vnd.microsoft.card.adaptive"
TOAST = "application/vnd.microsoft.activity.message"
MOST_TITLE = 64
_AT = re.compile(r"<at>(.*?)</at>", re.DOTALL)
_ACTIVITY = {
    "type", "id", "timestamp", "localTimestamp", "serviceUrl", "channelId", "from", "conversation",
    "recipient", "textFormat", "attachmentLayout", "text", "speak", "inputHint", "summary", "attachments",
    "entities", "channelData", "replyToId", "locale", "importance", "deliveryMode",
}  # fmt: skip
_TASK = {"title", "height", "width", "card", "fallbackUrl", "completionBotId"}
_SIZES = {"small", "medium", "large"}


def card_of(attachment: Json) -> Json:
    return dict(attachment["content"])


def check_activity(world: World, place: Conversation, body: Any) -> None:
    """Refuse an activity that Teams would not show as it is meant."""
    if problems := list(_activity(world, place, body)):
        raise TeamsError(400, "BadSyntax", "; ".join(problems), blunder=True)


def _activity(world: World, place: Conversation, body: Any) -> Iterator[str]:
    if not isinstance(body, dict) or body.get("type") not in ("message", "typing"):
        yield "an activity is a message or typing"
        return
    yield from (f"activity: unknown {key}" for key in body.keys() - _ACTIVITY)
    if body.get("channelId", "msteams") != "msteams":
        yield "channelId: msteams"
    if (body.get("from") or {}).get("id", BOT) != BOT:
        yield "from: somebody else than the bot"
    if (body.get("conversation") or {}).get("id", place.id).partition(";")[0] != place.id:
        yield "conversation: another than in the address"
    if body.get("serviceUrl") not in (None, world.service_url):
        yield "serviceUrl: another than here"
    if body["type"] == "message":
        yield from _message(world, body)


def _message(world: World, body: Json) -> Iterator[str]:
    attachments = body.get("attachments") or []
    if not body.get("text") and not attachments:
        yield "message: neither text nor card"
    if body.get("textFormat", "markdown") not in ("plain", "markdown", "xml"):
        yield f"textFormat: {body['textFormat']}"
    if attachments and not body.get("summary") and not body.get("text"):
        yield "summary: without it a notification says «Sent a card»"
    for attachment in attachments:
        yield from _attachment(attachment)
        card = attachment.get("content") if isinstance(attachment, dict) else None
        if isinstance(card, dict):
            root = card.get("msteams") or {}
            yield from _mentions(world, " ".join(strings(card.get("body"))), root.get("entities") or [])
    yield from _mentions(world, body.get("text") or "", body.get("entities") or [], by_id_alone=True)


def _attachment(attachment: Any) -> Iterator[str]:
    if not isinstance(attachment, dict) or attachment.get("contentType") != CARD:
        yield f"attachment: not {CARD}"
    elif attachment.keys() - {"contentType", "content", "contentUrl", "name", "thumbnailUrl"}:
        yield f"attachment: unknown {sorted(attachment)}"
    elif any(attachment.get(key) for key in ("contentUrl", "name", "thumbnailUrl")):
        yield "attachment: a card has neither address nor name"
    else:
        yield from card_problems(attachment.get("content"))


def _mentions(world: World, text: str, entities: list[Any], *, by_id_alone: bool = False) -> Iterator[str]:
    """Each `<at>` has its entity and each entity its `<at>`; somebody who is not in is not called."""
    said = {f"<at>{name}</at>" for name in _AT.findall(text)}
    meant: set[str] = set()
    for entity in entities:
        if entity.get("type") != "mention":
            continue
        mentioned = entity.get("mentioned") or {}
        meant.add(str(entity.get("text")))
        person = world.account(str(mentioned.get("id")))
        if not mentioned.get("name"):
            yield "mention: no name"
        if person is None:
            yield f"mention: nobody is {mentioned.get('id')}"
        elif by_id_alone and mentioned["id"] != person.id:
            yield "mention: in a text by the 29: id alone"
    if said - meant:
        yield f"mention: no entity for {sorted(said - meant)}"
    if meant - said:
        yield f"mention: no text for {sorted(meant - said)}"


def check_answer(name: str, raw: str) -> Json:
    """The body of an answered invoke; refuse one that Teams' clients would not show."""
    try:
        body = json.loads(raw) if raw else {}
    except ValueError:
        raise AssertionError(f"{name}: the answer is no JSON") from None
    if problems := list(_answer(name, body or {})):
        raise AssertionError(f"{name}: {'; '.join(problems)}")
    return dict(body or {})


def _answer(name: str, body: Any) -> Iterator[str]:
    if not isinstance(body, dict):
        yield "the answer is no object"
        return
    if name == "adaptiveCard/action":
        yield from _card_answer(body)
        return
    if body.keys() - {"task", "composeExtension", "cacheInfo"}:
        yield f"unknown {sorted(body)}"
    if name in ("task/fetch", "composeExtension/fetchTask") and "task" not in body:
        yield "no dialog to open"
    if "composeExtension" in body:
        yield "composeExtension: nothing that this app answers"
    if "task" in body:
        yield from _task(body["task"])


def _card_answer(body: Json) -> Iterator[str]:
    if body.keys() - {"statusCode", "type", "value"} or not isinstance(body.get("statusCode"), int):
        yield f"an answer has statusCode, type and value: {sorted(body)}"
        return
    value = body.get("value")
    match body["statusCode"], body.get("type"):
        case 200, "application/vnd.microsoft.card.adaptive":
            yield from card_problems(value)
        case 200, "application/vnd.microsoft.activity.message":
            if not isinstance(value, str) or not value:
                yield "a message is a text"
        case code, "application/vnd.microsoft.error" if 400 <= code < 600:
            if not isinstance(value, dict) or not value.get("code") or not value.get("message"):
                yield "an error has code and message"
        case other:
            yield f"no such answer: {other}"


def _task(task: Any) -> Iterator[str]:
    if not isinstance(task, dict) or task.keys() != {"type", "value"}:
        yield "task: type and value"
        return
    value = task["value"]
    match task["type"]:
        case "message":
            if not isinstance(value, str) or not value:
                yield "task: a message is a text"
        case "continue":
            yield from _continued(value)
        case other:
            yield f"task: no such type {other}"


def _continued(value: Any) -> Iterator[str]:
    if not isinstance(value, dict) or value.keys() - _TASK:
        yield f"task: unknown in {value}"
        return
    title = value.get("title")
    if not isinstance(title, str) or not 0 < len(title) <= MOST_TITLE:
        yield f"task: a title of 1 to {MOST_TITLE} characters"
    for side in ("height", "width"):
        if not isinstance(value.get(side, 1), int) and value[side] not in _SIZES:
            yield f"task: {side} {value[side]}"
    card = value.get("card")
    if not isinstance(card, dict) or card.get("contentType") != CARD:
        yield "task: card: an attachment"
    else:
        yield from card_problems(card.get("content"), dialog=True)
