"""Being called: as what, and what happens in silence."""

from dataclasses import replace

from bot.domain.ids import Platform
from bot.domain.reminders import Reminder
from bot.domain.states import ReminderKind, ReminderStatus, RoomStatus
from bot.domain.verbs import Verb
from bot.store import CardKind
from bot.views.news import trouble_card
from bot.views.pings import opened_card, ping_card
from tests.rig import scenes as s
from tests.rig.plain import plain
from tests.rig.shown import links, verbs


def deputy_step(crisis, person, status=ReminderStatus.PLANNED):
    subject = f"{crisis.id}.p.{person}"
    return Reminder(ReminderKind.TAKE_UP, subject, 2, s.at("03:12"), crisis.id, person, status=status)


def ping(crisis, person, clock="03:10", reminders=()):
    return ping_card(
        s.scene(crisis, clock, locale="en", reader=person, reminders=reminders), person=person, attempt=0
    )


def test_it_says_who_is_called_next_and_when():
    crisis = s.in_its_room(s.just_opened())
    said = plain(ping(crisis, s.FARID, reminders=[deputy_step(crisis, s.FARID)]))
    assert "No answer from you at 03:12: Salomé will be called too." in said


def test_it_threatens_with_nobody_when_no_step_is_planned():
    crisis = s.in_its_room(s.just_opened())
    for reminders in (
        [],
        [deputy_step(crisis, s.FARID, ReminderStatus.CANCELLED)],
        [deputy_step(crisis, s.NOE)],
    ):
        assert "will be called too" not in plain(ping(crisis, s.FARID, reminders=reminders))


def test_it_leads_to_the_room_on_the_platform_where_it_is_read():
    crisis = s.in_its_room(s.just_opened())
    card = ping(crisis, s.FARID)
    assert [link.platform for link in links(card)] == [Platform.SLACK]


def test_it_needs_no_room_to_be_answered():
    card = ping(s.just_opened(), s.FARID)
    assert verbs(card) == [Verb.TAKE_UP, Verb.DECLINE]
    assert "still being made" in plain(card)


def test_it_lets_somebody_who_could_not_come_after_all():
    assert verbs(ping(s.cell_gathers(), s.CLAIRE)) == [Verb.TAKE_UP]


def test_it_asks_nothing_of_somebody_who_is_there():
    assert verbs(ping(s.in_review(), s.NOE)) == [Verb.LIFE_IN_DANGER]


def test_it_lets_the_opener_work_while_the_room_is_late():
    assert Verb.DRAFT in verbs(opened_card(s.scene(s.just_opened(), "03:11", reader=s.LEA)))


def test_it_says_who_was_not_reached_without_their_telephone():
    scene = s.scene(s.cell_gathers(), "03:14", locale="en")
    card = trouble_card(scene, what=CardKind.PING, code="x", person=s.FARID)
    assert "Call Farid by telephone" in plain(card)
    assert "+33" not in plain(card)


def test_it_does_without_a_telephone():
    scene = s.scene(s.cell_gathers(), "03:14", locale="en")
    people = scene.guide.plan.people
    silent = {**people, s.FARID: replace(people[s.FARID], phone=None)}
    scene = replace(scene, guide=replace(scene.guide, plan=replace(scene.guide.plan, people=silent)))
    assert "by telephone, or name" in plain(trouble_card(scene, what="unheard-of", code="x", person=s.FARID))


def test_it_leads_to_no_room_that_was_put_to_rest():
    crisis = s.in_its_room(s.just_opened())
    crisis.rooms = tuple(replace(room, status=RoomStatus.ARCHIVED) for room in crisis.rooms)
    assert links(ping(crisis, s.FARID)) == []
