"""Somebody at Teams, for stories that are told for every platform: see `tests.rig.either`."""

from collections.abc import Awaitable, Callable, Mapping
from copy import deepcopy

from tests.rig.at_slack import MORE
from tests.rig.reading import direct, in_room, plain, text
from tests.rig.slack.waiting import eventually
from tests.rig.teams.delivery import Reply
from tests.rig.teams.lint import CARD
from tests.rig.teams.reading import Pressable, inputs, pressables, seen
from tests.rig.teams.world import BOT, Dialog, Message
from tests.rig.teams_service import TeamsRig

OPEN_FORM = "Ouvrir le formulaire"
LOOK_THERE = "Je vous ai répondu directement"


class AtTeams:
    """What is said to this person alone is a line below what they pressed, a dialog, or a direct message."""

    def __init__(self, rig: TeamsRig, name: str) -> None:
        self._rig = rig
        self._name = name
        self._user = rig.user(name)
        self._shown: Message | Dialog

    async def types(self, command: str) -> str:
        return await self._answered(lambda: self._types(f"crisis {command}"))

    async def orders(self, command: str) -> None:
        await self._types(f"crisis {command}")
        await self._rig.settle()

    async def types_in_room(self, command: str) -> None:
        await self._types(f"crisis {command}", where=self._rig.room)
        await self._rig.settle()

    async def form_in_room(self, command: str) -> None:
        await self.asks_by(command)
        await self.asks(OPEN_FORM)

    async def asks_by(self, command: str) -> str:
        return await self._answered(lambda: self._types(f"crisis {command}", where=self._rig.room))

    async def form(self, command: str) -> str:
        await self.types(command)
        return await self.asks(OPEN_FORM)

    async def submits(self, values: Mapping[str, str | list[str]]) -> str:
        form = self._form()
        return await self._answered(lambda: self._user.submit(form, values))

    async def fills(self, values: Mapping[str, str | list[str]]) -> None:
        await self.sends(values)
        await self._rig.settle()

    async def sends(self, values: Mapping[str, str | list[str]]) -> None:
        await self._user.submit(self._form(), values)
        shown = self._user.open_dialog()
        assert shown is None or not inputs(shown.card), text(self._rig, self._name, shown)

    async def reports(self, words: str) -> str:
        await self._user.message_action("Open a crisis", await self._rig.elsewhere(self._name, words))
        return text(self._rig, self._name, self._form())

    async def finds(self, words: str) -> str:
        self._shown = in_room(self._rig, self._name, words)
        return text(self._rig, self._name, self._shown)

    async def finds_directly(self, words: str) -> str:
        self._shown = direct(self._rig, self._name, words)
        return text(self._rig, self._name, self._shown)

    async def says(self, words: str) -> Message:
        await self._user.types(words, where=self._rig.room)
        return self._rig.said_in_room[-1]

    async def keeps(self, message: Message) -> str:
        return await self._answered(lambda: self._user.message_action("Add to the journal", message))

    async def brings(self, name: str) -> None:
        await self._rig.teams.adds(name, to=self._rig.room, by=self._name)

    async def leaves(self) -> None:
        await self._rig.teams.takes_out(self._name, of=self._rig.room, by=self._name)
        await self._rig.settle()

    def pockets(self) -> None:
        self._shown = deepcopy(self._shown)

    async def reads_directly(self) -> list[str]:
        said = [one for one in self._user.direct_messages() if one.sender == BOT]
        return [text(self._rig, self._name, message) for message in said]

    def link(self, label: str) -> str:
        shown = self._shown
        cards = [shown.card] if isinstance(shown, Dialog) else self._user.cards(shown)
        actions = [one.action for card in cards for one in pressables(card)]
        return next(str(one["url"]) for one in actions if one.get("title") == label)

    async def presses(self, label: str) -> str:
        return await self._answered(lambda: self._press(label, self._shown))

    async def does(self, label: str) -> None:
        await self._press(label, self._shown)
        await self._rig.settle()

    async def asks(self, label: str) -> str:
        await self._press(label, self._shown)
        form = self._form()
        choices = [one["title"] for field in inputs(form.card) for one in field.get("choices", [])]
        return "\n".join([text(self._rig, self._name, form), *choices])

    async def presses_in_room(self, label: str) -> None:
        self._shown = await self._found(label)
        await self.does(label)

    async def hears_in_room(self, label: str) -> str:
        self._shown = await self._found(label)
        return await self.presses(label)

    async def asks_in_room(self, label: str) -> None:
        self._shown = await self._found(label)
        await self.asks(label)

    async def reads_room(self) -> str:
        room = self._user.sees_in(self._rig.room)
        return "\n".join(text(self._rig, self._name, message) for message in room)

    async def reads_brief(self) -> str:
        return text(self._rig, self._name, in_room(self._rig, self._name, "À FAIRE MAINTENANT"))

    def _form(self) -> Dialog:
        form = self._user.open_dialog()
        assert form is not None, self._user.toasts()[-1:]
        self._shown = form
        return form

    async def _found(self, label: str) -> Message | Dialog:
        """What carries the button: a message of the room, else a page of «Plus…»."""
        shown: list[Message | Dialog] = [*self._user.sees_in(self._rig.room)]
        for _page in range(6):
            for each in reversed(shown):
                if label in self._user.buttons(each):
                    return each
            more = next((each for each in shown if MORE in self._user.buttons(each)), None)
            assert more is not None, await self.reads_room()
            await self._press(MORE, more)
            shown = [self._form()]
        raise AssertionError(f"nothing in the room offers {label!r}")

    async def _types(self, command: str, where: str | None = None) -> None:
        self._closes_what_is_open()
        await self._user.command(command, where=where)

    async def _press(self, label: str, on: Message | Dialog) -> Reply | None:
        """Press a button, and say yes if asked once more."""
        if isinstance(on, Message):
            self._closes_what_is_open()
        cards = [on.card] if isinstance(on, Dialog) else self._user.cards(on)
        asking = [one.action["card"] for card in cards for one in pressables(card) if _asks_first(one, label)]
        return await self._user.press(asking[0]["actions"][0]["title"] if asking else label, on=on)

    def _closes_what_is_open(self) -> None:
        while (dialog := self._user.open_dialog()) is not None:
            self._user.closes(dialog)

    def listens(self) -> Callable[[object], Awaitable[str]]:
        user = self._user
        heard, lines, before = len(user.direct_messages()), len(user.toasts()), user.open_dialog()

        def shown() -> Message | Dialog | None:
            form, said = user.open_dialog(), user.direct_messages()[heard:]
            ours = [one for one in said if one.sender == BOT]
            return form if form is not None and form is not before else ours[-1] if ours else None

        def line() -> str:
            said = "".join(user.toasts()[lines:])
            return "" if said.startswith(LOOK_THERE) else said

        async def hears(reply: object) -> str:
            drawn = _drawn(reply)
            await eventually(lambda: drawn or shown() or line())
            seen, said = shown(), drawn or line()
            if not drawn and seen is not None:
                self._shown = seen
                said = text(self._rig, self._name, seen)
            await self._rig.settle()
            return plain(said)

        return hears

    async def _answered(self, doing: Callable[[], Awaitable[object]]) -> str:
        hears = self.listens()
        return await hears(await doing())


def _drawn(reply: object) -> str:
    """The card that came in the place of the pressed one, for whoever pressed."""
    answer = reply.json if isinstance(reply, Reply) and reply.text else {}
    return seen("", [answer["value"]]) if answer.get("type") == CARD else ""


def _asks_first(one: Pressable, label: str) -> bool:
    return one.action["type"] == "Action.ShowCard" and one.action.get("title") == label
