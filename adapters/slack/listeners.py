"""What Bolt calls. Each listener translates, asks the core, answers: the core commits before Slack is told.

Bolt runs them before it responds, so nothing is lost with the process. None of them may raise; `fault` is
Bolt's own place for what does all the same, since Bolt would let the person wait and then show an error.
"""

import structlog
from slack_bolt import BoltResponse

from adapters.slack.answers import Answers
from adapters.slack.calls import Refusal
from adapters.slack.identity import Identity
from adapters.slack.inbound import (
    button_press,
    departure,
    form_choice,
    form_submission,
    is_choice,
    is_link,
    message_action,
    message_change,
    slash_command,
)
from adapters.slack.looks import Looks
from adapters.slack.texts import Json
from bot.cards import Answer, Card
from bot.domain.errors import Code, Refused
from bot.domain.ids import PersonId
from bot.interactions import Actor, Interaction, Wanted
from bot.ports import GatewayError, Handle
from bot.views.refusals import refusal_card

log = structlog.get_logger()


class Listeners:
    """One method for each thing that somebody can do on Slack."""

    def __init__(self, *, identity: Identity, looks: Looks, answers: Answers, handle: Handle) -> None:
        self._identity = identity
        self._looks = looks
        self._answers = answers
        self._handle = handle

    async def command(self, body: Json) -> BoltResponse:
        actor = await self._identity.actor(body["user_id"])
        return await self._asked(await slash_command(body, actor, self._person), body)

    async def open_crisis(self, body: Json) -> BoltResponse:
        return await self._on_message(body, Wanted.OPEN_CRISIS)

    async def add_to_journal(self, body: Json) -> BoltResponse:
        return await self._on_message(body, Wanted.KEEP)

    async def message(self, body: Json) -> BoltResponse:
        """Slack tells of every message of a room; it tells again what we could not write down."""
        change = await message_change(body, self._person)
        answer = await self._handle(change) if change is not None else Answer()
        return BoltResponse(status=503 if answer.code else 200, body="")

    async def left(self, body: Json) -> BoltResponse:
        """Slack tells again what we could not write down, or of whom it could not say who it is."""
        try:
            person = await self._identity.person(body["event"]["user"])
        except Refusal:
            return BoltResponse(status=200, body="")
        except GatewayError:
            return BoltResponse(status=503, body="")
        answer = await self._handle(departure(body, person))
        return BoltResponse(status=503 if answer.code else 200, body="")

    async def button(self, body: Json) -> BoltResponse:
        if is_link(body):
            return BoltResponse(status=200, body="")
        actor = await self._identity.actor(body["user"]["id"])
        if is_choice(body):
            return await self._chosen(body, actor)
        try:
            press = button_press(body, actor)
        except ValueError:
            return self._unknown(actor, body)
        return await self._asked(press, body)

    async def form(self, body: Json) -> BoltResponse:
        actor = await self._identity.actor(body["user"]["id"])
        try:
            submission = form_submission(body, actor)
        except ValueError:
            return self._unknown(actor, body)
        return await self._asked(submission, body)

    async def fault(self, error: Exception, body: Json) -> BoltResponse:
        """Say that something failed, and log what kind of thing: its words may hold a member's."""
        log.error("slack_request_failed", error=type(error).__name__)
        look = self._looks.to(None)
        _ = look.translator
        said = _("Something went wrong on our side. Look at the room, then try again.")
        return self._answers.give(Answer(card=Card(summary=said, title=said), code="fault"), look, body)

    async def _on_message(self, body: Json, wanted: Wanted) -> BoltResponse:
        actor = await self._identity.actor(body["user"]["id"])
        return await self._asked(await message_action(body, actor, self._person, wanted=wanted), body)

    async def _chosen(self, body: Json, actor: Actor) -> BoltResponse:
        try:
            choice = form_choice(body, actor)
        except ValueError:
            return self._unknown(actor, body)
        answer = await self._handle(choice) if choice else Answer()
        return self._answers.refill(answer, self._looks.to(actor), body)

    async def _asked(self, interaction: Interaction, body: Json) -> BoltResponse:
        answer = await self._handle(interaction)
        return self._answers.give(answer, self._looks.to(interaction.actor), body)

    def _unknown(self, actor: Actor, body: Json) -> BoltResponse:
        look = self._looks.to(actor)
        refused = Refused(Code.UNKNOWN_ACTION)
        card = refusal_card(refused, look.translator, None)
        return self._answers.give(Answer(card=card, code=refused.code), look, body)

    async def _person(self, user: str) -> PersonId | None:
        """Who is mentioned; when Slack does not say, their handle stays: no command waits for that."""
        try:
            return await self._identity.person(user)
        except GatewayError:
            return None
