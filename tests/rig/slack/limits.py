"""How often Slack lets itself be called.

Sources: Slack's «Rate limits»: tiers of 20, 50 and 100 calls a minute per method and workspace, and about one
message a second per channel, with short bursts. Slack does not publish its algorithm: a bucket that refills
steadily is assumed, as large as a minute's calls, and five messages for a channel. `Retry-After` is in whole
seconds.
"""

import math
import time
from dataclasses import dataclass, field

from tests.rig.slack.method import Method

CHANNEL_BURST = 5
CHANNEL_PER_SECOND = 1.0


@dataclass
class Bucket:
    """Holds `size` tokens, refilled at `rate` a second."""

    size: float
    rate: float
    tokens: float = field(init=False)
    at: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.tokens = self.size

    def wait(self) -> float:
        """Seconds until there is a token; 0 when one was taken."""
        now = time.monotonic()
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens >= 1:
            self.tokens -= 1
            return 0.0
        return (1 - self.tokens) / self.rate


class Limits:
    """Off until `on` is set."""

    def __init__(self) -> None:
        self.on = False
        self._buckets: dict[str, Bucket] = {}

    def retry_after(self, called: Method, channel: str | None) -> int:
        """Whole seconds to wait; 0 lets the call through."""
        if not self.on:
            return 0
        waits = []
        if called.per_minute is not None:
            waits.append(self._wait(called.name, called.per_minute, called.per_minute / 60))
        if called.name == "chat.postMessage" and channel is not None:
            waits.append(self._wait(f"channel {channel}", CHANNEL_BURST, CHANNEL_PER_SECOND))
        return math.ceil(max(waits, default=0.0))

    def _wait(self, name: str, size: float, rate: float) -> float:
        return self._buckets.setdefault(name, Bucket(size, rate)).wait()
