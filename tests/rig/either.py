"""Somebody at Slack, at Teams, or at a browser: a story is told once for all."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from hashlib import sha256
from html import unescape
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, Protocol

import httpx

from bot.data import SAMPLE_PLAN
from bot.domain.ids import PersonId, Platform
from tests.rig.at_slack import MORE, AtSlack
from tests.rig.at_teams import AtTeams
from tests.rig.reading import plain
from tests.rig.service import Running, served, workspace
from tests.rig.slack.double import SlackDouble
from tests.rig.slack.service import MovedClock
from tests.rig.teams.double import TeamsDouble
from tests.rig.teams_service import TeamsRig, served_on_teams, tenant
from tests.rig.web_person import Page, WebPerson


class Somebody(Protocol):
    """`types` and `submits` return what the person reads in answer."""

    async def types(self, command: str) -> str: ...

    async def orders(self, command: str) -> None:
        """Type a command that nothing answers."""

    async def form(self, command: str) -> str:
        """Type a command that a form answers; what stands in the form."""

    async def submits(self, values: Mapping[str, str | list[str]]) -> str: ...

    async def fills(self, values: Mapping[str, str | list[str]]) -> None:
        """Fill a form that nothing answers."""

    async def presses(self, label: str) -> str:
        """Press a button of the last answer."""

    def link(self, label: str) -> str:
        """Where a link of the last answer leads."""

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


class InChat(Somebody, Protocol):
    """Somebody where the crisis is a conversation: what they find there, they press afterwards."""

    async def types_in_room(self, command: str) -> None:
        """Type a command in the crisis room."""

    async def form_in_room(self, command: str) -> None:
        """Type a command in the crisis room that a form answers."""

    async def asks_by(self, command: str) -> str:
        """Type a command in the crisis room, and read what answers."""

    async def reports(self, words: str) -> str:
        """Choose «Ouvrir une crise» on what Tom writes where both are; what stands in the form."""

    async def finds(self, words: str) -> str:
        """The newest message of the crisis room with these words."""

    async def finds_directly(self, words: str) -> str:
        """The newest direct message with these words."""

    async def says(self, words: str) -> Any:
        """Write in the crisis room to the others; the message."""

    async def keeps(self, message: Any) -> str:
        """Choose «Ajouter au journal» on a message, and read what answers."""

    async def brings(self, name: str) -> None:
        """Let somebody into the crisis room by hand."""

    async def leaves(self) -> None:
        """Leave the crisis room by hand."""

    def listens(self) -> Callable[[object], Awaitable[str]]:
        """From now on; what they read of it once the app has replied."""

    def pockets(self) -> None:
        """Look no more: what was found stays on their screen as it is, whatever comes."""

    async def reads_directly(self) -> list[str]:
        """All that was said to them directly, oldest first."""

    async def does(self, label: str) -> None:
        """Press a button of what was found, which nothing answers."""

    async def asks(self, label: str) -> str:
        """Press a button that a form answers; what stands in the form."""

    async def sends(self, values: Mapping[str, str | list[str]]) -> None:
        """Fill a form that nothing answers; what comes of it is not yet shown to anybody."""


class AtABrowser:
    def __init__(self, rig: Running[Any], name: str) -> None:
        self._rig = rig
        self._name = name
        self._person = WebPerson(rig.service.app)
        self._shown: Page | None = None

    async def types(self, command: str) -> str:
        await self._enters()
        self._shown = await self._person.command(command)
        return await self._read(self._shown)

    async def orders(self, command: str) -> None:
        await self.types(command)

    async def form(self, command: str) -> str:
        return await self.types(command)

    async def submits(self, values: Mapping[str, str | list[str]]) -> str:
        self._shown = await self._person.submit(values)
        return await self._read(self._shown)

    async def fills(self, values: Mapping[str, str | list[str]]) -> None:
        await self.submits(values)

    async def presses(self, label: str) -> str:
        self._shown = await self._person.press(label, on=self._shown)
        return await self._read(self._shown)

    def link(self, label: str) -> str:
        found = self._shown and re.search(rf'href="([^"]+)"[^>]*>{label}<', self._shown.html)
        assert found
        return unescape(found[1])

    async def presses_in_room(self, label: str) -> None:
        await self.hears_in_room(label)

    async def hears_in_room(self, label: str) -> str:
        page = await self._room()
        for _page in range(6):
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

    def dials(self) -> list[str]:
        """The numbers that a tap calls on what they read last."""
        return [] if self._shown is None else re.findall(r'href="tel:([^"]+)"', self._shown.html)

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
        clock, token = self._rig.clock, token_urlsafe()
        with self._rig.service.application.store.write() as uow:
            uow.links.add(
                sha256(token.encode()).digest(), PersonId(self._name), expires_at=clock().replace(year=2999)
            )
            uow.commit()
        await self._person.enter(token)

    async def _read(self, page: Page) -> str:
        await self._rig.settle()
        return plain(page.text)


EITHER: Mapping[str, Callable[[Any, str], Somebody]] = {
    "slack": AtSlack,
    "teams": AtTeams,
    "browser": AtABrowser,
}
CHATS: Mapping[str, Callable[[Any, str], InChat]] = {"slack": AtSlack, "teams": AtTeams}
AROUND: Mapping[str, Callable[[Any, str], InChat]] = {**CHATS, "browser": AtSlack}
"""Where the others of a story are: beside whoever is at a browser, on Slack."""


def at(rig: Running[Any], name: str) -> InChat:
    """Somebody at the chat that the service works with."""
    return CHATS["teams" if isinstance(rig, TeamsRig) else "slack"](rig, name)


def cloud(where: str) -> SlackDouble | TeamsDouble:
    """The chat that the service works with; whoever is at a browser has others beside them, on Slack."""
    return tenant() if where == "teams" else workspace()


@asynccontextmanager
async def served_on(
    chat: SlackDouble | TeamsDouble, folder: Path, clock: MovedClock, *, plan: Path = SAMPLE_PLAN
) -> AsyncIterator[Running[Any]]:
    """The service itself, on a cloud that lives longer."""
    if isinstance(chat, TeamsDouble):
        async with served_on_teams(chat, folder, clock, plan=plan) as on_teams:
            yield on_teams
    else:
        async with served(chat, folder, clock, plan=plan) as on_slack:
            yield on_slack


@asynccontextmanager
async def rig_at(where: str, folder: Path, *, plan: Path = SAMPLE_PLAN) -> AsyncIterator[Running[Any]]:
    """Serve the sample plan, or another."""
    with cloud(where) as chat:
        async with served_on(chat, folder, MovedClock(), plan=plan) as rig:
            yield rig
