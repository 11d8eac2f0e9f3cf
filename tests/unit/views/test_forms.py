"""Forms give back what they were filled with."""

from dataclasses import replace

import pytest

from bot.domain import course
from bot.domain.levels import Level
from bot.domain.past import parse_past
from bot.domain.states import Outcome, ReminderStatus
from bot.store import JournalEntry
from bot.texts import translator
from bot.views import reminders
from bot.views.course import close_form, complete_form, open_form
from bot.views.log import log_card
from bot.views.watch import follow_up_card, record_form, stop_form
from tests.golden.watching import personal
from tests.rig import scenes as s
from tests.rig.plain import plain
from tests.rig.shown import filled, options


@pytest.mark.parametrize(("clock", "day"), [("03:18", 24), ("09:00", 27)])
def test_it_fills_in_an_hour_that_can_be_read_back(clock, day):
    crisis = s.called()
    scene = s.scene(crisis, clock, day=day)
    typed = filled(complete_form(scene))["written_at"]
    read = parse_past(typed, now=scene.now, zone=scene.zone, field="written_at")
    assert read == crisis.messages[0].written_at


def test_it_fills_in_everything_that_is_known():
    known = filled(complete_form(s.scene(s.called(), "03:18")))
    assert known | {"handle": s.HANDLE, "country": "FR", "standing": "hidden", "level": "D4"} == known


def test_it_asks_for_a_community_only_when_there_are_several():
    _ = translator("en")
    one = open_form(communities=[("forum", "Forum")], text="", link="", _=_)
    two = open_form(communities=[("forum", "Forum"), ("club", "Club")], text="", link="", _=_)
    assert "community" not in filled(one)
    assert "community" in filled(two)


def test_it_asks_why_to_close_all_the_same_only_while_a_reply_waits():
    assert "despite_waiting" in filled(close_form(s.scene(s.half_sent(), "04:00")))
    assert "despite_waiting" not in filled(close_form(s.scene(s.replied(), "04:00")))


@pytest.mark.parametrize(
    ("level", "two"), [(None, False), (Level.D1, False), (Level.D2, True), (Level.D5, True)]
)
def test_it_announces_that_two_people_must_stop_a_follow_up(level, two):
    crisis = s.replied()
    crisis.level = level
    assert bool(stop_form(s.scene(crisis, "05:00")).intro) is two


def test_it_offers_every_outcome():
    crisis = s.replied()
    form = record_form(s.scene(crisis, "05:26"), s.follow_up(crisis, 1, s.at("05:26")))
    assert options(form, "outcome") == list(Outcome)


@pytest.mark.parametrize("text", ["", "something unheard-of"])
def test_it_shows_a_recorded_follow_up_whose_outcome_it_cannot_read(text):
    crisis = s.replied()
    row = replace(s.follow_up(crisis, 1, s.at("05:26"), ReminderStatus.DONE), text=text)
    assert "Recorded. The log tells" in plain(
        follow_up_card(s.scene(crisis, "05:30", locale="en"), reminder=row)
    )


@pytest.mark.parametrize(("fired", "late"), [("09:00", False), ("09:04", False), ("09:05", True)])
def test_it_says_a_reminders_lateness(fired, late):
    row = personal(ReminderStatus.DUE, fired=fired)
    card = reminders.reminder_card(s.scene(s.replied(), fired, locale="en"), reminder=row)
    assert ("the service was down" in plain(card)) is late


def test_it_shows_the_last_twenty_lines_of_the_log():
    crisis = s.replied()
    course.note(crisis, "la dernière", by=s.LEA, at=s.at("04:00"))
    entries = [JournalEntry(n, e.at, e.at, e, bytes(32)) for n, e in enumerate(crisis.events * 3, start=1)]
    shown = plain(log_card(s.scene(crisis, "04:00"), entries=entries)).splitlines()
    lines = [line for line in shown if line[2:3] == ":"]
    assert len(lines) == 20
    assert lines[-1].endswith("la dernière")
