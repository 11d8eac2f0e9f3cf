"""How often the connector lets a bot write in one conversation.

Source: «Rate limiting for bots in Teams»: sending and creating, per conversation, over sliding windows.
`Retry-After` is in whole seconds.
"""

import math
import time
from collections import defaultdict
from collections.abc import Callable

WINDOWS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))


class Limits:
    """Off until `on` is set; `now` may be moved."""

    def __init__(self) -> None:
        self.on = False
        self.now: Callable[[], float] = time.monotonic
        self._taken: dict[str, list[float]] = defaultdict(list)

    def retry_after(self, conversation: str) -> int:
        """Whole seconds to wait; 0 lets the call through, and counts it."""
        if not self.on:
            return 0
        now = self.now()
        taken = self._taken[conversation]
        for most, seconds in WINDOWS:
            within = [at for at in taken if at > now - seconds]
            if len(within) >= most:
                return max(1, math.ceil(within[-most] + seconds - now))
        taken.append(now)
        return 0
