from datetime import timedelta

import pytest

from bot.cards import Action, Actions, Button, Card, Text, Tone
from bot.domain.ids import Platform
from bot.domain.states import CrisisStatus
from bot.domain.verbs import Verb
from bot.ports import DirectPlace
from tests.rig.web_board import FARID, LEA, NIGHT

HOUR = timedelta(hours=1)


def card(title, *blocks, summary="Cellule 2026-014 : neutre"):
    return Card(summary, title, blocks)


async def test_it_lists_the_rooms_of_the_person_alone(lea, rig):
    rig.board.open_room("r1", members=[LEA], community="Forum Exemple", number="2026-014", waits_for_me=2)
    rig.board.open_room("r2", members=[FARID], community="Club Marin", number="2026-015")
    page = await lea.open("/")
    assert "Forum Exemple 2026-014 gravité 4 sur 4 2 vous attendent crise ouverte 03:12" in page.text
    assert "Club Marin" not in page.text


async def test_it_says_one_thing_waits_in_the_singular(lea, rig):
    rig.board.open_room("r1", members=[LEA], waits_for_me=1)
    assert "1 vous attend " in (await lea.open("/")).text


async def test_it_tells_in_the_title_how_much_waits(lea, rig):
    rig.board.open_room("r1", members=[LEA], waits_for_me=2)
    rig.board.open_room("r2", members=[LEA], waits_for_me=1)
    for path in ("/", "/c/r1", "/fragments/home", "/fragments/room/r1"):
        assert "<title>(3) " in (await lea.open(path)).html.replace("<title>\n", "<title>")


@pytest.mark.parametrize("severity", [1, 2, 3, 4])
async def test_it_says_the_severity_in_words(lea, rig, severity):
    rig.board.open_room("r1", members=[LEA], severity=severity)
    page = await lea.open("/")
    assert f"gravité {severity} sur 4" in page.text
    assert f'class="severity severity-{severity}"' in page.html


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (CrisisStatus.OPEN, "crise ouverte"),
        (CrisisStatus.REPLIED, "réponse partie"),
        (CrisisStatus.NO_ANSWER, "sans réponse, par décision"),
        (CrisisStatus.CLOSED, "crise close"),
    ],
)
async def test_it_says_where_the_crisis_stands(lea, rig, status, words):
    rig.board.open_room("r1", members=[LEA], status=status)
    assert words in (await lea.open("/c/r1")).text


async def test_it_offers_help_first_as_long_as_a_crisis_is_open(lea, rig):
    assert "Vie en danger" not in (await lea.open("/")).text
    rig.board.open_room("r1", members=[LEA], status=CrisisStatus.CLOSED)
    assert "Vie en danger" not in (await lea.open("/c/r1")).text
    rig.board.open_room("r2", members=[LEA])
    for path in ("/", "/c/r2"):
        labels = [label for form in (await lea.open(path)).forms for label in form.labels]
        assert labels[:2] == ["Vie en danger", "Ouvrir une crise"]


async def test_it_shows_direct_messages_newest_first(lea, rig):
    own = DirectPlace(Platform.WEB, LEA)
    rig.board.put(own, card("Le premier appel"), mark="a", at=NIGHT)
    rig.board.put(own, card("Le second appel"), mark="b", at=NIGHT + HOUR)
    rig.board.put(DirectPlace(Platform.WEB, FARID), card("Pour Farid"), mark="c")
    text = (await lea.open("/")).text
    assert text.index("Le second appel") < text.index("Le premier appel")
    assert "Pour Farid" not in text


async def test_it_shows_the_brief_card_then_the_others_newest_last(lea, rig):
    room = rig.board.open_room("r1", members=[LEA])
    rig.board.put(room, card("Un"), mark="a")
    rig.board.put(room, card("Deux"), mark="b", at=NIGHT + HOUR)
    rig.board.put(room, card("La situation"), mark="brief", brief=True)
    text = (await lea.open("/c/r1")).text
    assert text.index("La situation") < text.index("Un 03:12") < text.index("Deux")


async def test_it_keeps_in_view_what_to_do_now(lea, rig):
    room = rig.board.open_room("r1", members=[LEA])
    first = Text("À FAIRE MAINTENANT : appeler", Tone.STRONG)
    rig.board.put(room, card("t", Text("avant"), first, Text("après", Tone.STRONG)), mark="brief", brief=True)
    assert (
        '<a class="now" href="#brief"><bdi>À FAIRE MAINTENANT : appeler</bdi></a>'
        in (await lea.open("/c/r1")).html
    )


async def test_it_reads_absent_and_not_yours_the_same(lea, rig):
    rig.board.open_room("r1", members=[FARID])
    for path in ("/c/{}", "/fragments/room/{}", "/fragments/card/{}/a"):
        theirs, absent = await lea.open(path.format("r1")), await lea.open(path.format("nowhere"))
        assert theirs.response.status_code == 404
        assert theirs.html == absent.html


async def test_it_draws_one_card_anew(lea, rig):
    room = rig.board.open_room("r1", members=[LEA])
    rig.board.put(room, card("La situation"), mark="brief", brief=True)
    rig.board.put(room, card("Un"), mark="a")
    for mark, title in (("brief", "La situation"), ("a", "Un")):
        page = await lea.open(f"/fragments/card/r1/{mark}")
        assert page.html.lstrip().startswith('<article class="card card-normal" id="card-')
        assert title in page.text
    assert (await lea.open("/fragments/card/r1/other")).response.status_code == 404


async def test_it_says_the_hour_on_the_persons_clock(lea, rig):
    rig.board.put(DirectPlace(Platform.WEB, LEA), card("Appel"), mark="a", at=NIGHT - 24 * HOUR)
    assert "Appel le 23 à 03:12" in (await lea.open("/")).text


async def test_it_says_a_rooms_language_where_it_is_not_the_readers(lea, rig):
    rig.board.locales[LEA] = "en"
    room = rig.board.open_room("r1", members=[LEA], locale="fr")
    rig.board.put(room, card("La situation"), mark="brief", brief=True)
    rig.board.put(DirectPlace(Platform.WEB, LEA), card("For Léa"), mark="p")
    html = (await lea.open("/c/r1")).html
    assert '<html lang="en">' in html
    assert html.count('lang="fr"') == 1
    assert html.index('id="card-brief"') < html.index('lang="fr"') < html.index('id="card-p"')


async def test_it_gives_a_button_of_a_room_that_rooms_name(lea, rig):
    press = Actions((Button("J’arrive", Action(Verb.TAKE_UP, "s")),))
    rig.board.put(rig.board.open_room("r1", members=[LEA]), card("t", press), mark="a")
    rig.board.put(DirectPlace(Platform.WEB, LEA), card("u", press), mark="p")
    page = await lea.open("/c/r1")
    rooms = [form.values["room"] for form in page.forms if "J’arrive" in form.labels]
    assert rooms == ["r1", ""]


async def test_it_has_a_landmark_a_title_and_a_way_past_the_top(lea, rig):
    rig.board.open_room("r1", members=[LEA])
    for path in ("/", "/c/r1"):
        html = (await lea.open(path)).html
        assert html.count("<main ") == html.count("<h1") == 1
        assert html.index('class="skip" href="#main"') < html.index("<header")


async def test_it_draws_the_page_anew_as_it_drew_it_first(lea, rig):
    rig.board.open_room("r1", members=[LEA])
    for page, part in (("/", "/fragments/home"), ("/c/r1", "/fragments/room/r1")):
        assert f'data-fragment="{part}"' in (await lea.open(page)).html
        whole = await lea.open(page)
        assert (await lea.open(part)).text in whole.text
