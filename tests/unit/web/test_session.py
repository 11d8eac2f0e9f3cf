from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from starlette.responses import Response

from adapters.web.session import Sessions, new_session
from bot.domain.guests import hash_of
from tests.rig.web_board import LEA, NIGHT, web_rig
from tests.rig.web_person import WebPerson

PUBLIC = "https://cellule.example"
SESSIONS = Sessions(key="invented-key", https=True)


def cookie_of(session, *, sessions=SESSIONS, at=NIGHT) -> str:
    response = Response()
    sessions.write(response, session, at)
    return response.headers["set-cookie"]


def value_of(cookie: str) -> str:
    return cookie.split("=", 1)[1].split(";", maxsplit=1)[0]


def test_it_reads_back_what_it_wrote():
    session = new_session(LEA, chosen=True)
    assert SESSIONS.read(value_of(cookie_of(session)), NIGHT) == session


def test_it_keeps_the_cookie_from_scripts_other_sites_and_plain_http():
    name, *flags = cookie_of(new_session(LEA)).split("; ")
    assert name.startswith("__Host-cellule=")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(flags)


def test_it_works_over_plain_http_on_loopback():
    cookie = cookie_of(new_session(LEA), sessions=Sessions(key="invented-key", https=False))
    assert "Secure" not in cookie
    assert "HttpOnly" in cookie


def test_it_forgets_a_visit_after_a_day():
    value = value_of(cookie_of(new_session(LEA)))
    assert SESSIONS.read(value, NIGHT + timedelta(hours=23, minutes=59)) is not None
    assert SESSIONS.read(value, NIGHT + timedelta(hours=24)) is None


@pytest.mark.parametrize("cookie", [None, "", "forged", "é", "a.b.c"])
def test_it_reads_nothing_into_a_cookie_that_it_did_not_sign(cookie):
    assert SESSIONS.read(cookie, NIGHT) is None


def test_it_refuses_a_cookie_signed_with_another_key():
    value = value_of(cookie_of(new_session(LEA)))
    assert Sessions(key="another-key", https=True).read(value, NIGHT) is None


def test_it_refuses_a_cookie_whose_person_was_changed():
    value = value_of(cookie_of(new_session(LEA)))
    payload, dot, signature = value.rpartition(".")
    assert SESSIONS.read(f"{payload[:-1]}A{dot}{signature}", NIGHT) is None


def test_it_draws_a_new_session_at_each_entry():
    assert new_session(LEA).id != new_session(LEA).id


async def test_it_rotates_the_session_on_entering(rig):
    person = WebPerson(rig.app)
    before = (await person.open("/me")).forms[0].values["token"]
    after = (await person.choose("lea")).form("Ouvrir une crise").values["token"]
    assert before != after


async def test_it_forgets_the_person_after_a_day(rig, lea):
    rig.now[0] += timedelta(hours=25)
    assert "qui êtes-vous" in (await lea.open("/")).text


async def test_it_forgets_whoever_left_the_plan(rig, lea):
    rig.board.persons = [known for known in rig.board.persons if known.id != LEA]
    assert "Léa" not in (await lea.open("/")).text


async def test_it_lets_choose_in_the_demonstration(rig):
    page = await WebPerson(rig.app).open("/")
    assert page.response.status_code == 200
    assert "Léa Martin" in page.text
    assert "Farid Benali" in page.text


@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "Forwarded",
        "X-Real-IP",
        "Via",
        "CF-Connecting-IP",
    ],
)
async def test_it_lets_nobody_choose_behind_a_proxy(rig, header):
    outside = WebPerson(rig.app)
    form = (await outside.open("/me")).forms[0]
    outside.client.headers[header] = "203.0.113.9"
    page = await outside.open("/")
    choice = await outside.client.post("/me", data=form.values | {"person": "lea"})
    assert page.response.status_code == 401
    assert "Léa" not in page.text
    assert choice.status_code == 404


async def test_it_takes_no_chosen_session_through_a_proxy(lea):
    lea.client.headers["X-Forwarded-For"] = "203.0.113.9"
    assert (await lea.open("/")).response.status_code == 401


async def test_it_lets_nobody_choose_on_a_public_host():
    rig = web_rig(demo=True, base_url=PUBLIC)
    outside = WebPerson(rig.app, base_url=PUBLIC)
    assert "lien personnel" in (await outside.open("/")).text
    assert (await outside.open("/me")).response.status_code == 404


async def test_it_lets_nobody_choose_without_the_demonstration():
    rig = web_rig(demo=False)
    assert "lien personnel" in (await WebPerson(rig.app).open("/")).text


