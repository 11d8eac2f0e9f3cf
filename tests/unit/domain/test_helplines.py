import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.data import help_lines
from bot.domain.helplines import ContactKind, HelpLines, Need, Openness, parse_help_lines

NIGHT = datetime(2026, 11, 24, 2, 10, tzinfo=UTC)
"""A Tuesday, 03:10 in Paris and Rome, 21:10 on Monday in Montreal."""
AFTERNOON = datetime(2026, 11, 24, 15, tzinfo=UTC)
NEVER_SHOWN = {"3020", "0810037037", "18334564566"}
COUNTRIES = sorted({line.country for line in help_lines().lines})


def values(lines) -> list[str]:
    return [contact.value for line in lines for contact in line.contacts]


def offered(country, needs, at=NIGHT) -> dict[str, Openness]:
    return {each.line.id: each.now for each in help_lines().member_lines(country, needs, at)}


def test_it_tells_a_caller_in_france_whom_to_call():
    lines = help_lines().emergency_numbers("FR")
    assert [line.id for line in lines] == ["fr-15", "fr-17", "fr-112", "fr-114", "fr-18"]
    by_text = [c.value for line in lines for c in line.contacts if c.kind is ContactKind.SMS]
    assert by_text == ["114"]


def test_it_gives_a_french_member_3114_first_at_night():
    assert offered("FR", [Need.SUICIDE]) == {
        "fr-3114": Openness.OPEN,
        "fr-sosamitie": Openness.OPEN,
        "fr-suicideecoute": Openness.OPEN,
        "fr-filsantejeunes": Openness.CLOSED,
        "zz-fah": Openness.UNKNOWN,
    }


@pytest.mark.parametrize("country", [None, "", "XX", "RE", "PF"])
def test_it_says_112_and_the_directory_where_it_knows_nothing(country):
    assert values(help_lines().emergency_numbers(country)) == ["112"]
    assert list(offered(country, [Need.SUICIDE])) == ["eu-112", "zz-fah"]


@pytest.mark.parametrize("country", ["LU", "IT"])
def test_it_says_112_first_where_no_line_answers_at_night(country):
    found = offered(country, [Need.SUICIDE])
    assert next(iter(found)) == "eu-112"
    assert list(found)[-1] == "zz-fah"
    assert Openness.OPEN not in list(found.values())[1:]


def test_it_does_not_need_112_while_a_line_answers():
    found = offered("IT", [Need.SUICIDE], AFTERNOON)
    assert found["it-tai"] is Openness.OPEN
    assert "eu-112" not in found


def test_it_adds_the_lines_of_the_whole_country_to_those_of_a_region():
    assert values(help_lines().emergency_numbers("CA-QC")) == ["911"]
    assert list(offered("CA-QC", [Need.SUICIDE])) == ["ca-qc-appelle", "ca-988", "ca-khp", "zz-fah"]


def test_it_gives_no_line_of_one_region_to_the_whole_country():
    assert "ca-qc-appelle" not in offered("CA", [Need.SUICIDE])


def test_it_orders_by_the_needs_as_they_are_asked_and_names_no_line_twice():
    assert list(offered("FR", [Need.CHILD, Need.SUICIDE]))[:2] == ["fr-119", "fr-3114"]
    assert list(offered("FR", [Need.SUICIDE, Need.CHILD]))[:2] == ["fr-3114", "fr-sosamitie"]
    lines = [each.line.id for each in help_lines().member_lines("FR", list(Need), NIGHT)]
    assert len(lines) == len(set(lines))


def test_it_puts_what_is_open_before_what_is_unknown_before_what_is_closed():
    order = [Openness.OPEN, Openness.UNKNOWN, Openness.CLOSED]
    for country in COUNTRIES:
        found = [each.now for each in help_lines().member_lines(country, list(Need), NIGHT)][:-1]
        assert found == sorted(found, key=order.index)


