"""No known way to the member: what is proposed, noted, and asked when somebody closes."""

from bot.domain import contacts, course, reaching, sending
from bot.domain.roster import Role
from bot.domain.states import Confidence, Means, Recourse, Route, Source
from bot.views import brief
from bot.views import course as courses
from bot.views.draft_forms import route_form
from bot.views.news import news_card
from bot.views.no_way import recourse_form
from tests.golden.gallery import shown
from tests.golden.watching import page
from tests.rig import scenes as s

CLOSED_INBOX = "La messagerie du membre est fermée."


def unreached():
    crisis = s.released()
    for route, clock in ((Route.PRIVATE_MESSAGE, "03:26"), (Route.EMAIL, "03:28")):
        sending.excuse_route(crisis, 1, route, by=s.LEA, reason=CLOSED_INBOX, at=s.at(clock))
    reaching.keep(crisis, at=s.at("03:28"))
    return crisis


def noted():
    crisis = unreached()
    for recourse, clock in ((Recourse.PLATFORM, "03:30"), (Recourse.PHAROS, "03:34")):
        reaching.take(crisis, recourse, note="n° 4412", done_at=s.at(clock), by=s.INES, at=s.at("03:35"))
    return crisis


def card(crisis, clock, locale):
    event = next(event for event in crisis.events if event.kind == "no_way_known")
    return news_card(s.scene(crisis, clock, locale=locale), event=event)


@shown
def no_way_known(locale):
    crisis = unreached()
    contacts.ask_search(crisis, role=Role.MODERATOR, at=s.at("03:10"))
    contacts.add(
        crisis,
        means=Means.PHONE,
        value="+33639980678",
        source=Source.CLIENT_FILE,
        confidence=Confidence.SURE,
        by=s.LEA,
        at=s.at("03:20"),
    )
    return card(crisis, "03:29", locale)


@shown
def no_way_known_and_reported(locale):
    return card(noted(), "03:40", locale)


@shown
def no_way_known_over(locale):
    crisis = noted()
    proof = "messagerie du forum, lu 03:45"
    sending.use_route(crisis, 1, Route.PRIVATE_MESSAGE, by=s.LEA, proof=proof, at=s.at("03:45"))
    reaching.keep(crisis, at=s.at("03:45"))
    return card(crisis, "03:46", locale)


@shown
def brief_without_a_known_way(locale):
    return brief.brief_card(s.scene(noted(), "03:40", locale=locale))


@shown
def digest_with_a_crisis_without_a_known_way(locale):
    return page(locale, [(unreached(), [])])


@shown
def recourse_platform_form(locale):
    return recourse_form(s.scene(unreached(), "03:30", locale=locale, reader=s.INES), Recourse.PLATFORM)


@shown
def recourse_pharos_form(locale):
    return recourse_form(s.scene(unreached(), "03:30", locale=locale, reader=s.INES), Recourse.PHAROS)


@shown
def recourse_nothing_form(locale):
    return recourse_form(s.scene(unreached(), "03:30", locale=locale, reader=s.INES), Recourse.NOTHING)


@shown
def route_form_for_a_private_message_all_the_same(locale):
    crisis = unreached()
    return route_form(s.scene(crisis, "03:30", locale=locale), crisis.draft(1), Route.PRIVATE_MESSAGE)


@shown
def close_form_without_a_known_way(locale):
    return courses.close_form(s.scene(unreached(), "04:00", locale=locale, reader=s.HELENE))


@shown
def news_close_asked_without_a_known_way(locale):
    crisis = unreached()
    course.close(crisis, by=s.INES, reason="plus aucun moyen", two=True, at=s.at("04:00"))
    return news_card(s.scene(crisis, "04:01", locale=locale), event=crisis.events[-1])


@shown
def news_kept_open(locale):
    crisis = unreached()
    course.close(crisis, by=s.INES, reason="plus aucun moyen", two=True, at=s.at("04:00"))
    course.keep_open(crisis, by=s.HELENE, at=s.at("04:05"))
    return news_card(s.scene(crisis, "04:06", locale=locale), event=crisis.events[-1])
