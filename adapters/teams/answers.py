"""What the one who asked is shown at once: in the answer to Teams if it takes one, else directly, one try.

A press is answered by the card as it is now, or by a line below it, which that person alone reads; a dialog
by the next dialog.
Nothing can be shown to one person alone where a command was typed: it goes into their own conversation.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

import structlog

from adapters.teams.buttons import CARD
from adapters.teams.connector import Connector, Conversation
from adapters.teams.dialogs import card_task, form_task
from adapters.teams.gateway import TeamsGateway
from adapters.teams.looks import Looks
from adapters.teams.render import Look, content, message
from adapters.teams.texts import Json, as_typed_here, shown
from bot.cards import Action, Actions, Answer, Button, Card, Form, Style, Text
from bot.domain.ids import MessageRef, RoomRef
from bot.errands import Errands
from bot.ports import GatewayError, Place

Redraw = Callable[[Place, MessageRef], Awaitable[Card | None]]
"""What a message shows now; None when it is no card of ours."""

log = structlog.get_logger()

PATIENCE = 5.0
"""Seconds for an errand: nobody waits longer for a sentence."""
LINE = "application/vnd.microsoft.activity.message"
MAX_LINE = 600
KEPT = 500
"""Forms kept for those to whom they were offered; each can be asked for anew."""


class Forms:
    """The forms that people were offered and shown: a refused one must come again with what was typed."""

    def __init__(self) -> None:
        self._forms: OrderedDict[tuple[str, Action], Form] = OrderedDict()

    def keep(self, account: str, form: Form) -> None:
        self._forms[account, form.action] = form
        self._forms.move_to_end((account, form.action))
        while len(self._forms) > KEPT:
            self._forms.popitem(last=False)

    def of(self, account: str, action: Action) -> Form | None:
        return self._forms.get((account, action))

    def take(self, account: str, action: Action) -> Form | None:
        return self._forms.pop((account, action), None)


class Answers:
    """Turns answers into what Teams shows."""

    def __init__(
        self,
        *,
        gateway: TeamsGateway,
        connector: Connector,
        looks: Looks,
        redraw: Redraw,
        errands: Errands,
    ) -> None:
        self._gateway = gateway
        self._connector = connector
        self._looks = looks
        self._redraw = redraw
        self._errands = errands
        self.forms = Forms()
        self.offered = Forms()

    def to_message(self, answer: Answer, look: Look, activity: Json, *, overheard: bool) -> None:
        """Answer a command: into the person's own conversation; a form behind a button.

        Where all read what is typed, the button stands there, for whoever has no conversation with us yet.
        """
        if answer.form is not None:
            self.offered.keep(_account(activity), answer.form)
            said = message(_offer(answer.form, look, overheard=overheard), look)
            if overheard:
                self._errands.start(self._below(activity, said), name="offer a form")
                return
        elif answer.card is not None:
            said = message(answer.card, look)
        else:
            return
        self._errands.start(self._directly(activity, said), name="answer a command")

    async def to_press(
        self, answer: Answer, look: Look, activity: Json, *, on: tuple[Place, MessageRef] | None
    ) -> Json:
        """Answer a press with the card as it is now, or a line; what is longer comes directly.

        Everybody else's card is replaced in a moment. A refusal without a card is a line.
        """
        card: Card | None = None
        if answer == Answer():
            card = await self._fresh(on)
        elif answer.code and answer.card and answer.card.blocks[1:]:
            card = _with_why_not(answer.card, await self._fresh(on))
        if card is None:
            return self.line(answer, look, activity)
        shown_in = self._looks.at(on[0]) if on else look
        return {"statusCode": 200, "type": CARD, "value": content(card, shown_in)}

    async def _fresh(self, on: tuple[Place, MessageRef] | None) -> Card | None:
        return await self._redraw(*on) if on else None

    def line(self, answer: Answer, look: Look, activity: Json) -> Json:
        _ = look.translator
        if answer.form is not None or (answer.card is not None and answer.code is None):
            self.to_message(answer, look, activity, overheard=False)
            said = _("I have answered you directly: look at our conversation.")
        elif answer.card is not None:
            said = sentence(answer.card)
        else:
            said = _("Done.")
        return {"statusCode": 200, "type": LINE, "value": shown(as_typed_here(said))[:MAX_LINE]}

    def to_dialog(self, answer: Answer, look: Look, activity: Json, *, room: RoomRef | None) -> Json:
        """Answer the opening of a dialog, which must show something."""
        task = self._task(answer, look, activity, room=room)
        return task or {"task": {"type": "message", "value": look.translator("Done.")}}

    def to_form(
        self,
        answer: Answer,
        look: Look,
        activity: Json,
        *,
        form: Form | None,
        typed: Mapping[str, str],
        room: RoomRef | None,
    ) -> Json:
        """Answer a filled form: the form again with why not, the next form, a card; else it closes.

        What was typed is not lost by a refusal.
        """
        refused = answer.errors or ({"": sentence(answer.card)} if answer.code and answer.card else {})
        if refused and form is not None:
            now = answer.card.blocks[1:] if answer.card else ()
            return form_task(form, look, room=room, typed=typed, errors=refused, now=now)
        if answer.errors:
            lines = tuple(Text(error) for error in answer.errors.values())
            title = look.translator("Not done")
            return card_task(Card(summary=title, title=title, blocks=lines), look, room=room)
        return self._task(answer, look, activity, room=room) or {}

    def _task(self, answer: Answer, look: Look, activity: Json, *, room: RoomRef | None) -> Json | None:
        if answer.form is not None:
            self.forms.keep(_account(activity), answer.form)
            return form_task(answer.form, look, room=room)
        return card_task(answer.card, look, room=room) if answer.card is not None else None

    async def _directly(self, activity: Json, said: Json) -> None:
        await self._tried(self._gateway.say(_account(activity), said, mark=str(activity["id"])))

    async def _below(self, activity: Json, said: Json) -> None:
        where = Conversation(activity["conversation"]["id"], activity["serviceUrl"])
        await self._tried(self._connector.post(where, said, mark=str(activity["id"])))

    async def _tried(self, saying: Awaitable[object]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await saying
        except (GatewayError, TimeoutError) as failure:
            log.warning("teams_answer_not_shown", error=getattr(failure, "code", "timeout"))


def sentence(card: Card) -> str:
    """What a refusal says, without the card as it now stands: its first text."""
    return next((block.text for block in card.blocks if isinstance(block, Text)), card.summary)


def _with_why_not(refusal: Card, pressed: Card | None) -> Card:
    """Show what was pressed as it is now; if it offers nothing more, what the refusal shows instead.

    Why not comes last: that is where the button was.
    """
    why, *standing = refusal.blocks
    if pressed is not None and any(isinstance(block, Actions) for block in pressed.blocks):
        return replace(pressed, blocks=(*pressed.blocks, why))
    return replace(refusal, blocks=(*standing, why))


def _offer(form: Form, look: Look, *, overheard: bool) -> Card:
    _ = look.translator
    warned = (Text(_("Everybody here reads what is typed: write in the form.")),) if overheard else ()
    go = Button(_("Open the form"), form.action, Style.PRIMARY)
    return Card(summary=form.title, title=form.title, blocks=(*warned, Actions((go,))))


def _account(activity: Json) -> str:
    return str(activity["from"]["aadObjectId"])
