"""How long somebody has been at work without a pause."""

from collections.abc import Iterable
from datetime import datetime, timedelta

AFTER = timedelta(hours=4)
"""Of distress work in a row, a moderator is asked whether somebody should take over."""

PAUSE = timedelta(hours=1)


def at_work_since(acts: Iterable[datetime], *, now: datetime) -> datetime:
    """The first of the acts that no pause separates from now; `now` when there is none."""
    since = now
    for at in sorted(acts, reverse=True):
        if since - at > PAUSE:
            break
        since = at
    return since
