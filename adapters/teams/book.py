"""Where conversations are: Teams says it with everything it sends, and never when asked."""

from adapters.teams.connector import Conversation
from adapters.teams.links import THREAD
from adapters.teams.texts import Json
from bot.domain.ids import RoomRef
from bot.ports import AddressBook

PERSONAL, CHANNEL = "personal", "channel"


class Book:
    """Remembers the service that carries a tenant's conversations, and each person's own conversation.

    `first_service_url` is where we write to before anything has come from the tenant.
    """

    def __init__(self, *, kept: AddressBook, tenant: str, first_service_url: str) -> None:
        self._kept = kept
        self._tenant = tenant
        self._first_service_url = first_service_url

    async def heard(self, activity: Json) -> None:
        """Learn from what came in. It was checked before: its service may have our token."""
        conversation = activity["conversation"]
        tenant = conversation.get("tenantId") or activity["channelData"]["tenant"]["id"]
        await self._kept.save(f"service:{tenant}", activity["serviceUrl"])
        await self.is_in(conversation["id"], tenant)
        account = activity.get("from", {}).get("aadObjectId")
        if conversation.get("conversationType") == PERSONAL and account:
            await self.direct_is(account, conversation["id"])

    async def is_in(self, conversation: str, tenant: str) -> None:
        """Learn where a conversation is; with the app, unless something else is known."""
        if tenant != self._tenant:
            await self._kept.save(f"tenant:{conversation.partition(THREAD)[0]}", tenant)

    async def tenant(self, conversation: str) -> str:
        return await self._kept.get(f"tenant:{conversation.partition(THREAD)[0]}") or self._tenant

    async def direct(self, account: str) -> Conversation | None:
        """The conversation with one person, if there was one."""
        known = await self._kept.get(f"direct:{account}")
        return await self.room(RoomRef(known)) if known else None

    async def direct_is(self, account: str, conversation: str) -> None:
        await self._kept.save(f"direct:{account}", conversation)

    async def made(self, mark: str) -> str | None:
        """The chat of an attempt that was cut short afterwards."""
        return await self._kept.get(f"made:{mark}")

    async def was_made(self, mark: str, chat: str) -> None:
        await self._kept.save(f"made:{mark}", chat)

    async def room(self, room: RoomRef) -> Conversation:
        return Conversation(room, await self.service_url(await self.tenant(room)))

    async def service_url(self, tenant: str) -> str:
        return await self._kept.get(f"service:{tenant}") or self._first_service_url


def room_of(conversation: str, *, fixed_channel: str, message: str = "") -> RoomRef:
    """Name the room that something was said in.

    Only in the channel where threads are rooms the thread counts, and one that has just begun is none yet.
    """
    channel, _, root = conversation.partition(THREAD)
    return RoomRef(conversation if channel == fixed_channel and root != message else channel)
