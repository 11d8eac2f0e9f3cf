import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from structlog.testing import capture_logs

from tests.rig.web_board import web_rig
from tests.rig.web_person import Page

SECRET = "token-of-lea"


async def breaks(request: Request) -> Response:
    raise LookupError(f"the words of a member, for {request.url}")


async def breaks_late(_: Request) -> Response:
    async def body():
        yield b"begun"
        raise LookupError("the words of a member")

    return StreamingResponse(body())


async def is_left(_: Request) -> Response:
    raise ClientDisconnect


async def works(_: Request) -> Response:
    return PlainTextResponse("fine")


@pytest.fixture
def client():
    routes = [
        Route("/r/{token}", breaks),
        Route("/late", breaks_late),
        Route("/left", is_left),
        Route("/works", works),
    ]
    app = Starlette(routes=routes, middleware=[web_rig().web.guard])
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=True), base_url="http://127.0.0.1"
    )


async def test_it_turns_the_unforeseen_into_a_neutral_page(client):
    answer = await client.get(f"/r/{SECRET}")
    assert answer.status_code == 500
    said = Page(answer).text
    assert "appelez le 112 maintenant" in said
    assert "call 112 now" in said
    assert "member" not in answer.text
    assert SECRET not in answer.text


async def test_it_logs_where_it_broke_and_nothing_of_anybody(client):
    with capture_logs() as lines:
        await client.get(f"/r/{SECRET}")
    [line] = lines
    assert line["event"] == "request_failed"
    assert line["path"] == "/r"
    assert line["error"] == "LookupError"
    assert line["where"].startswith("test_guard.py:")
    assert SECRET not in str(line)
    assert "words" not in str(line)


async def test_it_logs_what_breaks_once_the_answer_has_begun(client):
    with capture_logs() as lines, pytest.raises(AssertionError):  # httpx sees that the answer never ends
        await client.get("/late")
    assert [line["error"] for line in lines] == ["LookupError"]


async def test_it_says_nothing_of_somebody_who_left(client):
    with capture_logs() as lines, pytest.raises(AssertionError):  # httpx wants an answer: there is none
        await client.get("/left")
    assert lines == []


async def test_it_leaves_what_works_alone(client):
    assert (await client.get("/works")).text == "fine"
