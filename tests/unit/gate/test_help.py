"""Whom the member can call, and when."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot import gate
from bot.domain.levels import Level
from bot.domain.reply_rules import Weight
from bot.domain.states import Age, Route
from tests.rig.replies import ENGLISH, FRENCH, passages, rules

NIGHT = datetime(2026, 11, 24, 2, 10, tzinfo=UTC)


def with_line(text, candidate=FRENCH):
    """The good reply with another help line in the place of its own."""
    return replace(candidate, text=candidate.text.replace("Le 3114 t'écoute", f"{text} t'écoute"))


@pytest.mark.parametrize(
    "written", ["Le 31 14", "Le 31.14", "SOS Amitié (09 72 39 40 50)", "Le +33 9 72 39 40 50"]
)
def test_it_knows_a_line_however_its_number_is_written(written):
    assert rules(with_line(written)) == set()


def test_it_takes_a_line_by_its_site_too():
    assert "R01" not in rules(with_line("Sur sos-amitie.com, quelqu'un"))


@pytest.mark.parametrize("written", ["Une ligne", "Le 143", "Le 116 123", "Le 39 89"])
def test_it_wants_a_line_of_the_country_for_this_need(written):
    assert "R01" in rules(with_line(written))


def test_it_wants_a_line_that_answers_now():
    young = with_line("Fil Santé Jeunes, au 0 800 235 236,")
    assert "R01" not in rules(young)
    assert "R01" in rules(replace(young, now=NIGHT))


def test_it_wants_hours_or_day_and_night_in_a_letter():
    letter = replace(FRENCH, routes=frozenset({Route.LETTER}))
    young = with_line("Fil Santé Jeunes, au 0 800 235 236, de 9 h à 23 h,", letter)
    silent = replace(young, text=young.text.replace(", de 9 h à 23 h,", "").replace("jour et nuit, ", ""))
    silent = replace(silent, text=silent.text.replace(" de 9 h à 21 h", ""))
    assert "R01" not in rules(letter)
    assert "R01" not in rules(young)
    assert "R01" in rules(silent)


@pytest.mark.parametrize(
    ("number", "weight"), [("988", None), ("1-888-375-7767", Weight.WARN), ("3114", Weight.BLOCK)]
)
def test_it_only_warns_where_nobody_knows_which_language_the_line_speaks(number, weight):
    """The second is listed without its languages."""
    american = replace(ENGLISH, country="US", text=ENGLISH.text.replace("116 123", number))
    american = replace(american, now=datetime(2026, 11, 24, 17, tzinfo=UTC))
    found = {each.rule: each.weight for each in gate.check(american)}
    assert found.get("R01") is weight


def test_it_wants_the_language_of_the_reply():
    abroad = replace(
        ENGLISH, country="FR", text=ENGLISH.text.replace("116 123", "3114").replace("999", "112")
    )
    assert "R01" in rules(abroad)
    assert "R01" not in rules(replace(abroad, text=abroad.text.replace("3114", "01 46 21 46 46")))


def test_it_takes_the_directory_where_no_line_answers():
    night = replace(ENGLISH, country="FR", now=NIGHT, text=ENGLISH.text.replace("999", "112"))
    directory = night.text.replace("on 116 123", "through findahelpline.com")
    assert "R01" in rules(night)
    assert "R01" not in rules(replace(night, text=directory))


def test_it_wants_the_emergency_number_of_the_country():
    assert "R02" in rules(replace(FRENCH, text=FRENCH.text.replace("appelle le 15 ou le 112", "appelle")))
    assert "R02" in rules(replace(ENGLISH, text=ENGLISH.text.replace("999", "911")))


def test_it_takes_a_date_for_no_emergency_number():
    text = FRENCH.text.replace("appelle le 15 ou le 112", "on se parle le 15 novembre")
    assert "R02" in rules(replace(FRENCH, text=text))


@pytest.mark.parametrize("number", ["3020", "01 23 45 67 89", "0810 037 037", "+33 6 39 98 00 01"])
def test_it_stops_a_number_that_nobody_knows(number):
    candidate = replace(
        FRENCH, text=FRENCH.text.replace("Je te réécris", f"Appelle le {number}. Je te réécris")
    )
    assert passages(candidate, "R21") == [number]
    ours = gate.Facts(known_numbers=frozenset({number}))
    assert passages(replace(candidate, facts=ours), "R21") == []


@pytest.mark.parametrize(
    "said", ["à 18 h 30", "le 24 novembre 2026", "24h/24 et 7j/7", "12,50 €", "la commande 88412"]
)
def test_it_takes_hours_days_and_files_for_no_number(said):
    candidate = replace(
        FRENCH, text=FRENCH.text.replace("Je te réécris", f"Tu nous as appelés {said}. Je te réécris")
    )
    assert "R21" not in rules(candidate)


def test_it_thinks_of_the_young():
    child = replace(FRENCH, facts=gate.Facts(age=Age.UNDER_15))
    assert "R22" in rules(child)
    assert "R22" in rules(replace(FRENCH, original="j'ai 14 ans, je ne dors plus et tout me pèse"))
    assert "R22" not in rules(replace(child, text=child.text.replace("Si tu es", "Le 119 aussi. Si tu es")))


def test_it_asks_no_number_below_d2():
    assert rules(replace(with_line("Ton ami"), level=Level.D1)) & {"R01", "R02"} == set()


@pytest.mark.parametrize(
    ("category", "level", "in_force"),
    [
        ("distress", None, Level.D4),
        ("distress", Level.D0, Level.D1),
        ("third_party", None, Level.D1),
        ("third_party", Level.D3, Level.D3),
        ("question", None, None),
        ("threat", None, None),
    ],
)
def test_it_takes_somebody_in_danger_for_in_distress(category, level, in_force):
    assert gate.level_in_force(category, level) is in_force
