"""A letter: the form, the way to it, the card before and after it is made, its posting."""

from dataclasses import replace
from datetime import date

from bot.domain import contacts, letters, sending
from bot.domain.states import Confidence, Means, Route, Source
from bot.views import drafts as views
from bot.views.letter import letter_form, made_card, posted_form
from tests.golden.gallery import shown
from tests.rig import scenes as s

PROOF = "postée le 24 novembre 2026, numéro de suivi 1A23456789012"
ADDRESS = "IRIS DELORME\n12 RUE DES TILLEULS\n34000 MONTPELLIER"


def waiting():
    """A reply that has gone by e-mail, and waits to be posted."""
    crisis = s.half_sent()
    contacts.add(
        crisis,
        means=Means.ADDRESS,
        value=ADDRESS,
        source=Source.CLIENT_FILE,
        confidence=Confidence.SURE,
        by=s.LEA,
        at=s.at("03:29"),
    )
    sending.add_route(crisis, 1, Route.LETTER, by=s.LEA, at=s.at("03:30"))
    return crisis


def made():
    crisis = waiting()
    letters.make(crisis, 1, contact=1, day=date(2026, 11, 24), by=s.LEA, at=s.at("03:31"))
    return crisis


def scene(crisis, clock, locale):
    drawn = s.scene(crisis, clock, locale=locale)
    return replace(drawn, guide=replace(drawn.guide, letters=True))


@shown
def draft_that_waits_for_its_letter(locale):
    crisis = waiting()
    return views.draft_card(scene(crisis, "03:30", locale), draft=crisis.draft(1))


@shown
def draft_whose_letter_is_made(locale):
    crisis = made()
    return views.draft_card(scene(crisis, "03:32", locale), draft=crisis.draft(1))


@shown
def draft_whose_letter_is_posted(locale):
    crisis = made()
    sending.use_route(crisis, 1, Route.LETTER, by=s.LEA, proof=PROOF, at=s.at("09:02"))
    return views.draft_card(scene(crisis, "09:02", locale), draft=crisis.draft(1))


@shown
def letter_to_make(locale):
    crisis = waiting()
    return letter_form(scene(crisis, "03:30", locale), crisis.draft(1))


@shown
def letter_to_post(locale):
    crisis = made()
    page = f"https://cellule.exemple.fr/letters/{crisis.id}.d1.c1"
    return made_card(scene(crisis, "03:31", locale), crisis.draft(1), page=page)


@shown
def letter_posted_form(locale):
    crisis = made()
    return posted_form(scene(crisis, "09:02", locale), crisis.draft(1))
