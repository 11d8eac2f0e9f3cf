"""Authorities that take reports: where, and for what."""

import pytest

from bot.data import categories, help_lines, reports
from bot.domain.helplines import Need
from bot.domain.levels import Level
from bot.domain.states import Recourse


def test_it_names_lines_and_categories_that_exist():
    lines = {line.id: line for line in help_lines().lines}
    for report in reports():
        assert Need.REPORT in lines[report.line].needs
        assert lines[report.line].country == report.country
        assert report.categories <= set(categories())


def test_it_says_of_each_that_one_calls_first():
    for report in reports():
        for words in (report.told.fr, report.told.en):
            assert all(number in words for number in report.call_first)


@pytest.mark.parametrize(
    ("country", "category", "level", "called_for"),
    [
        ("FR", "incitement", None, True),
        ("FR", "distress", Level.D4, True),
        ("FR", "distress", Level.D3, False),
        ("FR", "complaint", None, False),
        ("BE", "incitement", Level.D5, False),
        ("", "incitement", Level.D5, False),
    ],
)
def test_it_is_called_for_by_country_and_by_kind_or_level(country, category, level, called_for):
    [pharos] = (report for report in reports() if report.recourse is Recourse.PHAROS)
    assert pharos.is_called_for(country=country, category=category, level=level) is called_for
