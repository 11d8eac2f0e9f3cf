"""Cards and forms as HTML. Jinja escapes all text; nothing here or in the templates marks any as safe."""

import re
import secrets
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import assert_never

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from adapters.web.assets import asset_address
from adapters.web.problems import Problem
from adapters.web.visitor import Visitor
from bot.cards import (
    Actions,
    Block,
    Button,
    ChecksField,
    ChoiceField,
    Divider,
    Fields,
    FormField,
    Mention,
    PageLink,
    Pressable,
    Quote,
    RoomLink,
    Text,
    TextField,
)
from bot.domain.wording import for_display, parted
from bot.texts import Translator, translator
from bot.views.dates import short

TEMPLATES = Path(__file__).parent / "templates"

TOGETHER = re.compile(
    r"(?<=[\w–:]) (?=\d)(?!\d{4})"  # before a number; a year or a crisis makes it too long
    r"|(?<=\d) (?=(?:min|h|days?|jours?|communit\w+|communautés?)\b|(?:of|sur) \d)"  # before its unit
    r"|(?<=\d) (?=\w+ (?:20|at |à )\d)"  # within a date
    r"| (?=·)"
)
"""Where no line ends in our own sentences."""

NAMED = re.compile(r"“[^”\n]{1,24}”|«[^»\n]{1,24}»")
"""A button, as a sentence names it."""

HYPHENED = re.compile(r"(?<![^\s(“«])(\w{1,8}(?:-\w{1,8}){1,2}(?![\w/@-]|\.\w)[.,:;!?)”…]*)")
"""A short word such as `2026-014` or `e-mail`, no part of an address."""


class Screen:
    """Draws pages and their parts."""

    def __init__(self) -> None:
        self._templates = _environment()

    def draw(self, template: str, visitor: Visitor, **content: object) -> str:
        """Fill a template for one visitor."""

        def hour(at: datetime) -> str:
            return short(at, now=visitor.now, zone=visitor.zone, _=visitor.say)

        return self._templates.get_template(template).render(
            _=visitor.say, visitor=visitor, hour=hour, **content
        )

    def public(self, template: str, _: Translator, **content: object) -> str:
        """Fill a template for anybody."""
        return self._templates.get_template(template).render(_=_, **content)

    def problem(self, request: Request, problem: Problem) -> HTMLResponse:
        """Say a refusal in both languages, as nobody need be known; a part of a page when htmx asked."""
        template = "problem.html" if "hx-request" in request.headers else "problem_page.html"
        said = {locale: translator(locale)(problem.sentence) for locale in ("fr", "en")}
        html = self._templates.get_template(template).render(said=said)
        return HTMLResponse(html, problem.status)


@cache
def _environment() -> Environment:
    """Shared by all screens: each environment compiles the templates for itself."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(visible=for_display, bound=bound, words=HYPHENED.split, parted=parted)
    environment.globals.update(
        asset=asset_address,
        nonce=lambda: secrets.token_urlsafe(9),
        block_template=block_template,
        field_template=field_template,
        button_template=button_template,
    )
    return environment


def bound(text: str) -> str:
    """A sentence of ours as it is shown: numbers on the line of what they count, names of buttons whole."""
    named = NAMED.sub(lambda name: name[0].replace(" ", "\u00a0"), for_display(text))
    return TOGETHER.sub("\u00a0", named)


def block_template(block: Block) -> str:
    match block:
        case Text():
            return "block_text.html"
        case Quote():
            return "block_quote.html"
        case Fields():
            return "block_fields.html"
        case Mention():
            return "block_mention.html"
        case Actions():
            return "block_actions.html"
        case Divider():
            return "block_divider.html"
        case _:
            assert_never(block)


def button_template(button: Pressable) -> str:
    match button:
        case Button():
            return "press.html"
        case RoomLink():
            return "room_link.html"
        case PageLink():
            return "page_link.html"
        case _:
            assert_never(button)


def field_template(field: FormField) -> str:
    match field:
        case TextField():
            return "field_text.html"
        case ChoiceField(wide=True):
            return "field_radios.html"
        case ChoiceField():
            return "field_select.html"
        case ChecksField():
            return "field_checks.html"
        case _:
            assert_never(field)
