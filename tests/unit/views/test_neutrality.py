"""A notification shows the summary, on some machines the first line: neither tells anything of the member."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import course
from bot.domain.crisis import Member
from bot.domain.states import ReminderStatus
from bot.store import JournalEntry
from bot.views import acts, answers, brief, drafts, duplicates, emergency, pings, watch
from bot.views.log import log_text
from tests.rig import scenes as s
from tests.rig.plain import plain

MARKERS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=4, max_size=12)
"""Words that no sentence of ours holds."""

STAGES = (
    s.just_opened,
    s.alarm,
    s.cell_gathers,
    s.called,
    s.in_review,
    s.rejected,
    s.revised,
    s.approved,
    s.released,
    s.replied,
)


def marked(stage, *, handle, words):
    crisis = stage()
    crisis.members = (Member("m1", handle, words, country="FR"),)
    crisis.messages = (replace(crisis.messages[0], text=words, link=words),)
    return crisis


def cards(crisis, locale):
    scene = s.scene(crisis, "05:26", locale=locale, reader=s.NOE)
    row = s.follow_up(crisis, 1, s.at("05:00"))
    yield brief.brief_card(scene)
    yield acts.more_card(scene)
    yield emergency.emergency_card(scene)
    yield emergency.emergency_nudge_card(scene)
    yield answers.status_card(scene)
    yield pings.ping_card(scene, person=s.NOE, attempt=0)
    yield pings.mention_card(scene, people=[s.NOE])
    yield pings.opened_card(scene)
    yield duplicates.already_open_card(scene, kept="k")
    yield watch.write_word_card(scene)
    for status in ReminderStatus:
        yield watch.follow_up_card(scene, reminder=replace(row, status=status))
    for draft in crisis.drafts:
        yield drafts.draft_card(scene, draft=draft)
        yield drafts.decision_nudge_card(scene, draft=draft, step=1)


@given(handle=MARKERS, words=MARKERS, stage=st.sampled_from(STAGES), locale=st.sampled_from(["fr", "en"]))
def test_it_names_nobody_in_a_notification(handle, words, stage, locale):
    for card in cards(marked(stage, handle=handle, words=words), locale):
        for said in (card.summary, card.title):
            assert handle not in said
            assert words not in said


@given(handle=MARKERS, words=MARKERS, stage=st.sampled_from(STAGES))
def test_it_names_nobody_to_whoever_is_called(handle, words, stage):
    crisis = marked(stage, handle=handle, words=words)
    said = plain(pings.ping_card(s.scene(crisis, "03:12", reader=s.NOE), person=s.NOE, attempt=0))
    assert handle not in said
    assert words not in said


@given(handle=MARKERS, words=MARKERS, stage=st.sampled_from(STAGES), locale=st.sampled_from(["fr", "en"]))
def test_it_keeps_the_member_out_of_the_log(handle, words, stage, locale):
    crisis = marked(stage, handle=handle, words=words)
    course.note(crisis, "two\nlines", by=s.LEA, at=s.at("04:00"))
    entries = [JournalEntry(n, e.at, e.at, e, bytes(32)) for n, e in enumerate(crisis.events, start=1)]
    said = log_text(s.scene(crisis, "05:00", locale=locale), entries=entries)
    assert handle not in said
    assert words not in said
    assert len(said.splitlines()) == len(entries) + 3


def test_it_shows_the_members_words_whole_where_they_belong():
    crisis = marked(s.called, handle="h", words="w" * 20_000)
    card = brief.brief_card(s.scene(crisis, "03:20"))
    assert "w" * 20_000 in plain(card)


def test_it_never_quotes_in_the_script_of_a_call():
    crisis = marked(s.alarm, handle="le-pseudonyme", words="les-mots")
    crisis.members = (replace(crisis.members[0], platform="forum.example"),)
    said = plain(emergency.emergency_card(s.scene(crisis, "03:12")))
    assert "le-pseudonyme" not in said
    assert "les-mots" not in said
