"""What waits for one person in all their crises."""

from bot.texts import translator
from bot.views.waiting import waiting_card
from tests.golden.gallery import shown
from tests.rig import scenes as s


@shown
def waiting_in_two_crises(locale):
    """Noé has a reply to read in one, and has not answered the other's call."""
    angry = s.angry_customer()
    scenes = [s.scene(crisis, "10:12", locale=locale, reader=s.NOE) for crisis in (angry, s.in_review())]
    return waiting_card(scenes, translator(locale))


@shown
def waiting_for_nothing(locale):
    return waiting_card([], translator(locale))
