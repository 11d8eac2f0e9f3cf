"""The member writes back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain import members
from bot.domain.crisis import MemberMessage
from bot.domain.events import MemberWrote
from bot.domain.ids import FIRST
from bot.domain.states import CrisisStatus, Standing

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import MemberId, PersonId


def write_back(
    crisis: Crisis,
    *,
    text: str,
    written_at: datetime | None,
    member: MemberId = FIRST,
    link: str = "",
    standing: Standing = Standing.UNKNOWN,
    raw: str = "",
    by_address: bool = False,
    other_address: bool = False,
    by: PersonId | None = None,
    at: datetime,
) -> None:
    """Keep it as a message of theirs; a closed crisis takes it, too: the checks on them go on, or begin anew.

    Where a crisis of their own goes on with them, they go on there. Whoever was to get no reply, and writes
    again, is to be answered, or not, anew.

    `by` noted it; None for an e-mail that came by itself.
    """
    nth = len(crisis.messages) + 1
    crisis.messages += (MemberMessage(f"t{nth}", text, link, at, written_at, standing, member=member),)
    who = next((each for each in crisis.members if each.id == member), None)
    if who is not None:
        members.put(crisis, replace(who, unanswered=0, watch_stopped=bool(who.own_crisis), excused=""))
        if who.excused and crisis.status in {CrisisStatus.REPLIED, CrisisStatus.NO_ANSWER}:
            crisis.status = CrisisStatus.OPEN
    crisis.record(
        MemberWrote(
            at=at,
            by=by,
            nth=nth,
            by_address=by_address,
            other_address=other_address,
            raw=raw,
            member=member,
        )
    )
