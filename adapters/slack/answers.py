"""What the one who asked is shown at once: in the answer to Slack if it takes one, else beside it, one try.

Slack takes a message in the answer to a command and a dialog in the answer to a form. The answer to a button
can carry nothing: what there is to say goes to the `response_url`.
"""

import asyncio
import secrets

import structlog
from slack_bolt import BoltResponse

from adapters.slack.calls import Calls
from adapters.slack.forms import card_view, form_view, marked, room_of
from adapters.slack.render import Look, message
from adapters.slack.texts import Json
from bot.cards import Answer, Card, Form
from bot.domain.ids import RoomRef
from bot.errands import Errands
from bot.ports import GatewayError

log = structlog.get_logger()

PATIENCE = 2.0
"""Seconds for an errand: a trigger lives three, and nobody waits longer for a sentence."""
_OK = 200


class Answers:
    """Turns answers into what Slack shows."""

    def __init__(self, *, calls: Calls, errands: Errands) -> None:
        self._calls = calls
        self._errands = errands

    def give(self, answer: Answer, look: Look, body: Json) -> BoltResponse:
        """Build the answer to Slack, and start the errands for what it cannot carry."""
        if body.get("type") == "view_submission":
            return BoltResponse(status=_OK, body=_to_form(answer, look, body["view"]))
        if answer.form is not None:
            self._errands.start(self._open(answer.form, look, body), name="open a form")
        if answer.card is None:
            return BoltResponse(status=_OK, body="")
        if "command" in body:
            return BoltResponse(status=_OK, body=_private(answer.card, look))
        self._errands.start(self._say(answer.card, look, body), name="answer a press")
        return BoltResponse(status=_OK, body="")

    def refill(self, answer: Answer, look: Look, body: Json) -> BoltResponse:
        """Put the next form in the place of the one in which something was chosen.

        A refusal waits for the sending.
        """
        if answer.form is not None:
            self._errands.start(self._replace(answer.form, look, body), name="fill a form")
        return BoltResponse(status=_OK, body="")

    async def _replace(self, form: Form, look: Look, body: Json) -> None:
        """With its hash: a form that has changed meanwhile stays."""
        shown = body["view"]
        view = form_view(form, look, room=_room(body), nonce=secrets.token_hex(4))
        try:
            async with asyncio.timeout(PATIENCE):
                await self._calls("views.update", view_id=shown["id"], hash=shown["hash"], view=view)
        except (GatewayError, TimeoutError) as failure:
            log.warning("slack_form_not_filled", error=getattr(failure, "code", "timeout"))

    async def _open(self, form: Form, look: Look, body: Json) -> None:
        """Open a form; over the dialog in which a button was pressed, if it was. Failing that, say so."""
        method = "views.push" if "view" in body else "views.open"
        view = form_view(form, look, room=_room(body), nonce=secrets.token_hex(4))
        try:
            async with asyncio.timeout(PATIENCE):
                await self._calls(method, trigger_id=body["trigger_id"], view=view)
        except (GatewayError, TimeoutError) as failure:
            log.warning("slack_form_not_opened", error=getattr(failure, "code", "timeout"))
            _ = look.translator
            said = _("Slack did not open the form in time. Please try once more.")
            await self._say(Card(summary=said, title=said), look, body)

    async def _say(self, card: Card, look: Look, body: Json) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._said(card, look, body)
        except (GatewayError, TimeoutError) as failure:
            log.warning("slack_answer_not_shown", error=getattr(failure, "code", "timeout"))

    async def _said(self, card: Card, look: Look, body: Json) -> None:
        if "view" in body:
            view = card_view(card, look, room=_room(body), nonce=secrets.token_hex(4))
            await self._calls("views.update", view_id=body["view"]["id"], view=view)
        elif "response_url" in body:
            await self._calls.send(body["response_url"], json=_private(card, look))
        else:
            content = message(card, look, nonce=secrets.token_hex(4))
            await self._calls(
                "chat.postEphemeral", channel=body["channel"]["id"], user=body["user"]["id"], **content
            )


def _private(card: Card, look: Look) -> Json:
    content = message(card, look, nonce=secrets.token_hex(4))
    return {"response_type": "ephemeral", "replace_original": False, **content}


def _to_form(answer: Answer, look: Look, view: Json) -> Json:
    """Build the answer to a form: errors at its fields, the next form, a card; without any it closes.

    A refusal is laid over the form, so that what was typed is not lost.
    """
    errors = marked(view, answer.errors)
    if errors:
        return {"response_action": "errors", "errors": errors}
    room, nonce = room_of(view), secrets.token_hex(4)
    if answer.form is not None:
        return {"response_action": "update", "view": form_view(answer.form, look, room=room, nonce=nonce)}
    if answer.card is not None:
        shown = card_view(answer.card, look, room=room, nonce=nonce)
        return {"response_action": "push" if answer.code else "update", "view": shown}
    return {"response_action": "clear"}


def _room(body: Json) -> RoomRef | None:
    if "view" in body:
        return room_of(body["view"])
    return RoomRef(body.get("channel_id") or body["channel"]["id"])
