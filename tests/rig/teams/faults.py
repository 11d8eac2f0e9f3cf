"""Failures that a test asks for."""

from dataclasses import dataclass


@dataclass
class Fault:
    """What goes wrong, and how many times.

    `status` answers with an error, and `code` in its body; `cut_before` drops the connection with nothing
    done, `cut_after` once it is done; `after` answers with `status` once it is done.
    """

    status: int | None = None
    code: str = ""
    retry_after: int | None = None
    cut_before: bool = False
    cut_after: bool = False
    after: bool = False
    times: int = 1
