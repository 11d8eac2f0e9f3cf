"""Presses, forms and commands: handed to the core, and its answer shown in the page's dialog."""

from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse

from adapters.web import inbound
from adapters.web.desk import Desk
from adapters.web.visitor import Visitor
from bot.cards import Answer
from bot.domain.ids import RoomRef
from bot.interactions import FormSubmission
from bot.views.guests import for_guest


async def act(desk: Desk, request: Request) -> HTMLResponse:
    visitor, form = await _posted(desk, request)
    press = inbound.press(form, visitor)
    return _answer(desk, visitor, await desk.handle(press), room=press.room)


async def command(desk: Desk, request: Request) -> HTMLResponse:
    visitor, form = await _posted(desk, request)
    typed = inbound.command(form, visitor)
    return _answer(desk, visitor, await desk.handle(typed), room=typed.room)


async def submit(desk: Desk, request: Request) -> HTMLResponse:
    """Hand in a form. A refused one stays on the page with what was typed: only the reasons go out (422)."""
    visitor, form = await _posted(desk, request)
    filled = inbound.submission(form, visitor)
    answer = await desk.handle(filled)
    refused = answer.errors or answer.code
    if refused and answer.form is None:
        return _refused_form(desk, visitor, answer, filled, fields=inbound.fields(form))
    return _answer(desk, visitor, answer, room=filled.room, typed=filled.values if answer.errors else None)


async def _posted(desk: Desk, request: Request) -> tuple[Visitor, FormData]:
    """Read what somebody we know sent. Who is known comes first: its refusal says to save what was typed."""
    visitor = await desk.door.visitor(request)
    visitor.known()
    return visitor, await inbound.read_form(desk, request, visitor)


def _answer(
    desk: Desk,
    visitor: Visitor,
    answer: Answer,
    *,
    room: RoomRef | None,
    typed: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Draw what goes into the dialog; nothing closes it, and the page tells that it is done."""
    if answer.form is not None:
        html = desk.screen.draw(
            "form.html",
            visitor,
            form=answer.form,
            card_id="form",
            errors=answer.errors,
            typed=typed or {},
            room=room or "",
        )
    elif answer.card is not None:
        card = answer.card if visitor.guest_of is None else for_guest(answer.card)
        html = desk.screen.draw("answer_card.html", visitor, card=card, card_id="answer", room=room or "")
    else:
        html = ""
    return HTMLResponse(html)


def _refused_form(
    desk: Desk, visitor: Visitor, answer: Answer, filled: FormSubmission, *, fields: frozenset[str]
) -> HTMLResponse:
    """Draw the reasons: beside the fields that the form has, the others above them."""
    html = desk.screen.draw(
        "refused_form.html",
        visitor,
        card=answer.card,
        card_id="notice",
        beside={name: error for name, error in answer.errors.items() if name in fields},
        above=[error for name, error in answer.errors.items() if name not in fields],
        room=filled.room or "",
    )
    return HTMLResponse(html, status_code=422)
