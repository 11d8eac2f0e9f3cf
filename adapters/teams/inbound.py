"""Teams' activities → what the core understands. Only translation: nothing here decides.

Keys for deduplication: Teams repeats an activity with the same `id`. What is read here is of no certain
shape: `LookupError`, `TypeError`, `AttributeError` and `ValueError` mean that it is none that Teams sends.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html.parser import HTMLParser

from adapters.teams.book import CHANNEL, PERSONAL, room_of
from adapters.teams.buttons import parse_action
from adapters.teams.dialogs import Submitted
from adapters.teams.manifest import ADD_TO_JOURNAL, OPEN_CRISIS
from adapters.teams.texts import Json
from bot.cards import Action
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
from bot.ports import DirectPlace, Place, RoomPlace

WANTED: Mapping[str, Wanted] = {OPEN_CRISIS: Wanted.OPEN_CRISIS, ADD_TO_JOURNAL: Wanted.KEEP}

_NAMED = re.compile(r"(crisis|crise)\b\s*", re.IGNORECASE)
_BREAKS = frozenset({"p", "br", "div", "li", "blockquote", "tr"})


def slash_command(
    activity: Json, actor: Actor, people: Mapping[str, PersonId | None], *, fixed_channel: str
) -> SlashCommand:
    """Read what was typed to us; `people` are those who are mentioned in it, by their ids here."""
    return SlashCommand(
        key=f"teams:message:{activity['id']}",
        actor=actor,
        text=_NAMED.sub("", as_typed(activity, people), count=1),
        room=_room(activity, fixed_channel),
        overheard=activity["conversation"].get("conversationType") == CHANNEL,
    )


def is_for_us(activity: Json) -> bool:
    """Whether a message calls us: everything does in our own conversation with somebody."""
    if activity["conversation"].get("conversationType") == PERSONAL:
        return True
    return any(mention["mentioned"]["id"] == activity["recipient"]["id"] for mention in _mentions(activity))


def mentioned(activity: Json) -> list[str]:
    """The ids of the people whom a message mentions, without us."""
    ours = activity["recipient"]["id"]
    return [m["mentioned"]["id"] for m in _mentions(activity) if m["mentioned"]["id"] != ours]


def as_typed(activity: Json, people: Mapping[str, PersonId | None]) -> str:
    """Leave our own name out; others become `@person` if the plan names them, else their name stays."""
    text = str(activity.get("text") or "")
    for mention in _mentions(activity):
        who, stands = mention["mentioned"], str(mention.get("text") or "")
        if not stands:
            continue
        ours = who["id"] == activity["recipient"]["id"]
        name = people.get(who["id"]) or who.get("name") or ""
        text = text.replace(stands, "" if ours else f"@{name}")
    return storable(text.replace("\xa0", " ")).strip()


def button_press(activity: Json, data: object, actor: Actor, *, fixed_channel: str) -> ButtonPress:
    """Raises `ValueError` for a button that we do not know."""
    return pressed(activity, parse_action(data), actor, room=_room(activity, fixed_channel))


def pressed(activity: Json, action: Action, actor: Actor, *, room: RoomRef | None) -> ButtonPress:
    return ButtonPress(key=f"teams:button:{activity['id']}", actor=actor, action=action, room=room)


def pressed_on(activity: Json, actor: Actor, *, fixed_channel: str) -> tuple[Place, MessageRef] | None:
    """Tell where the pressed card stands, and which message it is; None in a talk with nobody we know."""
    room = _room(activity, fixed_channel)
    message = MessageRef(f"{room}|{activity.get('replyToId')}")
    if activity["conversation"].get("conversationType") != PERSONAL:
        return RoomPlace(Platform.TEAMS, room), message
    return (DirectPlace(Platform.TEAMS, actor.person), message) if actor.person else None


def form_submission(
    activity: Json, sent: Submitted, values: Mapping[str, str], actor: Actor, *, fixed_channel: str
) -> FormSubmission:
    return FormSubmission(
        key=f"teams:form:{activity['id']}",
        actor=actor,
        action=sent.action,
        values=values,
        room=sent.room or _room(activity, fixed_channel),
    )


def message_action(
    activity: Json, actor: Actor, author: PersonId | None, *, fixed_channel: str
) -> MessageAction:
    """Read what somebody wants of a message. Raises `KeyError` for an action that we do not offer."""
    value = activity["value"]
    payload = value["messagePayload"]
    body = payload.get("body") or {}
    text = str(body.get("content") or "")
    return MessageAction(
        key=f"teams:action:{activity['id']}",
        actor=actor,
        text=storable(plain_text(text) if body.get("contentType") == "html" else text),
        message=MessageRef(str(payload["id"])),
        wanted=WANTED[value["commandId"]],
        author=author,
        link=str(payload.get("linkToMessage") or ""),
        written_at=_moment(payload.get("createdDateTime")),
        room=_room(activity, fixed_channel),
    )


def author_of(activity: Json) -> str | None:
    """The account of whoever wrote the message that is acted upon; None for an app."""
    user = (activity["value"]["messagePayload"].get("from") or {}).get("user") or {}
    return str(user["id"]) if user.get("id") else None


def message_change(
    activity: Json, people: Mapping[str, PersonId | None], *, fixed_channel: str
) -> MessageChange:
    """Read that a message was edited, deleted, or brought back."""
    gone = activity["type"] == "messageDelete"
    stamp = activity.get("timestamp") or ""
    return MessageChange(
        key=f"teams:change:{activity['id']}:{activity['type']}:{stamp}",
        actor=Actor(Platform.TEAMS, None),
        message=MessageRef(str(activity["id"])),
        room=_room(activity, fixed_channel),
        text=None if gone else as_typed(activity, people),
    )


def departure(activity: Json, room: RoomRef, person: PersonId) -> Departure:
    """Read when somebody went out of a room."""
    return Departure(
        key=f"teams:left:{activity['id']}:{room}:{person}",
        actor=Actor(Platform.TEAMS, person),
        room=room,
        at=datetime.fromisoformat(str(activity["timestamp"])).astimezone(UTC),
    )


def plain_text(html: str) -> str:
    """The words of a message that Teams gives as HTML, a line for each paragraph."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = [line.strip() for line in "".join(reader.words).replace("\xa0", " ").split("\n")]
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.words.append("\n")
        if tag == "img":
            self.words.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _mentions(activity: Json) -> list[Json]:
    return [each for each in activity.get("entities") or [] if each.get("type") == "mention"]


def _room(activity: Json, fixed_channel: str) -> RoomRef:
    began = str(activity.get("id") or "") if activity["type"] == "message" else ""
    return room_of(str(activity["conversation"]["id"]), fixed_channel=fixed_channel, message=began)


def _moment(text: object) -> float | None:
    try:
        return datetime.fromisoformat(str(text)).timestamp()
    except ValueError:
        return None
