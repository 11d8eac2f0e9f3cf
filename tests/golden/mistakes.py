"""False alarms, and what else is put right."""

from bot.domain import false_alarm
from bot.domain.events import FalseAlarmAsked
from bot.domain.levels import Level
from bot.views import brief, news, pings
from bot.views.answers import second_person_card
from bot.views.duplicates import with_already_open
from bot.views.false_alarm import false_alarm_form
from bot.views.which import which_form
from tests.golden.gallery import shown
from tests.rig import scenes as s

REASON = "Paroles de chanson, le membre le dit lui-même"


def called_off():
    """Léa and then Denis say that it is a false alarm."""
    crisis = s.cell_gathers()
    for person, clock in ((s.LEA, "03:13"), (s.DENIS, "03:14")):
        false_alarm.say(crisis, level=Level.D4, by=person, reason=REASON, at=s.at(clock))
    return crisis


@shown
def which_crisis(locale):
    scenes = [s.scene(crisis, "10:10", locale=locale) for crisis in (s.angry_customer(), s.called())]
    return which_form(scenes, typed="note le client a rappelé", kept="slack:1", _=scenes[0]._)


@shown
def false_alarm_form_of_two(locale):
    return false_alarm_form(s.scene(s.alarm(), "03:13", locale=locale, reader=s.LEA))


@shown
def false_alarm_form_of_one(locale):
    return false_alarm_form(s.scene(s.angry_customer(), "10:10", locale=locale, reader=s.INES))


@shown
def news_false_alarm_asked(locale):
    event = FalseAlarmAsked(at=s.at("03:13"), by=s.LEA, reason=REASON)
    return news.news_card(s.scene(s.alarm(), "03:13", locale=locale), event=event)


@shown
def ping_of_a_false_alarm(locale):
    return pings.ping_card(
        s.scene(called_off(), "03:14", locale=locale, reader=s.FARID), person=s.FARID, attempt=0
    )


@shown
def brief_of_a_false_alarm(locale):
    return brief.brief_card(s.scene(called_off(), "03:14", locale=locale))


@shown
def ack_of_what_is_open_already(locale):
    urgent = s.scene(s.just_opened(), "10:10", locale=locale, reader=s.LEA)
    other = s.scene(s.angry_customer(), "10:10", locale=locale, reader=s.LEA)
    return with_already_open(pings.ack_card(urgent, names=["Claire", "Farid"]), [other])


@shown
def completed_with_what_is_open_already(locale):
    return with_already_open(None, [s.scene(s.angry_customer(), "10:10", locale=locale, reader=s.INES)])


@shown
def completed_for_two_with_what_is_open_already(locale):
    other = s.scene(s.angry_customer(), "10:10", locale=locale, reader=s.LEA)
    return with_already_open(second_person_card(other._), [other])
