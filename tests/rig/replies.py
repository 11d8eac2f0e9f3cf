"""Replies to be checked: a good one in each language, to be spoilt by a test."""

from dataclasses import replace
from datetime import UTC, datetime

from bot import gate
from bot.domain.levels import Level
from bot.domain.states import Route

AFTERNOON = datetime(2026, 11, 24, 14, tzinfo=UTC)

FRENCH = gate.Candidate(
    text=(
        "Bonsoir Nuage7,\n"
        "Merci de nous avoir écrit. Quand tu dis « je ne dors plus et tout me pèse », j'entends un "
        "épuisement qui dure. Est-ce que tu penses à mourir en ce moment ?\n"
        "Le 3114 t'écoute jour et nuit, gratuitement. Si tu es en danger maintenant, appelle le 15 ou le "
        "112.\nTu peux me répondre ici, à ce message : je le lis chaque jour de 9 h à 21 h. "
        "Je te réécris jeudi soir.\n"
        "Léa, modératrice, Forum Exemple"
    ),
    original="je ne dors plus et tout me pèse, à quoi bon continuer",
    category="distress",
    level=Level.D2,
    country="FR",
    language="fr",
    routes=frozenset({Route.PRIVATE_MESSAGE}),
    now=AFTERNOON,
    member="Nuage7",
)
ENGLISH = replace(
    FRENCH,
    text=(
        "Hi Heron,\n"
        "Thank you for writing to us. When you say “nothing I do matters any more”, I hear how worn out and "
        "alone you feel. Are you thinking about suicide?\n"
        "Samaritans listen day and night on 116 123. If you are in danger now, call 999.\nYou "
        "can reply here, to this message: I read it every day from 9 to 9. I will write to you on Thursday.\n"
        "Sam, moderator, Example Forum"
    ),
    original="nothing I do matters any more, i am done",
    country="GB",
    language="en",
    member="Heron",
)
GOOD = {"fr": FRENCH, "en": ENGLISH}


def saying(sentence: str, language: str) -> gate.Candidate:
    """The good reply with one sentence more before its signature."""
    good = GOOD[language]
    body, _, signature = good.text.rpartition("\n")
    return replace(good, text=f"{body} {sentence}\n{signature}")


def rules(candidate: gate.Candidate) -> set[str]:
    """What is found, whatever it weighs."""
    return {found.rule for found in gate.check(candidate)}


def passages(candidate: gate.Candidate, rule: str) -> list[str]:
    """The words that a rule points at."""
    found = [each for each in gate.check(candidate) if each.rule == rule]
    return [candidate.text[each.start : each.end] for each in found]
