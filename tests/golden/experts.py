"""Questions to experts."""

from bot.domain import advice
from bot.domain.roster import Role
from bot.views import advice as views
from bot.views.brief import brief_card
from tests.golden.gallery import shown
from tests.rig import scenes as s

QUESTION = "Peut-on citer son message dans la réponse ?"


def _asked():
    crisis = s.called()
    advice.ask(crisis, role=Role.LAWYER, question=QUESTION, by=s.LEA, at=s.at("03:18"))
    return crisis


def _answered():
    crisis = _asked()
    advice.give(crisis, 1, said="Non : répondez sans le citer.", by=s.SALOME, at=s.at("03:21"))
    return crisis


@shown
def advice_to_somebody_asked(locale):
    crisis = _asked()
    scene = s.scene(crisis, "03:18", locale=locale, reader=s.SALOME)
    return views.advice_card(scene, asked=crisis.advice[0])


@shown
def advice_in_the_room(locale):
    crisis = _asked()
    return views.advice_card(s.scene(crisis, "03:18", locale=locale), asked=crisis.advice[0])


@shown
def advice_given(locale):
    crisis = _answered()
    return views.advice_card(s.scene(crisis, "03:21", locale=locale), asked=crisis.advice[0])


@shown
def advice_nudge(locale):
    crisis = _asked()
    scene = s.scene(crisis, "03:38", locale=locale, reader=s.SALOME)
    return views.advice_nudge_card(scene, asked=crisis.advice[0], step=2)


@shown
def brief_with_advice(locale):
    return brief_card(s.scene(_answered(), "03:21", locale=locale))


@shown
def ask_form(locale):
    return views.ask_form(s.scene(s.called(), "03:18", locale=locale))


@shown
def advise_form(locale):
    crisis = _asked()
    return views.advise_form(s.scene(crisis, "03:18", locale=locale), crisis.advice[0])
