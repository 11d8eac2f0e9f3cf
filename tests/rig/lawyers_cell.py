"""The cell in the story of the external lawyer, on Slack or in the browser room: Léa, and Noé."""

import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

from playwright.async_api import expect

from tests.rig.at_slack import AtSlack
from tests.rig.browser_person import AT_ONCE, BrowserPerson, Cell
from tests.rig.night import WORDS, at_three_in_the_morning
from tests.rig.reading import in_room, text
from tests.rig.service import Rig, serving_slack
from tests.rig.slack.waiting import eventually
from tests.rig.slack.world import Message
from tests.rig.web_service import serving

OPENS = f"urgence {WORDS}"
INVITES = "invité juriste Yves Caron yves@cabinet.example"
THE_LINK = "a un lien vers cette seule crise"
ONCE = "il n'est montré que cette fois"
NO_CALL = "Notez l'appel aux secours"
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/r/[\w-]{43}")


class Lea(Protocol):
    """She opens, invites and writes. A reply is named by its text; every wait is short."""

    async def invites(self) -> str:
        """Open a crisis, invite a lawyer; the address that she is shown this once."""

    async def writes(self, words: str) -> None: ...

    async def rewrites(self, before: str, words: str) -> None: ...

    async def revokes_the_link(self) -> None: ...

    async def sees(self, *words: str) -> None:
        """See a card of the room that says all of this."""

    async def is_told(self, words: str) -> None:
        """Read this where nobody else does."""

    async def noe_sees(self, words: str, *, but_not: str) -> None:
        """Noé, of the same cell, reads the one and nowhere the other."""


class LeaAtSlack:
    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self._lea = AtSlack(rig, "lea")
        self._user = rig.user("lea")

    async def invites(self) -> str:
        await self._user.command(f"/crisis {OPENS}")
        await self._rig.settle()
        await self._user.command(f"/crisis {INVITES}", channel=self._rig.slack.rooms[-1].name)
        shown: list[str] = []

        def told() -> bool:
            shown[:] = [text(self._rig, "lea", said) for said in self._user.ephemerals()]
            return any(ONCE in said for said in shown)

        await eventually(told)
        found = ADDRESS.search(shown[-1])
        assert found is not None, shown[-1]
        return found[0]

    async def writes(self, words: str) -> None:
        await self._lea.asks_in_room("Écrire une réponse")
        await self._lea.fills({"text": words})

    async def rewrites(self, before: str, words: str) -> None:
        await self.sees(before)
        self._a_minute_passes()
        await self._lea.asks_in_room("Modifier…")
        await self._lea.fills({"text": words})

    async def revokes_the_link(self) -> None:
        self._a_minute_passes()
        await self._user.press("Révoquer le lien", on=in_room(self._rig, "lea", THE_LINK))

    async def sees(self, *words: str) -> None:
        await eventually(partial(self._stands, "lea", words, self._room))

    async def is_told(self, words: str) -> None:
        await eventually(partial(self._stands, "lea", [words], self._user.direct_messages))

    async def noe_sees(self, words: str, *, but_not: str) -> None:
        noe = self._rig.user("noe")
        await eventually(partial(self._stands, "noe", [words], self._room))
        everything = [*self._room(), *noe.direct_messages()]
        assert not any(but_not in text(self._rig, "noe", each) for each in everything)

    def _a_minute_passes(self) -> None:
        """In one Slack lets an app edit fifty messages."""
        self._rig.clock.ahead += timedelta(minutes=1)

    def _room(self) -> list[Message]:
        return self._user.sees_in(self._rig.slack.rooms[-1].name)

    def _stands(self, who: str, words: Sequence[str], messages: Callable[[], list[Message]]) -> bool:
        shown = (text(self._rig, who, message) for message in messages())
        return any(all(each in said for each in words) for said in shown)


class LeaAtABrowser:
    def __init__(self, lea: BrowserPerson, noe: BrowserPerson) -> None:
        self._lea = lea
        self._noe = noe

    async def invites(self) -> str:
        lea = self._lea
        await lea.types(OPENS)
        await lea.is_told("On appelle maintenant")
        await lea.opens_the_room("Ouvrir la cellule")
        await lea.types(INVITES)
        await expect(lea.dialog).to_contain_text(ONCE)
        address = await lea.dialog.locator("blockquote").inner_text()
        await lea.dialog.get_by_role("button", name="Fermer").click()
        return address.strip().splitlines()[-1]

    async def writes(self, words: str) -> None:
        await self._lea.press("Plus…", on=self._lea.brief)
        await self._lea.press("Écrire une réponse", on=self._lea.dialog)
        await self._lea.fills("Demander l'accord", "message privé", text=words)
        await self._lea.is_told(NO_CALL)

    async def rewrites(self, before: str, words: str) -> None:
        await self._lea.press("Modifier…", on=self._lea.card(before).first)
        await self._lea.fills("Demander l'accord", text=words)
        await self._lea.is_told(NO_CALL)

    async def revokes_the_link(self) -> None:
        await self._lea.press("Révoquer le lien", on=THE_LINK)
        await self._lea.press("Oui, révoquer", on=self._lea.dialog)

    async def sees(self, *words: str) -> None:
        found = self._lea.page.get_by_role("article")
        for each in words:
            found = found.filter(has_text=each)
        await expect(found.first).to_be_visible(timeout=AT_ONCE)

    async def is_told(self, words: str) -> None:
        hers = BrowserPerson(await self._lea.page.context.new_page())
        await hers.page.goto(self._lea.page.url.partition("/c/")[0])
        await hers.sees(words)
        await hers.page.close()

    async def noe_sees(self, words: str, *, but_not: str) -> None:
        await self._noe.opens_the_room("Ouvrir la cellule")
        await expect(self._noe.card(words).first).to_be_visible()
        await expect(self._noe.page.get_by_text(but_not)).to_have_count(0)


@asynccontextmanager
async def on_slack(_cell: Cell, folder: Path, port: int) -> AsyncIterator[Lea]:
    async with serving_slack(folder, at_three_in_the_morning(), port=port) as rig:
        yield LeaAtSlack(rig)


@asynccontextmanager
async def at_browsers(cell: Cell, folder: Path, port: int) -> AsyncIterator[Lea]:
    async with serving(folder, at_three_in_the_morning(), port=port):
        yield LeaAtABrowser(await cell.joins("Léa Marchand"), await cell.joins("Noé Girard"))


CELLS: Mapping[str, Callable[[Cell, Path, int], AbstractAsyncContextManager[Lea]]] = {
    "slack": on_slack,
    "browser": at_browsers,
}
