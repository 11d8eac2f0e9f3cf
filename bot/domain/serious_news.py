"""Serious news: a death, a hospital, a family in grief. Every message to the member stops at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import Code, Refused
from bot.domain.events import MessagesResumed, SeriousNews

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.crisis import Crisis
    from bot.domain.ids import PersonId
    from bot.domain.states import News


def stop_messages(crisis: Crisis, news: News, *, note: str, by: PersonId, at: datetime) -> None:
    """Nobody writes to the member, nor to those around them, until a manager lifts it."""
    crisis.silenced_by, crisis.silenced_at = by, at
    crisis.record(SeriousNews(at=at, by=by, news=news, note=note.strip()))


def check_may_write(crisis: Crisis) -> None:
    """Raises `silenced`."""
    if crisis.silenced_at is not None:
        raise Refused(Code.SILENCED)


def resume_messages(crisis: Crisis, *, reason: str, by: PersonId, at: datetime) -> None:
    """A manager lifts it. Raises `already_done`, `reason_needed`."""
    if crisis.silenced_at is None:
        raise Refused(Code.ALREADY_DONE)
    if not reason.strip():
        raise Refused(Code.REASON_NEEDED, field="reason")
    crisis.silenced_by = crisis.silenced_at = None
    crisis.record(MessagesResumed(at=at, by=by, reason=reason.strip()))
