"""A letter to the member, as a picture to look at and as a file to print: to whoever made it alone."""

import asyncio
from base64 import b64encode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from adapters.web import problems
from adapters.web.desk import Desk
from adapters.web.problems import Problem
from adapters.web.visitor import Visitor
from bot.ports import Letter, Paper, Unprintable


async def letter(desk: Desk, request: Request) -> HTMLResponse:
    """Show the pages. The pictures stand in the page itself: no address of their own leads to them."""
    visitor, paper, found = await _found(desk, request)
    try:
        pictures = [b64encode(png).decode() for png in await paper.pictures(found)]
    except Unprintable as unprintable:
        return HTMLResponse(_draw(desk, visitor, request, missing=unprintable.signs), 422)
    return HTMLResponse(_draw(desk, visitor, request, pictures=pictures))


async def pdf(desk: Desk, request: Request) -> Response:
    """Send the file. Its name is that of the crisis."""
    _visitor, paper, found = await _found(desk, request)
    try:
        content = await paper.pdf(found)
    except Unprintable:
        raise Problem(422, problems.UNPRINTABLE) from None
    disposition = f'attachment; filename="{found.name}.pdf"'
    return Response(content, media_type="application/pdf", headers={"Content-Disposition": disposition})


async def _found(desk: Desk, request: Request) -> tuple[Visitor, Paper, Letter]:
    visitor = await desk.door.visitor(request)
    person, subject = visitor.of_the_plan().id, request.path_params["letter"]
    found = await asyncio.to_thread(desk.board.letter, person, subject)
    if found is None or desk.paper is None:
        raise Problem(404, problems.NO_LETTER)
    return visitor, desk.paper, found


def _draw(
    desk: Desk, visitor: Visitor, request: Request, *, pictures: list[str] | None = None, missing: str = ""
) -> str:
    file = f"/letters/{request.path_params['letter']}/pdf"
    return desk.screen.draw("letter.html", visitor, pictures=pictures or [], missing=missing, file=file)
