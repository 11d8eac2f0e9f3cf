"""Two pages that anybody may read: what is kept, and on what terms Cellule is used. They set no cookie."""

from datetime import timedelta

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse

from adapters.web.desk import Desk
from adapters.web.session import LASTS
from bot.application import INBOX_KEPT
from bot.texts import translator

PRIVACY, TERMS = "/privacy", "/terms"


async def privacy(desk: Desk, request: Request) -> HTMLResponse:
    """Say truly what is kept, how long, and who answers for it."""
    hours = LASTS // timedelta(hours=1)
    return _page(desk, request, "privacy.html", hours=hours, days=INBOX_KEPT.days)


async def terms(desk: Desk, request: Request) -> HTMLResponse:
    return _page(desk, request, "terms.html")


def language(headers: Headers) -> str:
    """The first of a browser's languages that Cellule speaks; French where it speaks none of them."""
    wanted = (each.strip()[:2].lower() for each in headers.get("accept-language", "").split(","))
    return next((each for each in wanted if each in {"fr", "en"}), "fr")


def _page(desk: Desk, request: Request, template: str, **content: int) -> HTMLResponse:
    _ = translator(language(request.headers))
    headers = {"Content-Language": _.locale, "Vary": "Accept-Language"}
    return HTMLResponse(desk.screen.public(template, _, **content), headers=headers)
