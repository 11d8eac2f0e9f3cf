import contextlib
import unicodedata
from datetime import UTC, datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.errors import Code
from bot.domain.when import SOONEST, When, WhenInPast, WhenTooFar, WhenUnclear, parse_when, split_when

PARIS, MONTREAL = ZoneInfo("Europe/Paris"), ZoneInfo("America/Montreal")
TUESDAY_10H = datetime(2026, 11, 24, 9, 0, 30, tzinfo=UTC)


def local(text, *, now=TUESDAY_10H, zone=PARIS, locale="fr"):
    at = parse_when(text, now=now, zone=zone, locale=locale)
    assert at.tzinfo is UTC
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize("locale", ["fr", "en"])
@pytest.mark.parametrize(
    ("text", "at"),
    [
        # delays
        ("in 2h", "2026-11-24 12:00"),
        ("dans 2 h", "2026-11-24 12:00"),
        ("dans 30 min", "2026-11-24 10:30"),
        ("in 3 days", "2026-11-27 10:00"),
        ("dans 1h30", "2026-11-24 11:30"),
        ("dans 2 h 15", "2026-11-24 12:15"),
        ("dans 2 h 30 min", "2026-11-24 12:30"),
        ("in 2h30m", "2026-11-24 12:30"),
        ("in 2 hours and 5 minutes", "2026-11-24 12:05"),
        ("in an hour and a half", "2026-11-24 11:30"),
        ("dans une heure et demie", "2026-11-24 11:30"),
        ("dans une demi-heure", "2026-11-24 10:30"),
        ("in half an hour", "2026-11-24 10:30"),
        ("dans un quart d'heure", "2026-11-24 10:15"),
        ("dans trois quarts d’heure", "2026-11-24 10:45"),
        ("in 1 week, 1 day, 2 h 5 min", "2026-12-02 12:05"),
        ("dans 2 semaines", "2026-12-08 10:00"),
        ("2h", "2026-11-24 12:00"),
        ("1h30", "2026-11-24 11:30"),
        ("48h", "2026-11-26 10:00"),
        ("15m", "2026-11-24 10:15"),
        ("3 jours", "2026-11-27 10:00"),
        # an hour alone
        ("à 18h", "2026-11-24 18:00"),
        ("at 6pm", "2026-11-24 18:00"),
        ("6 p.m.", "2026-11-24 18:00"),
        ("2:30 pm", "2026-11-24 14:30"),
        ("18h", "2026-11-24 18:00"),
        ("18 heures 30", "2026-11-24 18:30"),
        ("18h30min", "2026-11-24 18:30"),
        ("vers 18h", "2026-11-24 18:00"),
        ("midi", "2026-11-24 12:00"),
        ("12pm", "2026-11-24 12:00"),
        ("midi et demi", "2026-11-24 12:30"),
        ("noon", "2026-11-24 12:00"),
        ("minuit", "2026-11-25 00:00"),
        ("minuit et quart", "2026-11-25 00:15"),
        # a near day
        ("demain 9h", "2026-11-25 09:00"),
        ("demain à 9 h 30", "2026-11-25 09:30"),
        ("DEMAIN A 9H30", "2026-11-25 09:30"),
        ("demain à 9\u202fh\u202f30", "2026-11-25 09:30"),
        ("9 heures et demie demain", "2026-11-25 09:30"),
        ("tomorrow 9am", "2026-11-25 09:00"),
        ("tomorrow at 9:30", "2026-11-25 09:30"),
        ("tomorrow at 12am", "2026-11-25 00:00"),
        ("at 9am tomorrow", "2026-11-25 09:00"),
        ("2h demain", "2026-11-25 02:00"),
        ("demain midi", "2026-11-25 12:00"),
        ("demain soir 8h", "2026-11-25 20:00"),
        ("demain 8h du soir", "2026-11-25 20:00"),
        ("demain 3h de l'après-midi", "2026-11-25 15:00"),
        ("demain 4h du matin", "2026-11-25 04:00"),
        ("après-demain 7h", "2026-11-26 07:00"),
        ("the day after tomorrow at noon", "2026-11-26 12:00"),
        ("aujourd’hui à 15h", "2026-11-24 15:00"),
        ("today at 15:00", "2026-11-24 15:00"),
        ("ce soir 20h", "2026-11-24 20:00"),
        ("ce soir à 8h", "2026-11-24 20:00"),
        ("tonight at 9pm", "2026-11-24 21:00"),
        ("ce soir à minuit", "2026-11-25 00:00"),
        ("cet après-midi 15h", "2026-11-24 15:00"),
        # a weekday
        ("lundi 10h", "2026-11-30 10:00"),
        ("monday 10:00", "2026-11-30 10:00"),
        ("mon 10am", "2026-11-30 10:00"),
        ("lundi prochain 9h", "2026-11-30 09:00"),
        ("mardi 18h", "2026-11-24 18:00"),
        ("mardi 9h", "2026-12-01 09:00"),
        ("mardi prochain 18h", "2026-12-01 18:00"),
        ("next tuesday 6pm", "2026-12-01 18:00"),
        ("10h on monday", "2026-11-30 10:00"),
        # a date
        ("le 24/11 à 18h", "2026-11-24 18:00"),
        ("24/11/26 18h", "2026-11-24 18:00"),
        ("24 novembre 18h", "2026-11-24 18:00"),
        ("24 Nov 6pm", "2026-11-24 18:00"),
        ("Nov 24th, 6pm", "2026-11-24 18:00"),
        ("the 24th of November 2026 at 6pm", "2026-11-24 18:00"),
        ("mardi 24 novembre 2026 à 18:00", "2026-11-24 18:00"),
        ("Tuesday 24 November 2026 at 18:00", "2026-11-24 18:00"),
        ("2026-11-24 18:00", "2026-11-24 18:00"),
        ("à 18h le 24/11", "2026-11-24 18:00"),
        ("le 24 à 18h", "2026-11-24 18:00"),
        ("on the 24th at 18:00", "2026-11-24 18:00"),
        ("mardi 24 à 18h", "2026-11-24 18:00"),
        ("le 23 à 18h", "2026-12-23 18:00"),
        ("le 31 à 9h", "2026-12-31 09:00"),
        ("le 1er décembre à 9h", "2026-12-01 09:00"),
        ("3 août 9h", "2027-08-03 09:00"),
        ("10 janvier 9h", "2027-01-10 09:00"),
        ("15 juin 9h", "2027-06-15 09:00"),
        ("29 février 9h", "2028-02-29 09:00"),
        ("12/12 9h", "2026-12-12 09:00"),
    ],
)
def test_it_reads_both_languages_whatever_the_persons(text, at, locale):
    assert local(text, locale=locale) == at


