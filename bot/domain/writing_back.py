"""The member writes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.crisis import MemberMessage
from bot.domain.events import MemberWrote

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import PersonId


def write_back(
    crisis: Crisis,
    *,
    text: str,
    written_at: datetime | None,
    raw: str = "",
    by_address: bool = False,
    other_address: bool = False,
    by: PersonId | None = None,
    at: datetime,
) -> None:
    """Keep it as a message of theirs; a closed crisis takes it, too: the checks on them go on, or begin anew.

    `by` noted it; None for an e-mail that came by itself.
    """
    nth = len(crisis.messages) + 1
    crisis.messages += (MemberMessage(f"t{nth}", text, "", at, written_at),)
    crisis.unanswered, crisis.watch_stopped = 0, False
    crisis.record(
        MemberWrote(at=at, by=by, nth=nth, by_address=by_address, other_address=other_address, raw=raw)
    )
