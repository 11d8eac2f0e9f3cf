"""The room's card: what can be pressed when, and who reads which crisis first."""

from dataclasses import replace

import pytest

from bot.domain import cell, course
from bot.domain.states import Standing
from bot.domain.verbs import Verb
from bot.plan.model import Moderation
from bot.views.acts import more_card
from bot.views.answers import ListEntry, list_card
from bot.views.brief import brief_card
from tests.rig import scenes as s
from tests.rig.plain import plain
from tests.rig.shown import verbs


def closed(stage):
    crisis = stage()
    course.close(crisis, by=s.HELENE, reason="close", despite_waiting="close", at=s.at("04:00"))
    return crisis


@pytest.mark.parametrize(
    ("crisis", "offered"),
    [
        (s.called(), [Verb.LIFE_IN_DANGER, Verb.FIRST_MESSAGE, Verb.TAKE_UP, Verb.READ_MESSAGE, Verb.MORE]),
        (s.alarm(), [Verb.I_CALLED, Verb.FIRST_MESSAGE, Verb.TAKE_UP, Verb.READ_MESSAGE, Verb.MORE]),
        (s.released(), [Verb.LIFE_IN_DANGER, Verb.TAKE_UP, Verb.READ_MESSAGE, Verb.DRAFT, Verb.MORE]),
        (s.angry_customer(), [Verb.LIFE_IN_DANGER, Verb.TAKE_UP, Verb.DRAFT, Verb.HOLDING, Verb.MORE]),
        (closed(s.called), [Verb.LIFE_IN_DANGER, Verb.NOTE, Verb.LOG, Verb.READ_MESSAGE]),
        (closed(s.alarm), [Verb.I_CALLED, Verb.ON_THE_PHONE, Verb.CALL_NOT_NEEDED]),
    ],
    ids=["open", "alarm", "a word has left", "no distress", "closed", "closed with an alarm"],
)
def test_it_offers_what_can_be_done(crisis, offered):
    assert verbs(brief_card(s.scene(crisis, "04:01"))) == offered


def test_it_asks_nobody_to_come_once_all_have_answered():
    crisis = s.called()
    for person in sorted(crisis.people):
        cell.take_up(crisis, person=person, at=s.at("03:19"))
    assert Verb.TAKE_UP not in verbs(brief_card(s.scene(crisis, "03:20")))


def test_it_asks_each_reader_for_their_own_answer():
    crisis = s.in_its_room(s.just_opened())
    assert Verb.TAKE_UP in verbs(brief_card(s.scene(crisis, "03:11", reader=s.FARID)))
    cell.take_up(crisis, person=s.FARID, at=s.at("03:11"))
    assert Verb.TAKE_UP not in verbs(brief_card(s.scene(crisis, "03:11", reader=s.FARID)))
    assert Verb.TAKE_UP in verbs(brief_card(s.scene(crisis, "03:11")))


def test_it_says_that_nothing_waits_until_a_call_is_recorded():
    sentence = "waits for nobody's approval"
    assert sentence in plain(brief_card(s.scene(s.alarm(), "03:12", locale="en")))
    assert sentence not in plain(brief_card(s.scene(s.called(), "03:18", locale="en")))


def test_it_keeps_behind_more_what_the_card_has_no_room_for():
    """Page by page everything that can be done, each thing once."""
    scene = s.scene(s.alarm(), "03:12")
    shown = verbs(brief_card(scene))[:-1]
    for page in range(5):
        shown += [verb for verb in verbs(more_card(scene, page=page)) if verb is not Verb.MORE]
    rest = {
        Verb.DRAFT,
        Verb.COMPLETE,
        Verb.ASK,
        Verb.GUEST,
        Verb.HANDOVER,
        Verb.NOTE,
        Verb.REMIND,
        Verb.ROLE,
        Verb.SEVERITY,
        Verb.CLOSE,
    }
    assert rest <= set(shown)
    assert Verb.MORE in verbs(more_card(scene))


def test_it_begins_again_after_the_last_page_of_more():
    scene = s.scene(s.alarm(), "03:12")
    assert more_card(scene, page=999_999_999) == more_card(scene)


def test_it_lists_what_waits_for_the_reader_before_what_is_graver():
    grave, mine = s.scene(s.called(), "10:12"), s.scene(s.angry_customer(), "10:12")
    said = plain(list_card([ListEntry(grave, waits=False), ListEntry(mine, waits=True)], grave._))
    assert said.index("2026-015") < said.index("2026-014")


def test_it_lists_the_graver_first_when_nothing_waits():
    grave, slight = s.scene(s.called(), "10:12"), s.scene(s.angry_customer(), "10:12")
    said = plain(list_card([ListEntry(slight, waits=False), ListEntry(grave, waits=False)], grave._))
    assert said.index("2026-014") < said.index("2026-015")


def test_it_says_what_is_usual_for_the_kind_of_crisis_until_it_is_done():
    leak = replace(s.angry_customer(), category="leak")
    assert "- Consigne: masquer le message · d'abord" in plain(brief_of(leak))
    leak.messages = (replace(leak.messages[0], standing=Standing.HIDDEN),)
    assert "- Consigne: d'abord" in plain(brief_of(leak))
    assert "Consigne" not in plain(brief_of(s.replied()))


def test_it_speaks_of_publishing_where_messages_are_read_before():
    scene = s.scene(replace(s.angry_customer(), category="leak"), "10:12")
    forum = replace(s.guide().plan.communities["forum"], moderation=Moderation.A_PRIORI)
    guide = replace(s.guide(), plan=replace(s.guide().plan, communities={"forum": forum}))
    assert "- Consigne: ne pas publier le message" in plain(brief_card(replace(scene, guide=guide)))


def brief_of(crisis):
    return brief_card(s.scene(crisis, "10:12"))
