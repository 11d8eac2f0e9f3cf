"""What a browser sends, read into the core's words."""

import re

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from adapters.web import problems
from adapters.web.desk import Desk
from adapters.web.problems import Problem
from adapters.web.visitor import Visitor
from bot.cards import Action
from bot.domain.ids import Platform, RoomRef
from bot.domain.verbs import Verb
from bot.interactions import Actor, ButtonPress, FormSubmission, SlashCommand

FIELD = "field."
"""Before the name of a field of ours, so that none can pass for the action it belongs to."""

_NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}")
_ROOM = re.compile(r"[A-Za-z0-9_-]{1,64}")
_COMMAND = re.compile(r"\s*/?(?:crisis|crise)\s+", re.IGNORECASE)


async def read_form(desk: Desk, request: Request, visitor: Visitor) -> FormData:
    """Read a form that this visitor's own page sent; raises `Problem`."""
    if (
        request.headers.get("content-type", "").partition(";")[0].strip()
        != "application/x-www-form-urlencoded"
    ):
        raise Problem(415, problems.UNREADABLE)
    try:
        form = await request.form(max_fields=200)
    except HTTPException:  # too many fields
        raise Problem(400, problems.UNREADABLE) from None
    if not desk.sessions.owns(visitor.session, text(form, "token")):
        raise Problem(403, problems.NOT_FROM_US)
    return form


def press(form: FormData, visitor: Visitor) -> ButtonPress:
    action = _action(form)
    return ButtonPress(_key(form, visitor, action.verb), _actor(visitor), action, _room(form))


def submission(form: FormData, visitor: Visitor) -> FormSubmission:
    action = _action(form)
    return FormSubmission(_key(form, visitor, action.verb), _actor(visitor), action, typed(form), _room(form))


def command(form: FormData, visitor: Visitor) -> SlashCommand:
    words = _COMMAND.sub("", text(form, "text"), count=1).strip()
    return SlashCommand(_key(form, visitor, "command"), _actor(visitor), words, _room(form))


def typed(form: FormData) -> dict[str, str]:
    """Return what stands in the fields, by name; several boxes checked in one field are joined by commas."""
    values: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if name.startswith(FIELD) and isinstance(value, str):
            values.setdefault(name.removeprefix(FIELD), []).append(value.replace("\r\n", "\n"))
    return {name: ",".join(each) for name, each in values.items()}


def fields(form: FormData) -> frozenset[str]:
    """Return the names of all the form's fields: a browser sends none for an empty choice."""
    return frozenset(text(form, "fields").split())


def text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _action(form: FormData) -> Action:
    revision = text(form, "revision")
    try:
        verb = Verb(text(form, "verb"))
        return Action(verb, text(form, "subject"), _number(revision) if revision else None)
    except ValueError:
        raise Problem(400, problems.UNKNOWN_ACTION) from None


def _number(digits: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        raise ValueError(digits)
    return int(digits)


def _key(form: FormData, visitor: Visitor, what: str) -> str:
    """Name this very press: a double click sends one nonce twice, a later press of the button another."""
    nonce = text(form, "nonce")
    if not _NONCE.fullmatch(nonce):
        raise Problem(400, problems.UNREADABLE)
    return f"web:{visitor.session.id}:{nonce}:{what}"


def _actor(visitor: Visitor) -> Actor:
    person, locale = visitor.known().id, visitor.say.locale
    return Actor(platform=Platform.WEB, person=person, locale=locale, guest_of=visitor.guest_of)


def _room(form: FormData) -> RoomRef | None:
    """Return the room as the browser tells it. Like a subject it carries no authority.

    What cannot name a room is none: PostgreSQL fails on a NUL.
    """
    room = text(form, "room")
    return RoomRef(room) if _ROOM.fullmatch(room) else None
