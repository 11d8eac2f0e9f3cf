"""`cellule demo`: the whole night, told in both languages, and nothing left of it."""

import pytest

from bot.commands.demo import PACE, demo
from bot.texts import translator

STEPS = 12
WITHIN = 20
"""Seconds that the whole may take."""


def told(locale: str) -> str:
    said: list[str] = []
    demo(translator(locale), say=said.append, pace=0)
    return "\n".join(said)


@pytest.mark.parametrize(
    ("locale", "sentences"),
    [
        (
            "en",
            (
                "is open",
                "LIFE IN DANGER",
                "a reply is approved",
                "crisis closed",
                "is whole",
            ),
        ),
        ("fr", ("est ouverte", "VIE EN DANGER", "une réponse est approuvée", "crise close", "est intact")),
    ],
)
def test_it_plays_a_whole_crisis(locale, sentences):
    whole = told(locale)
    positions = [whole.lower().find(sentence.lower()) for sentence in sentences]
    assert -1 not in positions, sentences
    assert whole.count("── ") == 2 * STEPS


def test_it_says_the_hour_after_the_time_that_passed():
    whole = told("en").splitlines()
    assert "── 03:12 ── Two minutes pass, nobody has noted a call." in whole
    assert "── 07:12 ── Hours later: somebody looks after the member." in whole


def test_it_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    told("fr")
    assert list(tmp_path.iterdir()) == []


def test_it_leaves_time_to_read_and_ends_soon():
    assert 5 < STEPS * PACE < WITHIN / 2
