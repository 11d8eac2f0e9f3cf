"""Opening, the room's card, calling for help, being called."""

from dataclasses import replace

from bot.domain import cell, course, emergency, serious_news
from bot.domain.crisis import Room
from bot.domain.events import (
    ChainExhausted,
    FollowUpStopAsked,
    LoweringAsked,
    MessagesResumed,
    PlatformBack,
    PlatformLost,
    RoomCreated,
)
from bot.domain.ids import Platform
from bot.domain.levels import Level
from bot.domain.reminders import Reminder
from bot.domain.roster import Role
from bot.domain.states import Age, AskedAs, News, ReminderKind, ReminderStatus, RoomStatus
from bot.store import CardKind, Task
from bot.texts import translator
from bot.views import acts, brief, news, outage, pings
from bot.views import emergency as emergencies
from bot.views.course import complete_form, open_form
from tests.golden.gallery import shown
from tests.rig import scenes as s


@shown
def open_form_of_a_moderator(locale):
    communities = [("forum", "Forum Exemple"), ("club", "Club Marin")]
    return open_form(communities=communities, text=s.WORDS, link="", _=translator(locale))


@shown
def open_form_in_one_community(locale):
    return open_form(communities=[("forum", "Forum Exemple")], text="", link="", _=translator(locale))


@shown
def ack(locale):
    scene = s.scene(s.just_opened(), "03:10", locale=locale, reader=s.LEA)
    return pings.ack_card(scene, names=["Claire", "Farid", "Denis", "Noé"])


@shown
def opened(locale):
    return pings.opened_card(s.scene(s.in_its_room(s.just_opened()), "03:10", locale=locale, reader=s.LEA))


@shown
def opened_without_a_room(locale):
    crisis = s.just_opened()
    crisis.rooms = (Room(Platform.SLACK, RoomStatus.DELAYED),)
    return pings.opened_card(s.scene(crisis, "03:11", locale=locale, reader=s.LEA))


@shown
def brief_just_opened(locale):
    return brief.brief_card(s.scene(s.in_its_room(s.just_opened()), "03:10", locale=locale))


@shown
def brief_alarm(locale):
    return brief.brief_card(s.scene(s.cell_gathers(), "03:14", locale=locale))


@shown
def brief_on_the_phone(locale):
    crisis = s.cell_gathers()
    emergency.hold_for_phone(crisis, by=s.LEA, at=s.at("03:13"))
    return brief.brief_card(s.scene(crisis, "03:14", locale=locale))


@shown
def brief_called(locale):
    return brief.brief_card(s.scene(s.called(), "03:18", locale=locale))


@shown
def brief_in_review(locale):
    return brief.brief_card(s.scene(s.in_review(), "03:19", locale=locale))


@shown
def brief_approved(locale):
    return brief.brief_card(s.scene(s.approved(), "03:24", locale=locale))


@shown
def brief_released(locale):
    return brief.brief_card(s.scene(s.released(), "03:26", locale=locale))


@shown
def brief_replied(locale):
    crisis = s.replied()
    rows = [s.follow_up(crisis, 1, s.at("05:26"), ReminderStatus.PLANNED)]
    return brief.brief_card(s.scene(crisis, "03:30", locale=locale, reminders=rows))


@shown
def brief_closed(locale):
    crisis = s.replied()
    course.close(crisis, by=s.HELENE, reason="Réponse partie, suivi confié à Inès", at=s.at("04:00"))
    return brief.brief_card(s.scene(crisis, "04:00", locale=locale))


@shown
def brief_of_an_angry_customer(locale):
    return brief.brief_card(s.scene(s.angry_customer(), "10:10", locale=locale))


@shown
def brief_of_a_drill(locale):
    crisis = s.alarm()
    crisis.drill = True
    return brief.brief_card(s.scene(crisis, "03:14", locale=locale))


@shown
def more(locale):
    return acts.more_card(s.scene(s.called(), "03:18", locale=locale, reader=s.LEA))


