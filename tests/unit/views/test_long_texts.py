"""What a platform finds too long is cut, and says so."""

from bot.cards import Action, Actions, Button, Divider, Fields, Mention, Quote, Text
from bot.domain.ids import PersonId
from bot.domain.verbs import Verb
from bot.texts import translator
from bot.views.long_texts import fit_aloud, texts_of

ENGLISH = translator("en")
NOTE = " [Cut: the whole text has 200 characters.]"


def test_it_finds_every_text_beside_the_buttons():
    blocks = (
        Text("a"),
        Quote("b", label="c"),
        Divider(),
        Fields((("d", "e"), ("f", "g"))),
        Mention((PersonId("lea"),), "h"),
        Actions((Button("not this", Action(Verb.MORE)),)),
    )
    assert "".join(texts_of(blocks)) == "abcdefgh"


def test_it_leaves_whole_what_fits():
    assert fit_aloud("x" * 200, 200, len, ENGLISH) == "x" * 200


def test_it_says_that_a_text_is_cut():
    said = fit_aloud("x" * 200, 100, len, ENGLISH)
    assert said == "x" * (99 - len(NOTE)) + "…" + NOTE


def test_it_says_so_only_where_more_of_the_text_is_left_than_the_note_takes():
    assert fit_aloud("x" * 200, 2 * len(NOTE), len, ENGLISH) == "x" * (2 * len(NOTE) - 1) + "…"


def test_it_measures_as_the_platform_does():
    said = fit_aloud("é" * 200, 100, lambda text: len(text.encode()), ENGLISH)
    assert said.endswith("…" + NOTE)
    assert len(said.encode()) <= 100
