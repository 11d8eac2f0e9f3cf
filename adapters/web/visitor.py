"""Who a request comes from, looked up anew each time."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from adapters.web import problems
from adapters.web.ports import Board, GuestPass, PersonSummary
from adapters.web.problems import Problem
from adapters.web.session import Session, Sessions, came_directly, new_session
from bot.domain.ids import CrisisId, PersonId
from bot.ports import Clock
from bot.texts import Translator, translator


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody in front of the page. `form_token` goes into their forms; `may_choose`: pick who they are.

    `guest_of` is the one crisis that a guest sees.
    """

    session: Session
    is_new: bool
    form_token: str
    person: PersonSummary | None
    people: Sequence[PersonSummary]
    may_choose: bool
    say: Translator
    zone: ZoneInfo
    now: datetime
    guest_of: CrisisId | None = None

    def known(self) -> PersonSummary:
        """Return the person; raises `Problem` (401) when nobody has come in."""
        if self.person is None:
            raise Problem(401, problems.ENDED)
        return self.person

    def of_the_plan(self) -> PersonSummary:
        """Return the person; raises `Problem` (404) for a guest, who has a page of their own and no other."""
        person = self.known()
        if self.guest_of is not None:
            raise Problem(404, problems.NOTHING_HERE)
        return person

    def name_of(self, person: PersonId) -> str:
        return next((known.name for known in self.people if known.id == person), person)


class Door:
    """Tells visitors apart. With `demo` the settings allow to choose freely; each request must as well."""

    def __init__(self, *, board: Board, sessions: Sessions, clock: Clock, demo: bool) -> None:
        self._board = board
        self._sessions = sessions
        self._clock = clock
        self._demo = demo

    async def visitor(self, request: Request) -> Visitor:
        """Find out who this is. A session that was chosen freely counts only where choosing is allowed."""
        now = self._clock()
        earlier = self._sessions.read(request.cookies.get(self._sessions.cookie), now)
        session = earlier or new_session()
        may_choose = self._demo and came_directly(request.headers)
        person = None if session.chosen and not may_choose else session.person
        people = await asyncio.to_thread(self._board.people)
        guest = await asyncio.to_thread(self._board.guest, session.guest, now) if session.guest else None
        known = guest.person if guest else next((entry for entry in people if entry.id == person), None)
        locale, zone = await asyncio.to_thread(self._habits, known, guest, request.headers)
        return Visitor(
            session=session,
            is_new=earlier is None,
            form_token=self._sessions.form_token(session),
            person=known,
            people=people,
            may_choose=may_choose,
            say=translator(locale),
            zone=ZoneInfo(zone),
            now=now,
            guest_of=guest.crisis if guest else None,
        )

    def _habits(
        self, known: PersonSummary | None, guest: GuestPass | None, headers: Headers
    ) -> tuple[str, str]:
        """Return the language and the time zone to speak in; what a stranger sees has no hour."""
        if guest is not None:
            return guest.locale, guest.zone
        if known is None:
            return headers.get("accept-language", "fr"), "UTC"
        return self._board.person_locale(known.id), self._board.person_zone(known.id)

    def greet(self, visitor: Visitor, response: Response) -> None:
        """Give a newcomer the session that the forms of this page belong to."""
        if visitor.is_new:
            self._sessions.write(response, visitor.session, visitor.now)