@shown
def more_and_more(locale):
    return acts.more_card(s.scene(s.called(), "03:18", locale=locale, reader=s.LEA), page=1)


@shown
def complete(locale):
    return complete_form(s.scene(s.called(), "03:18", locale=locale, reader=s.LEA))


@shown
def emergency_in_the_room(locale):
    return emergencies.emergency_card(s.scene(s.alarm(), "03:11", locale=locale))


@shown
def emergency_of_a_member_elsewhere(locale):
    crisis = s.alarm()
    crisis.level = Level.D3
    member = replace(crisis.messages[0], written_at=s.at("02:41"))
    crisis.messages = (member,)
    crisis.members = (
        replace(crisis.members[0], handle=s.HANDLE, platform="forum.example", age=Age.UNDER_18, country="BE"),
    )
    return emergencies.emergency_card(s.scene(crisis, "03:11", locale=locale))


@shown
def emergency_sheet(locale):
    return emergencies.emergency_sheet(s.scene(s.alarm(), "03:11", locale=locale, reader=s.LEA))


@shown
def emergency_sheet_with_all_that_is_known(locale):
    crisis = s.alarm()
    crisis.messages = (replace(crisis.messages[0], written_at=s.at("02:41")),)
    crisis.members = (
        replace(crisis.members[0], handle=s.HANDLE, platform="forum.example", age=Age.UNDER_18, country="BE"),
    )
    return emergencies.emergency_sheet(s.scene(crisis, "03:11", locale=locale, reader=s.LEA))


@shown
def emergency_recorded(locale):
    return emergencies.emergency_card(s.scene(s.called(), "03:18", locale=locale))


@shown
def emergency_not_needed(locale):
    crisis = s.alarm()
    emergency.record_not_needed(
        crisis, by=s.LEA, reason="Sa sœur est auprès de la personne.", at=s.at("03:15")
    )
    return emergencies.emergency_card(s.scene(crisis, "03:15", locale=locale))


@shown
def emergency_nudge_in_the_room(locale):
    crisis = s.cell_gathers()
    emergency.remind(crisis, at=s.at("03:13"))
    emergency.remind(crisis, at=s.at("03:15"))
    return emergencies.emergency_nudge_card(s.scene(crisis, "03:15", locale=locale))


@shown
def emergency_nudge_to_a_person(locale):
    crisis = s.cell_gathers()
    emergency.remind(crisis, at=s.at("03:13"))
    return emergencies.emergency_nudge_card(s.scene(crisis, "03:13", locale=locale, reader=s.LEA))


@shown
def called_form(locale):
    return emergencies.called_form(s.scene(s.alarm(), "03:16", locale=locale, reader=s.LEA))


@shown
def not_needed_form(locale):
    return emergencies.not_needed_form(s.scene(s.alarm(), "03:16", locale=locale, reader=s.LEA))


@shown
def ping(locale):
    crisis = s.in_its_room(s.just_opened())
    step = Reminder(ReminderKind.TAKE_UP, f"{crisis.id}.p.farid", 2, s.at("03:12"), crisis.id, s.FARID)
    scene = s.scene(crisis, "03:10", locale=locale, reader=s.FARID, reminders=[step])
    return pings.ping_card(scene, person=s.FARID, attempt=0)


@shown
def ping_of_a_deputy(locale):
    scene = s.scene(s.cell_gathers(), "03:12", locale=locale, reader=s.SALOME)
    return pings.ping_card(scene, person=s.SALOME, attempt=1)


@shown
def ping_of_a_manager(locale):
    crisis = s.cell_gathers()
    cell.ask(crisis, person=s.HELENE, role=Role.MANAGER, asked_as=AskedAs.MANAGER, at=s.at("03:14"))
    scene = s.scene(crisis, "03:14", locale=locale, reader=s.HELENE)
    return pings.ping_card(scene, person=s.HELENE, attempt=0)


