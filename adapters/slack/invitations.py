"""Bringing people into a room: one call where it can be, one by one where a single bad guest spoils it."""

from collections.abc import Mapping, Sequence

from adapters.slack.calls import Calls, Refusal
from adapters.slack.identity import Identity
from bot.domain.ids import PersonId, RoomRef
from bot.ports import Denied, NotInvited

AT_ONCE = 100
"""Sources disagree, 100 or 1,000."""

_ALREADY_FINE = frozenset({"already_in_channel", "cant_invite_self"})
_PERSONAL = _ALREADY_FINE | {
    "cant_invite",
    "invitee_cant_see_channel",
    "no_external_invite_permission",
    "ura_max_channels",
    "user_disabled",
    "user_is_restricted",
    "user_is_ultra_restricted",
    "user_not_found",
    "user_not_visible",
}


class Invitations:
    """Sends invitations, and says whom Slack would not let in."""

    def __init__(self, *, calls: Calls, identity: Identity) -> None:
        self._calls = calls
        self._identity = identity

    async def send(self, room: RoomRef, people: Sequence[PersonId]) -> Sequence[NotInvited]:
        """Invite everybody who is found; raise what hindered the search for the others once that is done."""
        failures = await self._identity.meet(people)
        known = {user: person for person in people if (user := self._identity.known_user(person))}
        users = list(known)
        refused: dict[str, str] = {}
        for start in range(0, len(users), AT_ONCE):
            refused |= await self._together(room, users[start : start + AT_ONCE])
        for failure in failures.values():
            if not isinstance(failure, Denied):
                raise failure
        unknown = [NotInvited(person, failure.code) for person, failure in failures.items()]
        return [*unknown, *(NotInvited(known[user], code) for user, code in refused.items())]

    async def _together(self, room: RoomRef, users: Sequence[str]) -> Mapping[str, str]:
        try:
            answer = await self._calls(
                "conversations.invite", channel=room, users=",".join(users), force=True
            )
        except Refusal as refusal:
            if refusal.code not in _PERSONAL:
                raise
            if len(users) == 1:
                return _serious({users[0]: refusal.code})
            return await self._one_by_one(room, users)
        if answer["channel"].get("is_ext_shared"):
            raise Denied("room_is_shared")
        return _serious({error["user"]: error["error"] for error in answer.get("errors", [])})

    async def _one_by_one(self, room: RoomRef, users: Sequence[str]) -> Mapping[str, str]:
        refused: dict[str, str] = {}
        for user in users:
            refused |= await self._together(room, [user])
        return refused


def _serious(refused: Mapping[str, str]) -> Mapping[str, str]:
    return {user: code for user, code in refused.items() if code not in _ALREADY_FINE}