@pytest.mark.parametrize("locale", ["fr", "en"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "appeler Inès demain 9h",
        "demain",
        "ce soir",
        "tonight",
        "le 24",
        "lundi",
        "24 novembre",
        "at 9",
        "tonight at 9",
        "in 2",
        "in",
        "dans un jour et demi",
        "9h-10h",
        "9h ou 10h",
        "9 heures moins le quart",
        "demain 18h 30 min",
        "demain 25h",
        "13pm",
        "0pm",
        "18:00 pm",
        "18:75",
        "tonight 9am",
        "demain soir 4h",
        "ce matin 15h",
        "demain minuit",
        "lundi minuit",
        "lundi 24 novembre 18h",
        "31 février 9h",
        "le 32 à 9h",
        "32/11 9h",
        "2026-13-01 9h",
        "2.30pm",
        "18h le 15 a-t-il rappelé",
        "in 3 months",
        "a day at sea",
        "9h30 et demie",
        "mardi minuit",
        "mardi 1er décembre 24 18h",
    ],
)
def test_it_refuses_what_is_unclear(text, locale):
    with pytest.raises(WhenUnclear) as refused:
        split_when(text, now=TUESDAY_10H, zone=PARIS, locale=locale)
    assert refused.value.code is Code.WHEN_UNCLEAR


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("9h", "09:00"),
        ("at 2am", "02:00"),
        ("6h du matin", "06:00"),
        ("aujourd'hui 9h", "09:00"),
        ("0h", "00:00"),
        ("24/11 9h", "09:00"),
        ("20 novembre 18h", "18:00"),
        ("2026-01-10 18:00", "18:00"),
        ("dans 0 min", "10:00"),
        ("10:01", "10:01"),
    ],
)
def test_it_refuses_the_past_and_says_which_hour_was_asked(text, hour):
    with pytest.raises(WhenInPast) as refused:
        local(text)
    assert refused.value.code is Code.WHEN_PAST
    assert refused.value.params == {"hour": hour}
    assert local(f"demain {hour}") == f"2026-11-25 {hour}"


