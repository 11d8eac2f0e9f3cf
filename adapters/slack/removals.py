"""Taking people out of a room."""

from collections.abc import Sequence

from adapters.slack.calls import Calls, Refusal
from adapters.slack.identity import Identity
from bot.domain.ids import PersonId, RoomRef

_OUTSIDE = "not_in_channel"


class Removals:
    """Slack takes people out one by one."""

    def __init__(self, *, calls: Calls, identity: Identity) -> None:
        self._calls = calls
        self._identity = identity

    async def send(self, room: RoomRef, people: Sequence[PersonId]) -> None:
        """Take out these people; for one whom the plan no longer names, all those whom it does not name."""
        bot = await self._identity.bot()
        gone = {person if self._identity.knows(person) else None for person in people}
        members = await self._calls("conversations.members", channel=room, limit=1000)
        for user in members["members"]:
            if user != bot.user and await self._identity.person(user) in gone:
                await self._take_out(room, user)

    async def _take_out(self, room: RoomRef, user: str) -> None:
        try:
            await self._calls("conversations.kick", channel=room, user=user)
        except Refusal as refused:
            if refused.code != _OUTSIDE:
                raise
