"""Failures that a test asks for."""

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