async def test_it_lets_nobody_become_somebody_outside_the_plan(rig):
    outside = WebPerson(rig.app)
    form = (await outside.open("/me")).forms[0]
    answer = await outside.client.post("/me", data=form.values | {"person": "nobody"})
    assert answer.status_code == 404
    assert "qui êtes-vous" in (await outside.open("/")).text


@pytest.fixture
def closed_rig():
    """A room that one enters by a personal link alone."""
    rig = web_rig(demo=False)
    rig.board.tokens["once"] = LEA
    return rig


async def test_it_lets_in_by_a_personal_link(closed_rig):
    page = await WebPerson(closed_rig.app).enter("once")
    assert "Léa Martin" in page.text


async def test_it_burns_no_link_that_is_only_looked_at(closed_rig):
    await WebPerson(closed_rig.app).open("/r/once")
    assert closed_rig.board.tokens == {"once": LEA}


async def test_it_burns_a_link_at_its_first_use(closed_rig):
    await WebPerson(closed_rig.app).enter("once")
    second = await WebPerson(closed_rig.app).enter("once")
    assert second.response.status_code == 410
    assert "déjà servi" in second.text


async def test_it_takes_a_linked_session_through_a_proxy():
    rig = web_rig(demo=False, base_url=PUBLIC)
    rig.board.tokens["once"] = LEA
    outside = WebPerson(rig.app, base_url=PUBLIC)
    outside.client.headers["X-Forwarded-For"] = "203.0.113.9"
    assert "Léa Martin" in (await outside.enter("once")).text


async def test_it_tells_somebody_whose_visit_ended_to_save_what_they_typed(rig, lea):
    form = lea.page.form("Ouvrir une crise")
    rig.now[0] += timedelta(hours=25)
    page = await lea.send(form)
    assert page.response.status_code == 401
    assert "Copiez ce que vous écriviez" in page.text


async def test_it_lets_one_leave(closed_rig):
    lea = WebPerson(closed_rig.app)
    await lea.enter("once")
    form = lea.page.form("Quitter")
    await lea.client.post(form.action, data=form.values)
    assert (await lea.open("/")).response.status_code == 401


@pytest.mark.parametrize(
    "path", ["/c/room", "/fragments/home", "/fragments/room/r", "/fragments/card/r/c", "/events"]
)
async def test_it_shows_nothing_to_a_stranger(closed_rig, path):
    page = await WebPerson(closed_rig.app).open(path)
    assert page.response.status_code == 401
    assert "terminée" in page.text


async def test_it_takes_nothing_from_a_stranger(closed_rig):
    stranger = WebPerson(closed_rig.app)
    token = (await stranger.open("/r/once")).forms[0].values["token"]
    form = {"token": token, "nonce": "n" * 12, "verb": "open", "text": "status"}
    for path in ("/act", "/form", "/command"):
        assert (await stranger.client.post(path, data=form)).status_code == 401
    assert closed_rig.core.seen == []


LINK, OTHER = hash_of("one"), hash_of("other")


@pytest.mark.parametrize(
    ("link", "after", "known"),
    [
        (LINK, timedelta(hours=71), True),
        (LINK, timedelta(hours=72), False),
        (LINK, timedelta(seconds=-5), False),
        (OTHER, timedelta(hours=1), False),
    ],
)
def test_it_knows_a_browser_where_a_code_was_typed(link, after, known):
    sessions, response = Sessions(key="a key", https=True), Response()
    sessions.remember(response, LINK, NIGHT)
    cookie = SimpleCookie(response.headers["set-cookie"])
    cookies = {name: morsel.value for name, morsel in cookie.items()}
    assert sessions.knows(cookies, link, NIGHT + after) is known
    assert not Sessions(key="another", https=True).knows(cookies, link, NIGHT + after)
    for said in ("HttpOnly", "Secure", "SameSite=lax", "__Host-"):
        assert said in response.headers["set-cookie"]
    renamed = {name.replace(LINK[:16], OTHER[:16]): value for name, value in cookies.items()}
    assert not sessions.knows(renamed, OTHER, NIGHT + timedelta(hours=1))


def test_it_takes_no_visit_for_a_typed_code():
    """Both are signed with one key, each for its own use."""
    sessions, response = Sessions(key="a key", https=False), Response()
    sessions.write(response, new_session(guest=LINK), NIGHT)
    value = SimpleCookie(response.headers["set-cookie"])["cellule"].value
    assert not sessions.knows({f"cellule-link-{LINK[:16]}": value}, LINK, NIGHT)
