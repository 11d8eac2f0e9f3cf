import re

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rig.examples import examples
from tests.rig.web_board import WebRig, web_rig
from tests.rig.web_person import WebPerson
from tests.rig.web_samples import furnish

POSTS = ("/act", "/form", "/command", "/me", "/logout", "/r/some-token")
GETS = (
    "/",
    "/me",
    "/r/some-token",
    "/c/nowhere",
    "/fragments/home",
    "/events",
    "/static/cellule.css",
    "/nowhere",
)
KINDS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "")
PUBLIC = "https://cellule.example"


def browser_of(rig: WebRig, base_url="http://127.0.0.1:8080", **headers: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(rig.app), base_url=base_url, headers=headers)


@pytest.mark.parametrize("path", GETS)
async def test_it_sends_the_strict_headers_with_every_answer(rig, path):
    answer = await browser_of(rig).get(path)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/me", "/r/some-token", "/none"])
async def test_it_lets_no_page_be_stored(rig, path):
    assert (await browser_of(rig).get(path)).headers["cache-control"] == "no-store"


async def test_it_serves_pages_without_a_script_or_a_style_inside(lea, rig):
    furnish(rig)
    html = (await lea.open("/")).html
    assert " style=" not in html
    assert "<style" not in html
    assert html.count("<script") == html.count("<script defer src=") == 2
    assert not re.search(r"\s(hx-)?on\w*=", html)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "a b", "[::1", "a@127.0.0.1"])
async def test_it_refuses_a_host_that_is_not_ours(rig, host):
    answer = await browser_of(rig, Host=host).get("/")
    assert answer.status_code == 400
    assert "Léa" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:9", "[::1]:8080", "127.0.0.1"])
async def test_it_answers_on_loopback_under_any_port(rig, host):
    assert (await browser_of(rig, Host=host).get("/me")).status_code == 200


async def test_it_answers_on_its_public_host_in_any_case():
    answer = await browser_of(web_rig(demo=False, base_url=PUBLIC), PUBLIC, Host="Cellule.Example").get("/")
    assert answer.status_code == 401


async def enters(rig: WebRig, base_url: str, **headers: str) -> int:
    """Use a personal link with these headers on the form; returns the status."""
    rig.board.tokens["t"] = rig.board.persons[0].id
    person = WebPerson(rig.app, base_url=base_url)
    form = (await person.open("/r/t")).forms[0]
    del person.client.headers["Sec-Fetch-Site"]
    return (await person.client.post("/r/t", data=form.values, headers=headers)).status_code


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": PUBLIC},
    ],
)
async def test_it_takes_a_form_that_its_own_page_sent(headers):
    assert await enters(web_rig(base_url=PUBLIC, demo=False), PUBLIC, **headers) == 303


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": PUBLIC},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://cellule.example"},
    ],
)
async def test_it_refuses_a_form_that_came_from_elsewhere(headers):
    rig = web_rig(base_url=PUBLIC, demo=False)
    assert await enters(rig, PUBLIC, **headers) == 403
    assert rig.board.tokens == {"t": "lea"}


async def test_it_takes_a_form_on_loopback_by_its_origin(rig):
    assert await enters(rig, "http://localhost:8080", Origin="http://localhost:8080") == 303
    assert await enters(rig, "http://localhost:8080", Origin="http://localhost:9999") == 403


@pytest.mark.parametrize("path", POSTS)
async def test_it_refuses_every_form_without_its_token(lea, rig, path):
    form = {"nonce": "n" * 12, "verb": "open", "person": "farid", "text": "status", "room": ""}
    for token in ("", "forged", "é", "a" * 5000):
        answer = await lea.client.post(path, data=form | {"token": token})
        assert answer.status_code == 403
    assert rig.core.seen == []


async def test_it_refuses_the_token_of_another_session(lea, rig):
    farid = WebPerson(rig.app)
    theirs = (await farid.choose("farid")).form("Ouvrir une crise").values["token"]
    form = lea.page.form("Ouvrir une crise").values | {"token": theirs}
    assert (await lea.client.post("/act", data=form)).status_code == 403
    assert rig.core.seen == []


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b"a=" + b"b" * (256 * 1024), 413),
        ({"Content-Length": "9" * 5000}, b"", 413),
        ({"Content-Length": "-1"}, b"", 411),
        ({"Content-Length": "²"}, b"", 411),
        ({"Content-Type": "application/json"}, b"{}", 415),
        ({"Content-Type": "multipart/form-data"}, b"--x", 415),
        ({}, b"&".join(b"a=b" for _ in range(300)), 400),
        ({}, b"%ff%fe\xff=\x00&==&&", 403),
    ],
)
async def test_it_answers_a_bad_body_with_a_plain_sentence(lea, headers, body, status):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    raw = [(name.encode(), value.encode()) for name, value in (form | headers).items()]
    answer = await lea.client.post("/act", content=body, headers=raw)
    assert answer.status_code == status
    assert "echargez" in answer.text or "Raccourcissez" in answer.text
    assert "eload" in answer.text or "Shorten" in answer.text


async def test_it_refuses_a_body_whose_length_is_not_told(lea):
    async def chunks():
        yield b"a=b"

    assert (await lea.client.post("/act", content=chunks())).status_code == 411


@given(body=st.binary(max_size=300), path=st.sampled_from(POSTS), kind=st.sampled_from(KINDS))
@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_it_never_fails_on_what_it_cannot_read(rig, body, path, kind):
    content_type = (
        "application/x-www-form-urlencoded" if kind == "form" else "multipart/form-data; boundary=x"
    )
    client = browser_of(rig, **{"Sec-Fetch-Site": "same-origin", "Content-Type": content_type})
    assert 400 <= (await client.post(path, content=body)).status_code < 500


@pytest.mark.parametrize("path", ["/none", "/static/none.css", "/static/../app.py", "/c/", "/fragments"])
async def test_it_says_in_both_languages_that_nothing_is_there(rig, path):
    answer = await browser_of(rig).get(path)
    assert answer.status_code == 404
    assert "Il n&#39;y a rien ici" in answer.text
    assert "There is nothing here" in answer.text


async def test_it_says_which_methods_an_address_takes(rig):
    answer = await browser_of(rig).get("/act")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


async def test_it_tells_htmx_of_a_refusal_by_a_part_of_a_page(lea):
    part = await lea.client.post("/act", data={}, headers={"HX-Request": "true"})
    whole = await lea.client.post("/act", data={})
    assert "<html" not in part.text
    assert "<html" in whole.text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("cellule.css", "text/css"),
        ("cellule.js", "javascript"),
        ("icon.svg", "image/svg+xml"),
        ("vendor/htmx.min.js", "javascript"),
        ("vendor/pico.min.css", "text/css"),
    ],
)
async def test_it_serves_its_files_with_their_type(rig, name, kind):
    assert kind in (await browser_of(rig).get(f"/static/{name}")).headers["content-type"]


async def test_it_lets_browsers_keep_a_file_whose_address_holds_its_sum(lea, rig):
    address = lea.page.html.split('rel="stylesheet" href="')[1].split('"')[0]
    kept = await browser_of(rig).get(address)
    plain = await browser_of(rig).get("/static/cellule.css")
    again = await browser_of(rig).get("/static/cellule.css", headers={"If-None-Match": plain.headers["etag"]})
    assert "immutable" in kept.headers["cache-control"]
    assert plain.headers["cache-control"] == "no-cache"
    assert again.status_code == 304
