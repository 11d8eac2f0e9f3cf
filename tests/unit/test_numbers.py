import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.numbers import next_number, room_name


@pytest.mark.parametrize(
    ("year", "last", "number"),
    [
        (2026, None, "2026-001"),
        (2026, "2026-013", "2026-014"),
        (2027, "2026-213", "2027-001"),
        (2026, "2026-999", "2026-1000"),
        (2026, "2026-1000", "2026-1001"),
    ],
)
def test_it_numbers_crises_in_order_and_anew_each_year(year, last, number):
    assert next_number(year=year, last=last) == number


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("fe", "crise-2026-014-fe"),
        ("Forum Été", "crise-2026-014-forum-ete"),
        ("a_b.c", "crise-2026-014-a_b-c"),
        ("論壇", "crise-2026-014"),
    ],
)
def test_it_names_a_room_after_the_number_and_the_community(code, name):
    assert room_name(number="2026-014", community_code=code) == name


@given(st.text(max_size=200))
def test_it_names_rooms_as_slack_allows(code):
    assert re.fullmatch(r"[a-z0-9_-]{1,79}[a-z0-9_]", room_name(number="2026-014", community_code=code))
