"""What `cellule doctor` says: one sentence a check, and how much it matters."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """Its value is the mark before the sentence."""

    GOOD = "✓"
    WARNING = "!"
    BROKEN = "✗"


@dataclass(frozen=True, slots=True)
class Remark:
    """`said` is in the reader's language; unless all is good, it says how to mend it."""

    grade: Grade
    said: str


def good(said: str) -> Remark:
    return Remark(Grade.GOOD, said)


def warning(said: str) -> Remark:
    return Remark(Grade.WARNING, said)


def broken(said: str) -> Remark:
    return Remark(Grade.BROKEN, said)
