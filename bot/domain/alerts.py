"""Somebody whom the plan does not name asks for a crisis: those who moderate decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.ids import PersonId


MAILTO = "mailto:"
"""Before the account of whoever wrote an e-mail that belongs to no crisis."""

WITHHELD = f"{MAILTO}?"
"""The account of an e-mail that the mail server does not give out."""


@dataclass(frozen=True, slots=True)
class Alert:
    """`community` is empty while nobody knows whose it is; `raised_by` is what the platform calls them.

    `account` is their account there, by which the platform knows them again; `written_at` is when the
    message was written that they point to, if they point to one.

    `text` and `link` are kept until somebody decides. `opened` is the number of the crisis that it became,
    `reason` why it became none.
    """

    id: str
    community: str
    raised_by: str
    text: str
    link: str
    raised_at: datetime
    account: str = ""
    written_at: datetime | None = None
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    opened: str = ""
    reason: str = ""
