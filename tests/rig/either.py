"""Somebody at Slack, or at a browser: a story is told once for both."""

from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from typing import Protocol

from bot.domain.ids import PersonId
from tests.rig.reading import dialog, text
from tests.rig.service import Rig
from tests.rig.slack.waiting import eventually
from tests.rig.slack.world import Dialog, Ephemeral
from tests.rig.web_person import Page, WebPerson


class Somebody(Protocol):
    """`types` and `submits` return what the person reads in answer."""

    async def types(self, command: str) -> str: ...

    async def form(self, command: str) -> None:
        """Type a command that a form answers."""

    async def submits(self, values: Mapping[str, str]) -> str: ...

    async def presses(self, label: str) -> str:
        """Press a button of the last answer."""


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

    async def presses(self, label: str) -> str:
        return await self._answered(lambda: self._user.press(label, on=self._shown))

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

    async def presses(self, label: str) -> str:
        self._shown = await self._person.press(label, on=self._shown)
        return await self._read(self._shown)

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


EITHER: Mapping[str, Callable[[Rig, str], Somebody]] = {"slack": AtSlack, "browser": AtABrowser}
