import re
from html import escape, unescape
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from adapters.web import problems
from adapters.web.problems import Problem
from adapters.web.render import Screen
from adapters.web.session import new_session
from adapters.web.visitor import Visitor
from bot.cards import (
    Action,
    Actions,
    Button,
    Card,
    ChecksField,
    ChoiceField,
    Confirm,
    Divider,
    Fields,
    Form,
    Mention,
    Quote,
    RoomLink,
    Style,
    Text,
    TextField,
    Tone,
)
from bot.domain.ids import PersonId, Platform, RoomRef
from bot.domain.verbs import Verb
from bot.domain.wording import for_display
from bot.texts import translator
from tests.rig.examples import examples
from tests.rig.web_board import FARID, LEA, NIGHT, MemoryBoard

SCREEN = Screen()
PEOPLE = MemoryBoard().people()
VISITOR = Visitor(
    session=new_session(LEA),
    is_new=False,
    form_token="t",
    person=PEOPLE[0],
    people=PEOPLE,
    may_choose=True,
    say=translator("fr"),
    zone=ZoneInfo("Europe/Paris"),
    now=NIGHT,
)
HOSTILE = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' hx-on:click='alert(1)",
        "{{ 7 * 7 }}{% raw %}",
        "<hx-partial hx-target='body'>x</hx-partial>",
        "</textarea><script>",
        "javascript:alert(1) https://a.example/?<b>&'\" www.b.example c@d.example",
        "\u202e\u2066gniht\u0000\u200b",
        "<!channel> <@U123>",
    ]
)


def draw(card: Card) -> str:
    return SCREEN.draw("answer_card.html", VISITOR, card=card, card_id="c", room="r")


def draw_form(*fields) -> str:
    form = Form(action=Action(Verb.DRAFT), title="T", submit="S", cancel="C", fields=fields)
    return SCREEN.draw("form.html", VISITOR, form=form, card_id="f", errors={}, typed={}, room="r")


def one(*blocks) -> str:
    return draw(Card("s", "t", blocks))


