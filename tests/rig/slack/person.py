"""Somebody at a Slack client: types, presses, fills forms, and sees what Slack shows them.

A person finds a button by its label and a field by its own; a test may also name a field as the app does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.rig.slack import chat, payloads, views
from tests.rig.slack.lint import check_view, length
from tests.rig.slack.reading import buttons, escape, seen
from tests.rig.slack.world import Account, Channel, Dialog, Ephemeral, Message, SlackError

if TYPE_CHECKING:
    from tests.rig.slack.double import SlackDouble


Filled = str | list[str] | None


class NotThereError(AssertionError):
    """The person looks for something that their screen does not show."""


@dataclass(frozen=True)
class Reply:
    """How the app answered Slack. `errors` are the fields that it marked, by label."""

    status: int
    text: str
    errors: dict[str, str]


class SlackUser:
    """One person at their client; get one from `SlackDouble.user`."""

    def __init__(self, double: "SlackDouble", account: Account) -> None:
        self._double = double
        self._world = double.world
        self.account = account
        self._last: tuple[bytes, str] | None = None

    # What they see

    def sees_in(self, channel: str) -> list[Message]:
        """The messages of a channel, oldest first; one must be in it."""
        return self._joined(channel).messages

    def direct_messages(self) -> list[Message]:
        """The conversation with the app, oldest first."""
        return self._world.direct_channel(self.account.id).messages

    def ephemerals(self) -> list[Ephemeral]:
        """What the app said to this person alone, oldest first."""
        return [said for said in self._world.ephemerals if said.user == self.account.id]

    def open_modal(self) -> Dialog | None:
        """The dialog on top, if any."""
        return views.open_dialog(self._world, self.account.id)

    def reads(self, shown: Message | Ephemeral | Dialog) -> str:
        """What stands there, as plain text."""
        if isinstance(shown, Dialog):
            return seen(shown.content["blocks"], "", self._world)
        return seen(shown.blocks, shown.text, self._world)

    def notified(self) -> list[str]:
        """Every text that this person's devices showed without being unlocked."""
        mine = [note for note in self._world.notifications if note.user == self.account.id]
        return [text for note in mine for text in (note.phone, note.desktop)]

    # What they do

    async def command(self, typed: str, *, channel: str | None = None) -> Reply:
        """Type a slash command, in a channel or in the app's own conversation."""
        command, _, text = typed.partition(" ")
        declared = self._double.command(command)
        place = self._joined(channel) if channel else self._world.direct_channel(self.account.id)
        body = payloads.slash_command(
            self._world,
            self.account,
            place,
            command=command,
            text=self._with_mentions(text, escaped=declared.get("should_escape", False)),
        )
        reply = await self._send(body)
        self._shown_at_once(reply, place)
        return reply

    async def press(self, label: str, *, on: Message | Ephemeral | Dialog) -> Reply:
        """Press a button as the message now shows it, and say yes if asked once more."""
        button = self._button(label, on)
        if isinstance(on, Dialog):
            return await self._send(payloads.button_in_dialog(self._world, self.account, on, button=button))
        channel = self._world.channels[on.channel]
        ephemeral = isinstance(on, Ephemeral)
        message = (
            Message(on.channel, self._world.timestamp(), self._world.bot.id, on.text, on.blocks)
            if isinstance(on, Ephemeral)
            else on
        )
        return await self._send(
            payloads.button_in_message(
                self._world, self.account, channel, message, button=button, ephemeral=ephemeral
            )
        )

    async def message_action(self, name: str, message: Message) -> Reply:
        """Choose an action of the app in a message's menu."""
        channel = self._joined(message.channel)
        body = payloads.message_action(
            self._world, self.account, channel, message, callback=self._double.shortcut(name)
        )
        return await self._send(body)

    async def edits(self, message: Message, text: str) -> None:
        """Change a message of one's own; the app hears of it if it may."""
        channel = self._joined(message.channel)
        before = chat.as_json(message, self._world)
        message.text = escape(text)
        after = chat.as_json(message, self._world) | {"edited": {"user": self.account.id, "ts": message.ts}}
        event = {"subtype": "message_changed", "hidden": True, "message": after, "previous_message": before}
        await self._told(channel, event)

    async def deletes(self, message: Message) -> None:
        """Take a message back; the app hears of it if it may."""
        channel = self._joined(message.channel)
        channel.messages.remove(message)
        before = chat.as_json(message, self._world)
        event = {"subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": before}
        await self._told(channel, event | {"hidden": True})

    async def leaves(self, channel: str) -> None:
        """Leave a channel."""
        left = self._joined(channel)
        left.members.remove(self.account.id)
        await self.is_out(left.name)

    async def is_out(self, channel: str) -> None:
        """Let Slack tell the app that one is no longer in a channel."""
        left = self._double.channel(channel)
        body = payloads.left_event(self._world, left, self.account, at=self._double.now())
        await self._event("member_left_channel", body)

    async def submit(self, dialog: Dialog, filled: Mapping[str, Filled]) -> Reply:
        """Fill the fields of a dialog, each by its label or name, and send it.

        Options are chosen by label or value; a list of them where several may be checked.
        """
        values = typed_into(dialog, filled)
        reply = await self._send(payloads.view_submission(self._world, self.account, dialog, values))
        return self._dialog_answered(dialog, reply)

    async def chooses(self, dialog: Dialog, filled: Mapping[str, Filled]) -> Reply | None:
        """Choose in a dialog without sending it; Slack tells the app of the fields that ask for it."""
        blocks = [block for block in dialog.content["blocks"] if block.get("dispatch_action")]
        values = typed_into(_all_optional(dialog), filled)
        told = [block for block in blocks if block["block_id"].partition("#")[0] in filled]
        if not told:
            return None
        block, action = told[0]["block_id"], told[0]["element"]["action_id"]
        chosen = {**values[block][action], "block_id": block, "action_id": action}
        return await self._send(
            payloads.choice_in_dialog(self._world, self.account, dialog, values, chosen=chosen)
        )

    async def repeat(self) -> Reply:
        """Let Slack send the last request once more, as it does when the first answer was lost."""
        if self._last is None:
            raise NotThereError("nothing was sent yet")
        body, content_type = self._last
        return await self._double.deliver(body, content_type, retry=1)

    # How

    async def _send(self, body: bytes) -> Reply:
        self._last = (body, "application/x-www-form-urlencoded")
        return await self._double.deliver(*self._last)

    async def _told(self, channel: Channel, event: dict[str, Any]) -> None:
        await self._event("message.groups", payloads.message_event(self._world, channel, **event))

    async def _event(self, name: str, body: bytes) -> None:
        if name in self._double.manifest["settings"]["event_subscriptions"]["bot_events"]:
            self._last = (body, "application/json")
            await self._double.deliver(*self._last)

    def _joined(self, name: str) -> Channel:
        channel = self._double.channel(name)
        if self.account.id not in channel.members:
            raise NotThereError(f"{self.account.name} is not in {channel.name}")
        return channel

    def _button(self, label: str, on: Message | Ephemeral | Dialog) -> dict[str, Any]:
        blocks = on.content["blocks"] if isinstance(on, Dialog) else on.blocks
        there = buttons(blocks)
        for button in there:
            if button["text"]["text"] == label:
                return button
        raise NotThereError(f"no button {label!r} among {[button['text']['text'] for button in there]}")

    def _with_mentions(self, text: str, *, escaped: bool) -> str:
        if not escaped:
            return text
        written = escape(text)
        for account in sorted(self._world.accounts.values(), key=lambda one: -len(one.name)):
            written = written.replace(f"@{account.name}", f"<@{account.id}|{account.name}>")
        return written

    def _shown_at_once(self, reply: Reply, place: Channel) -> None:
        content = self._double.json(reply)
        if content:
            self._double.whisper(self.account.id, place.id, content)

    def _dialog_answered(self, dialog: Dialog, reply: Reply) -> Reply:
        answer = self._double.json(reply)
        world = self._world
        match answer.get("response_action"):
            case "errors":
                dialog.errors = _labelled(dialog, answer["errors"])
                return Reply(reply.status, reply.text, dialog.errors)
            case "update":
                check_view(answer["view"])
                views.replace(world, dialog, answer["view"])
            case "push":
                check_view(answer["view"])
                views.shown(world, user=self.account.id, content=answer["view"], parent=dialog)
            case "clear":
                for open_one in [one for one in world.dialogs.values() if one.user == self.account.id]:
                    del world.dialogs[open_one.id]
            case None if reply.status == 200 and not reply.text:
                world.dialogs.pop(dialog.id, None)
            case other:
                raise SlackError("view_submission answer", got=other)
        return reply


