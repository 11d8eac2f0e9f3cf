"""What comes from Teams: translated, handed to the core, answered once the core has committed."""

from collections.abc import Awaitable, Callable, Mapping

import structlog

from adapters.teams import inbound
from adapters.teams.answers import Answers
from adapters.teams.book import Book
from adapters.teams.connector import Conversation
from adapters.teams.departures import Departures
from adapters.teams.dialogs import submitted
from adapters.teams.guard import Rejected
from adapters.teams.identity import Identity
from adapters.teams.looks import Looks
from adapters.teams.render import Look
from adapters.teams.texts import Json
from bot.cards import Answer, Card, Text
from bot.domain.errors import Code, Refused
from bot.domain.ids import PersonId
from bot.interactions import Actor, Interaction
from bot.ports import GatewayError, Handle
from bot.views.refusals import refusal_card

log = structlog.get_logger()

Listener = Callable[[Json], Awaitable[Json | None]]

_BAD_REQUEST = 400


class Again(Exception):
    """Nothing was written down: Teams may send it once more."""


class Listeners:
    """One method for each thing that Teams tells. What they return is the body of the answer to an invoke."""

    def __init__(
        self,
        *,
        identity: Identity,
        looks: Looks,
        answers: Answers,
        book: Book,
        departures: Departures,
        handle: Handle,
        fixed_channel: str,
    ) -> None:
        self._identity = identity
        self._looks = looks
        self._answers = answers
        self._book = book
        self._departures = departures
        self._handle = handle
        self._fixed_channel = fixed_channel

    def _listener(self, activity: Json) -> Listener | None:
        told: Mapping[str, Listener] = {
            "message": self.message,
            "messageUpdate": self.change,
            "messageDelete": self.change,
            "conversationUpdate": self.people_changed,
        }
        invoked: Mapping[str, Listener] = {
            "adaptiveCard/action": self.press,
            "task/fetch": self.dialog,
            "task/submit": self.form,
            "composeExtension/fetchTask": self.message_action,
            "composeExtension/submitAction": self.form,
        }
        kind, name = activity.get("type"), activity.get("name")
        if kind == "invoke":
            listener = invoked.get(str(name))
            if listener is None:
                raise Rejected(_BAD_REQUEST, "an invoke that we do not know")
            return listener
        return told.get(str(kind))

    async def hear(self, activity: Json) -> Json | None:
        """Take one activity. Raises `Rejected` for what Teams would not send."""
        listener = self._listener(activity)
        try:
            await self._book.heard(activity)
            return await listener(activity) if listener else None
        except (LookupError, TypeError, AttributeError, ValueError) as unread:
            # No traceback: its last line may hold somebody's words.
            log.error("teams_activity_unreadable", error=type(unread).__name__)  # noqa: TRY400
            raise Rejected(_BAD_REQUEST, "unreadable") from None

    async def message(self, activity: Json) -> None:
        """A command; or a press, where a client knows no better kind of button."""
        if isinstance(activity.get("value"), dict):
            await self._old_press(activity)
            return
        if not inbound.is_for_us(activity):
            return
        actor = await self._actor(activity)
        people = await self._people(inbound.mentioned(activity), activity)
        command = inbound.slash_command(activity, actor, people, fixed_channel=self._fixed_channel)
        answer, look = await self._handle(command), self._looks.to(actor)
        self._answers.to_message(answer, look, activity, overheard=command.overheard)

    async def press(self, activity: Json) -> Json:
        actor = await self._actor(activity)
        answer, look = await self._pressed(activity["value"]["action"].get("data"), activity, actor)
        on = inbound.pressed_on(activity, actor, fixed_channel=self._fixed_channel)
        return await self._answers.to_press(answer, look, activity, on=on)

    async def dialog(self, activity: Json) -> Json:
        """A press that is answered by a dialog; a form that was offered before is shown as it was."""
        actor = await self._actor(activity)
        data, look = activity["value"].get("data"), self._looks.to(actor)
        try:
            press = inbound.button_press(activity, data, actor, fixed_channel=self._fixed_channel)
        except ValueError:
            return self._answers.to_dialog(*self._unknown(actor), activity, room=None)
        offered = self._answers.offered.take(str(activity["from"]["aadObjectId"]), press.action)
        answer = Answer(form=offered) if offered else await self._handle(press)
        return self._answers.to_dialog(answer, look, activity, room=press.room)

    async def form(self, activity: Json) -> Json:
        """A filled form, or a button of a card in a dialog."""
        actor = await self._actor(activity)
        look, account = self._looks.to(actor), str(activity["from"]["aadObjectId"])
        try:
            sent = submitted(activity["value"].get("data"))
        except ValueError:
            return self._answers.to_dialog(*self._unknown(actor), activity, room=None)
        if sent.values is None:
            press = inbound.pressed(activity, sent.action, actor, room=sent.room)
            answer = await self._handle(press)
            return self._answers.to_form(answer, look, activity, form=None, typed={}, room=sent.room)
        submission = inbound.form_submission(
            activity, sent, sent.values, actor, fixed_channel=self._fixed_channel
        )
        answer, form = await self._handle(submission), self._answers.forms.of(account, sent.action)
        if (answer.errors or answer.code) and form is None:
            again = inbound.pressed(activity, sent.action, actor, room=submission.room)
            form = (await self._handle(again)).form
        return self._answers.to_form(
            answer, look, activity, form=form, typed=sent.values, room=submission.room
        )

    async def message_action(self, activity: Json) -> Json:
        actor = await self._actor(activity)
        author = inbound.author_of(activity)
        people = await self._people([author], activity) if author else {}
        action = inbound.message_action(
            activity, actor, people.get(author or ""), fixed_channel=self._fixed_channel
        )
        answer = await self._handle(action)
        return self._answers.to_dialog(answer, self._looks.to(actor), activity, room=action.room)

    async def change(self, activity: Json) -> None:
        """A message was edited, deleted or brought back; Teams tells again what we could not write down."""
        people = await self._people(inbound.mentioned(activity), activity)
        change = inbound.message_change(activity, people, fixed_channel=self._fixed_channel)
        await self._written(change)

    async def people_changed(self, activity: Json) -> None:
        """Whoever is taken out of a chat or a team has left its rooms; so has whoever leaves."""
        try:
            found = await self._departures.of(activity)
        except GatewayError:
            raise Again from None
        for room, person in found:
            await self._written(inbound.departure(activity, room, person))

    async def _old_press(self, activity: Json) -> None:
        actor = await self._actor(activity)
        answer, look = await self._pressed(activity["value"], activity, actor)
        if answer.card is not None or answer.form is not None:
            self._answers.to_message(answer, look, activity, overheard=False)

    async def _pressed(self, data: object, activity: Json, actor: Actor) -> tuple[Answer, Look]:
        try:
            press = inbound.button_press(activity, data, actor, fixed_channel=self._fixed_channel)
        except ValueError:
            return self._unknown(actor)
        return await self._handle(press), self._looks.to(actor)

    async def _written(self, interaction: Interaction) -> None:
        answer = await self._handle(interaction)
        if answer.code:
            raise Again

    async def _actor(self, activity: Json) -> Actor:
        """Who acts. Whom Microsoft does not name now is somebody whom the plan does not name."""
        locale = str(activity.get("locale") or "fr")[:2]
        where = Conversation(activity["conversation"]["id"], activity["serviceUrl"])
        try:
            return await self._identity.actor(activity["from"], where, locale=locale)
        except GatewayError:
            raise Again from None

    async def _people(self, accounts: list[str], activity: Json) -> dict[str, PersonId | None]:
        """Who is mentioned; when Teams does not say, their name stays: no command waits for that."""
        where = Conversation(activity["conversation"]["id"], activity["serviceUrl"])
        people: dict[str, PersonId | None] = {}
        for account in accounts:
            try:
                people[account] = await self._identity.person(account, where)
            except GatewayError:
                people[account] = None
        return people

    def _unknown(self, actor: Actor) -> tuple[Answer, Look]:
        look = self._looks.to(actor)
        refused = Refused(Code.UNKNOWN_ACTION)
        return Answer(card=refusal_card(refused, look.translator, None), code=refused.code), look

    def failed(self, activity: Json) -> Json | None:
        """What an invoke is told when something broke on our side: a sentence, in the plan's language."""
        if activity.get("type") != "invoke":
            return None
        look = self._looks.to(None)
        said = look.translator("Something went wrong on our side. Look at the room, then try again.")
        answer = Answer(card=Card(summary=said, title=said, blocks=(Text(said),)), code="fault")
        if activity.get("name") == "adaptiveCard/action":
            return self._answers.line(answer, look, activity)
        return {"task": {"type": "message", "value": said}}
