"""Somebody at a browser without a screen: reads pages, presses buttons by their label, fills forms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx
from starlette.types import ASGIApp

HIDDEN = frozenset({"script", "style", "template", "title"})


@dataclass
class HtmlForm:
    """`values` is what would be sent as the form stands; `labels` are those of its buttons."""

    action: str
    attributes: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """An HTML answer: its forms, and the text that a person reads."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__()
        self.response = response
        self.html = response.text
        self.forms: list[HtmlForm] = []
        self._said: list[str] = []
        self._open: list[str] = []
        self._name = ""
        self.feed(self.html)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self._said).split())

    def form(self, label: str) -> HtmlForm:
        """Find the form whose button reads like this."""
        return next(form for form in self.forms if label in form.labels)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in {"input", "meta", "link", "br", "hr", "path", "circle", "img"}:
            self._open.append(tag)
        if tag == "form":
            self.forms.append(HtmlForm(given.get("action", ""), given))
        if not self.forms:
            return
        values = self.forms[-1].values
        match tag, given.get("type", ""):
            case "input", "radio" | "checkbox":
                if "checked" in given:
                    values[given["name"]] = given["value"]
            case "input", _:
                values[given["name"]] = given.get("value", "")
            case "textarea", _:
                self._name = given["name"]
                values[self._name] = ""
            case "select", _:
                self._name = given["name"]
            case "option", _:
                if "selected" in given or self._name not in values:
                    values[self._name] = given["value"]
            case "button", _:
                self.forms[-1].labels.append("")
            case _:
                pass

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "textarea":
            self.forms[-1].values[self._name] += data.removeprefix("\n")
        elif not HIDDEN & set(self._open):
            self._said.append(data)
        if "button" in self._open and self.forms:
            self.forms[-1].labels[-1] = f"{self.forms[-1].labels[-1]} {data}".strip()


class WebPerson:
    """One browser with its cookies. `page` is what it shows, `answer` what the last press brought."""

    def __init__(self, app: ASGIApp, *, base_url: str = "http://127.0.0.1:8080") -> None:
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url=base_url, headers={"Sec-Fetch-Site": "same-origin"}
        )
        self.page: Page
        self.answer: Page

    async def open(self, path: str) -> Page:
        self.page = Page(await self.client.get(path, follow_redirects=True))
        return self.page

    async def choose(self, person: str) -> Page:
        """Come in as somebody, where the demonstration lets one choose."""
        chosen = (await self.open("/me")).forms[0].values | {"person": person}
        self.page = Page(await self.client.post("/me", data=chosen, follow_redirects=True))
        return self.page

    async def enter(self, token: str) -> Page:
        """Come in by a link, as far as its button leads."""
        forms = (await self.open(f"/r/{token}")).forms
        if not forms:
            return self.page
        return await self.hand_in(forms[0])

    async def hand_in(self, form: HtmlForm, **values: str) -> Page:
        """Send a form as the browser itself would, and follow."""
        data = form.values | values
        self.page = Page(await self.client.post(form.action, data=data, follow_redirects=True))
        return self.page

    async def press(self, label: str, *, on: Page | None = None) -> Page:
        """Press a button of the page, or of an answer."""
        return await self.send((on or self.page).form(label))

    async def submit(self, values: Mapping[str, str | list[str]]) -> Page:
        """Fill the form that the last press brought, and hand it in; names are those of the form's fields."""
        form = self.answer.forms[0]
        filled = {f"field.{name}": value for name, value in values.items()}
        return await self.send(HtmlForm(form.action, form.attributes, form.values | filled, form.labels))

    async def command(self, text: str) -> Page:
        form = next(form for form in self.page.forms if "data-clears" in form.attributes)
        return await self.send(HtmlForm(form.action, {}, form.values | {"text": text}))

    async def send(self, form: HtmlForm) -> Page:
        """Send a form as htmx would; a refused one leaves the form where it is."""
        answer = Page(await self.client.post(form.action, data=form.values, headers={"HX-Request": "true"}))
        if answer.response.status_code < 400:
            self.answer = answer
        return answer
