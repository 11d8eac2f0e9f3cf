"""Who is away, who is called later, whom to telephone."""

from dataclasses import replace

from bot.domain.hours import parse_week_hours
from bot.texts import translator
from bot.views import brief, duty, pings
from tests.golden.gallery import shown
from tests.rig import scenes as s


@shown
def away(locale):
    zone = s.guide().zone_for(s.CLAIRE)
    return duty.away_card(s.at("09:00", day=25), zone=zone, _=translator(locale))


def in_quiet_hours(locale, reader=None):
    """A complaint of the evening, in a community that sleeps from ten to half past seven."""
    crisis = replace(s.in_its_room(s.just_opened()), category="complaint", severity=2)
    scene = s.scene(crisis, "03:11", locale=locale, reader=reader)
    forum = replace(scene.guide.community(crisis), quiet=parse_week_hours("mon-sun 22:00-07:30"))
    plan = replace(scene.guide.plan, communities={"forum": forum})
    return replace(scene, guide=replace(scene.guide, plan=plan))


@shown
def brief_in_quiet_hours(locale):
    return brief.brief_card(in_quiet_hours(locale))


@shown
def ack_in_quiet_hours(locale):
    return pings.ack_card(in_quiet_hours(locale, s.LEA), names=["Claire", "Farid", "Denis", "Noé"])


@shown
def telephones(locale):
    scene = s.scene(s.cell_gathers(), "03:14", locale=locale, reader=s.LEA)
    people = scene.guide.plan.people
    return duty.telephones_card(scene, [people[s.FARID], replace(people[s.SALOME], phone=None)])


@shown
def telephones_of_nobody(locale):
    return duty.telephones_card(s.scene(s.cell_gathers(), "03:14", locale=locale, reader=s.LEA), [])
