"""Somebody at Slack, for stories that are told for every platform: see `tests.rig.either`."""

from collections.abc import Awaitable, Callable, Mapping
from copy import deepcopy
from functools import partial

from tests.rig.reading import dialog, direct, in_room, plain, text
from tests.rig.service import Rig
from tests.rig.slack.person import Reply
from tests.rig.slack.reading import buttons
from tests.rig.slack.waiting import eventually
from tests.rig.slack.world import Dialog, Ephemeral, Message

MORE = "Plus…"


class AtSlack:
    def __init__(self, rig: Rig, name: str) -> None:
        self._rig = rig
        self._name = name
        self._user = rig.user(name)
        self._shown: Message | Ephemeral | Dialog

    async def types(self, command: str) -> str:
        return await self._answered(lambda: self._user.command(f"/crisis {command}"))

    async def orders(self, command: str) -> None:
        await self._user.command(f"/crisis {command}")
        await self._rig.settle()

    async def form(self, command: str) -> str:
        await self._user.command(f"/crisis {command}")
        return await self._form()

    async def submits(self, values: Mapping[str, str | list[str]]) -> str:
        assert isinstance(self._shown, Dialog)
        form = self._shown
        return await self._answered(lambda: self._user.submit(form, values))

    async def fills(self, values: Mapping[str, str | list[str]]) -> None:
        await self.sends(values)
        await self._rig.settle()

    async def sends(self, values: Mapping[str, str | list[str]]) -> None:
        assert isinstance(self._shown, Dialog)
        await self._user.submit(self._shown, values)

    def link(self, label: str) -> str:
        shown = self._shown
        blocks = shown.content["blocks"] if isinstance(shown, Dialog) else shown.blocks
        return next(str(one["url"]) for one in buttons(blocks) if one["text"]["text"] == label)

    async def presses(self, label: str) -> str:
        return await self._answered(lambda: self._user.press(label, on=self._shown))

    async def types_in_room(self, command: str) -> None:
        await self._user.command(f"/crisis {command}", channel=self._rig.room)
        await self._rig.settle()

    async def form_in_room(self, command: str) -> None:
        await self._user.command(f"/crisis {command}", channel=self._rig.room)
        await self._form()

    async def asks_by(self, command: str) -> str:
        return await self._answered(lambda: self._user.command(f"/crisis {command}", channel=self._rig.room))

    async def reports(self, words: str) -> str:
        await self._user.message_action("Ouvrir une crise", await self._rig.elsewhere(self._name, words))
        return await self._form()

    async def finds(self, words: str) -> str:
        self._shown = in_room(self._rig, self._name, words)
        return text(self._rig, self._name, self._shown)

    async def finds_directly(self, words: str) -> str:
        self._shown = direct(self._rig, self._name, words)
        return text(self._rig, self._name, self._shown)

    async def says(self, words: str) -> Message:
        return self._rig.slack.someone_writes(self._user.account.id, self._rig.room, words)

    async def keeps(self, message: Message) -> str:
        return await self._answered(lambda: self._user.message_action("Ajouter au journal", message))

    async def brings(self, name: str) -> None:
        self._rig.slack.rooms[-1].members.append(self._rig.user(name).account.id)

    async def leaves(self) -> None:
        await self._user.leaves(self._rig.room)
        await self._rig.settle()

    def pockets(self) -> None:
        self._shown = deepcopy(self._shown)

    async def reads_directly(self) -> list[str]:
        return [text(self._rig, self._name, message) for message in self._user.direct_messages()]

    async def does(self, label: str) -> None:
        await self._user.press(label, on=self._shown)
        await self._rig.settle()

    async def asks(self, label: str) -> str:
        await self._user.press(label, on=self._shown)
        return await self._form()

    async def _form(self) -> str:
        form = await dialog(self._rig, self._name)
        self._shown = form
        return plain(str(form.content["blocks"]))

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
        room = self._user.sees_in(self._rig.slack.rooms[-1].name)
        return "\n".join(text(self._rig, self._name, message) for message in room)

    async def reads_brief(self) -> str:
        return text(self._rig, self._name, in_room(self._rig, self._name, "À FAIRE MAINTENANT"))

    async def _found(self, label: str) -> Message | Ephemeral:
        """What carries the button: a message of the room, else a page of «Plus…»."""
        shown: list[Message | Ephemeral] = [*self._rig.slack.rooms[-1].messages]
        for _page in range(6):
            for each in reversed(shown):
                if label in labels(each):
                    return each
            more = next(each for each in shown if MORE in labels(each))
            seen = len(self._user.ephemerals())
            await self._user.press(MORE, on=more)
            await eventually(partial(self._heard, seen))
            shown = [self._user.ephemerals()[-1]]
        raise AssertionError(f"nothing in the room offers {label!r}")

    def _heard(self, seen: int) -> bool:
        return len(self._user.ephemerals()) > seen

    def listens(self) -> Callable[[object], Awaitable[str]]:
        user, before = self._user, len(self._user.ephemerals())
        earlier = user.open_modal()
        content = earlier and dict(earlier.content)

        def shown() -> Ephemeral | Dialog | None:
            now = user.open_modal()
            changed = now if now is not None and (now is not earlier or now.content != content) else None
            return user.ephemerals()[-1] if len(user.ephemerals()) > before else changed

        async def hears(reply: object) -> str:
            if isinstance(reply, Reply) and reply.errors:
                return plain("\n".join(reply.errors.values()))
            await eventually(shown)
            seen = shown()
            assert seen is not None
            self._shown = seen
            await self._rig.settle()
            return text(self._rig, self._name, seen)

        return hears

    async def _answered(self, doing: Callable[[], Awaitable[object]]) -> str:
        hears = self.listens()
        return await hears(await doing())


def labels(shown: Message | Ephemeral) -> list[str]:
    """The buttons of what is shown."""
    return [button["text"]["text"] for button in buttons(shown.blocks)]