def test_it_remembers_last_year_in_january():
    with pytest.raises(WhenInPast):
        local("28 décembre 9h", now=datetime(2027, 1, 2, 9, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    "text", ["dans 732 jours", "24/11/2029 18h", "in 9999 weeks", "in 9999 days", "2099-12-31 23:59"]
)
def test_it_refuses_what_is_more_than_two_years_away(text):
    with pytest.raises(WhenTooFar) as refused:
        local(text)
    assert refused.value.code is Code.WHEN_TOO_FAR
    assert local("dans 731 jours") == "2028-11-24 10:00"


def test_it_reads_day_and_month_in_french():
    assert local("09/10 9h", locale="fr") == "2027-10-09 09:00"
    with pytest.raises(WhenUnclear):
        local("11/24 9h", locale="fr")


def test_it_refuses_in_english_a_date_that_has_two_readings():
    with pytest.raises(WhenUnclear):
        local("09/10 9h", locale="en")
    assert local("11/24 18h", locale="en") == "2026-11-24 18:00"
    assert local("24/11 18h", locale="en") == "2026-11-24 18:00"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("in 2h call the member back", "call the member back"),
        ("dans 2 h, rappeler le 15", "rappeler le 15"),
        ("demain 9h : appeler le 17", "appeler le 17"),
        ("demain 18h le 15 a-t-il rappelé ?", "le 15 a-t-il rappelé ?"),
        ("demain 9h où en est-on ?", "où en est-on ?"),
        ("à 18h 30 personnes attendent", "30 personnes attendent"),
        ("dans 2h un mot", "un mot"),
        ("2h Écrire à Léa\nPuis à Inès \n", "Écrire à Léa\nPuis à Inès"),
        ("  lundi 9h  \u202eok ", "\u202eok"),
        ("tomorrow 9am", ""),
    ],
)
def test_it_hands_back_the_text_after_the_moment(text, rest):
    assert split_when(text, now=TUESDAY_10H, zone=PARIS, locale="fr").rest == rest


def test_it_refuses_a_text_where_only_a_moment_is_expected():
    with pytest.raises(WhenUnclear):
        parse_when("demain 9h rappeler", now=TUESDAY_10H, zone=PARIS, locale="fr")


def test_it_reads_in_the_persons_zone():
    assert split_when("demain 9h", now=TUESDAY_10H, zone=MONTREAL, locale="fr") == When(
        at=datetime(2026, 11, 25, 14, 0, tzinfo=UTC), rest=""
    )
    late = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # still the 23rd in Montréal
    assert local("demain 9h", now=late, zone=MONTREAL) == "2026-11-24 09:00"


BEFORE_SPRING = datetime(2027, 3, 27, 22, 30, tzinfo=UTC)  # 23:30 in Paris, where 02:00–03:00 will be skipped
BEFORE_AUTUMN = datetime(
    2026, 10, 24, 21, 30, tzinfo=UTC
)  # 23:30 in Paris, where 02:00–03:00 will come twice


