"""For whom a card is rendered."""

from collections.abc import Callable
from urllib.parse import urlencode

from adapters.slack.identity import Identity
from adapters.slack.render import Look
from adapters.slack.texts import Json, shown
from bot.cards import RoomLink
from bot.domain.ids import PersonId, Platform
from bot.interactions import Actor
from bot.plan.model import Plan
from bot.ports import DirectPlace, Place
from bot.texts import translator


class Looks:
    """Gives the look for a place or for somebody who asked. `elsewhere`: where a room beyond Slack is."""

    def __init__(
        self, *, identity: Identity, plan: Callable[[], Plan], elsewhere: Callable[[RoomLink], str]
    ) -> None:
        self._identity = identity
        self._plan = plan
        self._elsewhere = elsewhere

    def at(self, place: Place) -> Look:
        """A person reads in their language, a room in the plan's."""
        plan = self._plan()
        known = plan.people.get(place.person) if isinstance(place, DirectPlace) else None
        return self._in(known.locale if known else plan.locale)

    def to(self, actor: Actor | None) -> Look:
        """Somebody of the plan reads in their language, another in their Slack's; None: in the plan's."""
        plan = self._plan()
        known = plan.people.get(actor.person) if actor and actor.person else None
        return self._in(known.locale if known else actor.locale if actor else plan.locale)

    def _in(self, locale: str) -> Look:
        return Look(translator(locale), self._mention, self._room_url)

    def _mention(self, person: PersonId) -> Json:
        if user := self._identity.known_user(person):
            return {"type": "user", "user_id": user}
        known = self._plan().people.get(person)
        return {"type": "text", "text": shown(known.name if known else person), "style": {"bold": True}}

    def _room_url(self, link: RoomLink) -> str:
        if link.platform is not Platform.SLACK:
            return self._elsewhere(link)
        team = {"team": self._identity.team} if self._identity.team else {}
        return f"https://slack.com/app_redirect?{urlencode({'channel': link.room, **team})}"
