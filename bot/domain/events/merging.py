"""Two crises about the same go on as one; each journal holds where the other stood."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.events.base import Happened


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedInto(Happened):
    """The crisis goes on in the one of this number, whose journal had `lines` lines then.

    `hash` is that of the last of them, in hexadecimal.
    """

    number: str
    reason: str
    lines: int
    hash: str
    kind: Literal["merged_into"] = "merged_into"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedFrom(Happened):
    """The crisis of this number goes on in this one; `lines` and `hash` as above, of its journal.

    What came with it is counted; its drafts are numbered on from `drafts_after`. `call`: its call for help
    came, too.
    """

    number: str
    reason: str
    lines: int
    hash: str
    members: int
    messages: int
    with_contacts: int
    drafts: int
    drafts_after: int
    follow_ups: int
    call: bool
    kind: Literal["merged_from"] = "merged_from"
