"""Coming in and leaving: a personal link, a guest's and its code, the demonstration's choice, the way out."""

import asyncio
import re

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from adapters.web import inbound, problems
from adapters.web.desk import Desk
from adapters.web.ports import Way
from adapters.web.problems import Problem
from adapters.web.session import Session, new_session
from adapters.web.visitor import Visitor
from bot.domain.errors import Code, Refused
from bot.domain.guest_codes import Typed
from bot.domain.guests import hash_of
from bot.domain.ids import PersonId

NOT_TYPED = re.compile(r"[\s-]")
"""What people put between digits."""

SIX_DIGITS = re.compile(r"[0-9]{6}")
ERRORS = {Typed.WRONG: problems.WRONG_CODE, Typed.SPENT: problems.CODE_SPENT}


async def link(desk: Desk, request: Request) -> HTMLResponse:
    """Show one button, and burn nothing: chat and mail programs open links ahead to preview or scan them."""
    visitor = await desk.door.visitor(request)
    asks = await _way(desk, request, visitor) is Way.CODE and not _known(desk, request, visitor)
    content = desk.screen.draw("enter.html", visitor, link=request.url.path, asks=asks, room="")
    return _greeted(desk, visitor, content)


async def come_in(desk: Desk, request: Request) -> Response:
    """Burn the personal link, or take the guest's, and begin a session at an address without it.

    A link that ends in a letter's name leads to that letter. To a browser that a guest's link does not know
    yet a code is sent first.
    """
    visitor = await desk.door.visitor(request)
    await inbound.read_form(desk, request, visitor)
    token, known = request.path_params["token"], _known(desk, request, visitor)
    if await _way(desk, request, visitor) is Way.CODE and not known:
        return await _send_code(desk, visitor, token)
    guest = await asyncio.to_thread(desk.board.enter, token, visitor.now, known=known)
    person = None if guest else await asyncio.to_thread(desk.board.login, token, visitor.now)
    if guest is None and person is None:
        raise Problem(410, problems.LINK_USED)
    letter = request.path_params.get("letter")
    session = new_session(person, guest=guest or "")
    return _inside(desk, visitor, session, to=f"/letters/{letter}" if letter else "/")


async def code(desk: Desk, request: Request) -> Response:
    """Ask for the code that was sent; nothing is sent by looking."""
    visitor = await desk.door.visitor(request)
    token = request.path_params["token"]
    if await _way(desk, request, visitor) is not Way.CODE:
        return RedirectResponse(f"/r/{token}", status_code=303)
    return _code_page(desk, visitor, token)


async def come_in_by_code(desk: Desk, request: Request) -> Response:
    """Begin a session with the right code, and know this browser again."""
    visitor = await desk.door.visitor(request)
    form = await inbound.read_form(desk, request, visitor)
    token, typed = request.path_params["token"], NOT_TYPED.sub("", inbound.text(form, "code"))
    if not SIX_DIGITS.fullmatch(typed):
        return _code_page(desk, visitor, token, error=problems.NO_CODE, status=422)
    try:
        tried = await asyncio.to_thread(desk.board.enter_with, token, typed, visitor.now)
    except Refused:
        raise Problem(410, problems.GUEST_LINK_OVER) from None
    if tried is not Typed.RIGHT:
        return _code_page(desk, visitor, token, error=ERRORS[tried], status=422)
    response = _inside(desk, visitor, new_session(guest=hash_of(token)))
    desk.sessions.remember(response, hash_of(token), visitor.now)
    return response


async def _send_code(desk: Desk, visitor: Visitor, token: str) -> Response:
    """To the known address, and ask for it at an address that sends no other when it is loaded again."""
    try:
        await asyncio.to_thread(desk.board.send_code, token, visitor.now)
    except Refused as refused:
        if refused.code is not Code.TOO_MANY_CODES:
            raise Problem(410, problems.GUEST_LINK_OVER) from None
        return _code_page(desk, visitor, token, error=problems.TOO_MANY_CODES, status=429)
    return RedirectResponse(f"/r/{token}/code", status_code=303)


async def _way(desk: Desk, request: Request, visitor: Visitor) -> Way:
    """What a guest's link asks for. Raises `Problem` (410) for one that is over."""
    way = await asyncio.to_thread(desk.board.way, request.path_params["token"], visitor.now)
    if way is Way.OVER:
        raise Problem(410, problems.GUEST_LINK_OVER)
    return way


def _known(desk: Desk, request: Request, visitor: Visitor) -> bool:
    return desk.sessions.knows(request.cookies, hash_of(request.path_params["token"]), visitor.now)


def _inside(desk: Desk, visitor: Visitor, session: Session, *, to: str = "/") -> Response:
    response = RedirectResponse(to, status_code=303)
    desk.sessions.write(response, session, visitor.now)
    return response


def _code_page(
    desk: Desk, visitor: Visitor, token: str, *, error: str = "", status: int = 200
) -> HTMLResponse:
    told = visitor.say(error) if error else ""
    content = desk.screen.draw("code.html", visitor, link=token, error=told, room="")
    return _greeted(desk, visitor, content, status)


def _greeted(desk: Desk, visitor: Visitor, content: str, status: int = 200) -> HTMLResponse:
    response = HTMLResponse(content, status)
    desk.door.greet(visitor, response)
    return response


async def choice(desk: Desk, request: Request) -> HTMLResponse:
    visitor = await desk.door.visitor(request)
    if not visitor.may_choose:
        raise Problem(404, problems.NOTHING_HERE)
    return _greeted(desk, visitor, desk.screen.draw("choose.html", visitor, room=""))


async def choose(desk: Desk, request: Request) -> Response:
    """Become somebody of the plan, where the demonstration allows it."""
    visitor = await desk.door.visitor(request)
    form = await inbound.read_form(desk, request, visitor)
    person = PersonId(inbound.text(form, "person"))
    if not visitor.may_choose or all(known.id != person for known in visitor.people):
        raise Problem(404, problems.NOTHING_HERE)
    return _inside(desk, visitor, new_session(person, chosen=True))


async def leave(desk: Desk, request: Request) -> Response:
    visitor = await desk.door.visitor(request)
    await inbound.read_form(desk, request, visitor)
    response = RedirectResponse("/", status_code=303)
    desk.sessions.erase(request, response)
    return response
