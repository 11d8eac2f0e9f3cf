"""Going home while crises go on."""

from bot.domain import emergency, handover
from bot.domain.events import PersonLeft
from bot.domain.ids import Platform
from bot.domain.roster import Role
from bot.texts import translator
from bot.views import brief, news
from bot.views.handover import Handover, Part, handover_card, handover_form, relief_card
from bot.views.pings import ping_card
from tests.golden.gallery import shown
from tests.rig import scenes as s


def card(locale, reader, *, crisis, taken=False, called_off=False):
    scene = s.scene(crisis, "03:30", locale=locale, reader=reader)
    soon = [s.follow_up(crisis, 1, s.at("09:00"))]
    parts = () if called_off else (Part(scene, (Role.MODERATOR,), waits=True, soon=soon),)
    other = s.scene(s.angry_customer(), "03:30", locale=locale, reader=reader)
    stays = () if called_off else (Part(other, (Role.SPOKESPERSON,), waits=False, soon=()),)
    return handover_card(
        Handover(s.LEA, s.INES, taken, parts, stays), reader=reader, guide=s.guide(), _=translator(locale)
    )


@shown
def handover_to_the_taker(locale):
    return card(locale, s.INES, crisis=s.alarm())


@shown
def handover_to_the_giver(locale):
    return card(locale, s.LEA, crisis=s.in_review())


@shown
def handover_unanswered_to_a_manager(locale):
    return card(locale, s.HELENE, crisis=s.in_review())


@shown
def handover_taken_to_a_manager(locale):
    return card(locale, s.HELENE, crisis=s.in_review(), taken=True)


@shown
def handover_taken_to_the_taker(locale):
    return card(locale, s.INES, crisis=s.in_review(), taken=True)


@shown
def handover_taken_to_the_giver(locale):
    return card(locale, s.LEA, crisis=s.in_review(), taken=True)


@shown
def handover_called_off(locale):
    return card(locale, s.LEA, crisis=s.in_review(), called_off=True)


@shown
def handover_form_with_people(locale):
    return handover_form([(s.INES, "Inès Benali"), (s.NOE, "Noé Girard")], translator(locale))


@shown
def ping_of_who_handed_over(locale):
    crisis = s.called()
    handover.offer(crisis, giver=s.LEA, taker=s.INES, roles={Role.MODERATOR}, at=s.at("03:30"))
    handover.accept(crisis, giver=s.LEA, taker=s.INES, at=s.at("03:31"))
    return ping_card(s.scene(crisis, "03:32", locale=locale, reader=s.LEA), person=s.LEA, attempt=0)


@shown
def relief_offered(locale):
    return relief_card(s.scene(s.in_review(), "07:15", locale=locale, reader=s.LEA))


def out_of_the_room():
    """Léa is out of the room on Slack; Inès is called in her place."""
    crisis = s.alarm()
    (role,) = handover.leave(crisis, person=s.LEA, at=s.at("03:13"), room=Platform.SLACK)
    s.ask_deputy(crisis, role, instead_of=s.LEA)
    emergency.pass_on(crisis, s.LEA, s.INES)
    return crisis


LEFT = PersonLeft(at=s.at("03:13"), person=s.LEA, roles=(Role.MODERATOR,), room=Platform.SLACK)


@shown
def news_somebody_left_the_room(locale):
    return news.news_card(s.scene(out_of_the_room(), "03:13", locale=locale), event=LEFT)


@shown
def news_to_the_one_who_left_the_room(locale):
    return news.news_card(s.scene(out_of_the_room(), "03:13", locale=locale, reader=s.LEA), event=LEFT)


@shown
def brief_when_somebody_left_the_room(locale):
    return brief.brief_card(s.scene(out_of_the_room(), "03:13", locale=locale))
