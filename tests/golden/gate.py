"""What the gate finds, stops, and is overridden in."""

from bot.domain import drafts, overrides
from bot.domain.roster import Role
from bot.domain.states import Route
from bot.views import drafts as views
from bot.views import findings, news
from tests.golden.gallery import shown
from tests.rig import scenes as s

UNFINISHED = (
    "Bonjour client_fidele_06, vous avez raison : trois semaines sans réponse, c'est trop. Appelez le "
    "01 99 00 12 34, ou écrivez-nous avant le [date].\nInès, modératrice, Forum Exemple"
)
WHY = "Le service client confirme ce numéro."


def _stopped(*over):
    crisis = s.angry_customer()
    routes = (Route.PUBLIC_POST, Route.EMAIL)
    drafts.propose(crisis, text=UNFINISHED, routes=routes, by=s.INES, at=s.at("10:10"))
    for person in over:
        scene = s.scene(crisis, "10:12")
        rules = findings.check_of(scene, crisis.draft(1)).rules
        overrides.override(
            crisis, 1, seen=1, rules=rules, grave=False, by=person, reason=WHY, at=s.at("10:12")
        )
    return crisis


def _short():
    """At D4 a word of little only warns."""
    crisis = s.called()
    text = "Bonjour, nous vous lisons. Le 3114 vous écoute."
    drafts.propose(crisis, text=text, routes=(Route.PRIVATE_MESSAGE,), by=s.LEA, at=s.at("03:18"))
    return crisis


@shown
def draft_that_the_check_stops(locale):
    crisis = _stopped()
    return views.draft_card(s.scene(crisis, "10:12", locale=locale), draft=crisis.draft(1))


@shown
def draft_with_warnings_at_d4(locale):
    crisis = _short()
    return views.draft_card(s.scene(crisis, "03:19", locale=locale, reader=s.NOE), draft=crisis.draft(1))


@shown
def draft_overridden_by_one(locale):
    crisis = _stopped(s.DENIS)
    return views.draft_card(s.scene(crisis, "10:13", locale=locale, reader=s.NOE), draft=crisis.draft(1))


@shown
def draft_overridden(locale):
    crisis = _stopped(s.DENIS, s.NOE)
    return views.draft_card(s.scene(crisis, "10:13", locale=locale), draft=crisis.draft(1))


@shown
def findings_to_the_author(locale):
    crisis = _short()
    return findings.findings_card(s.scene(crisis, "03:18", locale=locale, reader=s.LEA), crisis.draft(1))


@shown
def override_form(locale):
    crisis = _stopped()
    return findings.override_form(s.scene(crisis, "10:12", locale=locale, reader=s.NOE), crisis.draft(1))


@shown
def news_check_overridden_by_one(locale):
    crisis = _stopped(s.DENIS)
    return news.news_card(s.scene(crisis, "10:12", locale=locale), event=crisis.events[-1])


@shown
def news_check_overridden(locale):
    crisis = _stopped(s.DENIS, s.NOE)
    return news.news_card(s.scene(crisis, "10:12", locale=locale), event=crisis.events[-1])


@shown
def news_check_overridden_of_an_approved_text(locale):
    crisis = _stopped(s.DENIS, s.NOE)
    event = crisis.events[-1]
    rule = s.guide().rule(crisis, s.at("10:13"))
    drafts.approve(
        crisis, 1, seen=1, by=s.DENIS, roles=(Role.COMMUNICATION_LEAD,), rule=rule, at=s.at("10:13")
    )
    return news.news_card(s.scene(crisis, "10:14", locale=locale), event=event)
