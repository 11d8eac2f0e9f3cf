"""Where a room of Teams is opened."""

from urllib.parse import quote

from bot.cards import RoomLink
from bot.domain.ids import Platform
from bot.plan.model import Plan

THREAD = ";messageid="
"""In a conversation's id, before the message with which a thread of a channel begins."""


def room_url(link: RoomLink, *, tenant: str, plan: Plan) -> str:
    """Where a room of Teams is opened. Source: Microsoft, «Deep links to a chat», «… to a channel».

    Channels are in the app's tenant; where the plan names others too, a chat's is left for Teams to find.
    """
    channel, _, root = link.room.partition(THREAD)
    base, context = "https://teams.microsoft.com/l", f"tenantId={quote(tenant, safe='')}"
    if root:
        return f"{base}/message/{quote(channel, safe='')}/{quote(root, safe='')}?{context}"
    if channel.endswith("@thread.tacv2"):
        return f"{base}/channel/{quote(channel, safe='')}/{quote(link.label, safe='')}?{context}"
    only_one = set(plan.workspaces(Platform.TEAMS)) <= {None, tenant}
    return f"{base}/chat/{quote(channel, safe='')}/conversations{f'?{context}' if only_one else ''}"
