"""Somebody at Slack, or at a browser: a story is told once for both."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from hashlib import sha256
from typing import Protocol

import httpx

from bot.domain.ids import PersonId, Platform
from tests.rig.reading import dialog, in_room, text
from tests.rig.service import Rig
from tests.rig.slack.reading import buttons
from tests.rig.slack.waiting import eventually
from tests.rig.slack.world import Dialog, Ephemeral, Message
from tests.rig.web_person import Page, WebPerson

MORE = "Plus…"


class Somebody(Protocol):
    """`types` and `submits` return what the person reads in answer."""

    async def types(self, command: str) -> str: ...

    async def form(self, command: str) -> None:
        """Type a command that a form answers."""

    async def submits(self, values: Mapping[str, str]) -> str: ...

    async def fills(self, values: Mapping[str, str]) -> None:
        """Fill a form that nothing answers."""

    async def presses(self, label: str) -> str:
        """Press a button of the last answer."""

    async def presses_in_room(self, label: str) -> None:
        """Press a button of the crisis room, or one behind its «Plus…»."""

    async def hears_in_room(self, label: str) -> str:
        """Press such a button, and read what answers."""

    async def asks_in_room(self, label: str) -> None:
        """Press a button of the crisis room that a form answers."""

    async def reads_room(self) -> str:
        """All that stands in the crisis room."""

    async def reads_brief(self) -> str:
        """The card that says where the crisis stands."""


class AtSlack:
    def __init__(self, rig: Rig, name: str) -> None:
        self._rig = rig
        self._name = name
        self._user = rig.user(name)
        self._shown: Ephemeral | Dialog

    async def types(self, command: str) -> str:
        return await self._answered(lambda: self._user.command(f"/crisis {command}"))

    async def form(self, command: str) -> None:
        await self._user.command(f"/crisis {command}")
        self._shown = await dialog(self._rig, self._name)

    async def submits(self, values: Mapping[str, str]) -> str:
        assert isinstance(self._shown, Dialog)
        form = self._shown
        return await self._answered(lambda: self._user.submit(form, values))

    async def fills(self, values: Mapping[str, str]) -> None:
        assert isinstance(self._shown, Dialog)
        await self._user.submit(self._shown, values)
        await self._rig.settle()

    async def presses(self, label: str) -> str:
        return await self._answered(lambda: self._user.press(label, on=self._shown))

    async def presses_in_room(self, label: str) -> None:
        await self._user.press(label, on=await self._found(label))
        await self._rig.settle()

    async def hears_in_room(self, label: str) -> str:
        on = await self._found(label)
        return await self._answered(lambda: self._user.press(label, on=on))

    async def asks_in_room(self, label: str) -> None:
        on = await self._found(label)
        await self._user.press(label, on=on)
        self._shown = await dialog(self._rig, self._name)

    async def reads_room(self) -> str:
        room = self._user.sees_in(self._rig.slack.rooms[-1].name)
        return "\n".join(text(self._rig, self._name, message) for message in room)

    async def reads_brief(self) -> str:
        return text(self._rig, self._name, in_room(self._rig, self._name, "À FAIRE MAINTENANT"))

    async def _found(self, label: str) -> Message | Ephemeral:
        """What carries the button: a message of the room, else a page of «Plus…»."""
        shown: list[Message | Ephemeral] = [*self._rig.slack.rooms[-1].messages]
        for _page in range(4):
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

    async def _answered(self, doing: Callable[[], Awaitable[object]]) -> str:
        user, before = self._user, len(self._user.ephemerals())
        earlier = user.open_modal()
        content = earlier and dict(earlier.content)
        await doing()

        def shown() -> Ephemeral | Dialog | None:
            now = user.open_modal()
            changed = now if now is not None and (now is not earlier or now.content != content) else None
            return user.ephemerals()[-1] if len(user.ephemerals()) > before else changed

        await eventually(shown)
        seen = shown()
        assert seen is not None
        self._shown = seen
        await self._rig.settle()
        return text(self._rig, self._name, seen)


class AtABrowser:
    def __init__(self, rig: Rig, name: str) -> None:
        self._rig = rig
        self._name = name
        self._person = WebPerson(rig.service.app)
        self._shown: Page | None = None

    async def types(self, command: str) -> str:
        await self._enters()
        self._shown = await self._person.command(command)
        return await self._read(self._shown)

    async def form(self, command: str) -> None:
        await self.types(command)

    async def submits(self, values: Mapping[str, str]) -> str:
        self._shown = await self._person.submit(values)
        return await self._read(self._shown)

    async def fills(self, values: Mapping[str, str]) -> None:
        await self.submits(values)

    async def presses(self, label: str) -> str:
        self._shown = await self._person.press(label, on=self._shown)
        return await self._read(self._shown)

    async def presses_in_room(self, label: str) -> None:
        await self.hears_in_room(label)

    async def hears_in_room(self, label: str) -> str:
        page = await self._room()
        for _page in range(4):
            if any(label in form.labels for form in page.forms):
                break
            page = await self._person.press(MORE, on=page)
        self._shown = await self._person.press(label, on=page)
        return await self._read(self._shown)

    async def asks_in_room(self, label: str) -> None:
        await self.hears_in_room(label)

    async def reads_room(self) -> str:
        return await self._read(await self._room())

    async def reads_brief(self) -> str:
        page = await self._room()
        section = page.html.partition('<section id="brief"')[2].partition("</section>")[0]
        return await self._read(Page(httpx.Response(200, text=f"<section {section}")))

    async def _room(self) -> Page:
        """The page of the newest crisis, which has its room in the browser as well."""
        await self._enters()
        with self._rig.service.application.store.read() as uow:
            crisis = uow.crises.of(["forum", "club", "forum+club"])[-1]
        room = crisis.room_on(Platform.WEB)
        assert room is not None
        self._shown = await self._person.open(f"/c/{room.ref}")
        return self._shown

    async def _enters(self) -> None:
        if self._shown is not None:
            return
        clock = self._rig.clock
        with self._rig.service.application.store.write() as uow:
            digest = sha256(self._name.encode()).digest()
            uow.links.add(digest, PersonId(self._name), expires_at=clock().replace(year=2999))
            uow.commit()
        await self._person.enter(self._name)

    async def _read(self, page: Page) -> str:
        await self._rig.settle()
        return page.text.replace("\u00a0", " ").replace("\u202f", " ")


def labels(shown: Message | Ephemeral) -> list[str]:
    """The buttons of what is shown."""
    return [button["text"]["text"] for button in buttons(shown.blocks)]


EITHER: Mapping[str, Callable[[Rig, str], Somebody]] = {"slack": AtSlack, "browser": AtABrowser}
