"""Forms on Slack: within its limits, and what was typed comes back whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.forms import card_view, form_view, marked, room_of, submitted
from bot.cards import Action, Card, ChecksField, ChoiceField, Fields, Form, Quote, Text, TextField
from bot.domain.ids import RoomRef
from bot.domain.verbs import Verb
from tests.rig.any_cards import form_fields, hostile
from tests.rig.slack.lint import check_view
from tests.rig.slack.person import typed_into
from tests.rig.slack.views import as_json
from tests.rig.slack.world import Dialog
from tests.unit.slack.test_render import SOME, WORLD, look

ROOM = RoomRef("C1")


def form(*fields, **more) -> Form:
    return Form(Action(Verb.DRAFT, "c1", 2), more.pop("title", "Title"), "Send", "Cancel", fields, **more)


def view(made: Form, room: RoomRef | None = ROOM):
    rendered = form_view(made, look(), room=room, nonce="n1")
    check_view(rendered)
    return rendered


def filled(made: Form, answers):
    dialog = Dialog("V1", "U1", view(made), "h1")
    return submitted(as_json(dialog, WORLD, typed_into(dialog, answers)))


@SOME
@given(hostile, form_fields, st.lists(st.builds(Text, hostile) | st.builds(Quote, hostile), max_size=3))
def test_it_fits_every_limit(title, field, intro):
    view(form(field, title=title, intro=tuple(intro)))


def test_it_brings_back_what_was_typed_with_what_it_was_for():
    made = form(
        TextField("text", "Message", multiline=True, required=True),
        ChoiceField("what", "What", (("a", "First"), ("b", "Second")), required=True),
        ChecksField("routes", "Routes", (("mail", "E-mail"), ("post", "Letter"), ("pm", "Private"))),
        TextField("link", "Link"),
    )
    sent = filled(made, {"Message": "<b> & all", "what": "Second", "Routes": ["Private", "E-mail"]})
    assert sent.action == made.action
    assert sent.room == ROOM
    assert sent.values == {"text": "<b> & all", "what": "b", "routes": "mail,pm", "link": ""}


def test_it_brings_back_untouched_what_was_prefilled():
    made = form(
        TextField("text", "Message", value="before"),
        ChoiceField("what", "What", (("a", "First"), ("b", "Second")), value="b", wide=True),
        ChecksField("routes", "Routes", (("mail", "E-mail"), ("post", "Letter")), values=("post",)),
    )
    assert filled(made, {}).values == {"text": "before", "what": "b", "routes": "post"}


def test_it_keeps_half_a_pair_and_nul_from_the_database():
    assert filled(form(TextField("text", "T")), {"T": "a\ud83d\x00b"}).values["text"] == "a\ufffd\u2400b"


def test_it_says_that_a_prefill_is_too_long_for_slack():
    rendered = view(form(TextField("text", "T", value="x" * 4000, hint="A hint.")))
    block = rendered["blocks"][0]
    assert len(block["element"]["initial_value"]) == 3000
    assert block["hint"]["text"].startswith("Le texte compte 4000 caractères")
    assert block["hint"]["text"].endswith("A hint.")


def test_it_puts_few_options_side_by_side_and_many_in_a_list():
    few, many = (tuple((str(n), f"O{n}") for n in range(count)) for count in (4, 40))
    kinds = [
        view(form(field))["blocks"][0]["element"]["type"]
        for field in (
            ChoiceField("c", "C", few, wide=True),
            ChoiceField("c", "C", few),
            ChoiceField("c", "C", many, wide=True),
            ChecksField("c", "C", few),
            ChecksField("c", "C", many),
        )
    ]
    assert kinds == ["radio_buttons", "static_select", "static_select", "checkboxes", "multi_static_select"]


def test_it_never_keeps_in_a_new_form_what_was_typed_in_the_last():
    made = form(TextField("text", "T"))
    ids = {form_view(made, look(), room=None, nonce=nonce)["blocks"][0]["block_id"] for nonce in ("a", "b")}
    assert len(ids) == 2


def test_it_puts_an_error_at_its_field():
    rendered = view(form(TextField("text", "T"), TextField("link", "L")))
    assert marked(rendered, {"link": "No."}) == {"link#n1": "No."}


def test_it_puts_an_error_without_a_field_at_the_first():
    assert marked(view(form(TextField("text", "T"))), {"other": "No."}) == {"text#n1": "No."}
    assert marked(view(form(intro=(Text("x"),))), {"other": "No."}) == {}


def test_it_shows_what_a_form_is_about():
    rendered = view(form(TextField("text", "T"), intro=(Text("hello"), Fields((("a", "b"),)))))
    assert rendered["blocks"][0]["type"] == "rich_text"


def test_it_shows_a_card_in_a_dialog():
    rendered = card_view(Card("s", "t", (Text("x"),)), look(), room=ROOM, nonce="n")
    check_view(rendered)
    assert room_of(rendered) == ROOM
    with pytest.raises(ValueError, match="not an action"):
        submitted({**rendered, "state": {"values": {}}})
