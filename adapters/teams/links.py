"""Where a room of Teams is opened."""

from urllib.parse import quote

from bot.cards import RoomLink

THREAD = ";messageid="
"""In a conversation's id, before the message with which a thread of a channel begins."""


def room_url(link: RoomLink, *, tenant: str) -> str:
    """Where a room of Teams is opened. Source: Microsoft, «Deep links to a chat», «… to a channel»."""
    channel, _, root = link.room.partition(THREAD)
    base, context = "https://teams.microsoft.com/l", f"tenantId={quote(tenant, safe='')}"
    if root:
        return f"{base}/message/{quote(channel, safe='')}/{quote(root, safe='')}?{context}"
    if channel.endswith("@thread.tacv2"):
        return f"{base}/channel/{quote(channel, safe='')}/{quote(link.label, safe='')}?{context}"
    return f"{base}/chat/{quote(channel, safe='')}/conversations?{context}"
