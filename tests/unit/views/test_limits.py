"""What every card and form keeps to, in both languages.

The numbers are Slack's (Block Kit reference): a modal's title and buttons 24 characters, an option 75,
at most 10 radio buttons, a confirmation's title 100 and text 300.
"""

import pytest

from bot.cards import MAX_BUTTONS, Actions, Button, Card, ChecksField, ChoiceField, Form
from bot.domain.states import Route
from bot.texts import translator
from bot.views.buttons import LABELS, SENT_BY
from tests.golden.gallery import GALLERY
from tests.golden.test_cards import LOCALES  # which fills the gallery

BUTTON_SHOWN = 30
MODAL = 24
OPTION = 75
RADIOS = 10


DRAWN = {f"{name}.{locale}": view(locale) for name, view in sorted(GALLERY.items()) for locale in LOCALES}


def shown(kind):
    return [pytest.param(what, id=name) for name, what in DRAWN.items() if isinstance(what, kind)]


@pytest.mark.parametrize("card", shown(Card))
def test_it_has_few_buttons_with_short_labels(card):
    for row in (block for block in card.blocks if isinstance(block, Actions)):
        assert 1 <= len(row.buttons) <= MAX_BUTTONS
        assert all(len(button.label) <= BUTTON_SHOWN for button in row.buttons)
    assert sum(isinstance(block, Actions) for block in card.blocks) <= 1


@pytest.mark.parametrize("card", shown(Card))
def test_it_has_no_two_buttons_alike(card):
    actions = [
        b.action
        for block in card.blocks
        if isinstance(block, Actions)
        for b in block.buttons
        if isinstance(b, Button)
    ]
    assert len(actions) == len(set(actions))


@pytest.mark.parametrize("card", shown(Card))
def test_it_confirms_in_few_words(card):
    for row in (block for block in card.blocks if isinstance(block, Actions)):
        for asked in (b.confirm for b in row.buttons if isinstance(b, Button) and b.confirm):
            assert len(asked.title) <= 100
            assert len(asked.text) <= 300
            assert max(len(asked.yes), len(asked.no)) <= BUTTON_SHOWN


@pytest.mark.parametrize("form", shown(Form))
def test_it_has_forms_that_fit_a_modal(form):
    assert max(len(form.title), len(form.submit), len(form.cancel)) <= MODAL
    assert 1 <= len(form.fields) <= 10
    assert len({field.name for field in form.fields}) == len(form.fields)
    for field in form.fields:
        if isinstance(field, ChoiceField | ChecksField):
            assert all(len(label) <= OPTION for _, label in field.options)
        if isinstance(field, ChoiceField) and field.wide:
            assert len(field.options) <= RADIOS


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_it_has_short_labels_even_where_no_card_shows_them(locale):
    _ = translator(locale)
    labels = [_(label) for label in (*LABELS.values(), *SENT_BY.values())]
    assert all(len(label) <= BUTTON_SHOWN for label in labels)


def test_it_has_a_label_and_a_form_for_every_way():
    assert set(SENT_BY) == set(Route)
