"""An app as simple as can be, to try the Teams double with: what it asks, shows and answers."""

import json
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.rig.teams.double import TeamsDouble
from tests.rig.teams.lint import CARD
from tests.rig.teams.login import CONNECTOR_SCOPE, GRAPH_SCOPE
from tests.rig.teams.world import APP_ID, BOT, SECRET, TENANT

Received = list[dict[str, Any]]


def peopled() -> TeamsDouble:
    """A tenant of three: Claire has the app, Denis not yet, Yves is a guest."""
    teams = TeamsDouble()
    teams.add_user("claire", "Claire Moreau")
    teams.add_user("denis", "Denis Roux", locale="en-US", installed=False)
    teams.add_user("yves", "Yves Caron", is_guest=True, mail="yves@cabinet.example")
    return teams


def bare(**more: Any) -> httpx.AsyncClient:
    """Without the certificates that a client reads by itself."""
    return httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(verify=False), **more)


class Client:
    """Asks the double as an app does."""

    def __init__(self, teams: TeamsDouble) -> None:
        self.teams = teams
        self.bearers: dict[str, str] = {}

    async def token(self, scope: str, **changed: str) -> httpx.Response:
        form = {
            "grant_type": "client_credentials",
            "client_id": APP_ID,
            "client_secret": SECRET,
            "scope": scope,
        }
        tenant = changed.pop("tenant", TENANT)
        async with bare() as client:
            url = f"{self.teams.settings['TEAMS_LOGIN_URL']}/{tenant}/oauth2/v2.0/token"
            return await client.post(url, data=form | changed)

    async def ask(self, method: str, url: str, scope: str, body: Any = None, **more: Any) -> httpx.Response:
        if scope not in self.bearers:
            self.bearers[scope] = (await self.token(scope)).json()["access_token"]
        headers = {"Authorization": f"Bearer {self.bearers[scope]}"}
        async with bare(headers=headers) as client:
            return await client.request(method, url, **({} if body is None else {"json": body}), **more)

    async def connector(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return await self.ask(method, f"{self.teams.service_url}v3/{path}", CONNECTOR_SCOPE, body)

    async def graph(self, method: str, path: str, body: Any = None, **more: Any) -> httpx.Response:
        url = f"{self.teams.settings['TEAMS_GRAPH_URL']}/{path}"
        return await self.ask(method, url, GRAPH_SCOPE, body, **more)

    async def send(self, conversation: str, **activity: Any) -> httpx.Response:
        return await self.connector(
            "POST", f"conversations/{conversation}/activities", {"type": "message", **activity}
        )


async def create(client: Client, who: str, **more: Any) -> httpx.Response:
    person = client.teams.user(who).account
    body = {"isGroup": False, "bot": {"id": BOT}, "members": [{"id": person.aad}], "tenantId": TENANT}
    return await client.connector("POST", "conversations", body | more)


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def blunder(teams: TeamsDouble) -> str:
    """What the app did that fails the test, forgiven."""
    [said] = teams.errors
    teams.errors.clear()
    return said


def card(*body: Any, actions: tuple[Any, ...] = (), **more: Any) -> dict[str, Any]:
    shown = list(body) or [{"type": "TextBlock", "text": "Hello", "wrap": True}]
    return {"type": "AdaptiveCard", "version": "1.5", "body": shown, "actions": list(actions), **more}


def attached(content: dict[str, Any]) -> dict[str, Any]:
    return {"attachments": [{"contentType": CARD, "content": content}], "summary": "A card"}


def execute(title: str = "Go", **more: Any) -> dict[str, Any]:
    return {"type": "Action.Execute", "title": title, "verb": "go", **more}


def submit(title: str = "Send", **more: Any) -> dict[str, Any]:
    return {"type": "Action.Submit", "title": title, **more}


def field(**more: Any) -> dict[str, Any]:
    return {"type": "Input.Text", "id": "text#1", "label": "Text", **more}


def mention(teams: TeamsDouble, name: str, who: str = "claire", **mentioned: Any) -> dict[str, Any]:
    target = {"id": teams.user(who).account.id, "name": name, **mentioned}
    return {"type": "mention", "text": f"<at>{name}</at>", "mentioned": target}


def dialog(*body: Any, **more: Any) -> dict[str, Any]:
    shown = {"contentType": CARD, "content": card(*body, actions=(submit(),))}
    return {"task": {"type": "continue", "value": {"title": "Form", "card": shown, **more}}}


def recording(received: Received, answer: Any = None, status: int = 200) -> Starlette:
    async def messages(request: Request) -> Response:
        assert request.headers["authorization"].startswith("Bearer ey")
        received.append(json.loads(await request.body()))
        if received[-1]["type"] != "invoke":
            return Response(status_code=status)
        return Response(status_code=status) if answer is None else JSONResponse(answer, status)

    return Starlette(routes=[Route("/api/messages", messages, methods=["POST"])])


async def posted(client: Client, shown: dict[str, Any]) -> Any:
    chat = client.teams.add_chat("cell", members=["claire", "denis"])
    await client.send(chat.id, **attached(shown))
    return chat.messages[-1]
