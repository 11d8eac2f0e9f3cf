"""Who is away, who is called later, whom to telephone."""

from bot.texts import translator
from bot.views import duty
from tests.golden.gallery import shown
from tests.rig import scenes as s


@shown
def away(locale):
    zone = s.guide().zone_for(s.CLAIRE)
    return duty.away_card(s.at("09:00", day=25), zone=zone, _=translator(locale))
