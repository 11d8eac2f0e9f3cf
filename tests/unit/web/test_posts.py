import re

import pytest

from bot.cards import Action, Actions, Answer, Button, Card, ChecksField, ChoiceField, Form, Text, TextField
from bot.domain.ids import Platform, RoomRef
from bot.domain.verbs import Verb
from bot.interactions import Actor, ButtonPress, FormSubmission, SlashCommand
from tests.rig.web_board import LEA

LEA_ACTS = Actor(platform=Platform.WEB, person=LEA, locale="fr")
REPLY = Action(Verb.DRAFT, "5f0c9a1e7b3d2468", 3)


def form(*fields, action=REPLY):
    return Form(action=action, title="Répondre", submit="Envoyer", cancel="Annuler", fields=fields)


TEXT = TextField(name="text", label="Votre texte", multiline=True)
CHOICE = ChoiceField(
    name="kind", label="Genre", options=(("a", "Un"), ("b", "Deux")), required=True, wide=True
)
CHECKS = ChecksField(
    name="routes", label="Voies", options=(("mail", "E-mail"), ("post", "Lettre"), ("dm", "MP"))
)


@pytest.fixture
async def writing(lea, rig):
    """Léa, with an open form in front of her."""
    rig.core.script[Verb.OPEN] = lambda _: Answer(form=form(TEXT, CHOICE, CHECKS))
    await lea.press("Ouvrir une crise")
    rig.core.seen.clear()
    return lea


async def test_it_hands_a_press_to_the_core(lea, rig):
    room = rig.board.open_room("r1", members=[LEA])
    card = Card("s", "t", (Actions((Button("Approuver", Action(Verb.APPROVE, "5f0c.d1", 2)),)),))
    rig.board.put(room, card, mark="c1")
    await lea.open("/c/r1")
    await lea.press("Approuver")
    [seen] = rig.core.seen
    assert seen == ButtonPress(seen.key, LEA_ACTS, Action(Verb.APPROVE, "5f0c.d1", 2), RoomRef("r1"))


async def test_it_names_the_press_by_session_nonce_and_verb(lea, rig):
    await lea.press("Ouvrir une crise")
    nonce = lea.page.form("Ouvrir une crise").values["nonce"]
    assert re.fullmatch(rf"web:[\w-]{{22}}:{re.escape(nonce)}:open", rig.core.seen[0].key)


async def test_it_counts_a_double_click_once(lea, rig):
    answers = iter([Answer(card=Card("s", "La première", ())), Answer(card=Card("s", "La seconde", ()))])
    rig.core.script[Verb.OPEN] = lambda _: next(answers)
    first = await lea.press("Ouvrir une crise")
    second = await lea.press("Ouvrir une crise")
    assert len(rig.core.seen) == 1
    assert "La première" in first.text
    assert "La première" in second.text


async def test_it_counts_a_press_of_the_page_drawn_anew(lea, rig):
    await lea.press("Ouvrir une crise")
    await lea.open("/")
    await lea.press("Ouvrir une crise")
    assert len({interaction.key for interaction in rig.core.seen}) == 2


async def test_it_tells_two_buttons_of_one_card_apart(lea, rig):
    room = rig.board.open_room("r1", members=[LEA])
    lines = tuple(Button(f"Envoyé {n}", Action(Verb.DISPATCH, f"5f0c.d1.{n}")) for n in (1, 2))
    rig.board.put(room, Card("s", "t", (Actions(lines),)), mark="c1")
    await lea.open("/c/r1")
    for n in (1, 2):
        await lea.press(f"Envoyé {n}")
    assert [press.action.subject for press in rig.core.seen] == ["5f0c.d1.1", "5f0c.d1.2"]


async def test_it_tells_two_sessions_apart(lea, rig):
    stolen = lea.page.form("Ouvrir une crise").values["nonce"]
    await lea.press("Ouvrir une crise")
    await lea.choose("lea")
    again = lea.page.form("Ouvrir une crise")
    again.values["nonce"] = stolen
    await lea.send(again)
    assert len(rig.core.seen) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verb", "rm -rf"),
        ("verb", ""),
        ("revision", "two"),
        ("revision", "-1"),
        ("revision", "٣"),
        ("revision", "9" * 5000),
        ("nonce", ""),
        ("nonce", "a:b:c:d:e"),
        ("nonce", "n" * 500),
    ],
)
async def test_it_refuses_a_button_that_is_none_of_ours(lea, rig, field, value):
    button = lea.page.form("Ouvrir une crise")
    button.values[field] = value
    answer = await lea.send(button)
    assert answer.response.status_code == 400
    assert "Rechargez la page" in answer.text
    assert rig.core.seen == []


async def test_it_hands_a_command_to_the_core(lea, rig):
    rig.board.open_room("r1", members=[LEA])
    await lea.open("/c/r1")
    await lea.command("note Le membre a rappelé")
    [seen] = rig.core.seen
    assert seen == SlashCommand(seen.key, LEA_ACTS, "note Le membre a rappelé", RoomRef("r1"))


@pytest.mark.parametrize(
    "typed", ["status", "/crisis status", "/crise  status ", "crisis status", "/CRISIS status"]
)
async def test_it_takes_a_command_with_or_without_its_first_word(lea, rig, typed):
    await lea.command(typed)
    assert rig.core.seen[0].text == "status"


