"""The pages, and the parts of them that are drawn anew when something changes."""

import asyncio

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from adapters.web import problems
from adapters.web.desk import Desk
from adapters.web.ports import RoomPage
from adapters.web.problems import Problem
from adapters.web.visitor import Visitor
from bot.cards import Card, Text, Tone
from bot.domain.ids import RoomRef
from bot.domain.states import CrisisStatus
from bot.texts import Translator


async def home(desk: Desk, request: Request) -> Response:
    """Show what waits for the visitor; to nobody, how to come in."""
    visitor = await desk.door.visitor(request)
    if visitor.person is not None:
        return HTMLResponse(await asyncio.to_thread(_draw_home, desk, visitor, "home.html"))
    if visitor.may_choose:
        return RedirectResponse("/me", status_code=303)
    return HTMLResponse(desk.screen.draw("stranger.html", visitor), status_code=401)


async def home_fragment(desk: Desk, request: Request) -> HTMLResponse:
    visitor = await desk.door.visitor(request)
    return HTMLResponse(await asyncio.to_thread(_draw_home, desk, visitor, "home_fragment.html"))


async def room(desk: Desk, request: Request) -> HTMLResponse:
    visitor = await desk.door.visitor(request)
    ref = RoomRef(request.path_params["room"])
    return HTMLResponse(await asyncio.to_thread(_draw_room, desk, visitor, ref, "room.html"))


async def journal(desk: Desk, request: Request) -> Response:
    """Send the room's journal as a file."""
    visitor = await desk.door.visitor(request)
    ref = RoomRef(request.path_params["room"])
    file = await asyncio.to_thread(desk.board.journal, visitor.of_the_plan().id, ref)
    if file is None:
        raise Problem(404, problems.NOTHING_HERE)
    name, content = file
    disposition = f'attachment; filename="{name}"'
    return Response(content, media_type="text/plain", headers={"Content-Disposition": disposition})


async def room_fragment(desk: Desk, request: Request) -> HTMLResponse:
    visitor = await desk.door.visitor(request)
    ref = RoomRef(request.path_params["room"])
    return HTMLResponse(await asyncio.to_thread(_draw_room, desk, visitor, ref, "room_fragment.html"))


async def card_fragment(desk: Desk, request: Request) -> HTMLResponse:
    visitor = await desk.door.visitor(request)
    ref, card = RoomRef(request.path_params["room"]), request.path_params["card"]
    return HTMLResponse(await asyncio.to_thread(_draw_card, desk, visitor, ref, card))


def _draw_home(desk: Desk, visitor: Visitor, template: str) -> str:
    person, _ = visitor.known().id, visitor.say
    guest = visitor.guest_of
    rooms = desk.board.rooms(person) if guest is None else ()
    return desk.screen.draw(
        template,
        visitor,
        fragment="/fragments/home",
        heading=_("For me"),
        room="",
        rooms=rooms,
        direct=desk.board.direct(person) if guest is None else desk.board.guest_cards(person, guest),
        waits=sum(summary.waits_for_me for summary in rooms),
        emergency=any(summary.status is not CrisisStatus.CLOSED for summary in rooms),
        status_words=_status_words(visitor.say),
    )


def _draw_room(desk: Desk, visitor: Visitor, ref: RoomRef, template: str) -> str:
    page = _room_page(desk, visitor, ref)
    person = visitor.known().id
    rooms = desk.board.rooms(person)
    return desk.screen.draw(
        template,
        visitor,
        fragment=f"/fragments/room/{ref}",
        heading=f"{page.summary.community} {page.summary.number}",
        room=ref,
        rooms=rooms,
        summary=page.summary,
        brief=page.brief,
        now=_to_do_now(page.brief.card) if page.brief else "",
        cards=page.cards,
        direct=desk.board.direct(person),
        waits=sum(summary.waits_for_me for summary in rooms),
        emergency=page.summary.status is not CrisisStatus.CLOSED,
        status_words=_status_words(visitor.say),
    )


def _draw_card(desk: Desk, visitor: Visitor, ref: RoomRef, card: str) -> str:
    page = _room_page(desk, visitor, ref)
    every = [*([page.brief] if page.brief else []), *page.cards]
    shown = next((each for each in every if each.id == card), None)
    if shown is None:
        raise Problem(404, problems.NOTHING_HERE)
    return desk.screen.draw("card.html", visitor, shown=shown, lang=page.summary.locale, room=ref)


def _room_page(desk: Desk, visitor: Visitor, ref: RoomRef) -> RoomPage:
    page = desk.board.room(visitor.of_the_plan().id, ref)
    if page is None:
        raise Problem(404, problems.NOTHING_HERE)
    return page


def _to_do_now(brief: Card) -> str:
    """Find the brief's first strong line: the one thing to do, which stays in view while the page scrolls."""
    strong = (block.text for block in brief.blocks if isinstance(block, Text) and block.tone is Tone.STRONG)
    return next(strong, brief.title)


def _status_words(_: Translator) -> dict[CrisisStatus, str]:
    return {
        CrisisStatus.OPEN: _("open crisis"),
        CrisisStatus.REPLIED: _("reply sent"),
        CrisisStatus.NO_ANSWER: _("no answer, by decision"),
        CrisisStatus.CLOSED: _("closed crisis"),
    }
