"""What a message seems to be, by the model as it is shipped; and what machines are told."""

import json

import pytest

from bot.commands.triage import proposals
from bot.data import LEXICON, TRIAGE_WEIGHTS
from bot.domain.levels import Level
from bot.texts import translator
from bot.triage.judging import Triage
from bot.triage.lexicon import parse_lexicon
from bot.triage.loading import load
from bot.triage.model import Model


@pytest.fixture(scope="module")
def triage() -> Triage:
    return load()


@pytest.fixture(scope="module")
def triage_without_embeddings() -> Triage:
    return Triage(parse_lexicon(LEXICON.read_text("utf-8")), Model(TRIAGE_WEIGHTS, None))


PLAIN_CRIES = [
    "j'ai envie de mourir",
    "je veux en finir avec tout ça, je suis un poids pour ma famille",
    "Je n'en peux plus, ce soir je mets fin à mes jours. Adieu à tous.",
    "ils seraient mieux sans moi, j'aimerais ne plus me réveiller",
    "i want to die",
    "I can't go on. Everyone would be better off without me.",
    "im going to kill myself tonight, goodbye",
    "je veu mourir jen peu plu",
]
PLAIN_TALK = [
    "Bonjour, à quelle heure ouvre l'agence de Lyon demain ?",
    "Mort de rire, ce but à la dernière minute !",
    "Ma commande n'est toujours pas arrivée, je veux être remboursé.",
    "Great update, the new map is so good",
    "Where can I change my billing address?",
    "Merci pour votre aide, tout fonctionne.",
]


@pytest.mark.parametrize("text", PLAIN_CRIES)
def test_it_alarms_at_a_plain_cry(triage, text):
    proposal = triage.judge(text, translator)
    assert proposal.level >= Level.D2
    assert proposal.category in {"distress", "third_party"}
    assert proposal.reasons


@pytest.mark.parametrize("text", PLAIN_TALK)
def test_it_leaves_plain_talk_in_peace(triage, text):
    assert triage.judge(text, translator).level is Level.D0


@pytest.mark.parametrize("text", PLAIN_CRIES[:3])
def test_it_alarms_at_a_plain_cry_without_the_embeddings(triage_without_embeddings, text):
    assert triage_without_embeddings.judge(text, translator).level >= Level.D2


def test_it_marks_the_words_in_the_text_as_it_was_written(triage):
    text = "Bonjour. Je veux M0UR1R, c'est dit."
    reasons = triage.judge(text, translator).reasons
    assert "Je veux M0UR1R" in {text[each.start : each.end] for each in reasons}


def test_it_says_what_an_abbreviation_means_and_what_else(triage):
    text = "depuis ma TS je ne dors plus"
    why = [each.why for each in triage.judge(text, translator).reasons if "TS" in text[each.start : each.end]]
    assert why
    assert "tentative" in why[0]
    assert "titre de séjour" in why[0]


def test_it_tells_the_language_by_the_small_words(triage):
    assert triage.judge("I don't know what to do with it", translator).language == "en"
    assert triage.judge("je ne sais pas quoi faire", translator).language == "fr"


@pytest.mark.parametrize(
    "text", ["", " ", "💀", "\x00", "<script>", "a" * 20_000, "\u202e\u200b" * 50, "🙂 " * 3000]
)
def test_it_judges_whatever_comes(triage, text):
    proposal = triage.judge(text, translator)
    assert all(0 <= each.start <= each.end <= len(text) for each in proposal.reasons)


def test_it_answers_a_line_each_and_says_which_cannot_be_read(triage):
    lines = [
        json.dumps({"id": "a", "text": "je veux mourir", "country": "FR"}),
        "not JSON",
        json.dumps({"id": 7, "text": None}),
        json.dumps(["a"]),
        "",
        json.dumps({"id": "b", "text": "merci"}),
    ]
    first, *bad, last = proposals(triage, lines)
    assert first["id"] == "a"
    assert set(first) == {"id", "category", "level", "language", "reasons"}
    assert set(first["reasons"][0]) == {"start", "end", "term", "why"}
    assert [each["line"] for each in bad] == [2, 3, 4]
    assert last["id"] == "b"
    assert last["level"] == "D0"
