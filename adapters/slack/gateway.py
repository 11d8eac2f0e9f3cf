"""The way out to Slack. A room is a private channel; a message is named `<channel>:<ts>`."""

import secrets
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

from adapters.slack.calls import Calls, Refusal
from adapters.slack.identity import Identity
from adapters.slack.invitations import Invitations
from adapters.slack.looks import Looks
from adapters.slack.removals import Removals
from adapters.slack.render import message
from adapters.slack.texts import Json, escape
from bot.cards import Card, Mention
from bot.domain.ids import MessageRef, PersonId, Platform, RoomRef
from bot.ports import Clock, CreatedRoom, Denied, Gone, NotInvited, Place, RoomPlace

ADOPTABLE_FOR = timedelta(hours=1)
"""An attempt is repeated within seconds; an older room of that name belongs to something else."""
LOOKED_AT = 200
"""How many of the newest messages are searched for one that was perhaps posted."""
METADATA = "cellule_outgoing"


class SlackGateway:
    """A `ChatGateway`."""

    platform = Platform.SLACK

    def __init__(self, *, calls: Calls, identity: Identity, looks: Looks, clock: Clock) -> None:
        self._calls = calls
        self._identity = identity
        self._looks = looks
        self._clock = clock
        self._invitations = Invitations(calls=calls, identity=identity)
        self._removals = Removals(calls=calls, identity=identity)

    def knows(self, person: PersonId) -> bool:
        return self._identity.knows(person)

    async def create_room(
        self,
        *,
        names: Sequence[str],
        people: Sequence[PersonId],
        mark: str,
        attempted_before: bool,
        workspace: str | None = None,
    ) -> CreatedRoom:
        """Make a private channel. Slack has no place for `mark`: a cut attempt is known by name and age.

        Raises `Denied` for another workspace than the token's: a client's crisis is none of its people's.
        """
        del people, mark
        if workspace is not None and workspace != (await self._identity.bot()).team:
            raise Denied("another_workspace")
        for name in names:
            try:
                answer = await self._calls("conversations.create", name=name, is_private=True)
            except Refusal as refused:
                if refused.code != "name_taken":
                    raise
                left_behind = await self._left_behind(name) if attempted_before else None
                if left_behind is None:
                    continue
                return left_behind
            return CreatedRoom(RoomRef(answer["channel"]["id"]), answer["channel"]["name"])
        raise Denied("name_taken")

    async def rename(self, room: RoomRef, *, names: Sequence[str]) -> CreatedRoom:
        """Look first: after a cut attempt the name is perhaps taken by the room itself."""
        now = (await self._calls("conversations.info", channel=room))["channel"]["name"]
        if now in names:
            return CreatedRoom(room, now)
        for name in names:
            try:
                answer = await self._calls("conversations.rename", channel=room, name=name)
            except Refusal as refused:
                if refused.code != "name_taken":
                    raise
                continue
            return CreatedRoom(room, answer["channel"]["name"])
        raise Denied("name_taken")

    async def invite(self, room: RoomRef, people: Sequence[PersonId]) -> Sequence[NotInvited]:
        return await self._invitations.send(room, people)

    async def remove(self, room: RoomRef, people: Sequence[PersonId]) -> None:
        await self._removals.send(room, people)

    async def post(self, place: Place, card: Card, *, mark: str) -> MessageRef:
        channel = await self._address(place)
        content = await self._content(place, card, mark)
        try:
            answer = await self._calls(
                "chat.postMessage",
                posts_to=channel,
                channel=channel,
                unfurl_links=False,
                unfurl_media=False,
                **content,
            )
        except Gone as gone:
            if isinstance(place, RoomPlace):
                raise
            raise Denied(gone.code) from None
        return MessageRef(f"{answer['channel']}:{answer['ts']}")

    async def update(self, place: Place, message: MessageRef, card: Card, *, mark: str) -> None:
        channel, _, ts = message.partition(":")
        await self._calls("chat.update", channel=channel, ts=ts, **await self._content(place, card, mark))

    async def find(self, place: Place, *, mark: str) -> MessageRef | None:
        """Look through the newest messages. Raises `Denied` without `groups:history` or `im:history`."""
        channel = await self._channel(place)
        answer = await self._calls(
            "conversations.history", channel=channel, limit=LOOKED_AT, include_all_metadata=True
        )
        for said in answer["messages"]:
            if said.get("metadata", {}).get("event_payload", {}).get("mark") == mark:
                return MessageRef(f"{channel}:{said['ts']}")
        return None

    async def attach(self, place: Place, *, name: str, content: bytes, comment: str) -> None:
        channel = await self._channel(place)
        given = await self._calls("files.getUploadURLExternal", filename=name, length=len(content))
        await self._calls.send(given["upload_url"], data=content)
        await self._calls(
            "files.completeUploadExternal",
            files=[{"id": given["file_id"], "title": name}],
            channel_id=channel,
            initial_comment=escape(comment) or None,
        )

    async def _content(self, place: Place, card: Card, mark: str) -> Json:
        called = [person for block in card.blocks if isinstance(block, Mention) for person in block.people]
        await self._identity.meet(called)
        return {
            **message(card, self._looks.at(place), nonce=secrets.token_hex(4)),
            "metadata": {"event_type": METADATA, "event_payload": {"mark": mark}},
            "link_names": False,
            "parse": "none",
        }

    async def _address(self, place: Place) -> str:
        """Where to post: a person's own id stands for the conversation with them."""
        return place.room if isinstance(place, RoomPlace) else await self._identity.user(place.person)

    async def _channel(self, place: Place) -> str:
        if isinstance(place, RoomPlace):
            return place.room
        user = await self._identity.user(place.person)
        answer = await self._calls("conversations.open", users=user)
        return str(answer["channel"]["id"])

    async def _left_behind(self, name: str) -> CreatedRoom | None:
        """Find the room of an earlier attempt that was cut off: ours, new, shared with nobody, empty."""
        bot = await self._identity.bot()
        oldest = (self._clock() - ADOPTABLE_FOR).timestamp()
        async for room in self._private_channels():
            if room["name"] == name and room["creator"] == bot.user and room["created"] >= oldest:
                members = await self._calls("conversations.members", channel=room["id"])
                shared = any(room.get(flag) for flag in ("is_shared", "is_ext_shared", "is_org_shared"))
                alone = members["members"] == [bot.user]
                return CreatedRoom(RoomRef(room["id"]), name) if alone and not shared else None
        return None

    async def _private_channels(self) -> AsyncIterator[Json]:
        cursor = ""
        while True:
            page = await self._calls(
                "users.conversations",
                types="private_channel",
                exclude_archived=True,
                limit=200,
                cursor=cursor,
            )
            for channel in page["channels"]:
                yield channel
            cursor = page.get("response_metadata", {}).get("next_cursor", "")
            if not cursor:
                return

    async def archive(self, room: RoomRef) -> None:
        try:
            await self._calls("conversations.archive", channel=room)
        except Refusal as refused:
            if refused.code != "already_archived":
                raise
