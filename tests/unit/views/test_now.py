"""The one thing to do now, through a whole night."""

from dataclasses import replace

import pytest

from bot.domain import cell, course, drafts, emergency, mailing
from bot.domain.levels import Level
from bot.domain.roster import Role
from bot.domain.states import AskedAs, CrisisStatus, ReminderStatus, Route
from bot.views.now import urgent, what_to_do
from tests.golden.guests import YVES, invited, scene_of
from tests.rig import scenes as s
from tests.rig.samples import first_member


def english(crisis, clock, **more):
    return what_to_do(s.scene(crisis, clock, locale="en", **more))


def test_it_asks_whether_a_life_is_in_danger_before_anything_else():
    assert english(s.in_its_room(s.just_opened()), "03:10") == (
        "Léa decides: is a life in danger? If in doubt, press “Life in danger” and call 15 or 17."
    )


def test_it_puts_the_call_before_a_draft_that_waits():
    crisis = s.in_review()
    emergency.declare(crisis, by=s.NOE, at=s.at("03:30"))
    assert english(crisis, "03:31") == "Noé calls 15 or 17, then records the call."


def test_it_leaves_whoever_is_on_the_phone_alone_until_the_hold_ends():
    crisis = s.alarm()
    emergency.hold_for_phone(crisis, by=s.LEA, at=s.at("03:12"))
    assert english(crisis, "03:21").startswith("Léa is on the phone")
    assert english(crisis, "03:22") == "Léa calls 15 or 17, then records the call."


def test_it_calls_nobody_in_a_drill():
    crisis = s.alarm()
    crisis.drill = True
    assert english(crisis, "03:12") == "Léa says aloud who would be called, then records the call."


def test_it_keeps_an_open_alarm_over_closing():
    crisis = s.alarm()
    course.close(crisis, by=s.HELENE, reason="close", at=s.at("03:20"))
    assert english(crisis, "03:21") == "Léa calls 15 or 17, then records the call."


def test_it_asks_about_danger_for_every_grave_category_of_someone_in_danger():
    crisis = s.angry_customer()
    crisis.category, crisis.severity = "minor_danger", 4
    assert english(crisis, "10:10").startswith("Inès decides: is a life in danger?")


def test_it_waits_for_company_when_the_opener_is_alone():
    crisis = s.in_its_room(s.just_opened())
    crisis.level, crisis.severity = Level.D2, 2
    assert english(crisis, "03:12") == (
        "Claire, Farid, Denis or Noé: press “I'm on it”, then read the message."
    )


def test_it_says_so_when_nobody_can_come():
    crisis = s.in_its_room(s.just_opened())
    crisis.level, crisis.severity = Level.D2, 2
    for person in (s.CLAIRE, s.FARID, s.DENIS, s.NOE):
        cell.decline(crisis, person=person, at=s.at("03:12"))
    assert english(crisis, "03:12").startswith("Nobody who was called can come")


def test_it_asks_no_guest_to_name_somebody():
    crisis = invited(s.in_its_room(s.just_opened()))
    crisis.level, crisis.severity = Level.D2, 2
    for person in (s.CLAIRE, s.FARID, s.DENIS, s.NOE, YVES):
        cell.decline(crisis, person=person, at=s.at("03:20"))
    assert what_to_do(scene_of(crisis, "03:21", "en", YVES)) == (
        "Léa sends the first message, which needs no approval, then writes a reply."
    )


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (CrisisStatus.REPLIED, "The reply has gone."),
        (CrisisStatus.NO_ANSWER, "It was decided not to answer."),
    ],
)
def test_it_asks_no_guest_to_close_the_crisis(status, said):
    crisis = s.replied()
    crisis.status = status
    assert what_to_do(scene_of(invited(crisis), "03:30", "en", YVES)) == said


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (s.called, "Léa sends the first message, which needs no approval, then writes a reply."),
        (s.in_review, "Noé, Farid, Salomé or Denis: read the reply and decide (revision 1)."),
        (s.rejected, "Léa corrects the reply that was rejected."),
        (s.revised, "Noé, Farid, Salomé or Denis: read the reply and decide (revision 2)."),
        (s.approved, "Léa: the reply is approved (revision 2). Send it."),
        (
            s.released,
            "Léa sends the text by private message and e-mail, then presses the button of each way used.",
        ),
        (s.half_sent, "Léa sends the text by e-mail, then presses the button of each way used."),
    ],
)
def test_it_follows_the_reply(stage, said):
    assert english(stage(), "03:30") == said


