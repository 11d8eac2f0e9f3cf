"""For whom a card is rendered."""

from collections.abc import Callable, Collection
from functools import partial

from adapters.teams.identity import Identity
from adapters.teams.links import room_url
from adapters.teams.render import Look
from bot.cards import RoomLink
from bot.domain.ids import PersonId, Platform
from bot.interactions import Actor
from bot.plan.model import Plan
from bot.ports import DirectPlace, Place
from bot.texts import translator


class Looks:
    """Gives the look for a place or for somebody who asked. `elsewhere`: where a room beyond Teams is."""

    def __init__(
        self,
        *,
        identity: Identity,
        plan: Callable[[], Plan],
        elsewhere: Callable[[RoomLink], str],
        tenant: str,
    ) -> None:
        self._identity = identity
        self._plan = plan
        self._elsewhere = elsewhere
        self._tenant = tenant

    def at(self, place: Place, *, outside: Collection[PersonId] = ()) -> Look:
        """A person reads in their language, a room in the plan's. Who is `outside` is named, not called."""
        plan = self._plan()
        known = plan.people.get(place.person) if isinstance(place, DirectPlace) else None
        return self._in(known.locale if known else plan.locale, outside)

    def to(self, actor: Actor | None) -> Look:
        """Somebody of the plan reads in their language, another in their Teams'; None: in the plan's."""
        plan = self._plan()
        known = plan.people.get(actor.person) if actor and actor.person else None
        return self._in(known.locale if known else actor.locale if actor else plan.locale)

    def _in(self, locale: str, outside: Collection[PersonId] = ()) -> Look:
        return Look(translator(locale), partial(self._mention, outside), self._room_url)

    def _mention(self, outside: Collection[PersonId], person: PersonId) -> tuple[str | None, str]:
        known = self._plan().people.get(person)
        account = None if person in outside else self._identity.known_account(person)
        return account, known.name if known else person

    def _room_url(self, link: RoomLink) -> str:
        if link.platform is not Platform.TEAMS:
            return self._elsewhere(link)
        return room_url(link, tenant=self._tenant, plan=self._plan())
