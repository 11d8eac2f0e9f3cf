"""Somebody at a Teams client: types, presses, fills dialogs, and sees what Teams shows them.

A person finds a button by its title and a field by its label; a test may also name a field as the app does.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tests.rig.teams import payloads
from tests.rig.teams.delivery import Reply
from tests.rig.teams.filling import Filled, NotThereError, filled_in
from tests.rig.teams.lint import TOAST, check_answer
from tests.rig.teams.reading import Pressable, plain, pressables, seen, toggled
from tests.rig.teams.world import BOT, BOT_NAME, Account, Conversation, Dialog, Json, Message

if TYPE_CHECKING:
    from tests.rig.teams.double import TeamsDouble

FAILED = "Something went wrong. Please try again."


class TeamsUser:
    """One person at their client; get one from `TeamsDouble.user`. `where` is a conversation's id or name."""

    def __init__(self, double: "TeamsDouble", account: Account) -> None:
        self._double = double
        self._world = double.world
        self.account = account
        self._last: Json | None = None

    # What they see

    def sees_in(self, where: str) -> list[Message]:
        """The messages of a conversation, oldest first; one must be in it."""
        return [one for one in self._joined(where).messages if not one.deleted]

    def direct_messages(self) -> list[Message]:
        """The conversation with the app, oldest first."""
        return [one for one in self._world.personal(self.account).messages if not one.deleted]

    def cards(self, message: Message) -> list[Json]:
        """The cards of a message as they stand for this person."""
        mine = message.personal.get(self.account.aad)
        return message.cards if mine is None else [mine]

    def reads(self, shown: Message | Dialog) -> str:
        """What stands there, as plain text."""
        if isinstance(shown, Dialog):
            return seen(shown.title, [shown.card])
        return seen(shown.text, self.cards(shown))

    def buttons(self, shown: Message | Dialog) -> list[str]:
        """The titles of what can be pressed there."""
        return [str(one.action.get("title", "")) for one in self._pressables(shown)]

    def notified(self) -> list[str]:
        """Every text that this person's devices showed without being unlocked."""
        return [plain(one.text) for one in self._world.notifications if one.user == self.account.aad]

    def toasts(self) -> list[str]:
        """What the app answered to this person alone: below a pressed card, or instead of a dialog."""
        return [said for who, said in self._world.toasts if who == self.account.aad]

    def open_dialog(self) -> Dialog | None:
        """The dialog that is open, if any."""
        mine = [one for one in self._world.dialogs if one.user == self.account.aad]
        return mine[-1] if mine else None

    # What they do

    async def types(
        self, text: str, *, where: str | None = None, below: Message | None = None
    ) -> Reply | None:
        """Write a message; the app hears of it in its own conversation, or where `@Cellule` is in it."""
        place = self._place(where)
        root = (below.root or below.id) if below and place.kind == "channel" else ""
        activity = payloads.typed(self._world, place, self.account, text, root=root)
        place.messages.append(Message(place.id, activity["id"], self.account.aad, text, root=root))
        if place.kind != "personal" and f"@{BOT_NAME}" not in text:
            return None
        self._bot_is_in(place)
        return await self._send(activity)

    async def command(self, typed: str, *, where: str | None = None) -> Reply:
        """Type a command to the app: in its own conversation as it is, elsewhere after its name."""
        text = typed if where is None else f"@{BOT_NAME} {typed}"
        reply = await self.types(text, where=where)
        assert reply is not None
        return reply

    async def press(
        self, title: str, *, on: Message | Dialog, filled: Mapping[str, Filled] | None = None
    ) -> Reply | None:
        """Press a button as it now stands, with the fields around it filled in."""
        pressed = self._pressable(title, on)
        if isinstance(on, Dialog):
            return await self._pressed_in_dialog(pressed, on, filled or {})
        if on.sender != BOT:
            raise NotThereError("that is the card of another app: this one does not hear of it")
        match pressed.action["type"]:
            case "Action.Execute":
                return await self._executed(pressed, on, filled or {})
            case "Action.Submit":
                return await self._submitted(pressed, on, filled or {})
            case "Action.ToggleVisibility":
                [card] = self.cards(on)
                on.personal[self.account.aad] = toggled(card, pressed.action["targetElements"])
            case _:
                pass
        return None

    def link(self, title: str, *, on: Message | Dialog) -> str:
        """Where a button leads that opens a page."""
        return str(self._pressable(title, on).action["url"])

    async def comes_by(self, message: Message) -> Reply | None:
        """Scroll to a message: the client refreshes its card, if it is to be refreshed for this person."""
        refresh = next((card["refresh"] for card in message.cards if "refresh" in card), None)
        if refresh is None or self.account.id not in refresh.get("userIds", [self.account.id]):
            return None
        return await self._act(message, refresh["action"], refresh["action"].get("data", {}), "automatic")

    async def message_action(self, title: str, message: Message) -> Reply:
        """Choose an action of the app in a message's menu."""
        place = self._joined(message.conversation)
        author = self._world.account(message.sender)
        opened = {
            "commandId": self._double.message_action(title),
            "commandContext": "message",
            "messagePayload": payloads.message_payload(place, message, author, BOT_NAME),
        }
        value = opened | {"requestId": self._world.uuid(), "context": {"theme": "default"}}
        return await self._opens(place, "composeExtension/fetchTask", value, action=opened, on=None)

    async def submit(
        self, dialog: Dialog, filled: Mapping[str, Filled] | None = None, *, button: str | None = None
    ) -> Reply:
        """Fill the fields of a dialog and send it, by its only Action.Submit unless a title says which."""
        there = [one for one in pressables(dialog.card) if one.action["type"] == "Action.Submit"]
        if button is None and len(there) != 1:
            raise NotThereError(f"which of {self.buttons(dialog)}?")
        pressed = there[0] if button is None else self._pressable(button, dialog)
        return await self._pressed_in_dialog(pressed, dialog, filled or {})

    def closes(self, dialog: Dialog) -> None:
        """Close a dialog; the app does not hear of it."""
        self._world.dialogs.remove(dialog)

    async def invoke(self, name: str, value: Any, *, where: str | None = None) -> Reply:
        """Send an invoke that no client would send; its answer is not looked at."""
        return await self._send(
            payloads.invoke(self._world, self._place(where), self.account, name, value=value), read=False
        )

    async def repeat(self) -> Reply:
        """Let Teams send the last activity once more, as it does when the first answer was lost."""
        if self._last is None:
            raise NotThereError("nothing was sent yet")
        return await self._send(self._last)

    # How

    async def _executed(self, pressed: Pressable, on: Message, filled: Mapping[str, Filled]) -> Reply:
        return await self._act(on, pressed.action, filled_in(pressed, filled), "manual")

    async def _act(self, on: Message, action: Json, data: Json, trigger: str) -> Reply:
        place = self._joined(on.conversation)
        kept = {key: action[key] for key in ("type", "id", "title", "verb") if key in action}
        value = {"action": kept | {"data": data}, "trigger": trigger}
        reply = await self._send(
            payloads.invoke(self._world, place, self.account, "adaptiveCard/action", value=value, on=on)
        )
        if reply.status == 200:
            answer = check_answer("adaptiveCard/action", reply.text)
            if isinstance(answer["value"], dict) and answer["statusCode"] == 200:
                on.personal[self.account.aad] = answer["value"]
            else:
                self._toast(answer["value"] if answer["type"] == TOAST else FAILED)
        else:
            self._toast(FAILED)
        return reply

    async def _submitted(self, pressed: Pressable, on: Message, filled: Mapping[str, Filled]) -> Reply:
        place = self._joined(on.conversation)
        data = filled_in(pressed, filled)
        if (data.get("msteams") or {}).get("type") == "task/fetch":
            value = {"data": data, "context": {"theme": "default"}}
            return await self._opens(place, "task/fetch", value, action=None, on=on)
        return await self._send(payloads.submitted(self._world, place, self.account, on, data=data))

    async def _opens(
        self, place: Conversation, name: str, value: Json, *, action: Json | None, on: Message | None
    ) -> Reply:
        reply = await self._send(payloads.invoke(self._world, place, self.account, name, value=value, on=on))
        if reply.status == 200:
            self._shown(check_answer(name, reply.text), place, action)
        else:
            self._toast(FAILED)
        return reply

    async def _pressed_in_dialog(
        self, pressed: Pressable, dialog: Dialog, filled: Mapping[str, Filled]
    ) -> Reply:
        if pressed.action["type"] != "Action.Submit":
            raise NotThereError("a dialog is sent by an Action.Submit")
        place = self._world.conversations[dialog.conversation]
        name = "composeExtension/submitAction" if dialog.action else "task/submit"
        data = filled_in(pressed, filled)
        value = {**(dialog.action or {}), "data": data, "context": {"theme": "default"}}
        reply = await self._send(payloads.invoke(self._world, place, self.account, name, value=value))
        if reply.status == 200:
            answer = check_answer(name, reply.text)
            self._world.dialogs.remove(dialog)
            self._shown(answer, place, dialog.action)
        else:
            dialog.said = FAILED
        return reply

    def _shown(self, answer: Json, place: Conversation, action: Json | None) -> None:
        task = answer.get("task")
        if task is None:
            return
        if task["type"] == "message":
            self._toast(task["value"])
            return
        value = task["value"]
        card = value["card"]["content"]
        self._world.dialogs.append(Dialog(self.account.aad, value["title"], card, place.id, action))

    async def _send(self, activity: Json, *, read: bool = True) -> Reply:
        self._last = activity
        reply = await self._double.deliver(activity)
        if read and activity["type"] != "invoke" and reply.status < 300 and reply.text not in ("", "{}"):
            raise AssertionError(f"a message is answered with nothing, not with {reply.text[:200]!r}")
        if read and activity["type"] == "invoke" and reply.status in (201, 202, 204):
            raise AssertionError(f"an invoke is answered with 200, not {reply.status}")
        return reply

    def _toast(self, said: str) -> None:
        self._world.toasts.append((self.account.aad, said))

    def _place(self, where: str | None) -> Conversation:
        return self._world.personal(self.account) if where is None else self._joined(where)

    def _joined(self, where: str) -> Conversation:
        place = self._double.conversation(where)
        if self.account not in self._world.members(place):
            raise NotThereError(f"{self.account.name} is not in {place.name or place.id}")
        return place

    def _bot_is_in(self, place: Conversation) -> None:
        there = place.team.installed if place.team else place.bot_is_in
        if not (self.account.installed if place.kind == "personal" else there):
            raise NotThereError(f"{BOT_NAME} is not in {place.name or place.id}")

    def _pressables(self, shown: Message | Dialog) -> list[Pressable]:
        cards = [shown.card] if isinstance(shown, Dialog) else self.cards(shown)
        return [one for card in cards for one in pressables(card)]

    def _pressable(self, title: str, shown: Message | Dialog) -> Pressable:
        for one in self._pressables(shown):
            if one.action.get("title") == title:
                if one.action.get("isEnabled") is False:
                    raise NotThereError(f"{title!r} is greyed out")
                return one
        raise NotThereError(f"no button {title!r} among {self.buttons(shown)}")