class Skeleton(HTMLParser):
    """Every tag of a piece of HTML with the names of its attributes; addresses and words of a text apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[tuple[str, ...]] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and "class" not in given:
            self.addresses.append(given["href"])
        elif given.get("class") not in {"word", "whole"}:
            self.parts.append((tag, *given))


def whole(text: str) -> Card:
    """A card with the same text wherever a text may stand."""
    confirm = Confirm(text, text, text, text)
    return Card(
        text,
        text,
        (
            Text(text, Tone.ALERT),
            Quote(text, label=text),
            Fields(((text, text),)),
            Mention((PersonId(text), LEA), text),
            Divider(),
            Actions(
                (
                    Button(text, Action(Verb.NOTE, "s"), Style.DANGER, confirm),
                    RoomLink(text, Platform.WEB, RoomRef(text)),
                    RoomLink(text, Platform.SLACK, RoomRef(text)),
                )
            ),
        ),
    )


def whole_form(text: str) -> tuple:
    return (
        TextField("a", text, value=text, hint=text),
        TextField("b", text, value=text, multiline=True),
        ChoiceField("c", text, ((text, text),), value=text, hint=text),
        ChoiceField("d", text, ((text, text),), wide=True),
        ChecksField("e", text, ((text, text),), values=(text,)),
    )


@given(HOSTILE)
@settings(max_examples=examples(100))
def test_it_shows_hostile_text_as_text(text):
    calm = "x" if text else ""
    shown = Skeleton(draw(whole(text)))
    assert shown.parts == Skeleton(draw(whole(calm))).parts
    assert all(address.startswith(("https://", "http://", "mailto:")) for address in shown.addresses)
    assert Skeleton(draw_form(*whole_form(text))).parts == Skeleton(draw_form(*whole_form(calm))).parts


@given(HOSTILE)
def test_it_shows_a_quote_whole_without_what_deceives(text):
    found = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", one(Quote(text)), re.DOTALL)
    assert found
    assert unescape(found[1]) == unescape(for_display(text).replace("&", "&amp;")).replace("&amp;", "&")


@given(HOSTILE)
def test_it_gives_a_text_to_edit_back_untouched(text):
    html = draw_form(TextField("a", "A", value=text, multiline=True))
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", html, re.DOTALL)
    assert found
    assert unescape(found[1].replace("\u0000", "")) == text.replace("\u0000", "")


@given(
    st.sampled_from(Verb),
    st.text(st.characters(categories=["L", "N"]), max_size=20) | HOSTILE,
    st.none() | st.integers(0, 10**9 - 1),
)
@settings(max_examples=examples(50))
def test_it_brings_back_the_action_that_was_shown(verb, subject, revision):
    html = one(Actions((Button("B", Action(verb, subject, revision)),)))
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))
    assert sent["verb"] == verb.value
    assert unescape(sent["subject"]) == subject
    assert sent["revision"] == ("" if revision is None else str(revision))


def test_it_isolates_a_text_from_its_surroundings():
    html = one(Text("a"), Quote("b", label="c"), Fields((("d", "e"),)), Mention((FARID,), "f"))
    assert html.count('dir="auto"') == 7  # the title and six texts
    assert "<bdi>Farid Benali</bdi>" in html


def test_it_links_an_address_of_ours_and_none_of_a_quote():
    address = "https://forum.example/42?a=1&b=2"
    link = f'<a href="{escape(address)}" rel="noopener noreferrer" target="_blank">{escape(address)}</a>'
    assert f"À lire ici\u00a0: {link}.</p>" in one(Text(f"À lire ici\u00a0: {address}."))
    assert "<a " not in one(Quote(address))


def test_it_lets_a_thumb_dial_a_telephone_number_and_nothing_else():
    html = one(Fields((("Farid", "+33639980005"), ("Salomé", "pas de numéro"), ("Écart", "+2"))))
    assert '<a class="telephone" href="tel:+33639980005">+33639980005</a>' in html
    assert html.count("tel:") == 1


def test_it_lets_a_thumb_dial_the_numbers_that_a_sentence_names_and_no_others():
    said = "Léa appelle le 15 ou le 01 46 21 46 46 avant 15:20, à 15 ans."
    html = one(Text(said, Tone.STRONG, ("15", "17", "01 46 21 46 46")))
    assert 'le <a class="telephone" href="tel:15">15</a> ou' in html
    assert '<a class="telephone" href="tel:0146214646">01 46 21 46 46</a> avant' in html
    assert html.count("tel:") == 2
    assert "tel:" not in one(Text(said))


def test_it_lets_a_thumb_dial_112_where_nobody_has_come_in():
    broken = SCREEN.problem(Request({"type": "http", "headers": []}), Problem(500, problems.BROKEN))
    assert 'call <a class="telephone" href="tel:112">112</a> now' in bytes(broken.body).decode()


def test_it_keeps_the_number_of_a_crisis_on_one_line():
    html = draw(Card("s", "FORUM · crise 2026-014", ()))
    assert '<span class="word">2026-014</span>' in html


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("appel à 03:12 · gravité 4 sur 4", "appel à~03:12~· gravité~4~sur~4"),
        ("NO CALL RECORDED for 3 min.", "NO CALL RECORDED for~3~min."),
        ("until 30 June 2027", "until~30~June 2027"),
        ("press “Life in danger” first", "press “Life~in~danger” first"),
        ("appuyez sur « Vie en danger ».", "appuyez sur «~Vie~en~danger~»."),
        ("FORUM · crise 2026-014", "FORUM~· crise 2026-014"),
    ],
)
def test_it_ends_no_line_between_a_number_and_what_it_counts(said, drawn):
    drawn = drawn.replace("~", "\u00a0")
    assert f'<dd dir="auto">{drawn}</dd>' in one(Fields((("d", said),)))
    assert f'<blockquote dir="auto">{said}<' in one(Quote(said))


def test_it_ends_no_line_within_a_hyphened_word_nor_touches_an_address():
    html = one(Text("Par e-mail, puis https://a-b.example/c-d et ici."))
    assert 'Par <span class="whole">e-mail,</span> puis <a href="https://a-b.example/c-d"' in html
    assert html.count('class="whole"') == 1


@pytest.mark.parametrize("tone", list(Tone))
def test_it_gives_each_tone_its_look(tone):
    assert f'class="text text-{tone.value}"' in one(Text("x", tone))


def test_it_marks_the_readers_own_name():
    html = one(Mention((LEA, FARID), "on a besoin de vous."))
    assert html.count("chip-me") == 1
    assert re.search(r"chip-me[^L]*Léa Martin", html)


def test_it_asks_once_more_in_the_pages_own_dialog():
    confirm = Confirm("Sûr ?", "Cela part.", "Envoyer", "Attendre")
    html = one(Actions((Button("Envoyer", Action(Verb.RELEASE, "s"), Style.DANGER, confirm),)))
    assert 'hx-confirm="asked" data-title="Sûr ?" data-text="Cela part." data-yes="Envoyer"' in html
    assert 'data-no="Attendre" data-style="danger"' in html


def test_it_asks_nothing_for_a_plain_button():
    assert "hx-confirm" not in one(Actions((Button("Note", Action(Verb.NOTE)),)))


def test_it_links_to_a_room_of_the_browser_alone():
    html = one(
        Actions(
            (
                RoomLink("Ouvrir", Platform.WEB, RoomRef("r/1?x")),
                RoomLink("Salon", Platform.SLACK, RoomRef("C1")),
            )
        )
    )
    assert '<a class="plain" href="/c/r/1%3Fx">Ouvrir</a>' in html
    assert "Salon\u00a0: dans Slack" in html
    assert "C1" not in html


def test_it_ties_each_hint_and_error_to_its_field():
    html = draw_form(TextField("text", "Texte", hint="Deux phrases", required=True))
    assert '<label for="field-text">' in html
    assert 'aria-describedby="hint-text error-text"' in html
    assert re.search(r'<p id="hint-text"[^>]*>Deux phrases</p>', html)
    assert re.search(r'<p id="error-text"[^>]*></p>', html)


def test_it_names_a_group_of_choices():
    html = draw_form(ChoiceField("kind", "Genre", (("a", "Un"), ("b", "Deux")), wide=True, value="b"))
    assert re.search(r"<fieldset[^>]*>\s*<legend>Genre", html)
    assert re.search(r'value="b" checked', html)
    assert html.count(" checked") == 1


def test_it_offers_an_empty_choice_only_when_nothing_is_chosen():
    options = (("a", "Un"), ("b", "Deux"))
    assert '<option value="">Choisir…</option>' in draw_form(ChoiceField("k", "K", options))
    assert '<option value="">' not in draw_form(ChoiceField("k", "K", options, value="a"))


def test_it_draws_a_fresh_nonce_for_every_button():
    buttons = tuple(Button(str(n), Action(Verb.NOTE)) for n in range(3))
    nonces = re.findall(r'name="nonce" value="([^"]+)"', one(Actions(buttons)) + one(Actions(buttons)))
    assert len(set(nonces)) == 6