def test_it_moves_an_hour_that_spring_skips_with_the_clocks():
    assert local("demain 2h30 du matin", now=BEFORE_SPRING) == "2027-03-28 03:30"


def test_it_takes_the_first_of_an_hour_that_comes_twice():
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert parse_when("demain à 2h30", now=BEFORE_AUTUMN, zone=PARIS, locale="fr") == first


def test_it_takes_the_second_of_an_hour_that_comes_twice_once_the_first_has_passed():
    between = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert parse_when("à 2h30", now=between, zone=PARIS, locale="fr") == second


@pytest.mark.parametrize("now", [BEFORE_SPRING, BEFORE_AUTUMN])
def test_it_counts_hours_as_they_pass_and_days_by_the_clock(now):
    assert parse_when("dans 24 h", now=now, zone=PARIS, locale="fr") == now + timedelta(hours=24)
    tomorrow = (now.astimezone(PARIS) + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    assert local("dans 1 jour", now=now) == tomorrow


def test_it_counts_minutes_within_an_hour_that_comes_twice():
    second_time = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert parse_when("dans 30 min", now=second_time, zone=PARIS, locale="fr") == second_time.replace(
        minute=45
    )


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = st.sampled_from([PARIS, MONTREAL])


@given(MOMENTS, ZONES, st.integers(0, 23), st.integers(0, 59))
def test_it_keeps_the_hour_that_was_typed_except_where_the_clock_skips_it(now, zone, hour, minute):
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    assume(datetime.combine(tomorrow, time(hour, minute), zone) - now >= SOONEST)
    at = parse_when(f"demain {hour}:{minute:02}", now=now, zone=zone, locale="fr").astimezone(zone)
    typed = datetime(at.year, at.month, at.day, hour, minute, tzinfo=zone)
    skipped = typed.astimezone(UTC).astimezone(zone).replace(fold=0) != typed
    assert at.date() == tomorrow
    assert ((at.hour, at.minute) == (hour, minute)) != skipped
    assert timedelta() < at - now < timedelta(hours=49)


@given(MOMENTS, ZONES, st.integers(1, 700))
def test_it_keeps_the_day_over_any_change_of_clocks(now, zone, days):
    at = parse_when(f"dans {days} jours", now=now, zone=zone, locale="fr")
    assert at.astimezone(zone).date() == now.astimezone(zone).date() + timedelta(days=days)
    assert abs(at - now - timedelta(days=days)) <= timedelta(hours=1)


@given(MOMENTS, ZONES, st.integers(0, 6), st.integers(0, 23))
def test_it_takes_the_next_such_weekday(now, zone, number, hour):
    name = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")[number]
    at = parse_when(f"{name} à {hour}h", now=now, zone=zone, locale="fr")
    assert at.astimezone(zone).weekday() == number
    assert now < at <= now + timedelta(days=7, hours=1, minutes=1)


TYPED = "dans in le demain tonight ce soir lundi 24 24/11 9h 2 h 30 min : pm et demie novembre 2026 minuit à"
WORDS = st.sampled_from(TYPED.split(" "))


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)), MOMENTS, ZONES, st.sampled_from(["fr", "en"]))
def test_it_reads_a_moment_ahead_or_refuses(text, now, zone, locale):
    with contextlib.suppress(WhenUnclear, WhenInPast, WhenTooFar):
        when = split_when(text, now=now, zone=zone, locale=locale)
        assert now + timedelta(minutes=1) <= when.at <= now + timedelta(days=731)
        assert text.strip().endswith(when.rest) or not unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize(
    "text", ["2h" + " " * 30000 + "x", "2h" + " ," * 30000 + "x", "9" * 30000, "demain " * 9000]
)
def test_it_is_quick_with_a_hostile_text(text):
    started = perf_counter()
    with contextlib.suppress(WhenUnclear):
        split_when(text, now=TUESDAY_10H, zone=PARIS, locale="fr")
    assert perf_counter() - started < 1
