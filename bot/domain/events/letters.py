"""Letters to the member. No event holds an address."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.events.base import Happened


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterMade(Happened):
    """Somebody made the letter of a released text, and read in it where the member lives.

    `contact` is the number of the address; `day` is the date that the letter bears.
    """

    draft: int
    contact: int
    day: date
    kind: Literal["letter_made"] = "letter_made"
