"""Coming in and leaving: the personal link, the demonstration's choice, the way out."""

import asyncio

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from adapters.web import inbound, problems
from adapters.web.desk import Desk
from adapters.web.problems import Problem
from adapters.web.session import new_session
from bot.domain.ids import PersonId


async def link(desk: Desk, request: Request) -> HTMLResponse:
    """Show one button, and burn nothing: chat programs open links ahead to preview them."""
    visitor = await desk.door.visitor(request)
    response = HTMLResponse(desk.screen.draw("enter.html", visitor, link=request.url.path, room=""))
    desk.door.greet(visitor, response)
    return response


async def come_in(desk: Desk, request: Request) -> Response:
    """Burn the personal link, or take the guest's, and begin a session at an address without it.

    A link that ends in a letter's name leads to that letter.
    """
    visitor = await desk.door.visitor(request)
    await inbound.read_form(desk, request, visitor)
    token = request.path_params["token"]
    guest = await asyncio.to_thread(desk.board.enter, token, visitor.now)
    person = None if guest else await asyncio.to_thread(desk.board.login, token, visitor.now)
    if guest is None and person is None:
        raise Problem(410, problems.LINK_USED)
    letter = request.path_params.get("letter")
    response = RedirectResponse(f"/letters/{letter}" if letter else "/", status_code=303)
    desk.sessions.write(response, new_session(person, guest=guest or ""), visitor.now)
    return response


async def choice(desk: Desk, request: Request) -> HTMLResponse:
    visitor = await desk.door.visitor(request)
    if not visitor.may_choose:
        raise Problem(404, problems.NOTHING_HERE)
    response = HTMLResponse(desk.screen.draw("choose.html", visitor, room=""))
    desk.door.greet(visitor, response)
    return response


async def choose(desk: Desk, request: Request) -> Response:
    """Become somebody of the plan, where the demonstration allows it."""
    visitor = await desk.door.visitor(request)
    form = await inbound.read_form(desk, request, visitor)
    person = PersonId(inbound.text(form, "person"))
    if not visitor.may_choose or all(known.id != person for known in visitor.people):
        raise Problem(404, problems.NOTHING_HERE)
    response = RedirectResponse("/", status_code=303)
    desk.sessions.write(response, new_session(person, chosen=True), visitor.now)
    return response


async def leave(desk: Desk, request: Request) -> Response:
    visitor = await desk.door.visitor(request)
    await inbound.read_form(desk, request, visitor)
    response = RedirectResponse("/", status_code=303)
    desk.sessions.erase(response)
    return response
