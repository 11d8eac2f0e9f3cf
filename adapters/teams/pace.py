"""How often we write into one conversation: never faster than Teams allows, so that it need not refuse.

Source: Microsoft, «Rate limiting for bots in Teams», per bot and conversation.

Who has to wait is given a place and keeps it: otherwise all that wait would come back together, each time one
more message is allowed.
"""

from collections import deque
from collections.abc import Callable, Hashable

from bot.ports import RateLimited

LIMITS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
"""So many messages in so many seconds."""
MOST, LONGEST = LIMITS[-1]
MANY = 1000
ON_TIME = 0.001
"""Seconds: clocks differ in their last digits."""
FORGOTTEN_AFTER = 60.0
"""Seconds after which whoever has a place will not come any more."""


class Pace:
    """The hours of each conversation's last messages. `now` is in seconds and only goes forward."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._said: dict[str, deque[float]] = {}
        self._held_until: dict[str, float] = {}
        self._places: dict[Hashable, float] = {}

    def take(self, conversation: str, *, about: Hashable) -> None:
        """Count a message; `about` tells those of one conversation apart.

        Raises `RateLimited` when it must not be sent yet.
        """
        now, ticket = self._now(), (conversation, about)
        place = self._places.pop(ticket, None)
        if place is None:
            place = self._next_place(conversation, now)
        place = max(place, self._held_until.get(conversation, now))
        if place - now > ON_TIME:
            self._places[ticket] = place
            raise RateLimited("paced", retry_after=place - now)

    def hold(self, conversation: str, seconds: float) -> None:
        """Obey a `Retry-After` of Teams."""
        self._held_until[conversation] = self._now() + seconds

    def _next_place(self, conversation: str, now: float) -> float:
        self._forget(now)
        said = self._said.setdefault(conversation, deque(maxlen=MOST))
        place = max([now, *(said[-count] + seconds for count, seconds in LIMITS if len(said) >= count)])
        said.append(place)
        return place

    def _forget(self, now: float) -> None:
        if len(self._said) > MANY:
            self._said = {name: said for name, said in self._said.items() if said[-1] > now - LONGEST}
            self._held_until = {name: until for name, until in self._held_until.items() if until > now}
        if len(self._places) > MANY:
            self._places = {who: at for who, at in self._places.items() if at > now - FORGOTTEN_AFTER}