def _all_optional(dialog: Dialog) -> Dialog:
    """The same dialog before it is sent, when nothing is needed yet."""
    blocks = [block | {"optional": True} for block in dialog.content["blocks"]]
    return replace(dialog, content={**dialog.content, "blocks": blocks})


def typed_into(dialog: Dialog, filled: Mapping[str, Filled]) -> dict[str, Any]:
    left = dict(filled)
    values: dict[str, Any] = {}
    for block in dialog.content["blocks"]:
        if block["type"] != "input":
            continue
        names = [block["label"]["text"], block["block_id"].partition("#")[0], block["block_id"]]
        given = next((left.pop(name) for name in names if name in left), None)
        state = _state(block["element"], given)
        if not block.get("optional") and not any(state[key] for key in state if key != "type"):
            raise NotThereError(f"Slack asks to fill in {names[0]!r}")
        values[block["block_id"]] = {block["element"]["action_id"]: state}
    if left:
        raise NotThereError(f"no field {sorted(left)} in the form")
    return values


def _state(element: dict[str, Any], given: Filled) -> dict[str, Any]:
    kind = element["type"]
    if kind in {"checkboxes", "multi_static_select"}:
        checked = [_option(element, name) for name in given] if given else element.get("initial_options", [])
        return {"type": kind, "selected_options": checked}
    if isinstance(given, list):
        raise NotThereError("only one can be chosen here")
    if kind == "plain_text_input":
        text = element.get("initial_value") if given is None else given or None
        if text is not None and length(text) > element.get("max_length", 3000):
            raise NotThereError("Slack takes no more characters here")
        return {"type": kind, "value": text}
    chosen = element.get("initial_option") if given is None else _option(element, given)
    return {"type": kind, "selected_option": chosen}


def _option(element: dict[str, Any], name: str) -> dict[str, Any]:
    for option in element["options"]:
        if name in (option["text"]["text"], option["value"]):
            return dict(option)
    raise NotThereError(f"no option {name!r}")


def _labelled(dialog: Dialog, errors: dict[str, str]) -> dict[str, str]:
    labels = {
        block["block_id"]: block["label"]["text"]
        for block in dialog.content["blocks"]
        if block["type"] == "input"
    }
    if errors.keys() - labels.keys() or not all(errors.values()):
        raise SlackError("errors for blocks that are no inputs")
    return {labels[block_id]: said for block_id, said in errors.items()}