@pytest.mark.parametrize(
    ("line", "country", "need"),
    [
        ("fr-116006", "FR", Need.VICTIMS),  # the source does not confirm its hours
        ("be-107", "BE", Need.LISTENING),
        ("fr-tabac", "FR", Need.ADDICTION),
        ("ie-bodywhys", "IE", Need.EATING_DISORDER),  # «set sessions»
    ],
)
def test_it_never_claims_that_unconfirmed_hours_are_open(line, country, need):
    assert {offered(country, [need], NIGHT + timedelta(hours=hour))[line] for hour in range(168)} == {
        Openness.UNKNOWN
    }


def test_it_counts_the_hours_of_a_line_in_its_own_time_zone():
    weekday_evening_in_chicago = datetime(
        2026, 11, 24, 2, 30, tzinfo=UTC
    )  # Monday, 20:30 there, 21:30 in New York
    assert offered("US", [Need.EATING_DISORDER], weekday_evening_in_chicago)["us-anad"] is Openness.OPEN


@pytest.mark.parametrize("country", [*sorted(COUNTRIES), None])
@pytest.mark.parametrize("number", sorted(NEVER_SHOWN))
def test_it_never_shows_a_number_that_is_no_longer_or_not_yet_in_service(country, number):
    lines = help_lines()
    shown = [each.line for each in lines.member_lines(country, list(Need), NIGHT)]
    digits = {re.sub(r"\D", "", value) for value in values((*shown, *lines.emergency_numbers(country)))}
    assert number not in digits


def test_it_never_offers_113_in_germany():
    lines = help_lines()
    shown = [each.line for each in lines.member_lines("DE", list(Need), NIGHT)]
    assert "113" not in values((*shown, *lines.emergency_numbers("DE")))


def test_it_keeps_113_where_it_is_in_service():
    assert "nl-113" in offered("NL", [Need.SUICIDE])
    assert "113" in values(help_lines().emergency_numbers("LU"))


def test_it_offers_nothing_unconfirmed():
    assert not {"fr-116000", "fr-viols", "gb-childline", "es-016"} & {line.id for line in help_lines().lines}


def test_it_offers_no_line_past_its_review_but_keeps_the_emergency_numbers():
    lines = help_lines()
    late = datetime(2027, 5, 22, tzinfo=UTC)
    assert [each.line.id for each in lines.member_lines("FR", list(Need), late)] == ["eu-112", "zz-fah"]
    assert "15" in values(lines.emergency_numbers("FR"))
    assert len(lines.member_lines("FR", [Need.SUICIDE], late - timedelta(days=1))) > 2


def test_it_holds_only_numbers_that_can_be_dialled():
    for line in help_lines().lines:
        for contact in line.contacts:
            if contact.kind in {ContactKind.VOICE, ContactKind.SMS}:
                assert re.fullmatch(r"[0-9][0-9 -]*", contact.value), line.id


def test_it_says_which_word_to_text_where_one_is_needed():
    shout = next(line for line in help_lines().lines if line.id == "gb-shout")
    assert [(c.value, c.keyword) for c in shout.contacts] == [("85258", "SHOUT")]


def test_it_always_leaves_a_number_to_call():
    assert all(help_lines().emergency_numbers(country) for country in COUNTRIES)


def one_line(**changes) -> HelpLines:
    entry = {
        "id": "a", "country": "FR", "name": "A", "needs": ["suicide"], "contacts": [], "languages": [],
        "open": ["mon-sun 00:00-24:00"], "confidence": "A", "show": True, "review_due": "2027-01-01",
    }  # fmt: skip
    anywhere = [{**entry, "id": name, "country": "ZZ", "open": None} for name in ("112", "directory")]
    data = {
        "anywhere": {"emergency": "112", "directory": "directory"},
        "timezones": {"FR": "Europe/Paris", "ZZ": "UTC"},
        "lines": [{**entry, **changes}, *anywhere],
    }
    return parse_help_lines(json.dumps(data))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, True),
        ({"show": False}, False),
        ({"confidence": "B"}, True),
        ({"confidence": "C"}, False),
        ({"review_due": "2026-11-24"}, False),
        ({"review_due": "2026-11-25"}, True),
        ({"needs": ["listening"]}, False),
    ],
)
def test_it_offers_a_line_only_when_it_may_be_shown(changes, found):
    offers = one_line(**changes).member_lines("FR", [Need.SUICIDE], NIGHT)
    assert ("a" in {each.line.id for each in offers}) is found
