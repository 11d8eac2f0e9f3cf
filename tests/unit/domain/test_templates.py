"""Which prepared replies are offered, and which the client has agreed to."""

from dataclasses import replace
from datetime import date

import pytest

from bot import data
from bot.domain.ids import PersonId
from bot.domain.levels import Level
from bot.domain.templates import Agreement, Kind, Register, check_placeholders, fitting, parse_templates

STARTER = data.starter_templates()


def offered(category, level=None, *, language="fr", register=Register.VOUS, templates=STARTER):
    return fitting(templates, category=category, level=level, language=language, register=register)


def test_it_fits_category_and_level():
    ids = [t.id for t in offered("distress", Level.D4)]
    assert "distress-d4-vous" in ids
    assert "distress-d2-vous" not in ids
    assert "question-public-fr" not in ids


def test_it_offers_the_language_of_the_reply_first():
    languages = [t.language for t in offered("distress", Level.D2, language="en")]
    assert languages == sorted(languages)
    assert set(languages) == {"fr", "en"}


def test_it_keeps_to_one_register_where_both_are_written():
    assert {t.register for t in offered("distress", Level.D2, register=Register.TU)} == {Register.TU, None}
    assert {t.register for t in offered("question", register=Register.TU)} == {Register.VOUS, None}
    kinds = {t.kind: t.register for t in offered("harassment", register=Register.TU) if t.language == "fr"}
    assert kinds[Kind.REPLY] is Register.TU
    assert kinds[Kind.REASONS] is Register.VOUS


def test_it_takes_default_for_every_category():
    own = replace(STARTER[0], categories=("default",), levels=())
    assert offered("spam", templates=[own]) == (own,)


@pytest.mark.parametrize(
    ("day", "agreed"),
    [("2026-01-31", False), ("2026-02-01", True), ("2026-12-31", True), ("2027-01-01", False)],
)
def test_it_is_agreed_to_from_one_day_to_another(day, agreed):
    agreement = Agreement(PersonId("claire"), date(2026, 2, 1), date(2026, 12, 31))
    assert replace(STARTER[0], agreement=agreement).agreed(date.fromisoformat(day)) is agreed
    assert not STARTER[0].agreed(date.fromisoformat(day))


@pytest.mark.parametrize("text", ["{nothing}", "{ member }", "{}", "{member", "member}"])
def test_it_refuses_what_nobody_could_fill(text):
    with pytest.raises(ValueError, match=r"."):
        check_placeholders(text)


def test_it_refuses_a_file_with_such_a_placeholder():
    with pytest.raises(ValueError, match="nobody"):
        parse_templates('{"templates": [{"text": ["{nobody}"]}]}')
