"""What waits for one person in all their crises."""

from bot.texts import translator
from bot.views.waiting import Wait, waiting_card, waits
from tests.golden.gallery import shown
from tests.rig import scenes as s


@shown
def waiting_in_two_crises(locale):
    """Noé has a reply to read in one, and has not answered the other's call."""
    angry = s.angry_customer()
    scenes = [s.scene(crisis, "10:12", locale=locale, reader=s.NOE) for crisis in (s.in_review(), angry)]
    entries = [(scene, waits(s.guide(), scene.crisis, s.NOE, now=scene.now)) for scene in scenes]
    return waiting_card(entries, translator(locale))


@shown
def waiting_of_every_kind(locale):
    """All that one crisis can want of somebody, and two alerts."""
    scene = s.scene(s.in_review(), "10:12", locale=locale, reader=s.NOE)
    return waiting_card([(scene, tuple(Wait))], translator(locale), alerts=2)


@shown
def waiting_in_many_crises(locale):
    """More than are listed or even counted."""
    scene = s.scene(s.in_review(), "10:12", locale=locale, reader=s.NOE)
    return waiting_card([(scene, (Wait.DECISION,))] * 30, translator(locale), more=True)


@shown
def waiting_for_nothing(locale):
    return waiting_card([], translator(locale))
