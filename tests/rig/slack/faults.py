"""Failures that a test asks for."""

from collections import defaultdict
from dataclasses import dataclass


@dataclass
class Fault:
    """What goes wrong, and how many times.

    `status` answers with HTML as Slack's front does; `cut_before` drops the connection with nothing done,
    `cut_after` once it is done.
    """

    error: str | None = None
    status: int | None = None
    ratelimited: int | None = None
    cut_before: bool = False
    cut_after: bool = False
    times: int = 1


class Faults:
    """The failures to come, by method, in order."""

    def __init__(self) -> None:
        self._coming: dict[str, list[Fault]] = defaultdict(list)

    def add(self, method: str, fault: Fault) -> None:
        """Let the next calls of a method fail."""
        self._coming[method].append(fault)

    def clear(self) -> None:
        """Let everything succeed again."""
        self._coming.clear()

    def take(self, method: str) -> Fault | None:
        """The failure of this call, if any."""
        coming = self._coming[method]
        if not coming:
            return None
        coming[0].times -= 1
        return coming.pop(0) if coming[0].times == 0 else coming[0]
