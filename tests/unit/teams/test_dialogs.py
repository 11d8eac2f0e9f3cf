"""Dialogs on Teams: a form goes out, what was typed comes back, a refused one comes again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.dialogs import MAX_DIALOG, Submitted, card_task, form_task, submitted
from bot.cards import Action, Actions, Button, Card, ChecksField, ChoiceField, Form, Quote, Text, TextField
from bot.domain.ids import RoomRef
from bot.domain.verbs import Verb
from tests.rig.any_cards import cards, form_fields, hostile
from tests.rig.teams_cards import actions, check_card, inputs, lines, weight
from tests.unit.teams.test_render import SOME, look

ROOM = RoomRef("19:abc@thread.v2")


def form(*fields, **more) -> Form:
    return Form(Action(Verb.DRAFT, "c1", 2), more.pop("title", "Title"), "Send", "Cancel", fields, **more)


def card_of(task):
    value = task["task"]["value"]
    assert task["task"]["type"] == "continue"
    assert value["title"].strip()
    assert len(value["title"]) <= 64
    check_card(value["card"]["content"])
    assert weight(value["card"]["content"]) <= MAX_DIALOG
    return value["card"]["content"]


def shows(made: Form, **more):
    return card_of(form_task(made, look(), room=ROOM, **more))


def sent(card, **typed) -> Submitted:
    """What Teams sends: the button's data, and what was typed, or stood there, beside it."""
    (button,) = actions(card)
    there = {name: element.get("value", "") for name, element in inputs(card).items()}
    return submitted({**there, **typed, **button["data"]})


@SOME
@given(hostile, form_fields, st.lists(st.builds(Text, hostile) | st.builds(Quote, hostile), max_size=3))
def test_it_fits_every_limit(title, field, intro):
    shows(form(field, title=title, intro=tuple(intro)))


@SOME
@given(cards())
def test_it_shows_any_card(card):
    card_of(card_task(card, look(), room=ROOM))


def test_it_brings_back_what_was_typed_with_what_it_was_for():
    made = form(
        TextField("text", "Message", multiline=True, required=True),
        ChoiceField("what", "What", (("a", "First"), ("b", "Second")), required=True),
        ChecksField("routes", "Routes", (("mail", "E-mail"), ("post", "Letter"))),
        TextField("link", "Link"),
    )
    back = sent(shows(made), text="<b> & all", what="b", routes="mail,post")
    assert back == Submitted(
        made.action, ROOM, {"text": "<b> & all", "what": "b", "routes": "mail,post", "link": ""}
    )


def test_it_brings_back_untouched_what_was_prefilled():
    made = form(
        TextField("text", "Message", value="before"),
        ChoiceField("what", "What", (("a", "First"), ("b", "Second")), value="b", wide=True),
        ChecksField("routes", "Routes", (("mail", "E-mail"), ("post", "Letter")), values=("post",)),
    )
    assert sent(shows(made)).values == {"text": "before", "what": "b", "routes": "post"}


def test_it_keeps_half_a_pair_and_nul_from_the_database():
    assert sent(shows(form(TextField("text", "T"))), text="a\ud83d\x00b").values == {"text": "a\ufffd\u2400b"}


def test_it_asks_for_what_is_needed():
    needed = inputs(shows(form(TextField("text", "T", required=True))))["text"]
    assert (needed["isRequired"], needed["errorMessage"]) == (True, "À remplir.")


def test_it_comes_again_with_what_was_typed_and_why_it_was_refused():
    made = form(
        TextField("text", "Text", value="before"),
        ChoiceField("what", "What", (("a", "First"), ("b", "Second")), value="a"),
        ChecksField("routes", "Routes", (("mail", "E-mail"), ("post", "Letter")), values=("mail",)),
    )
    typed = {"text": "typed", "what": "b", "routes": "post"}
    again = shows(made, typed=typed, errors={"what": "Not that.", "other": "And this."})
    assert sent(again).values == typed
    said = lines(again)
    assert said[0] == "⚠️ And this."
    assert said.index("⚠️ Not that.") == said.index("(Input.ChoiceSet What)") - 1


def test_it_says_that_a_prefill_is_too_long():
    card = shows(form(TextField("text", "T", value="x" * 4000, hint="A hint.")))
    assert len(inputs(card)["text"]["value"]) == 3000
    (note,) = [line for line in lines(card) if line.endswith("A hint.")]
    assert note.startswith("Le texte compte 4000 caractères")


def test_it_puts_few_options_side_by_side_and_many_in_a_list():
    few, many = (tuple((str(n), f"O{n}") for n in range(count)) for count in (4, 40))
    kinds = [
        inputs(shows(form(field)))["c"]["style"]
        for field in (
            ChoiceField("c", "C", few, wide=True),
            ChoiceField("c", "C", few),
            ChoiceField("c", "C", many, wide=True),
            ChecksField("c", "C", few),
            ChecksField("c", "C", many),
        )
    ]
    assert kinds == ["expanded", "compact", "compact", "expanded", "compact"]


def test_it_shows_a_long_message_whole():
    words = "é" * 30_000
    assert f"> {words}" in lines(card_of(card_task(Card("s", "t", (Quote(words),)), look(), room=None)))


def test_it_tells_a_press_in_a_dialog_from_a_form():
    pressed = Action(Verb.APPROVE, "c1.d1", 2)
    card = card_of(card_task(Card("s", "t", (Actions((Button("Yes", pressed),)),)), look(), room=ROOM))
    (button,) = actions(card)
    assert button["type"] == "Action.Submit"
    assert submitted(button["data"]) == Submitted(pressed, ROOM, None)


@pytest.mark.parametrize("data", [{}, None, {"text": "typed"}, {"cellule": {"form": True}}])
def test_it_refuses_what_no_dialog_of_ours_sent(data):
    with pytest.raises(ValueError, match=r"not a|valid Verb"):
        submitted(data)
