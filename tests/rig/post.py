"""A mail server in memory: it takes what it is given, or answers what a test says."""

from collections import deque
from collections.abc import Callable

from bot.ports import Arrived, Email, GatewayError
from tests.rig.chat import nothing


class Post:
    """A `Carrier`. `answers` are raised instead, one a try; `before` and `after` are called around each."""

    def __init__(self, *answers: GatewayError | None) -> None:
        self.answers = deque(answers)
        self.sent: list[Email] = []
        self.tries = 0
        self.before: Callable[[str], None] = nothing
        self.after: Callable[[str], None] = nothing

    async def send(self, mail: Email) -> str:
        self.before("mail")
        self.tries += 1
        answer = self.answers.popleft() if self.answers else None
        if answer is not None:
            raise answer
        self.sent.append(mail)
        self.after("mail")
        return "250"


class Letterbox:
    """A `Mailbox` in memory; its cursor says how many were read. `broken` is raised instead, once."""

    def __init__(self) -> None:
        self.mails: list[Arrived] = []
        self.broken: Exception | None = None

    async def since(self, cursor: str | None) -> tuple[str, list[Arrived]]:
        if self.broken is not None:
            broken, self.broken = self.broken, None
            raise broken
        return str(len(self.mails)), self.mails[int(cursor or 0) :]

    async def news(self) -> None:
        """At once: its tests ask for each look."""
