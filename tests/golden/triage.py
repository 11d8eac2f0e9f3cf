"""What the triage aid proposes, before and after people have decided."""

from dataclasses import replace

from bot.domain import triage as rules
from bot.domain.axes import Axis
from bot.domain.labels import Label
from bot.domain.levels import Level
from bot.domain.proposal import CountryHint, Proposal, Reason
from bot.views import brief, news, triage
from bot.views.course import complete_form
from tests.golden.gallery import shown
from tests.rig import scenes as s

WHY = Label("annonce qu'on ne reviendra pas", "says that one will not come back")


def proposed(level, crisis=None, **more):
    crisis = crisis or s.in_its_room(s.just_opened())
    words = "ne m'attendez pas demain"
    start = s.WORDS.index(words)
    reasons = (Reason(start, start + len(words), "ne m'attendez pas", WHY),)
    rules.propose(crisis, Proposal("distress", level, "fr", reasons, **more), at=s.at("03:11"))
    return crisis


@shown
def brief_with_a_proposal(locale):
    return brief.brief_card(s.scene(proposed(Level.D4), "03:11", locale=locale))


@shown
def brief_with_a_lesser_proposal(locale):
    return brief.brief_card(s.scene(proposed(Level.D2, s.angry_customer()), "10:12", locale=locale))


@shown
def why_a_level_is_proposed(locale):
    crisis = proposed(Level.D4)
    return triage.triage_card(s.scene(crisis, "03:11", locale=locale, reader=s.LEA), crisis.proposal)


def from_belgium():
    """With a hint at the country, and all that a level does not say."""
    why = Label("numéro de téléphone en +32", "telephone number with +32")
    return proposed(Level.D4, axes=tuple(Axis), country=CountryHint(("BE",), why, 0, 0))


@shown
def brief_with_a_hint_at_the_country(locale):
    return brief.brief_card(s.scene(from_belgium(), "03:11", locale=locale))


@shown
def why_with_a_hint_at_the_country(locale):
    crisis = from_belgium()
    return triage.triage_card(s.scene(crisis, "03:11", locale=locale, reader=s.LEA), crisis.proposal)


def known_by_a_link():
    crisis = s.in_its_room(s.just_opened())
    crisis.messages = (replace(crisis.messages[0], text=""),)
    return crisis


@shown
def brief_with_a_link_alone(locale):
    return brief.brief_card(s.scene(known_by_a_link(), "03:11", locale=locale))


@shown
def complete_form_with_a_link_alone(locale):
    return complete_form(s.scene(known_by_a_link(), "03:11", locale=locale, reader=s.LEA))


@shown
def why_a_level_was_proposed(locale):
    crisis = proposed(Level.D4)
    rules.keep(crisis, Level.D4, by=s.LEA, at=s.at("03:12"))
    return triage.triage_card(s.scene(crisis, "03:12", locale=locale, reader=s.LEA), crisis.proposal)


@shown
def decline_form(locale):
    crisis = proposed(Level.D4)
    return triage.decline_form(s.scene(crisis, "03:11", locale=locale, reader=s.LEA), crisis.proposal)


@shown
def severity_raised_by_the_triage_aid(locale):
    crisis = proposed(Level.D5, s.angry_customer())
    return news.news_card(s.scene(crisis, "10:12", locale=locale), event=crisis.events[-1])
