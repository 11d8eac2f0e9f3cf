"""How often we call Slack: never faster than it allows, so that it need not refuse.

Sources: Slack, «Rate limits», for the tiers (calls a minute, per method and workspace) and the one message a
second per channel with short bursts. Slack does not publish how it counts: a bucket as large as a minute's
calls is assumed.

Who has to wait is given a place and keeps it: otherwise all that wait would come back together, each time one
more call is allowed.
"""

import time
from collections.abc import Callable, Hashable

from bot.ports import RateLimited

PER_MINUTE = {
    "conversations.archive": 20,
    "conversations.create": 20,
    "conversations.rename": 20,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "conversations.invite": 50,
    "conversations.open": 50,
    "users.conversations": 50,
    "users.lookupByEmail": 50,
    "chat.postEphemeral": 100,
    "conversations.members": 100,
    "files.completeUploadExternal": 100,
    "files.getUploadURLExternal": 100,
    "users.info": 100,
    "views.open": 100,
    "views.push": 100,
    "views.update": 100,
}
CHANNEL_INTERVAL = 1.0
CHANNEL_BURST = 5
MANY = 1000
ON_TIME = 0.001
"""Seconds: clocks differ in their last digits."""
FORGOTTEN_AFTER = 60.0
"""Seconds after which whoever has a place will not come any more."""


class Pace:
    """One bucket a method and one a channel, kept as the moment at which each will be full again.

    `now` is in seconds and only goes forward.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._full_at: dict[str, float] = {}
        self._held_until: dict[str, float] = {}
        self._places: dict[Hashable, float] = {}

    def take(self, method: str, *, channel: str | None = None, about: Hashable = None) -> None:
        """Count a call; `channel` is where it posts, `about` tells calls of a method apart.

        Raises `RateLimited` when it must not be made yet.
        """
        now = self._now()
        ticket = (method, channel, about)
        place = self._places.pop(ticket, None)
        if place is None:
            place = self._next_place(method, channel, now)
        wait = max(place, self._held_until.get(method, now)) - now
        if wait > ON_TIME:
            self._places[ticket] = place
            raise RateLimited("paced", retry_after=wait)

    def _next_place(self, method: str, channel: str | None, now: float) -> float:
        place = now
        for name, interval, size in self._buckets(method, channel):
            full_at = max(self._full_at.get(name, now), now)
            place = max(place, full_at - (size - 1) * interval)
            self._full_at[name] = full_at + interval
        self._forget(now)
        return place

    def _forget(self, now: float) -> None:
        if len(self._full_at) > MANY:
            self._full_at = {name: full for name, full in self._full_at.items() if full > now}
        if len(self._places) > MANY:
            self._places = {who: at for who, at in self._places.items() if at > now - FORGOTTEN_AFTER}

    def hold(self, method: str, seconds: float) -> None:
        """Obey Slack's `Retry-After` for a method."""
        self._held_until[method] = self._now() + seconds

    def _buckets(self, method: str, channel: str | None) -> list[tuple[str, float, int]]:
        buckets = []
        if method in PER_MINUTE:
            buckets.append((method, 60 / PER_MINUTE[method], PER_MINUTE[method]))
        if channel is not None:
            buckets.append((f"channel {channel}", CHANNEL_INTERVAL, CHANNEL_BURST))
        return buckets