@shown
def ping_without_a_room(locale):
    scene = s.scene(s.just_opened(), "03:10", locale=locale, reader=s.NOE)
    return pings.ping_card(scene, person=s.NOE, attempt=0)


@shown
def ping_taken_up(locale):
    scene = s.scene(s.in_review(), "03:19", locale=locale, reader=s.NOE)
    return pings.ping_card(scene, person=s.NOE, attempt=0)


@shown
def ping_declined(locale):
    scene = s.scene(s.cell_gathers(), "03:14", locale=locale, reader=s.CLAIRE)
    return pings.ping_card(scene, person=s.CLAIRE, attempt=0)


@shown
def ping_after_closing(locale):
    crisis = s.cell_gathers()
    course.close(crisis, by=s.LEA, reason="Fausse alerte", at=s.at("03:20"))
    return pings.ping_card(s.scene(crisis, "03:20", locale=locale, reader=s.FARID), person=s.FARID, attempt=0)


@shown
def mention(locale):
    scene = s.scene(s.in_its_room(s.just_opened()), "03:10", locale=locale)
    return pings.mention_card(scene, people=[s.CLAIRE, s.FARID, s.DENIS])


@shown
def trouble_with_a_ping(locale):
    scene = s.scene(s.cell_gathers(), "03:14", locale=locale)
    return news.trouble_card(scene, what=CardKind.PING, code="user_not_found", person=s.FARID)


@shown
def trouble_with_the_room(locale):
    scene = s.scene(s.cell_gathers(), "03:14", locale=locale)
    return news.trouble_card(scene, what=Task.CREATE_ROOM, code="restricted_action", person=None)


@shown
def news_nobody_left(locale):
    event = ChainExhausted(at=s.at("03:14"), role=Role.LAWYER)
    return news.news_card(s.scene(s.cell_gathers(), "03:14", locale=locale), event=event)


@shown
def news_lowering_asked(locale):
    event = LoweringAsked(
        at=s.at("04:00"), by=s.LEA, target="D2", reason="Le membre a répondu, il est chez un ami."
    )
    return news.news_card(s.scene(s.replied(), "04:00", locale=locale), event=event)


@shown
def news_stop_asked(locale):
    event = FollowUpStopAsked(at=s.at("10:00"), by=s.INES, reason="Suivi par son médecin, nous a remerciés.")
    return news.news_card(s.scene(s.replied(), "10:00", locale=locale), event=event)


@shown
def news_serious(locale):
    crisis = s.replied()
    serious_news.stop_messages(crisis, News.HOSPITAL, note="", by=s.INES, at=s.at("10:00"))
    return news.news_card(s.scene(crisis, "10:00", locale=locale), event=crisis.events[-1])


@shown
def news_messages_resumed(locale):
    event = MessagesResumed(at=s.at("15:00"), by=s.HELENE, reason="Le membre va mieux, sa sœur l'a dit.")
    return news.news_card(s.scene(s.replied(), "15:00", locale=locale), event=event)


@shown
def news_platform_lost(locale):
    crisis = s.cell_gathers()
    lost = PlatformLost(at=s.at("03:12"), platform=Platform.SLACK, code="timeout")
    crisis.rooms = (Room(Platform.SLACK, lost_at=lost.at), Room(Platform.WEB))
    return news.news_card(s.scene(crisis, "03:14", locale=locale), event=lost)


@shown
def news_room_late(locale):
    event = RoomCreated(at=s.at("03:25"), platform=Platform.SLACK, name="crise-2026-014-fe")
    return news.news_card(s.scene(s.cell_gathers(), "03:25", locale=locale), event=event)


@shown
def room_made_after_all(locale):
    return outage.room_made_card(s.scene(s.cell_gathers(), "03:25", locale=locale), Platform.SLACK)


@shown
def news_platform_back(locale):
    event = PlatformBack(at=s.at("03:24"), platform=Platform.SLACK, lost_at=s.at("03:12"))
    return news.news_card(s.scene(s.cell_gathers(), "03:24", locale=locale), event=event)
