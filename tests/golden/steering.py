"""Judging, noting, listing, closing, and what is refused."""

from datetime import timedelta

from bot.domain.errors import Code, Refused
from bot.domain.when import WhenInPast
from bot.store import JournalEntry
from bot.texts import translator
from bot.views import answers, course, drafts, log, refusals
from tests.golden.gallery import shown
from tests.rig import scenes as s


@shown
def severity_form(locale):
    return course.severity_form(s.scene(s.called(), "03:18", locale=locale, reader=s.LEA))


@shown
def role_form(locale):
    return course.role_form(s.scene(s.called(), "03:18", locale=locale, reader=s.LEA))


@shown
def note_form(locale):
    return course.note_form(s.scene(s.called(), "03:18", locale=locale, reader=s.LEA))


@shown
def close_form(locale):
    return course.close_form(s.scene(s.replied(), "04:00", locale=locale, reader=s.HELENE))


@shown
def close_form_with_a_reply_not_gone(locale):
    return course.close_form(s.scene(s.half_sent(), "04:00", locale=locale, reader=s.HELENE))


@shown
def status(locale):
    return answers.status_card(s.scene(s.in_review(), "03:19", locale=locale, reader=s.HELENE))


@shown
def list_of_crises(locale):
    night = s.scene(s.in_review(), "10:12", locale=locale, reader=s.NOE)
    day = s.scene(s.angry_customer(), "10:12", locale=locale, reader=s.NOE)
    return answers.list_card(
        [answers.ListEntry(day, waits=False), answers.ListEntry(night, waits=True)], night._
    )


@shown
def list_of_nothing(locale):
    return answers.list_card([], translator(locale))


@shown
def help_(locale):
    return answers.help_card(translator(locale))


@shown
def done(locale):
    _ = translator(locale)
    return answers.done_card(_("Crisis {number} is open", number="2026-014"), _)


@shown
def log_in_the_room(locale):
    crisis = s.replied()
    entries = [
        JournalEntry(seq, event.at, event.at + timedelta(seconds=1), event, bytes([seq]) * 32)
        for seq, event in enumerate(crisis.events, start=1)
    ]
    return log.log_card(s.scene(crisis, "03:30", locale=locale), entries=entries)


@shown
def refused_alone(locale):
    return refusals.refusal_card(WhenInPast(hour="09:00"), translator(locale), None)


@shown
def refused_with_the_fresh_card(locale):
    crisis = s.revised()
    fresh = drafts.draft_card(s.scene(crisis, "03:22", locale=locale, reader=s.NOE), draft=crisis.draft(1))
    return refusals.refusal_card(Refused(Code.STALE_REVISION, seen=1, current=2), translator(locale), fresh)
