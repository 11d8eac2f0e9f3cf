"""Follow-ups, reminders, the morning page."""

from dataclasses import replace
from datetime import date

from bot.domain import cell, course, drafts, emergency
from bot.domain.events import MemberSilent, WritingStopped
from bot.domain.ids import CrisisId, Platform
from bot.domain.levels import Level
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import AskedAs, Outcome, ReminderKind, ReminderStatus, Route
from bot.domain.writing_back import write_back
from bot.texts import translator
from bot.views import digest, news, reminders, watch, wrote
from tests.golden.gallery import shown
from tests.rig import scenes as s
from tests.rig.samples import first_member


def follow_up(locale, status, *, text="", reader=None, due="05:26"):
    crisis = s.replied()
    row = replace(s.follow_up(crisis, 2, s.at(due), status), text=text)
    return s.scene(crisis, "05:26", locale=locale, reader=reader, reminders=[row]), row


@shown
def follow_up_due(locale):
    scene, row = follow_up(locale, ReminderStatus.DUE)
    return watch.follow_up_card(scene, reminder=row)


@shown
def follow_up_put_off(locale):
    scene, row = follow_up(locale, ReminderStatus.PLANNED, due="06:26")
    return watch.follow_up_card(scene, reminder=row)


@shown
def follow_up_recorded(locale):
    scene, row = follow_up(locale, ReminderStatus.DONE, text=Outcome.NO_ANSWER)
    return watch.follow_up_card(scene, reminder=row)


@shown
def follow_up_serious(locale):
    scene, row = follow_up(locale, ReminderStatus.DONE, text=Outcome.SERIOUS_NEWS)
    return watch.follow_up_card(scene, reminder=row)


@shown
def follow_up_stopped(locale):
    scene, row = follow_up(locale, ReminderStatus.CANCELLED)
    return watch.follow_up_card(scene, reminder=row)


@shown
def follow_up_nudge(locale):
    scene, row = follow_up(locale, ReminderStatus.DUE, due="03:26", reader=s.NOE)
    return watch.follow_up_nudge_card(scene, reminder=row, step=2)


@shown
def record_form(locale):
    return watch.record_form(*follow_up(locale, ReminderStatus.DUE, reader=s.INES))


@shown
def stop_form(locale):
    return watch.stop_form(follow_up(locale, ReminderStatus.DUE, reader=s.INES)[0])


@shown
def write_word(locale):
    return watch.write_word_card(follow_up(locale, ReminderStatus.DUE, reader=s.INES)[0])


@shown
def follow_up_without_a_word(locale):
    crisis = s.replied()
    first_member(crisis, watch_silent=True)
    row = s.follow_up(crisis, 2, s.at("05:26"), ReminderStatus.DUE)
    scene = s.scene(crisis, "05:26", locale=locale, reminders=[row])
    return watch.follow_up_card(scene, reminder=row)


@shown
def worrying(locale):
    crisis = s.replied()
    emergency.declare(crisis, by=s.INES, at=s.at("05:26"))
    return watch.worrying_card(s.scene(crisis, "05:26", locale=locale, reader=s.INES))


@shown
def wrote_back_form(locale):
    return wrote.wrote_back_form(s.scene(s.replied(), "09:00", locale=locale, reader=s.INES))


@shown
def news_of_what_somebody_copied(locale):
    crisis = s.replied()
    write_back(crisis, text="Merci, je suis chez ma sœur.", written_at=None, by=s.INES, at=s.at("09:00"))
    return news.news_card(s.scene(crisis, "09:00", locale=locale), event=crisis.events[-1])


@shown
def news_member_silent(locale):
    event = MemberSilent(at=s.at("09:00"), times=5)
    return news.news_card(s.scene(s.replied(), "09:00", locale=locale), event=event)


@shown
def news_we_write_no_more(locale):
    event = WritingStopped(at=s.at("09:00"), by=s.INES, reason="par message privé")
    return news.news_card(s.scene(s.replied(), "09:00", locale=locale), event=event)


@shown
def news_close_asked(locale):
    crisis = s.replied()
    course.close(crisis, by=s.INES, reason="plus aucun signe", two=True, at=s.at("09:00"))
    return news.news_card(s.scene(crisis, "09:00", locale=locale), event=crisis.events[-1])


