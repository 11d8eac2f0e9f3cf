"""The member writes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.crisis import MemberMessage
from bot.domain.events import MemberWrote

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis


def write_back(
    crisis: Crisis, *, text: str, raw: str, by_address: bool, written_at: datetime | None, at: datetime
) -> None:
    """Keep it as a message of theirs; a closed crisis takes it, too: the checks on them go on."""
    nth = len(crisis.messages) + 1
    crisis.messages += (MemberMessage(f"t{nth}", text, "", at, written_at),)
    crisis.record(MemberWrote(at=at, nth=nth, by_address=by_address, raw=raw))
