"""Opening what others work on already."""

from dataclasses import replace

from bot.domain.alerts import Alert
from bot.domain.events import CommunityChanged
from bot.texts import translator
from bot.views import alerts, belonging, brief, duplicates
from bot.views.course import complete_form
from tests.golden.gallery import shown
from tests.rig import scenes as s


@shown
def already_open(locale):
    scene = s.scene(s.in_its_room(s.just_opened()), "03:14", locale=locale, reader=s.INES)
    return duplicates.already_open_card(scene, kept="web:1:2:open")


@shown
def already_open_to_somebody_of_its_cell(locale):
    scene = s.scene(s.in_its_room(s.just_opened()), "03:14", locale=locale, reader=s.NOE)
    return duplicates.already_open_card(scene, kept="web:1:2:open")


@shown
def joined(locale):
    return duplicates.joined_card(
        s.scene(s.in_its_room(s.just_opened()), "03:14", locale=locale, reader=s.INES)
    )


def guide_in(locale):
    guide = s.guide()
    lea = replace(guide.plan.people[s.LEA], locale=locale)
    return replace(guide, plan=replace(guide.plan, people={**guide.plan.people, s.LEA: lea}))


def alert(**decided):
    words = "Un client ne répond plus depuis une heure, quelqu'un peut regarder ?"
    return replace(
        Alert("00000000000000a1", "forum", "Tom Petit", words, "https://forum.example/t/88", s.at("03:10")),
        **decided,
    )


@shown
def alert_to_decide(locale):
    return alerts.alert_card(alert(), guide=guide_in(locale), reader=s.LEA, now=s.at("03:11"))


@shown
def alert_that_nobody_decides(locale):
    return alerts.alert_card(alert(), guide=guide_in(locale), reader=s.LEA, now=s.at("03:16"), step=1)


@shown
def alert_opened(locale):
    opened = alert(decided_by=s.INES, opened="2026-014", text="", link="")
    return alerts.alert_card(opened, guide=guide_in(locale), reader=s.LEA, now=s.at("03:12"))


@shown
def alert_dismissed(locale):
    dismissed = alert(decided_by=s.INES, reason="C'est réglé, il a répondu.", text="", link="", community="")
    return alerts.alert_card(dismissed, guide=guide_in(locale), reader=s.LEA, now=s.at("03:12"))


@shown
def alert_raised(locale):
    return alerts.raised_card(translator(locale))


@shown
def alert_dismiss_form(locale):
    return alerts.dismiss_form(alert(), translator(locale))


@shown
def community_changed_to_the_officer(locale):
    crisis = s.in_its_room(s.just_opened())
    event = CommunityChanged(
        at=s.at("03:22"), by=s.INES, before="forum", after="club", removed=(s.FARID, s.CLAIRE)
    )
    return belonging.wrong_community_card(s.scene(crisis, "03:22", locale=locale, reader=s.SALOME), event)


@shown
def taken_out(locale):
    return belonging.removed_card(s.scene(s.just_opened(), "03:22", locale=locale, reader=s.FARID))


@shown
def complete_of_a_moderator_of_several(locale):
    return complete_form(s.scene(s.called(), "03:18", locale=locale, reader=s.INES))


@shown
def brief_of_an_unknown_community(locale):
    crisis = s.in_its_room(s.just_opened())
    crisis.community = "forum+club"
    return brief.brief_card(s.scene(crisis, "03:10", locale=locale))