def personal(status, *, fired="09:00", ordinal=1):
    due = s.at("09:00")
    return Reminder(
        ReminderKind.PERSONAL,
        "7c3e0000000014fe.r1",
        ordinal,
        due,
        s.just_opened().id,
        s.DENIS,
        "Rappeler le client.",
        status,
        s.at(fired),
    )


@shown
def reminder_due(locale):
    row = personal(ReminderStatus.DUE)
    return reminders.reminder_card(
        s.scene(s.replied(), "09:00", locale=locale, reminders=[row]), reminder=row
    )


@shown
def reminder_late(locale):
    row = personal(ReminderStatus.DUE, fired="09:12")
    return reminders.reminder_card(
        s.scene(s.replied(), "09:12", locale=locale, reminders=[row]), reminder=row
    )


@shown
def reminder_put_off(locale):
    row = personal(ReminderStatus.DONE)
    later = replace(row, ordinal=2, due_at=s.at("10:00"), status=ReminderStatus.PLANNED)
    scene = s.scene(s.replied(), "09:01", locale=locale, reminders=[row, later])
    return reminders.reminder_card(scene, reminder=row)


@shown
def remind_form(locale):
    return reminders.remind_form(s.scene(s.replied(), "09:00", locale=locale, reader=s.DENIS))


@shown
def remind_echo(locale):
    scene = s.scene(s.replied(), "04:00", locale=locale, reader=s.DENIS)
    return reminders.remind_echo_card(scene, at=s.at("09:00", day=25), text="Rappeler le client.")


def page(locale, crises, **more):
    guide = s.guide()
    helene = replace(guide.plan.people[s.HELENE], locale=locale)
    plan = replace(guide.plan, people={**guide.plan.people, s.HELENE: helene})
    known = {"now": s.at("08:30"), "at": s.at("08:30"), **more}
    entries = digest.DigestInput(person=s.HELENE, communities=["forum", "club"], crises=crises, **known)
    return digest.digest_card(entries, guide=replace(guide, plan=plan), platform=Platform.SLACK)


@shown
def digest_of_a_hard_night(locale):
    night = s.replied()
    late = s.replied()
    late.id, late.number, late.level, late.severity = CrisisId("09fe"), "2026-009", Level.D3, 3
    late.opened_at = s.at("20:00", day=17)
    waiting = s.angry_customer()
    waiting.id, waiting.number, waiting.opened_at = CrisisId("12fe"), "2026-012", s.at("17:40", day=23)
    waiting.category = "threat"
    cell.ask(waiting, person=s.HELENE, role=Role.DIRECTOR, asked_as=AskedAs.HOLDER, at=s.at("18:00", day=23))
    drafts.propose(waiting, text="…", routes=(Route.EMAIL,), by=s.INES, at=s.at("18:00", day=23))
    closed = s.angry_customer()
    closed.number = "2026-013"
    course.close(closed, by=s.INES, reason="Répondu", at=s.at("19:00", day=23))
    evening = replace(s.follow_up(night, 2, s.at("19:00")), status=ReminderStatus.PLANNED)
    overdue = replace(s.follow_up(late, 3, s.at("18:30", day=23)), owner=None)
    crises = [(night, [evening]), (late, [overdue]), (waiting, []), (closed, [])]
    return page(locale, crises)


@shown
def digest_of_a_quiet_night(locale):
    crisis = s.replied()
    crisis.level, crisis.severity = Level.D2, 2
    course.close(crisis, by=s.LEA, reason="Répondu", at=s.at("04:00", day=20))
    coming = replace(s.follow_up(crisis, 2, s.at("09:00", day=26)), status=ReminderStatus.PLANNED)
    return page(locale, [(crisis, [coming])])


@shown
def digest_late(locale):
    missed = [date(2026, 11, 22), date(2026, 11, 23)]
    return page(locale, [], now=s.at("09:12"), late_because_down=True, missed_days=missed)


@shown
def digest_time_form(locale):
    return digest.digest_time_form(translator(locale), at="08:30")
