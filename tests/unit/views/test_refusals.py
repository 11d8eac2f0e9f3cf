"""Every refusal says why not, and what to do instead."""

from typing import Any

import pytest

from bot.cards import Card, Text
from bot.domain.errors import Code, Refused
from bot.texts import translator
from bot.views.refusals import SENTENCES, refusal_card, sentence

PARAMS: dict[Code, Any] = {
    Code.CRISIS_CLOSED: {"number": "2026-014"},
    Code.CRISIS_MERGED: {"number": "2026-013", "other": "2026-014"},
    Code.OTHER_COMMUNITY: {"number": "2026-014"},
    Code.OWN_CRISIS: {"number": "2026-014"},
    Code.DISTRESS_APART: {"number": "2026-013"},
    Code.STALE_REVISION: {"seen": 1, "current": 2},
    Code.CHECK_STOPS: {"how": "Promise no secrecy."},
    Code.TEXT_TOO_LONG: {"length": 3001, "limit": 3000},
    Code.UNFILLED: {"holes": "<their words>"},
    Code.ADDRESS_LINES: {"limit": 6},
    Code.ADDRESS_LINE_LONG: {"line": 2, "length": 39, "limit": 38},
    Code.ADDRESS_MARKS: {"line": 1, "mark": ","},
    Code.WHEN_PAST: {"hour": "09:00"},
    Code.UNKNOWN_COMMAND: {"command": "ouvre"},
    Code.CANNOT_TAKE_OVER: {"name": "Inès"},
}


def test_it_has_a_sentence_for_every_code():
    assert set(SENTENCES) == set(Code)


@pytest.mark.parametrize("locale", ["fr", "en"])
@pytest.mark.parametrize("code", Code)
def test_it_fills_every_sentence(code, locale):
    params = PARAMS.get(code, {})
    said = sentence(Refused(code, **params), translator(locale))
    assert "{" not in said
    assert said.endswith(".")
    for value in params.values():
        assert str(value) in said


@pytest.mark.parametrize("code", Code)
def test_it_says_it_in_both_languages(code):
    refused = Refused(code, **PARAMS.get(code, {}))
    assert sentence(refused, translator("fr")) != sentence(refused, translator("en"))


def test_it_puts_the_sentence_before_the_fresh_card():
    fresh = Card("s", "the title", (Text("the block"),))
    card = refusal_card(Refused(Code.OWN_DRAFT), translator("en"), fresh)
    assert [block.text for block in card.blocks if isinstance(block, Text)] == [
        "You wrote this text, so others decide. If it is urgent, name somebody who can approve.",
        "the title",
        "the block",
    ]