def test_it_names_both_when_two_approvals_are_needed():
    crisis = s.called()
    crisis.level = Level.D3
    cell.take_up(crisis, person=s.NOE, at=s.at("03:17"))
    drafts.propose(crisis, text=s.REPLY, routes=(Route.EMAIL,), by=s.LEA, at=s.at("03:18"))
    assert english(crisis, "03:19") == (
        "Noé, Farid, Salomé and Denis: read the reply and decide (revision 1)."
    )


def test_it_asks_a_manager_to_name_somebody_when_nobody_can_approve():
    crisis = s.angry_customer()
    crisis.category = "leak"
    drafts.propose(crisis, text="…", routes=(Route.EMAIL,), by=s.INES, at=s.at("10:12"))
    for person in (s.FARID, s.SALOME):
        cell.ask(crisis, person=person, role=Role.LAWYER, asked_as=AskedAs.DEPUTY, at=s.at("10:13"))
        cell.ask(crisis, person=person, role=Role.DPO, asked_as=AskedAs.HOLDER, at=s.at("10:13"))
        cell.decline(crisis, person=person, at=s.at("10:13"))
    assert english(crisis, "10:14") == (
        "A manager names somebody as lawyer and data protection officer: nobody else can approve."
    )


def test_it_turns_to_the_member_once_the_reply_has_gone():
    crisis = s.replied()
    coming = s.follow_up(crisis, 1, s.at("05:26"), ReminderStatus.PLANNED)
    calm = s.scene(crisis, "03:30", locale="en", reminders=[coming])
    assert (urgent(calm), what_to_do(calm)) == (
        "",
        "The reply has gone. Léa checks on the member, at 05:26 at the latest.",
    )
    due = s.scene(crisis, "05:26", locale="en", reminders=[replace(coming, status=ReminderStatus.DUE)])
    assert urgent(due) == "Léa checks on the member (follow-up 1)."


def test_it_never_says_to_write_to_somebody_who_asked_for_silence():
    crisis = s.replied()
    first_member(crisis, watch_silent=True)
    coming = s.follow_up(crisis, 1, s.at("05:26"), ReminderStatus.PLANNED)
    assert english(crisis, "03:30", reminders=[coming]) == (
        "The reply has gone. Léa looks how the member is, without writing, at 05:26 at the latest."
    )
    due = replace(coming, status=ReminderStatus.DUE)
    assert english(crisis, "05:26", reminders=[due]) == (
        "Léa looks how the member is, without writing (follow-up 1)."
    )


def test_it_asks_nobody_to_send_an_email_that_is_on_its_way():
    crisis = s.released()
    assert english(crisis, "03:26").startswith("Léa sends the text by private message and e-mail")
    mailing.ask(crisis, 1, address="a@b.example", subject="…", token="0" * 24, by=s.LEA, at=s.at("03:26"))
    assert english(crisis, "03:26").startswith("Léa sends the text by private message,")


def test_it_ends_with_closing_when_no_follow_up_is_left():
    assert "close the crisis" in english(s.replied(), "03:30")


def test_it_asks_for_nothing_after_closing_but_the_follow_ups():
    crisis = s.replied()
    course.close(crisis, by=s.HELENE, reason="Répondu", at=s.at("04:00"))
    coming = s.follow_up(crisis, 1, s.at("05:26"), ReminderStatus.PLANNED)
    assert english(crisis, "04:00") == "Nothing more: the crisis is closed."
    assert english(crisis, "04:00", reminders=[coming]) == (
        "The crisis is closed. Léa checks on the member, at 05:26 at the latest."
    )


def test_it_asks_no_such_thing_of_a_lesser_case():
    crisis = s.angry_customer()
    crisis.category, crisis.severity = "minor_danger", 3
    assert english(crisis, "10:10") == "Inès writes a reply."


def test_it_gives_the_reply_to_a_moderator_who_is_there():
    crisis = s.called()
    others = [a for a in crisis.assignments if a.person != s.LEA]
    crisis.assignments = (*others, *(a for a in crisis.assignments if a.person == s.LEA))
    assert english(crisis, "03:18").startswith("Léa sends the first message")


def test_it_gives_the_reply_to_whoever_is_there_without_a_moderator():
    crisis = s.called()
    crisis.assignments = tuple(a for a in crisis.assignments if a.role is not Role.MODERATOR)
    assert english(crisis, "03:18") == "Denis writes a reply."