async def test_it_says_life_in_danger_by_the_command(lea, rig):
    rig.board.open_room("r1", members=[LEA])
    await lea.open("/c/r1")
    await lea.press("Vie en danger")
    assert (rig.core.seen[0].text, rig.core.seen[0].room) == ("emergency", "r1")


@pytest.mark.parametrize("room", ["r\0", "r1\n", "../r1", "r" * 65, ""])
async def test_it_takes_what_cannot_name_a_room_for_none(lea, rig, room):
    rig.board.open_room("r1", members=[LEA])
    page = await lea.open("/c/r1")
    page.form("Vie en danger").values["room"] = room
    await lea.press("Vie en danger", on=page)
    assert (rig.core.seen[0].text, rig.core.seen[0].room) == ("emergency", None)


async def test_it_shows_a_form_and_hands_it_in(writing, rig):
    await writing.submit({"text": "Bonsoir", "kind": "b"})
    [seen] = rig.core.seen
    assert seen == FormSubmission(seen.key, LEA_ACTS, REPLY, {"text": "Bonsoir", "kind": "b"}, None)


async def test_it_keeps_a_text_whole(writing, rig):
    text = "  <b>“déjà”</b> & \u202e\u200b\x00 👩‍👩‍👧\n\nfin  "
    await writing.submit({"text": text.replace("\n", "\r\n")})
    assert rig.core.seen[0].values["text"] == text


async def test_it_joins_the_boxes_that_are_checked(writing, rig):
    posted = writing.answer.forms[0].values | {"field.routes": ["mail", "dm"]}
    await writing.client.post("/form", data=posted)
    assert rig.core.seen[0].values["routes"] == "mail,dm"


async def test_it_takes_no_field_for_the_action(writing, rig):
    await writing.submit({"verb": "close", "subject": "other", "token": "x"})
    assert rig.core.seen[0].action == REPLY


async def test_it_says_at_the_field_what_is_wrong_and_leaves_the_form(writing, rig):
    rig.core.script[Verb.DRAFT] = lambda _: Answer(errors={"kind": "Choisissez-en un."}, code="required")
    page = await writing.submit({"text": "Bonsoir"})
    assert page.response.status_code == 422
    assert "<form" not in page.html
    assert re.search(r'<hx-partial hx-target="#error-kind"[^>]*>\s*<span>Choisissez-en un.', page.html)


async def test_it_says_above_the_form_what_concerns_no_field(writing, rig):
    rig.core.script[Verb.DRAFT] = lambda _: Answer(errors={"gone": "Trop tard."}, code="required")
    page = await writing.submit({"text": "Bonsoir"})
    assert "hx-partial" not in page.html
    assert "Trop tard." in page.text


async def test_it_shows_the_refusal_of_a_form_above_it(writing, rig):
    card = Card("s", "La version a changé", (Text("Relisez-la."),))
    rig.core.script[Verb.DRAFT] = lambda _: Answer(card=card, code="stale_revision")
    page = await writing.submit({"text": "Bonsoir"})
    assert page.response.status_code == 422
    assert "La version a changé Relisez-la." in page.text


async def test_it_draws_a_refused_form_anew_with_what_was_typed(writing, rig):
    anew = form(TEXT, CHOICE, CHECKS)
    rig.core.script[Verb.DRAFT] = lambda _: Answer(form=anew, errors={"kind": "Choisissez."}, code="required")
    page = await writing.submit({"text": "\n<Bonsoir>\n", "routes": "mail,dm"})
    assert page.forms[0].values["field.text"] == "\n<Bonsoir>\n"
    assert page.html.count(" checked") == 2
    assert re.search(r'id="error-kind"[^>]*>Choisissez\.<', page.html)


async def test_it_draws_the_next_form_with_its_own_values(writing, rig):
    following = form(TextField(name="text", label="Et puis ?", value="proposé"))
    rig.core.script[Verb.DRAFT] = lambda _: Answer(form=following)
    page = await writing.submit({"text": "tapé"})
    assert page.forms[0].values["field.text"] == "proposé"


async def test_it_shows_an_answer_to_the_one_who_asked(lea, rig):
    rig.core.script["status"] = lambda _: Answer(card=Card("s", "Où en est-on", (Text("Rien d’urgent."),)))
    page = await lea.command("status")
    assert "Ceci n'est visible que de vous." in page.text
    assert "Rien d’urgent." in page.text


async def test_it_keeps_the_room_in_the_buttons_of_an_answer(lea, rig):
    rig.board.open_room("r1", members=[LEA])
    more = Card("s", "Plus", (Actions((Button("Clore", Action(Verb.CLOSE, "5f0c")),)),))
    rig.core.script["status"] = lambda _: Answer(card=more)
    await lea.open("/c/r1")
    await lea.press("Clore", on=await lea.command("status"))
    assert rig.core.seen[1].room == "r1"


async def test_it_answers_with_nothing_when_all_is_done(lea):
    page = await lea.press("Ouvrir une crise")
    assert (page.response.status_code, page.html) == (200, "")


async def test_it_speaks_the_persons_language(lea, rig):
    rig.board.locales[LEA] = "en"
    page = await lea.open("/")
    await lea.press("Open a crisis")
    assert '<html lang="en">' in page.html
    assert rig.core.seen[0].actor.locale == "en"
