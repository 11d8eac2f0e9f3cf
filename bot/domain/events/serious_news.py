"""Messages to the member that stop, and begin again."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.events.base import Happened
from bot.domain.states import News


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriousNews(Happened):
    """Every message to the member stops."""

    news: News
    note: str
    kind: Literal["serious_news"] = "serious_news"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesResumed(Happened):
    """A manager lifted the silence."""

    reason: str
    kind: Literal["messages_resumed"] = "messages_resumed"
